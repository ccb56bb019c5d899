// Package spec defines tables of error codes and reads them.
//
// [Load] reads a table by its reference, and [Parse] reads one from text. Both decode the
// document by the table format (format.go), read included files and the base table (load.go,
// extends.go), and fill in defaults and retry settings (resolve.go). They return a [Table],
// which keeps the location of every value, and findings about the parts that could not be
// read.
//
// Other packages build on this one: package validate checks whole tables, package classify
// classifies errors, package export writes JSON, and package canonical formats tables.
package spec

import (
	"slices"
	"time"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Entry is the part that all entries of a table share: the x- keys and the location.
type Entry = form.Entry

// A Table is a resolved error table: included files, the base table and defaults are applied,
// codes have inherited the retry settings of their class, and subtypes those of their code.
type Table struct {
	Entry
	Name        string // default name of the Go package
	Title       string
	Description string
	Wire        Wire
	DocsURL     string // "" if none; may contain {code}
	GRPCDomain  string // domain of the errors over gRPC, or ""
	Extends     string // reference of the base table, or ""
	Include     []string
	Unlisted    string // wire value of the code whose advice covers unlisted codes, or ""
	Response    *Response
	Idempotency *Idempotency
	Polling     *Polling
	Backoff     Backoff
	Classes     []Class
	Codes       []Code // those of the base table first
	Reserved    []Reserved

	BaseCodes int  // the first BaseCodes of Codes come from the base table
	Partial   bool // some codes could not be read: codes:, include: or an included file is invalid

	additions []addition
	files     []*diag.File        // the table's own: its file and the included ones
	own       map[*diag.File]bool // the same files, as a set
}

// Code is one error code.
type Code struct {
	Entry
	Wire        string // as the service sends it; integers are decimal
	Name        string // stem of the identifiers, or "" to derive it from the code
	Title       string
	Class       string // name of a class, or ""
	Description string
	Details     string
	Retry       Retry
	HTTP        int    // 0 if none
	GRPC        string // "" if none
	Charged     Charged
	Message     string // that the service sends with the code, or ""
	URL         string // of its documentation, [NoURL], or "" for the one derived from docs_url
	Match       []string
	When        []Condition
	Prefixes    []string
	Subtypes    []Subtype
	Causes      []Cause
	Avoid       []string
	Fixes       []string
	Examples    []string
	Since       string
	Deprecated  *Deprecated
	Aliases     []string // other accepted wire values
	RenamedFrom []string // former wire values, still accepted
	Internal    bool

	BaseRetry *Retry // retry settings in the base table; nil if this table adds none
}

// NoURL is the URL of a code without documentation in a table that has a docs_url.
const NoURL = "none"

// Subtype is a case of a code that only the message distinguishes.
type Subtype struct {
	Entry
	Name        string
	Title       string
	Description string
	Examples    []string
	Message     string // that the service sends, with {name} for named values; "" if none
	Values      []string
	When        []Condition
	Match       []string
	Fallback    bool // selected for messages of the code that match no phrase
	Retry       Retry

	BaseRetry *Retry // retry settings in the base table; nil if this table adds none
}

// Class groups codes.
type Class struct {
	Entry
	Name        string
	Title       string
	Description string
	Fault       Fault
	Retry       Retry // default retry settings of its codes
}

// Cause is a reason for an error.
type Cause struct {
	Entry
	Title string // "" if the cause is only text
	Text  string
}

// Deprecated marks a code as deprecated.
type Deprecated struct {
	Entry
	Since      string
	Reason     string
	ReplacedBy string // wire value of a code, or ""
}

// Reserved is a code, a subtype or a name that must not be reused. Exactly one of Code,
// Subtype and Name is set.
type Reserved struct {
	Entry
	Code    string
	Subtype string // "code/name"
	Name    string // a stem of identifiers
	Reason  string
	Since   string
}

// Polling describes how to poll a task.
type Polling struct {
	Entry
	URL      string // contains {id}
	Auth     Auth
	Interval time.Duration
}

// Backoff describes the delays between attempts, for codes without a wait.
type Backoff struct {
	Entry
	Attempts   int // maximum number of attempts, including the first
	Initial    time.Duration
	Multiplier float64
	Cap        time.Duration
}

// Files returns the files of the table: the table's file, then the included ones. The files
// of the base table are not among them.
func (t *Table) Files() []*diag.File { return t.files }

// ReleaseSource releases the locations, which take a third of the memory of a large table. The
// values of the table remain. Call it only after the last finding has been reported.
func (t *Table) ReleaseSource() {
	t.Entry.ReleaseSource()
	for i := range t.Codes { // codes of other files
		t.Codes[i].Entry.ReleaseSource()
	}
}

// ReleaseText releases the text of the table's own files. Call it only after the last finding
// has been printed.
func (t *Table) ReleaseText() {
	for _, file := range t.files {
		file.Release()
	}
}

// Owns reports whether a location is in one of the files of the table, as opposed to those of
// its base table.
func (t *Table) Owns(at diag.Location) bool {
	return t.Extends == "" || t.own[at.File]
}

// Code returns the code with the given wire value. It does not look at aliases and former
// names. It returns false if there is no such code.
func (t *Table) Code(wire string) (*Code, bool) {
	for i := range t.Codes {
		if t.Codes[i].Wire == wire {
			return &t.Codes[i], true
		}
	}
	return nil, false
}

// Class returns the class with the given name. It returns false if there is no such class.
func (t *Table) Class(name string) (*Class, bool) {
	for i := range t.Classes {
		if t.Classes[i].Name == name {
			return &t.Classes[i], true
		}
	}
	return nil, false
}

// ClassesByName returns the classes by name, the first one of each name. It replaces a call of
// Class for every code of a large table.
func (t *Table) ClassesByName() map[string]*Class {
	byName := make(map[string]*Class, len(t.Classes))
	for i := range t.Classes {
		c := &t.Classes[i]
		if byName[c.Name] == nil {
			byName[c.Name] = c
		}
	}
	return byName
}

// Field returns the first field of the body that has the role. r may be nil.
func (r *Response) Field(role Role) (*Field, bool) {
	if r == nil {
		return nil, false
	}
	return withRole(r.Fields, role)
}

// Source returns the first field of the body or, if there is none, header that has the
// role. r may be nil.
func (r *Response) Source(role Role) (*Field, bool) {
	if r == nil {
		return nil, false
	}
	if f, ok := withRole(r.Fields, role); ok {
		return f, true
	}
	return withRole(r.Headers, role)
}

func withRole(fields []Field, role Role) (*Field, bool) {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Role == role })
	if i < 0 {
		return nil, false
	}
	return &fields[i], true
}
