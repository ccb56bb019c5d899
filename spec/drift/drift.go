// Package drift compares a table with the documentation that a service publishes: a page, a CSV
// file or an OpenAPI file.
//
// [Read] reads the source, with package importer or, for the text of a page, with the values of
// the table as a guide. [Compare] reports codes and subtypes that one side lacks, and cells that
// differ. A cell is compared if the source has such cells at all. Prose is compared on request.
package drift

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/prose"
)

// Rules of findings.
const (
	RuleCode    = "drift-code"            // only one side has a code
	RuleSubtype = "drift-subtype"         // only one side has a subtype
	RuleCell    = "drift-cell"            // both sides have a cell, with different texts
	RuleAccept  = "unused-accepted-drift" // an accepted difference does not exist
)

// Keys of cells.
const (
	keyTitle       = "title"
	keyDescription = "description"
	keyAdvice      = "advice"
	keyHint        = "hint"
	keyHTTP        = "http"
	keyExamples    = "examples"
)

// cells are the keys of cells in the order of findings. proseCells are those that are compared on
// request.
var (
	cells      = []string{keyTitle, keyDescription, keyAdvice, keyHint, keyHTTP, keyExamples}
	proseCells = []string{"details", "causes", "avoid", "fixes"}
)

// An Accepted is a difference that is intended.
type Accepted struct {
	Rule    string
	Subject string
	At      diag.Location
}

// Options are settings of a comparison.
type Options struct {
	URL    string // of the source, or ""
	Prose  bool   // whether to compare details, causes, avoid and fixes
	Accept []Accepted
}

// An item is a code or a subtype with its cells.
type item struct {
	name     string
	cells    map[string]string
	subtypes []*item
	hasHint  bool // the table has a hint other than the advice
}

// A Source is a source as far as it can be compared.
type Source struct {
	File  *diag.File
	codes []*item
	has   map[string]bool // keys that some item has, subtypes with the prefix "subtype "
}

// Compare returns the differences between a table and a source. findings are those of [Read],
// which can be accepted too.
func Compare(t *spec.Table, s *Source, findings diag.List, o Options) diag.List {
	c := &comparison{table: t, source: s, options: o, keys: cells, used: make(map[int]bool)}
	for _, d := range findings {
		c.add(d)
	}
	if o.Prose {
		c.keys = slices.Concat(cells, proseCells)
	}
	byWire := make(map[string]*item)
	for _, it := range s.codes {
		byWire[it.name] = it
	}
	known := make(map[string]bool)
	for i := range t.Codes {
		code := &t.Codes[i]
		names := slices.Concat([]string{code.Wire}, code.Aliases, code.RenamedFrom)
		var found *item
		for _, name := range names {
			known[name] = true
			if found == nil {
				found = byWire[name]
			}
		}
		switch {
		case found != nil:
			c.code(code, found)
		case c.expects(code):
			c.report(RuleCode, code.Wire, code.ValueAt("code"), nil, "add it to errspec.yaml as accepted, or remove it from the table",
				"code %q is not in %s", code.Wire, s.File.Name)
		}
	}
	for _, it := range s.codes {
		if !known[it.name] {
			c.report(RuleCode, it.name, s.find(it, it.name), nil, "add it to the table, or accept the difference in errspec.yaml",
				"code %q is not in the table", it.name)
		}
	}
	return append(c.findings, c.unused()...)
}

// A comparison collects findings.
type comparison struct {
	table    *spec.Table
	source   *Source
	options  Options
	keys     []string
	findings diag.List
	used     map[int]bool // accepted differences that exist
}

// expects reports whether the source should have a code. Internal codes and those with a
// separate documentation are elsewhere.
func (c *comparison) expects(code *spec.Code) bool {
	return !code.Internal && (code.URL == "" || c.options.URL != "" && strings.HasPrefix(code.URL, c.options.URL))
}

// code compares a code.
func (c *comparison) code(code *spec.Code, found *item) {
	c.compare(code.Wire, codeItem(code), found, "", func(key string) diag.Location { return placeOf(code.Entry, key) })
	if !c.source.has["subtypes"] {
		return
	}
	known := make(map[*item]bool)
	for i := range code.Subtypes {
		s := &code.Subtypes[i]
		subject := code.Wire + "/" + s.Name
		j := slices.IndexFunc(found.subtypes, func(it *item) bool { return fold(it.name) == fold(s.Title) || it.name == s.Name })
		if j < 0 {
			c.report(RuleSubtype, subject, s.ValueAt("name"), nil, "remove it from the table, or accept the difference in errspec.yaml",
				"subtype %q is not in %s", s.Title, c.source.File.Name)
			continue
		}
		known[found.subtypes[j]] = true
		c.compare(subject, subtypeItem(s), found.subtypes[j], "subtype ", func(key string) diag.Location { return placeOf(s.Entry, key) })
	}
	for _, it := range found.subtypes {
		if !known[it] {
			c.report(RuleSubtype, code.Wire+"/"+it.name, c.source.find(found, it.name), []diag.Related{{Location: code.ValueAt("code"), Message: "the code"}},
				"add it to the table, or accept the difference in errspec.yaml", "subtype %q of %s is not in the table", it.name, code.Wire)
		}
	}
}

// compare compares the cells of a code or subtype that the source has.
func (c *comparison) compare(subject string, ours, theirs *item, prefix string, at func(key string) diag.Location) {
	for _, key := range c.keys {
		want, got := ours.cells[key], theirs.cells[key]
		if key == keyHint && got == "" && !ours.hasHint {
			want = "" // the default
		}
		if !c.source.has[prefix+key] || words(want) == words(got) {
			continue
		}
		message := fmt.Sprintf("%s of %s is %s in the table, %s in %s", key, subject, quoted(want), quoted(got), c.source.File.Name)
		c.report(RuleCell, subject+" "+key, at(key), []diag.Related{{Location: c.source.find(theirs, got), Message: "in the source"}},
			"change the table, or accept the difference in errspec.yaml", "%s", message)
	}
}

func quoted(s string) string {
	if s == "" {
		return "missing"
	}
	return strconv.Quote(prose.Shorten(s, 80))
}

func (c *comparison) report(rule, subject string, at diag.Location, related []diag.Related, help, format string, args ...any) {
	c.add(diag.Diagnostic{Rule: rule, Message: fmt.Sprintf(format, args...), Location: at, Related: related, Help: help, Subject: subject})
}

// add adds a finding unless it is accepted.
func (c *comparison) add(d diag.Diagnostic) {
	for i, a := range c.options.Accept {
		if a.Rule == d.Rule && a.Subject == d.Subject {
			c.used[i] = true
			return
		}
	}
	c.findings = append(c.findings, d)
}

// unused returns findings about accepted differences that do not exist.
func (c *comparison) unused() diag.List {
	var all diag.List
	for i, a := range c.options.Accept {
		if !c.used[i] {
			all = append(all, diag.Diagnostic{Rule: RuleAccept, Location: a.At, Subject: a.Subject, Help: "remove it from accept:",
				Message: fmt.Sprintf("the accepted difference %s of %q does not exist", a.Rule, a.Subject)})
		}
	}
	return all
}

// placeOf returns the location of a key in a table, or of the entry if it has no such key.
func placeOf(e spec.Entry, key string) diag.Location {
	switch {
	case (key == keyAdvice || key == keyHint) && e.Has("retry"):
		return e.PairAt("retry", key)
	case e.Has(key):
		return e.ValueAt(key)
	}
	return e.At()
}

// codeItem returns the cells of a code of a table.
func codeItem(c *spec.Code) *item {
	it := &item{name: c.Wire, hasHint: c.Retry.Hint != c.Retry.Advice, cells: map[string]string{
		keyTitle: c.Title, keyDescription: c.Description, keyAdvice: c.Retry.Advice, keyHint: c.Retry.Hint,
		"details": c.Details, "avoid": strings.Join(c.Avoid, "\n"), "fixes": strings.Join(c.Fixes, "\n"), keyExamples: strings.Join(c.Examples, "\n"),
	}}
	if c.HTTP != 0 {
		it.cells[keyHTTP] = strconv.Itoa(c.HTTP)
	}
	var causes []string
	for _, cause := range c.Causes {
		causes = append(causes, strings.TrimPrefix(cause.Title+": "+cause.Text, ": "))
	}
	it.cells["causes"] = strings.Join(causes, "\n")
	for i := range c.Subtypes {
		it.subtypes = append(it.subtypes, subtypeItem(&c.Subtypes[i]))
	}
	return it
}

func subtypeItem(s *spec.Subtype) *item {
	return &item{name: s.Title, cells: map[string]string{keyDescription: s.Description, keyExamples: strings.Join(s.Examples, "\n")}}
}

// words returns text with single spaces.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }

// fold returns text for comparisons of titles.
func fold(s string) string { return strings.ToLower(words(s)) }

// find returns the location of a text of an item in the source: on a line with the name of the
// item if there is one, or after it.
func (s *Source) find(it *item, text string) diag.Location {
	source := s.File.Text
	first := -1
	for from := 0; from < len(source); {
		i := strings.Index(source[from:], it.name)
		if i < 0 || it.name == "" {
			break
		}
		i += from
		from = i + len(it.name)
		end := from + max(strings.IndexByte(source[from:], '\n'), 0)
		if j := strings.Index(source[from:end], text); j >= 0 && text != "" && text != it.name {
			return s.span(from+j, len(text))
		}
		if first < 0 {
			first = i
		}
	}
	if first < 0 {
		return s.span(0, 0)
	}
	if text, _, _ = strings.Cut(text, "\n"); text != "" && text != it.name {
		if j := strings.Index(source[first:], text); j >= 0 {
			return s.span(first+j, len(text))
		}
	}
	return s.span(first, len(it.name))
}

func (s *Source) span(at, size int) diag.Location {
	return diag.Location{File: s.File, Start: s.File.Position(at), End: s.File.Position(at + size)}
}
