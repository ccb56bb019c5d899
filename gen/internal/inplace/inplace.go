// Package inplace finds the blocks of a Markdown file that parts of a reference are
// written into:
//
//	<!-- errspec:begin overview -->
//	…
//	<!-- errspec:end -->
//
// In files whose names end in .mdx, markers may be comments of MDX:
//
//	{/* errspec:begin overview */}
//	…
//	{/* errspec:end */}
//
// Only the text between markers is replaced. Each marker must be on a separate
// line, outside lists and quotes. Markers in code are ignored, so that a text
// about errspec can show them.
package inplace

import (
	"fmt"
	"path"
	"strings"

	"github.com/errspec/errspec/spec/diag"
)

// RuleMarker is the rule about markers.
const RuleMarker = "invalid-marker"

// A Block is the text between two markers: zero or more whole lines.
type Block struct {
	Name       string        // requested by the first marker: "overview", "code busy"
	At         diag.Location // of the name
	Start, End int           // offsets in the file
	LineEnd    string        // "\n" or "\r\n", as after the first marker
}

// Find returns the blocks of a file in order. It returns no blocks if there are
// findings; all of them are errors.
func Find(file *diag.File) ([]Block, diag.List) {
	f := finder{file: file}
	for _, m := range markersOf(file.Text, IsMDX(file.Name)) {
		f.add(m)
	}
	for _, m := range f.open {
		f.report(m, "write "+f.marker("end")+" at its end", "block is not closed")
	}
	if len(f.findings) > 0 {
		return nil, f.findings
	}
	return f.blocks, nil
}

// A finder pairs the markers of a file.
type finder struct {
	file     *diag.File
	blocks   []Block
	open     []marker // begin markers without an end; more than one is a finding
	findings diag.List
}

// IsMDX reports whether a file is MDX, which has no HTML comments.
func IsMDX(name string) bool { return strings.EqualFold(path.Ext(name), ".mdx") }

// Marker returns the comment for a marker: "begin overview", "end".
func Marker(file, words string) string {
	if IsMDX(file) {
		return "{/* errspec:" + words + " */}"
	}
	return "<!-- errspec:" + words + " -->"
}

func (f *finder) marker(words string) string { return Marker(f.file.Name, words) }

func (f *finder) add(m marker) {
	switch {
	case m.problem != "":
		f.report(m, "put the marker on a separate line, outside lists and quotes", "%s", m.problem)
	case m.word == "begin":
		if len(f.open) > 0 {
			found := f.report(m, "close the other block first, or remove this marker", "block inside another block")
			found.Related = []diag.Related{{Location: f.at(f.open[0].comment), Message: "other block starts here"}}
		}
		if m.name.text(f.file.Text) == "" {
			f.report(m, "name the block, as in "+f.marker("begin overview"), "marker has no block name")
		}
		f.open = append(f.open, m)
	case m.word == "end":
		f.end(m)
	default:
		help := "the markers are " + f.marker("begin NAME") + " and " + f.marker("end")
		if meant := diag.Suggest(m.word, []string{"begin", "end"}); meant != "" {
			help = "did you mean errspec:" + meant + "?"
		}
		f.report(m, help, "unknown marker errspec:%s", m.word)
	}
}

func (f *finder) end(m marker) {
	if m.name.text(f.file.Text) != "" {
		f.report(m, "write "+f.marker("end"), "end marker takes no name")
	}
	if len(f.open) == 0 {
		f.report(m, "remove the marker, or write "+f.marker("begin NAME")+" above", "end marker without a begin marker")
		return
	}
	begin := f.open[len(f.open)-1]
	f.open = f.open[:len(f.open)-1]
	block := Block{
		Name: begin.name.text(f.file.Text), At: f.at(begin.name), Start: begin.line.end, End: m.line.start, LineEnd: "\n",
	}
	if strings.HasSuffix(begin.line.text(f.file.Text), "\r\n") {
		block.LineEnd = "\r\n"
	}
	f.blocks = append(f.blocks, block)
}

func (f *finder) at(s span) diag.Location {
	return diag.Location{File: f.file, Start: f.file.Position(s.start), End: f.file.Position(s.end)}
}

func (f *finder) report(m marker, help, format string, args ...any) *diag.Diagnostic {
	f.findings = append(f.findings, diag.Diagnostic{
		Rule: RuleMarker, Message: fmt.Sprintf(format, args...), Location: f.at(m.comment), Help: help, Subject: f.file.Name,
	})
	return &f.findings[len(f.findings)-1]
}
