// Package spec defines what a table is and how it is read.
//
// A reference enters [Load], or a text [Parse]: the document is decoded by the table
// format (format.go), includes and the base table are read (load.go, extends.go), and
// defaults and retry settings are filled in (resolve.go). A [Table] leaves, with the
// findings about what could not be read. It keeps the location of everything in it.
//
// On top of this package, package validate checks whole tables, package classify decides
// about errors, package export writes JSON, and package canonical formats.
package spec

import (
	"time"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Entry is what every part of a table has: its x- keys and its place.
type Entry = form.Entry

// A Table is one resolved error table: what it includes and extends read,
// defaults filled in, the retry advice of classes and codes handed down.
type Table struct {
	Entry
	Name        string // default name of the Go package
	Title       string
	Description string
	Wire        Wire
	DocsURL     string // "" if none; may hold {code}
	Extends     string // reference of the table that this one adds to, or ""
	Include     []string
	Unlisted    string // wire value of the code whose advice covers unlisted codes, or ""
	Response    *Response
	Polling     *Polling
	Backoff     Backoff
	Classes     []Class
	Codes       []Code // those of the extended table first
	Reserved    []Reserved

	BaseCodes int  // the first BaseCodes of Codes come from the base table
	Partial   bool // files of codes could not be read

	additions []addition
	files     []*diag.File        // the table's own: its file, and those that it includes
	own       map[*diag.File]bool // the same
}

// Code is one error code.
type Code struct {
	Entry
	Wire        string // as the service sends it; an integer in decimal
	Name        string // stem for identifiers if the derived one will not do, or ""
	Title       string
	Class       string // name of a class, or ""
	Description string
	Details     string
	Retry       Retry
	HTTP        int    // 0 if none
	GRPC        string // "" if none
	Match       []string
	Subtypes    []Subtype
	Causes      []Cause
	Avoid       []string
	Fixes       []string
	Examples    []string
	Since       string
	Deprecated  *Deprecated
	Aliases     []string // other wire spellings
	RenamedFrom []string // old wire values, still accepted
	Internal    bool

	BaseRetry *Retry // retry settings in the base table; nil if this table adds none
}

// Subtype is a case of a code that only the message tells.
type Subtype struct {
	Entry
	Name        string
	Title       string
	Description string
	Examples    []string
	Match       []string
	Fallback    bool // stands for every message of its code that no phrase claims
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
	Retry       Retry // default of its codes
}

// Cause is a reason for an error.
type Cause struct {
	Entry
	Title string // "" if the cause is only text
	Text  string
}

// Deprecated marks a code that is on its way out.
type Deprecated struct {
	Entry
	Since      string
	Reason     string
	ReplacedBy string // wire value of a code, or ""
}

// Reserved is something that must never be used again. One of Code, Subtype and
// Name is set.
type Reserved struct {
	Entry
	Code    string
	Subtype string // "code/name"
	Name    string // an identifier stem
	Reason  string
	Since   string
}

// Response is what the service sends.
type Response struct {
	Entry
	Example string     // the documented JSON, or ""
	HTTP    []HTTPCode // codes of HTTP answers whose body names none, by status
	Fields  []Field
}

// HTTPCode names the code of an HTTP status.
type HTTPCode struct {
	Status int
	Code   string
}

// Field is one field of the response.
type Field struct {
	Entry
	Path        string // names joined by dots: "error.code"
	Role        Role
	Type        FieldType
	Description string
	Completed   []string // of the status field: the values that mean success
	Failed      []string // of the status field: the values that mean failure
}

// Polling is how to ask for the state of a task.
type Polling struct {
	Entry
	URL      string // holds {id}
	Auth     Auth
	Interval time.Duration
}

// Backoff is how pauses between submissions grow when the table gives no wait.
type Backoff struct {
	Entry
	Attempts   int // submissions in all, the first included
	Initial    time.Duration
	Multiplier float64
	Cap        time.Duration
}

// Files returns the table's own files: the one that it begins in, and those that
// it includes. Those of a table that it extends are somebody else's.
func (t *Table) Files() []*diag.File { return t.files }

// ReleaseSource lets go of the texts that the table was read from, as far as they only
// serve the places of findings: more than half of the memory of a large table.
// What the table says remains. Call it when nothing will be reported any more.
func (t *Table) ReleaseSource() {
	t.Entry.ReleaseSource()
	for i := range t.Codes { // those of other files
		t.Codes[i].Entry.ReleaseSource()
	}
}

// Owns reports whether a place is in one of the table's own files.
func (t *Table) Owns(at diag.Location) bool {
	return t.Extends == "" || t.own[at.File]
}

// Code returns the code with the given wire value. Aliases and old names do not
// count.
func (t *Table) Code(wire string) (*Code, bool) {
	for i := range t.Codes {
		if t.Codes[i].Wire == wire {
			return &t.Codes[i], true
		}
	}
	return nil, false
}

// Class returns the class with the given name.
func (t *Table) Class(name string) (*Class, bool) {
	for i := range t.Classes {
		if t.Classes[i].Name == name {
			return &t.Classes[i], true
		}
	}
	return nil, false
}

// ClassesByName returns the classes by name, the first of those that have the
// same: what Class does, for all codes of a table.
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

// Field returns the response field that has the role.
func (r *Response) Field(role Role) (*Field, bool) {
	if r == nil {
		return nil, false
	}
	for i := range r.Fields {
		if r.Fields[i].Role == role {
			return &r.Fields[i], true
		}
	}
	return nil, false
}
