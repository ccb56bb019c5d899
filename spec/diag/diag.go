// Package diag defines findings: problems in a table with their location and fix.
//
// A [Diagnostic] is one finding of a command. It contains the identifier of the broken rule, a
// message, a [Location] in a [File], and help with the fix. A [List] contains the findings of a
// run. [List.Sorted] sorts them by location and removes duplicates. A [Printer] prints them as
// text or in a format for programs.
//
// Rule identifiers and the meaning of severities are stable. The wording of messages may change.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity is the severity of a finding. The zero value is [Error], so that a severity that is not
// set cannot hide a finding.
type Severity uint8

// The severities, in decreasing order.
const (
	Error   Severity = iota // the table cannot be used
	Warning                 // the table can be used, but is probably not as intended
	Info                    // for information only
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

// Related is another location that belongs to a finding, such as the first use of a duplicate
// code.
type Related struct {
	Location
	Message string
}

// A Diagnostic is one finding.
type Diagnostic struct {
	Rule     string // identifier of the broken rule, such as "duplicate-code"
	Severity Severity
	Message  string // one line, without the location
	Location        // the smallest known part of the file
	Related  []Related
	Help     string // the fix as one line; empty if the message makes it obvious
	Fix      *Fix   // the fix as edits if it is unambiguous, or nil
	Subject  string // the entry that the finding is about, such as a code; independent of the location
}

// String returns the one-line form, "file:line:col: severity: message [rule]".
func (d Diagnostic) String() string {
	return fmt.Sprintf("%s: %s: %s [%s]", d.Location, d.Severity, d.Message, d.Rule)
}

// List contains the findings of a run.
type List []Diagnostic

// Worst returns the highest severity in the list. It returns false if the list is empty.
func (l List) Worst() (worst Severity, ok bool) {
	worst = Info
	for _, d := range l {
		worst = min(worst, d.Severity)
	}
	return worst, len(l) > 0
}

// FileNamed returns the file with the given name. It returns nil if no finding is in such a file.
func (l List) FileNamed(name string) *File {
	for _, d := range l {
		if d.File != nil && d.File.Name == name {
			return d.File
		}
	}
	return nil
}

// HasErrors reports whether the list contains a finding of severity [Error].
func (l List) HasErrors() bool {
	worst, ok := l.Worst()
	return ok && worst == Error
}

// Sorted returns the findings sorted by location, severity and rule, without duplicates.
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
