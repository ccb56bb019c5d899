// Package plan settles everything that the outputs of a table must agree on:
// order, defaults, references and the lines of Go comments, with the names that package
// [names] gives. An emitter takes a [Plan] and decides nothing, so Go and docs cannot
// disagree.
//
// A Plan holds no part of the table that it was made from and is never changed
// after [New] has returned it.
package plan

import (
	"slices"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/names"
)

// Plan is one table, ready to be written down.
type Plan struct {
	Source      string // base name of the table's file, for marks: "evolink.yaml"
	Table       string // name of the table
	Package     string // name of the Go package
	Doc         []string
	Title       string
	Description string // prose, "" if none
	DocsURL     string // "" if none
	Revision    string // short hash of the resolved table
	Wire        spec.Wire
	Classes     []*Class // in the table's order
	Unclassed   []*Code  // codes without a class, in the table's order
	Codes       []*Code  // in the table's order
	Phrases     Phrases
	Vectors     *classify.Vectors // cases for classifiers, and what is decided about them
	Unlisted    *Code             // whose advice covers unlisted codes, or nil
	Response    *Response
	Polling     *Polling
	Backoff     Backoff
}

// Class is one class and its codes.
type Class struct {
	Const       string // Go constant: "ClassClient"
	Name        string
	Title       string
	Description string // one line, "" if none
	Fault       spec.Fault
	Doc         []string // of the constant
	Anchor      string   // on a page: "client"
	Codes       []*Code
}

// Code is one code.
type Code struct {
	Const       string // Go constant: "CodeServiceError"
	Index       int    // place in the table, from 0
	Wire        string // as the service sends it; integers in decimal
	Name        string // what an integer code is called: "unknown_topic"; "" when codes are text
	Doc         []string
	Title       string
	Class       *Class // nil if none
	Description string // one line of prose
	Details     string // prose, "" if none
	Retry       Retry
	HTTP        int    // 0 if none
	Statuses    []int  // HTTP statuses that stand for it where a response names no code
	GRPC        string // "" if none
	Subtypes    []*Subtype
	Stricter    bool // whether it is automatic and a subtype is stricter
	Hidden      bool // whether it is, and only the response selects the subtype
	Causes      []Cause
	Avoid       []string // prose
	Fixes       []string // prose
	Examples    []string // verbatim messages
	Since       string
	Deprecated  *Deprecated // nil if it is not
	Aliases     []string    // other wire values
	Prefixes    []string    // of further codes, which are treated as this one
	Former      []names.Former
	Internal    bool   // in Go, but in no docs
	Anchor      string // on a page: "service_error"
	Page        string // base name of a page of its own: "service-error"; "" if it is internal
	URL         string // of its documentation, "" if none
}

// Subtype is a case of a code, which the message or the response selects.
type Subtype struct {
	Const       string // Go constant: "SubtypeContentPolicyViolationAdultNSFW"
	Code        *Code
	Index       int    // place in the table among all subtypes, from 0
	Name        string // "adult_nsfw"
	Value       string // "content_policy_violation/adult_nsfw"
	Doc         []string
	Title       string
	Description string
	Examples    []string
	Match       []string // phrases; none if they are derived from the examples
	Values      []string // sent by the field with the role subtype; none if it sends the name
	Fallback    bool
	Former      []names.Former // under former names of its code
	Retry       Retry          // resolved: its code's unless it says otherwise
	Anchor      string
	URL         string
}

// Retry is resolved retry advice.
type Retry struct {
	Action    spec.Action
	Automatic bool
	Throttle  bool
	WaitMin   time.Duration // 0 if the table gives no wait
	WaitMax   time.Duration
	Advice    string // for people, "" if none
	Hint      string // shorter; the advice unless the table has another
	// Sentence is the advice for programs.
	Sentence string
}

// Phrases are the phrases by which messages are known. The owner of a phrase is
// the index of its subtype among all, or -1-i if it is one of code i itself.
type Phrases struct {
	List  *match.List   // of all phrases, if there are few
	Codes []match.Table // else for each code: those of its subtypes
	All   match.Table   // and all of them

	// Choice is all of them once more, for outputs that match by themselves. The
	// first one that occurs in a message wins; of those of a code's subtypes too.
	Choice []Phrase
}

// Cause is a reason for an error: prose, and its title if it has one.
type Cause struct {
	Title string
	Text  string
}

// Deprecated says that a code is on its way out.
type Deprecated struct {
	Since      string
	Reason     string
	ReplacedBy *Code // nil if nothing replaces it
}

// PollInterval returns the time between two polls.
func (p *Plan) PollInterval() time.Duration {
	if p.Polling == nil {
		return defaultPollInterval
	}
	return p.Polling.Interval
}

// defaultPollInterval is that of a table which says nothing about polling.
const defaultPollInterval = 5 * time.Second

// Polling is how to ask for the state of a task.
type Polling struct {
	URL      string // holds {id}
	Bearer   bool
	Interval time.Duration
}

// Backoff is how pauses between submissions grow when the table gives no wait.
type Backoff struct {
	Attempts   int
	Initial    time.Duration
	Multiplier float64
	Cap        time.Duration
}

// OtherWires returns the wire values that mean the code besides its own: aliases,
// then former names.
func (c *Code) OtherWires() []string {
	return slices.Concat(c.Aliases, names.FormerValues(c.Former))
}

// OtherValues returns the values that mean the subtype besides its own: its name
// after each of the other wire values of its code.
func (s *Subtype) OtherValues() []string {
	var all []string
	for _, wire := range s.Code.OtherWires() {
		all = append(all, wire+"/"+s.Name)
	}
	return all
}

// CauseTexts returns the causes as prose, each with its title before it.
func (c *Code) CauseTexts() []string {
	var all []string
	for _, cause := range c.Causes {
		text := cause.Text
		if cause.Title != "" {
			text = cause.Title + ": " + text
		}
		all = append(all, text)
	}
	return all
}
