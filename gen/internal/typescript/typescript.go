// Package typescript emits the TypeScript and JavaScript modules of a plan: one file
// without imports for each language.
//
// Source that depends on the table is written by this package. All other source is
// ordinary TypeScript in the directory runtime. It is copied after the parts of it that
// the table does not need have been removed. The stand-in table in runtime/standin.ts
// shows all that this package writes.
package typescript

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// A module is a module to emit.
type module struct {
	*plan.Plan
	names    *plan.TypeScriptNames
	subtypes []*plan.Subtype // of all codes, in the table's order
	data     Table
	features plan.Features

	javascript bool // whether types are omitted
}

func newModule(p *plan.Plan) *module {
	m := &module{Plan: p, names: p.TypeScript(), data: TableOf(p, p.Codes)}
	for _, c := range p.Codes {
		m.subtypes = append(m.subtypes, c.Subtypes...)
	}
	m.features = featuresOf(m)
	return m
}

func (m *module) integer() bool { return m.Wire == spec.WireInteger }

// Emit returns the TypeScript module of a plan. mark is its first line. The same plan
// gives the same module, byte for byte.
func Emit(p *plan.Plan, mark string) ([]byte, error) {
	return newModule(p).source(mark)
}

// source returns the module: first the names that programs use, then the rest of the
// runtime, and the data last, because its initialization needs the classes.
func (m *module) source(mark string) ([]byte, error) {
	sections := []string{header(mark) + strings.TrimRight(m.moduleDoc(), "\n")}
	add := func(source string) {
		if source = strings.Trim(source, "\n"); source != "" {
			sections = append(sections, source)
		}
	}
	for _, emit := range []func(*module) string{emitSettings, emitCodes, emitSubtypes, emitTypes, emitResponseTypes, emitInfoTypes} {
		add(m.typed(emit(m)))
	}
	sources, err := m.copies()
	if err != nil {
		return nil, err
	}
	for _, source := range sources {
		add(source)
	}
	for _, emit := range []func(*module) string{emitTable, emitFormat, emitInfos} {
		add(m.typed(emit(m)))
	}
	return []byte(strings.TrimRight(used(strings.Join(sections, "\n\n")), "\n") + "\n"), nil
}

// typed returns source that depends on the table, without types in JavaScript.
func (m *module) typed(source string) string {
	if m.javascript {
		return untyped(source)
	}
	return source
}

// header returns the mark and the lines that switch linters off.
func header(mark string) string {
	return mark + "\n/* eslint-disable */\n// biome-ignore-all lint: generated code\n\n"
}

// moduleDoc writes the documentation of the module.
func (m *module) moduleDoc() string {
	doc := []string{"The error codes of the table “" + inert(m.Title) + "”."}
	doc = append(doc, paragraphs(m.Description)...)
	if m.DocsURL != "" && !strings.Contains(m.DocsURL, "{code}") {
		doc = append(doc, "The codes are documented at "+inert(m.DocsURL)+".")
	}
	doc = append(doc, "The set of codes is open. A code that the table does not list keeps its value, and its decision is never automatic: whether the request may be retried is unknown.")
	if m.HasTask() {
		doc = append(doc, "A failed task is final: polling it again does not change it.")
	}
	doc = append(doc, "A retry is a new submission and, for paid work, charged again. The module never submits requests.")
	return comment(0, append(doc, "@module")...)
}
