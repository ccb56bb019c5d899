// Package diag describes what is wrong with a table, where, and how to fix it.
//
// Loading, validation, linting and planning all report a [Diagnostic]; nothing
// else in errspec carries a finding. A diagnostic names the rule that was
// broken, points at a [Location] in a [File], and says in Help what the author
// should do. A [List] of them is what a run reports: [List.Sorted] puts it into
// the order in which people read a file and removes repetitions.
//
// Rule identifiers and the meaning of severities are stable; the wording of
// messages is not.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says how much a finding matters. The zero value is [Error], so that
// a forgotten severity is never a silent one.
type Severity uint8

// The severities, the gravest first.
const (
	Error   Severity = iota // the table cannot be used
	Warning                 // usable, but probably not what was meant
	Info                    // worth knowing
)

// String returns "error", "warning" or "info".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Info:
		return "info"
	}
	return fmt.Sprintf("Severity(%d)", uint8(s))
}

// Related is a second place that belongs to a finding, such as the first use of
// a code that occurs twice.
type Related struct {
	Location
	Message string
}

// A Diagnostic is one finding.
type Diagnostic struct {
	Rule     string // identifier of the broken rule, such as "duplicate-code"
	Severity Severity
	Message  string // one line, without the place
	Location        // what the message is about; the deepest place known
	Related  []Related
	Help     string // one line: the fix; empty when the message says it
	Fix      *Fix   // the fix as edits, where it is certain; else nil
	Subject  string // what the finding is about, such as a code; independent of its place
}

// String returns the one-line form, "file:line:col: severity: message [rule]".
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Location, d.Severity, d.Message, d.Rule)
}

// List is the findings of a run.
type List []Diagnostic

// Worst returns the gravest severity in the list; ok is false when it is empty.
func (l List) Worst() (worst Severity, ok bool) {
	worst = Info
	for _, d := range l {
		worst = min(worst, d.Severity)
	}
	return worst, len(l) > 0
}

// FileNamed returns the file of that name that findings are in, or nil.
func (l List) FileNamed(name string) *File {
	for _, d := range l {
		if d.File != nil && d.File.Name == name {
			return d.File
		}
	}
	return nil
}

// HasErrors reports whether a finding of severity [Error] is in the list.
func (l List) HasErrors() bool {
	worst, ok := l.Worst()
	return ok && worst == Error
}

// Sorted returns the findings by file, place and rule, each one once.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, func(a, b Diagnostic) int {
		return cmp.Or(
			a.Location.compare(b.Location),
			cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool {
		return a.Location.compare(b.Location) == 0 && a.Rule == b.Rule && a.Message == b.Message
	})
}
