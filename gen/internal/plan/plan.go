// Package plan resolves a table for all outputs: order, defaults, references, the lines
// of Go comments, and the names of package [names]. Emitters only read a [Plan], so Go
// and docs cannot disagree.
//
// A Plan shares no memory with its table and does not change after [New] has returned
// it.
package plan

import (
	"slices"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/names"
)

// Plan is a table that is ready to be written by emitters.
type Plan struct {
	Source      string // base name of the table's file, for marks: "evolink.yaml"
	Clients     Clients
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
	Vectors     *classify.Vectors // cases for classifiers with their decisions
	Unlisted    *Code             // code whose advice applies to unlisted codes, or nil
	Response    *Response
	Levels      bool         // whether some classes are about tasks and some about refused requests
	Idempotency *Idempotency // nil if the service knows no keys
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
	Refused     bool     // whether its codes are those of requests that were refused, before there was a task
	Codes       []*Code
}

// Code is one code.
type Code struct {
	Const       string // Go constant: "CodeServiceError"
	Index       int    // in the table, from 0
	Wire        string // as the service sends it; integers in decimal
	Name        string // name of an integer code: "unknown_topic"; "" if codes are text
	Stem        string // source of identifiers: "service_error"
	Doc         []string
	Title       string
	Class       *Class // nil if none
	Description string // one line of prose
	Details     string // prose, "" if none
	Retry       Retry
	HTTP        int    // 0 if none
	Statuses    []int  // HTTP statuses of responses without a code that have this one
	GRPC        string // "" if none
	Charged     spec.Charged
	Message     string // that the service sends, or ""
	Subtypes    []*Subtype
	Stricter    bool // whether it is automatic and a subtype is stricter
	Hidden      bool // whether it is automatic and a stricter subtype is selected only by responses
	Causes      []Cause
	Avoid       []string // prose
	Fixes       []string // prose
	Examples    []string // verbatim messages
	Since       string
	Deprecated  *Deprecated // nil if it is not deprecated
	Aliases     []string    // other wire values
	Prefixes    []string    // of unlisted codes that are treated as this one
	Former      []names.Former
	Internal    bool   // in Go, but not in docs
	Anchor      string // on a page: "service_error"
	Page        string // base name of its separate page: "service-error"; "" if it is internal
	URL         string // of its documentation, "" if none
}

// Subtype is a case of a code, which the message or the response selects.
type Subtype struct {
	Const       string // Go constant: "SubtypeContentPolicyViolationAdultNSFW"
	Code        *Code
	Index       int    // among all subtypes of the table, from 0
	Name        string // "adult_nsfw"
	Value       string // "content_policy_violation/adult_nsfw"
	Doc         []string
	Title       string
	Description string
	Examples    []string
	Message     string   // that the service sends, with {name} for values, or ""
	Match       []string // phrases; nil if they are derived from the examples
	Values      []string // sent by the field with the role subtype; nil if it sends the name
	Fallback    bool
	Former      []names.Former // under former names of its code
	Retry       Retry          // resolved: the default is the code's
	Anchor      string
	URL         string
}

// Messages returns the examples of the subtype. If there are none, it returns the message that the
// service sends.
func (s *Subtype) Messages() []string {
	if len(s.Examples) == 0 && s.Message != "" {
		return []string{s.Message}
	}
	return s.Examples
}

// Retry is the resolved retry settings of a code or subtype.
type Retry struct {
	Action    spec.Action
	Automatic bool
	Throttle  bool
	WaitMin   time.Duration // 0 if the table specifies no wait
	WaitMax   time.Duration
	Advice    string // for people, "" if none
	Hint      string // short form of the advice
	Sentence  string // for clients: "Clients may retry …"
}

// Phrases are the phrases that select codes and subtypes. The owner of a phrase is the
// index of its subtype among all subtypes, or -1-i for a phrase of code i itself.
type Phrases struct {
	List  *match.List   // of all phrases, if they are few
	Codes []match.Table // otherwise, for each code, the phrases of its subtypes
	All   match.Table   // otherwise, all phrases

	// Choice lists all phrases by precedence, for outputs with their own matcher. The
	// first one that a message contains selects the code or subtype. This also applies
	// to the phrases of one code's subtypes.
	Choice []Phrase
}

// Cause is a reason for an error: prose, with an optional title.
type Cause struct {
	Title string
	Text  string
}

// Deprecated describes the deprecation of a code.
type Deprecated struct {
	Since      string
	Reason     string
	ReplacedBy *Code // nil if there is no replacement
}

// PollInterval returns the time between two polls.
func (p *Plan) PollInterval() time.Duration {
	if p.Polling == nil {
		return defaultPollInterval
	}
	return p.Polling.Interval
}

// defaultPollInterval is the interval for tables without polling.
const defaultPollInterval = 5 * time.Second

// Polling describes how to request the status of a task.
type Polling struct {
	URL      string // contains {id}
	Bearer   bool
	Interval time.Duration
}

// Backoff determines the number of attempts and the delays between submissions for codes
// without a wait.
type Backoff struct {
	Attempts   int
	Initial    time.Duration
	Multiplier float64
	Cap        time.Duration
}

// OtherWires returns the other wire values of the code: aliases, then former names.
func (c *Code) OtherWires() []string {
	return slices.Concat(c.Aliases, names.FormerValues(c.Former))
}

// OtherValues returns the other values of the subtype: its name after each of the other
// wire values of its code.
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
