package diag

import (
	"fmt"
	"io"
	"slices"
)

// Format is an output format for findings.
type Format string

// The formats.
const (
	FormatText   Format = "text"   // for people, with source lines, carets and help
	FormatLine   Format = "line"   // file:line:col: severity: message [rule]
	FormatJSON   Format = "json"   // for programs
	FormatGitHub Format = "github" // workflow commands, which GitHub shows next to the changed lines
	FormatSARIF  Format = "sarif"  // SARIF 2.1.0, for code scanning
)

// Formats returns all formats.
func Formats() []Format {
	return []Format{FormatText, FormatLine, FormatJSON, FormatGitHub, FormatSARIF}
}

// IsDocument reports whether the output is a single document, which is also printed if there are no
// findings. The other formats then print nothing.
func (f Format) IsDocument() bool { return f == FormatJSON || f == FormatSARIF }

// A Printer prints findings.
type Printer struct {
	Format Format
	Width  int    // of the terminal in columns; 0 if there is none and lines must not be wrapped
	Color  bool   // use colors in text
	Rules  []Rule // for the descriptions in SARIF; other rules are described by their findings

	// Path returns the path of a file for GitHub and SARIF, which resolve it relative to
	// another directory than a terminal's user. If Path is nil, the name is used.
	Path func(name string) string
}

// path returns the path of a file for GitHub and SARIF.
func (p Printer) path(f *File) string {
	if f.Elsewhere || p.Path == nil {
		return f.Name
	}
	return p.Path(f.Name)
}

// Print writes the sorted findings in a format, for output that is not a terminal.
func Print(w io.Writer, format Format, findings List) error {
	return Printer{Format: format}.Print(w, findings)
}

// Print writes the sorted findings. It replaces characters that control a terminal.
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
		// Errors first, because GitHub shows only the first ten findings of a step.
		slices.SortStableFunc(findings, func(a, b Diagnostic) int { return int(a.Severity) - int(b.Severity) })
		return printEach(w, findings, p.commandOf)
	}
	return fmt.Errorf("unknown format %q", string(p.Format))
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
