// Package python emits the Python package of a plan: one module, __init__.py, and
// py.typed, which declares to type checkers that it has types.
//
// Source that depends on the table is written by this package. All other source is
// ordinary Python in the directory runtime. It is copied after the parts of it that the
// table does not need have been removed.
package python

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// A File is one file of the package.
type File struct {
	Name string // relative to the package's directory
	Data []byte
}

// A pkg is a package to emit.
type pkg struct {
	*plan.Plan
	names    *plan.PythonNames
	subtypes []*plan.Subtype // of all codes, in the table's order
	phrases  []phrase
	delays   map[int]phrase // of the texts of delays, by field of the response
	features plan.Features
}

func newPkg(p *plan.Plan) *pkg {
	out := &pkg{Plan: p, names: p.Python()}
	for _, c := range p.Codes {
		out.subtypes = append(out.subtypes, c.Subtypes...)
	}
	out.phrases = phrasesOf(p)
	out.delays = delayPhrases(p)
	out.features = featuresOf(out)
	return out
}

func (p *pkg) integer() bool { return p.Wire == spec.WireInteger }

// Emit returns the files of the package of a plan. mark is the first line of every file.
// The same plan gives the same files, byte for byte.
func Emit(p *plan.Plan, mark string) ([]File, error) {
	out := newPkg(p)
	module, err := out.module(mark)
	if err != nil {
		return nil, err
	}
	return []File{{"__init__.py", []byte(module)}, {"py.typed", []byte(mark + "\n")}}, nil
}

// module returns the source of the module. Names that programs use come first.
func (p *pkg) module(mark string) (string, error) {
	var sections []string
	add := func(source string) {
		if source = strings.Trim(source, "\n"); source != "" {
			sections = append(sections, source)
		}
	}
	var body strings.Builder
	for _, part := range parts {
		if !p.features.Has(part.feature) {
			continue
		}
		if part.emit != nil {
			add(part.emit(p))
			continue
		}
		source, err := p.copied(part.file)
		if err != nil {
			return "", err
		}
		add(source)
	}
	body.WriteString(strings.Join(sections, "\n\n\n"))
	return p.head(mark, body.String()) + "\n\n" + body.String() + "\n", nil
}

// parts are the parts of a module, in order: files of the runtime, and functions that
// write what depends on the table.
var parts = []struct {
	file    string
	emit    func(*pkg) string
	feature string
}{
	{emit: emitSettings},
	{emit: emitCodes},
	{emit: emitSubtypes, feature: "subtypes"},
	{emit: emitTypes},
	{file: "model.py"},
	{file: "errors.py"},
	{file: "tree.py"},
	{emit: emitTask, feature: "task"},
	{file: "decode.py", feature: "response"},
	{file: "poll.py", feature: "poll"},
	{file: "retry.py"},
	{file: "attempts.py"},
	{file: "attempts_stored.py"},
	{file: "classify.py"},
	{file: "explain.py"},
	{file: "delay.py"},
	{file: "task.py", feature: "task"},
	{file: "stored.py", feature: "response"},
	{file: "values.py", feature: "response"},
	{file: "facts.py", feature: "response"},
	{file: "decide.py", feature: "response"},
	{file: "listed.py", feature: "response"},
	{file: "match.py", feature: "matcher"},
	{file: "text.py"},
	{emit: emitDecisions},
	{emit: emitLookups},
	{emit: emitPhrases, feature: "find"},
	{emit: emitResponse, feature: "response"},
	{emit: emitInfo},
}
