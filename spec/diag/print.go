package diag

import (
	"fmt"
	"io"
	"slices"
)

// Format is how findings are printed.
type Format string

// The formats.
const (
	FormatText   Format = "text"   // for people: the source line, a caret, the fix
	FormatLine   Format = "line"   // file:line:col: severity: message [rule]
	FormatJSON   Format = "json"   // for programs
	FormatGitHub Format = "github" // workflow commands, which GitHub shows beside the changed lines
	FormatSARIF  Format = "sarif"  // SARIF 2.1.0, for code scanning
)

// Formats returns the names of all formats.
func Formats() []Format {
	return []Format{FormatText, FormatLine, FormatJSON, FormatGitHub, FormatSARIF}
}

// IsDocument reports whether the format is one document, which is there without
// findings too. The others print nothing then.
func (f Format) IsDocument() bool { return f == FormatJSON || f == FormatSARIF }

// A Printer prints findings.
type Printer struct {
	Format Format
	Width  int    // of the terminal in columns; 0 if there is none, and lines are not wrapped
	Color  bool   // whether text may have colours
	Rules  []Rule // that SARIF describes, if a finding is of one; others it knows by their findings

	// Path returns the path of a file for GitHub and SARIF, whose readers look for it
	// elsewhere than people do who read a terminal. If it is nil, names stay.
	Path func(name string) string
}

// path returns the name of a file for GitHub and SARIF.
func (p Printer) path(f *File) string {
	if f.Elsewhere || p.Path == nil {
		return f.Name
	}
	return p.Path(f.Name)
}

// Print writes the findings in a format, sorted, for a reader that is no
// terminal.
func Print(w io.Writer, format Format, findings List) error {
	return Printer{Format: format}.Print(w, findings)
}

// Print writes the findings, sorted. What a table or the name of a file holds
// never reaches w as it is when it could drive a terminal.
func (p Printer) Print(w io.Writer, findings List) error {
	findings = findings.Sorted()
	switch p.Format {
	case FormatJSON:
		return printJSON(w, findings)
	case FormatSARIF:
		return p.printSARIF(w, findings)
	case FormatLine:
		return printEach(w, findings, lineOf)
	case FormatText:
		width := p.Width
		if width > 0 {
			width = max(width, minWidth)
		}
		return printEach(w, findings, textPrinter{width, p.Color}.render)
	case FormatGitHub:
		// GitHub shows the first ten of a step.
		slices.SortStableFunc(findings, func(a, b Diagnostic) int { return int(a.Severity) - int(b.Severity) })
		return printEach(w, findings, p.commandOf)
	}
	return fmt.Errorf("no format %q", string(p.Format))
}

func printEach(w io.Writer, findings List, render func(Diagnostic) string) error {
	for _, d := range findings {
		if _, err := io.WriteString(w, render(d)); err != nil {
			return err
		}
	}
	return nil
}

func lineOf(d Diagnostic) string {
	d.Message = brief(d.Message)
	return Printable(d.String()) + "\n"
}
