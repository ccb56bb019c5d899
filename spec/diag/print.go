package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
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
// something. What a table or the name of a file holds never reaches w as it is
// when it could drive a terminal.
func Print(w io.Writer, format Format, findings List) error {
	findings = findings.Sorted()
	switch format {
	case FormatJSON:
		return printJSON(w, findings)
	case FormatLine:
		return printEach(w, findings, lineOf)
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

func lineOf(d Diagnostic) string {
	d.Message = brief(d.Message)
	return printable(d.String()) + "\n"
}

// textOf renders a finding for people:
//
//	errors.yaml:12:5: error: unknown key "tittle" in a code [unknown-key]
//	   12 |     tittle: Busy
//	      |     ^~~~~~
//	   help: did you mean title?
func textOf(d Diagnostic) string {
	var b strings.Builder
	b.WriteString(lineOf(d))
	excerpt(&b, d.Location)
	for _, r := range d.Related {
		fmt.Fprintf(&b, "  %s: %s\n", printable(r.Location.String()), printable(brief(r.Message)))
		excerpt(&b, r.Location)
	}
	if d.Help != "" {
		fmt.Fprintf(&b, "   help: %s\n", printable(brief(d.Help)))
	}
	return b.String()
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
			Rule: d.Rule, Severity: d.Severity.String(), Message: printable(d.Message),
			File: d.name(), Range: rangeOf(d.Location), Help: printable(d.Help),
		}
		for _, r := range d.Related {
			finding.Related = append(finding.Related, jsonRelated{printable(r.Message), r.name(), rangeOf(r.Location)})
		}
		report.Findings = append(report.Findings, finding)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, escapeJSON(buf.String()))
	return err
}

func rangeOf(l Location) *jsonRange {
	if l.Start.Line == 0 {
		return nil
	}
	return &jsonRange{jsonPos{l.Start.Line, l.Start.Column}, jsonPos{l.End.Line, l.End.Column}}
}
