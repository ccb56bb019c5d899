package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Format is how findings are printed.
type Format string

// The formats.
const (
	FormatText Format = "text" // for people: the source line, a caret, the mend
	FormatLine Format = "line" // file:line:col: severity: message [rule]
	FormatJSON Format = "json" // for programs
)

// Formats returns the names of all formats.
func Formats() []Format { return []Format{FormatText, FormatLine, FormatJSON} }

// Print writes the findings, sorted. Without findings only JSON writes
// something.
func Print(w io.Writer, format Format, findings List) error {
	findings = findings.Sorted()
	for i := range findings {
		// A table's own words are in them.
		findings[i].Message = printable(findings[i].Message)
		findings[i].Help = printable(findings[i].Help)
	}
	switch format {
	case FormatJSON:
		return printJSON(w, findings)
	case FormatLine:
		return printEach(w, findings, func(d Diagnostic) string { return d.String() + "\n" })
	case FormatText:
		return printEach(w, findings, textOf)
	}
	return fmt.Errorf("no format %q", string(format))
}

func printEach(w io.Writer, findings List, render func(Diagnostic) string) error {
	for _, d := range findings {
		if _, err := io.WriteString(w, render(d)); err != nil {
			return err
		}
	}
	return nil
}

// textOf renders a finding for people:
//
//	errors.yaml:12:5: error: unknown key "tittle" in a code [unknown-key]
//	   12 |     tittle: Busy
//	      |     ^~~~~~
//	   help: did you mean title?
func textOf(d Diagnostic) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", d)
	excerpt(&b, d.Location)
	for _, r := range d.Related {
		fmt.Fprintf(&b, "  %s: %s\n", r.Location, r.Message)
		excerpt(&b, r.Location)
	}
	if d.Help != "" {
		fmt.Fprintf(&b, "   help: %s\n", d.Help)
	}
	return b.String()
}

// maxExcerpt bounds how much of a line is shown.
const maxExcerpt = 160

func excerpt(b *strings.Builder, at Location) {
	if at.File == nil || at.Start.Line == 0 {
		return
	}
	line := printable(at.File.Line(at.Start.Line))
	if utf8.RuneCountInString(line) > maxExcerpt {
		line = string([]rune(line)[:maxExcerpt]) + "…"
	}
	if strings.TrimSpace(line) == "" || at.Start.Column > maxExcerpt {
		return
	}
	length := 1
	if at.End.Line == at.Start.Line {
		length = max(1, min(at.End.Column, maxExcerpt)-at.Start.Column)
	}
	fmt.Fprintf(b, "%5d | %s\n", at.Start.Line, line)
	fmt.Fprintf(b, "      | %s^%s\n", strings.Repeat(" ", at.Start.Column-1), strings.Repeat("~", length-1))
}

// printable replaces what would move a terminal's cursor or turn its text
// around, one character by one, so that carets stay under what they mean.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029', r == utf8.RuneError,
			r == 0x061C, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0xFEFF:
			return '\uFFFD'
		}
		return r
	}, s)
}

// The JSON form. It is the interface for editors and scripts: fields are added,
// never changed.
type jsonReport struct {
	SchemaVersion int           `json:"schemaVersion"`
	Findings      []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	Rule     string        `json:"rule"`
	Severity string        `json:"severity"`
	Message  string        `json:"message"`
	File     string        `json:"file"`
	Range    *jsonRange    `json:"range,omitempty"`
	Related  []jsonRelated `json:"related,omitempty"`
	Help     string        `json:"help,omitempty"`
}

type jsonRelated struct {
	Message string     `json:"message"`
	File    string     `json:"file"`
	Range   *jsonRange `json:"range,omitempty"`
}

type jsonRange struct {
	Start jsonPos `json:"start"`
	End   jsonPos `json:"end"`
}

type jsonPos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

func printJSON(w io.Writer, findings List) error {
	report := jsonReport{SchemaVersion: 1, Findings: []jsonFinding{}}
	for _, d := range findings {
		finding := jsonFinding{
			Rule: d.Rule, Severity: d.Severity.String(), Message: d.Message,
			File: d.name(), Range: rangeOf(d.Location), Help: d.Help,
		}
		for _, r := range d.Related {
			finding.Related = append(finding.Related, jsonRelated{r.Message, r.name(), rangeOf(r.Location)})
		}
		report.Findings = append(report.Findings, finding)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(report)
}

func rangeOf(l Location) *jsonRange {
	if l.Start.Line == 0 {
		return nil
	}
	return &jsonRange{jsonPos{l.Start.Line, l.Start.Column}, jsonPos{l.End.Line, l.End.Column}}
}
