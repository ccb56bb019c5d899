package diag

import (
	"io"

	"github.com/errspec/errspec/internal/jsonwrite"
)

// A jsonReport is the JSON form of findings. It is an interface for editors and scripts: fields may
// be added, but not changed.
type jsonReport struct {
	SchemaVersion int           `json:"schemaVersion"`
	Findings      []jsonFinding `json:"findings"`
}

type jsonFinding struct {
	Rule        string        `json:"rule"`
	Severity    string        `json:"severity"`
	Message     string        `json:"message"`
	File        string        `json:"file"`
	Range       *jsonRange    `json:"range,omitempty"`
	Related     []jsonRelated `json:"related,omitempty"`
	Help        string        `json:"help,omitempty"`
	Fix         *jsonFix      `json:"fix,omitempty"`
	Fingerprint string        `json:"fingerprint"`
}

type jsonRelated struct {
	Message string     `json:"message"`
	File    string     `json:"file"`
	Range   *jsonRange `json:"range,omitempty"`
}

// A jsonRange counts lines and columns from 1, and columns in Unicode code points. The end is
// exclusive.
type jsonRange struct {
	Start jsonPos `json:"start"`
	End   jsonPos `json:"end"`
}

type jsonPos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

// A jsonEdit counts offsets from 0, in bytes.
type jsonEdit struct {
	File  string    `json:"file"`
	Start int       `json:"start"`
	End   int       `json:"end"`
	Range jsonRange `json:"range"`
	Text  string    `json:"text"`
}

func printJSON(w io.Writer, findings List) error {
	report := jsonReport{SchemaVersion: 1, Findings: []jsonFinding{}}
	fingerprints := findings.Fingerprints()
	for i, d := range findings {
		finding := jsonFinding{
			Rule: d.Rule, Severity: d.Severity.String(), Message: Printable(d.Message),
			File: d.name(), Range: rangeOf(d.Location), Help: Printable(d.Help),
			Fix: fixOf(d.Fix), Fingerprint: fingerprints[i],
		}
		for _, r := range d.Related {
			finding.Related = append(finding.Related, jsonRelated{Printable(r.Message), r.name(), rangeOf(r.Location)})
		}
		report.Findings = append(report.Findings, finding)
	}
	return writeJSON(w, report)
}

func fixOf(f *Fix) *jsonFix {
	if f == nil {
		return nil
	}
	fix := &jsonFix{Message: Printable(f.Message), Edits: []jsonEdit{}}
	for _, e := range f.Edits {
		at := e.location()
		fix.Edits = append(fix.Edits, jsonEdit{e.File.Name, e.Start, e.End, *rangeOf(at), e.Text})
	}
	return fix
}

// location returns the location that an edit replaces.
func (e Edit) location() Location {
	return Location{File: e.File, Start: e.File.Position(e.Start), End: e.File.Position(e.End)}
}

func rangeOf(l Location) *jsonRange {
	if l.Start.Line == 0 {
		return nil
	}
	return &jsonRange{jsonPos{l.Start.Line, l.Start.Column}, jsonPos{l.End.Line, l.End.Column}}
}

// writeJSON writes a document without characters that control a terminal.
func writeJSON(w io.Writer, document any) error {
	_, err := io.WriteString(w, EscapeJSON(string(jsonwrite.Indented(document))))
	return err
}
