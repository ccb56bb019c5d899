package gen

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/inplace"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/input"
	"github.com/errspec/errspec/internal/output"
	"github.com/errspec/errspec/spec/diag"
)

// Rules about files that blocks are injected into.
const (
	ruleMarker     = inplace.RuleMarker
	ruleMarkerName = "marker-name"
)

// inject returns the edits of the files that blocks of the reference are injected
// into. It returns an error if a file cannot be read.
func inject(c config.Entry, p *plan.Plan) ([]output.Edit, diag.List, error) {
	var edits []output.Edit
	var findings diag.List
	done := make(map[string]bool)
	for _, name := range c.Inject {
		if done[config.RealPath(name)] {
			continue // a flag can name a file twice
		}
		done[config.RealPath(name)] = true
		text, err := read(name)
		if err != nil {
			return nil, nil, &output.Error{Path: filepath.ToSlash(name), Op: "read", Err: err, Help: "create the file with its markers, or remove it from inject:"}
		}
		into := injection{entry: c, plan: p, file: &diag.File{
			Name: filepath.ToSlash(name), Text: string(text), Hidden: !input.Inside(c.Dir(), name),
		}}
		into.parts()
		if into.blocks == 0 && len(into.findings) == 0 {
			into.findings = diag.List{{
				Rule: ruleMarker, Subject: name, Message: "file has no markers for the table " + c.Name(),
				Location: into.file.AtLine(1),
				Help:     "write " + inplace.Marker(name, "begin overview") + " and " + inplace.Marker(name, "end") + " in it, or remove it from inject:",
			}}
		}
		findings = append(findings, into.findings...)
		edits = append(edits, output.Edit{Path: name, Old: text, Parts: into.made})
	}
	return edits, findings, nil
}

// An injection generates the blocks of one entry for one file.
type injection struct {
	entry    config.Entry
	plan     *plan.Plan
	file     *diag.File
	blocks   int // number of blocks of this entry
	made     []output.Part
	findings diag.List
}

func (in *injection) parts() {
	var found []inplace.Block
	found, in.findings = inplace.Find(in.file)
	reference := markdown.NewParts(in.plan, referenceFrom(in.entry, in.file.Name), inplace.IsMDX(in.file.Name))
	names := in.entry.Injectors(in.file.Name)
	for _, at := range found {
		block := at.Name
		of, rest, qualified := strings.Cut(block, ":")
		rest = strings.TrimSpace(rest)
		switch {
		case qualified && of == in.entry.Name():
			block = rest
		case qualified && slices.Contains(names, of),
			qualified && !in.entry.Configured() && markdown.IsBlock(rest): // other tables are unknown
			continue
		case len(names) > 1:
			in.report(at, "write "+strings.Join(names, ":"+block+" or ")+":"+block, "%q is ambiguous: %d tables are injected into this file", block, len(names))
			continue
		}
		in.blocks++
		text, problem := reference.Block(block)
		if problem != nil {
			in.report(at, problem.Help, "%s", problem.Message)
			continue
		}
		text = slices.Concat([]byte("\n"), text, []byte("\n"))
		in.made = append(in.made, output.Part{Start: at.Start, End: at.End, New: bytes.ReplaceAll(text, []byte("\n"), []byte(at.LineEnd))})
	}
}

func (in *injection) report(at inplace.Block, help, format string, args ...any) {
	in.findings = append(in.findings, diag.Diagnostic{
		Rule: ruleMarkerName, Message: fmt.Sprintf(format, args...), Location: at.At, Help: help, Subject: at.Name,
	})
}

// read reads a file. Its error does not contain the file name.
func read(name string) ([]byte, error) {
	text, err := input.ReadFile(name)
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return text, err
}

// referenceFrom returns the location of the Markdown reference of an entry,
// relative to a file. It returns nil if there is no reference, or no relative path
// to it.
func referenceFrom(c config.Entry, from string) *markdown.Reference {
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
	return &markdown.Reference{Options: markdownOptions(c.Markdown), Base: filepath.ToSlash(way)}
}
