package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/inplace"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec/diag"
)

// Rules about files that parts of a reference go into.
const (
	ruleMarker     = inplace.RuleMarker
	ruleMarkerName = "marker-name"
)

// inject makes the edits of the files that parts of the reference go into. The error
// says that one could not be read.
func (c Catalog) inject(p *plan.Plan) ([]output.Edit, diag.List, error) {
	var edits []output.Edit
	var findings diag.List
	done := make(map[string]bool)
	for _, name := range c.Inject {
		if done[realPath(name)] {
			continue // a flag may be repeated
		}
		done[realPath(name)] = true
		text, err := read(name)
		if err != nil {
			return nil, nil, &output.Error{Path: filepath.ToSlash(name), Op: "read", Err: err, Help: "write the file and its markers first, or leave it out of inject:"}
		}
		into := injection{catalog: c, plan: p, file: &diag.File{
			Name: filepath.ToSlash(name), Text: string(text), Hidden: !input.Inside(c.dir(), name),
		}}
		into.parts()
		if into.places == 0 && len(into.findings) == 0 {
			start := diag.Pos{Line: 1, Column: 1}
			into.findings = diag.List{{
				Rule: ruleMarker, Subject: name, Message: "the file has no markers of the table " + c.Name(),
				Location: diag.Location{File: into.file, Start: start, End: start},
				Help:     "write " + inplace.Marker(name, "begin overview") + " and " + inplace.Marker(name, "end") + " in it, or leave the file out",
			}}
		}
		findings = append(findings, into.findings...)
		edits = append(edits, output.Edit{Path: name, Old: text, Parts: into.made})
	}
	return edits, findings, nil
}

// An injection is a file while the parts of one catalog are made for it.
type injection struct {
	catalog  Catalog
	plan     *plan.Plan
	file     *diag.File
	places   int // of this catalog
	made     []output.Part
	findings diag.List
}

func (in *injection) parts() {
	var places []inplace.Place
	places, in.findings = inplace.Find(in.file)
	reference := markdown.NewParts(in.plan, in.catalog.reference(in.file.Name))
	names := in.catalog.injectors(in.file.Name)
	for _, place := range places {
		block := place.Name
		of, rest, qualified := strings.Cut(block, ":")
		rest = strings.TrimSpace(rest)
		switch {
		case qualified && of == in.catalog.Name():
			block = rest
		case qualified && slices.Contains(names, of),
			qualified && len(in.catalog.siblings) == 0 && markdown.IsBlock(rest): // nothing is known of other tables
			continue
		case len(names) > 1:
			in.report(place, "write "+strings.Join(names, ":"+block+" or ")+":"+block, "%d tables go into this file, and %q does not say which is meant", len(names), block)
			continue
		}
		in.places++
		text, problem := reference.Block(block)
		if problem != nil {
			in.report(place, problem.Help, "%s", problem.Message)
			continue
		}
		text = slices.Concat([]byte("\n"), text, []byte("\n"))
		in.made = append(in.made, output.Part{Start: place.Start, End: place.End, New: bytes.ReplaceAll(text, []byte("\n"), []byte(place.LineEnd))})
	}
}

func (in *injection) report(place inplace.Place, help, format string, args ...any) {
	in.findings = append(in.findings, diag.Diagnostic{
		Rule: ruleMarkerName, Message: fmt.Sprintf(format, args...), Location: place.At, Help: help, Subject: place.Name,
	})
}

// dir returns the directory of the configuration, or the current one if the catalog is
// made of flags.
func (c Catalog) dir() string {
	if file := c.At().File; file != nil {
		return filepath.Dir(filepath.FromSlash(file.Name))
	}
	return "."
}

// read reads a file. The error does not repeat its name.
func read(name string) ([]byte, error) {
	text, err := input.ReadFile(name)
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return text, err
}

// injectors returns the names of the catalogs that go into a file, in their order.
func (c Catalog) injectors(file string) []string {
	var names []string
	for _, s := range c.siblings {
		if slices.ContainsFunc(s.Inject, func(other string) bool { return sameFile(other, file) }) {
			names = append(names, s.Name())
		}
	}
	if !slices.Contains(names, c.Name()) { // the file is named by a flag
		names = append(names, c.Name())
	}
	return names
}

// reference returns where the catalog's reference in Markdown is, seen from a file;
// nil if there is none, or no way leads there.
func (c Catalog) reference(from string) *markdown.Reference {
	if c.Markdown == nil {
		return nil
	}
	here, err := filepath.Abs(filepath.Dir(from))
	if err != nil {
		return nil
	}
	there, err := filepath.Abs(filepath.Dir(c.Markdown.File))
	if err != nil {
		return nil
	}
	way, err := filepath.Rel(here, there)
	if err != nil {
		return nil
	}
	return &markdown.Reference{Options: c.Markdown.options(), Base: filepath.ToSlash(way)}
}

// sameFile reports whether two paths lead to the same file, where file systems fold
// case too.
func sameFile(a, b string) bool { return realPath(a) == realPath(b) }

// realPath returns a path without symbolic links, for comparison.
func realPath(file string) string {
	if abs, err := filepath.Abs(file); err == nil {
		file = abs
	}
	if resolved, err := filepath.EvalSymlinks(file); err == nil {
		file = resolved
	}
	return placeName(file)
}
