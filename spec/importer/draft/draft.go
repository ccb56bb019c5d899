// Package draft builds a first table from the facts that an importer finds in a source.
//
// A [Table] consists of entries: YAML mappings under construction. [Entry.Set] keeps the first
// value of a key, [Entry.Guess] marks a value that the author has to check, and [Entry.Remark] adds
// a comment about a value that has no key. [Table.Complete] adds missing keys, and unique names.
// [Table.Print] prints the table in canonical form, and [Check] returns the errors in it.
package draft

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/validate"
)

// A Table is a table as far as a source defines it.
type Table struct {
	*Entry
	Codes  []*Code
	IsText bool // the codes are text, although all of them may look like integers

	classes []*Entry
	byTitle map[string]*Entry // classes, by key of the title
	tag     string            // of codes
}

// A Code is an entry for a code.
type Code struct {
	*Entry
	Retry    *Entry
	Wire     string
	Line     int    // of the source
	Class    *Entry // or nil
	Subtypes []*Entry
}

// New returns an empty table.
func New() *Table { return &Table{Entry: NewEntry(), byTitle: make(map[string]*Entry)} }

// AddCode adds a code and returns it.
func (t *Table) AddCode(wire string, line int) *Code {
	c := &Code{Entry: NewEntry(), Wire: wire, Line: line}
	c.Retry = c.Sub("retry")
	t.Codes = append(t.Codes, c)
	return c
}

// ClassNamed returns the class with the title. It adds the class if it is missing.
func (t *Table) ClassNamed(title string) *Entry {
	c := t.byTitle[Key(title)]
	if c == nil {
		c = NewEntry()
		c.Set("title", title)
		t.classes = append(t.classes, c)
		t.byTitle[Key(title)] = c
	}
	return c
}

// AddDetails adds a paragraph to the details.
func (c *Code) AddDetails(s string) {
	if s = Text(s); s == "" {
		return
	}
	if old := c.Text("details"); old != "" {
		s = old + "\n\n" + s
	}
	c.PutText("details", s)
}

// Describe sets the description, or adds details if the code has another one.
func (c *Code) Describe(s string) {
	first, rest, _ := strings.Cut(Text(s), "\n\n")
	if c.Set("description", first) {
		first = ""
	}
	c.AddDetails(first)
	c.AddDetails(rest)
}

// Print returns the table in canonical form. A comment at its start names the source and the
// decisions that are left to the author.
func (t *Table) Print(file string) string {
	head := "# Created from " + Line(baseName(file)) + " by errspec import."
	if isMarked((*yaml.Node)(t.Entry)) {
		head += " TODO marks missing information and guesses."
	}
	if slices.ContainsFunc(t.Codes, func(c *Code) bool { return isMarked(c.Retry.Get("action")) }) {
		head += "\n# Choose the action of each code: fix, retry, wait, resubmit, check, support or never. With retry and wait, add" +
			"\n# automatic: true only if clients may retry the same request automatically."
	}
	return string(canonical.Print(&yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{(*yaml.Node)(t.Entry)}, HeadComment: head + "\n"}))
}

// Check reads a printed table. It returns the findings that are errors.
func Check(text string) (*spec.Table, diag.List) {
	table, findings := spec.Parse("table.yaml", text, nil)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	return table, slices.DeleteFunc(findings, func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
}
