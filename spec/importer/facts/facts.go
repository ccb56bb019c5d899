// Package facts reads pages and CSV files into facts: tables, headings with their
// bodies, lists, code blocks and paragraphs, each with its line. It does not
// interpret them; package importer does.
//
// [Markdown] reads Markdown and MDX, with the HTML tables in them. [CSV] reads a file
// as one table. [Page.Facts] returns every fact in the order of the source, so that
// readers can account for the whole page.
package facts

import (
	"github.com/errspec/errspec/spec/diag"
)

// Kind is the kind of a fact.
type Kind uint8

// The kinds of facts.
const (
	SectionFact   Kind = iota // a heading, or a component with a title
	ParagraphFact             // a paragraph
	ItemFact                  // an item of a list
	CodeFact                  // a code block
	HTMLFact                  // HTML other than tables and components
	TableFact                 // a table
	ColumnFact                // a column of a table
	RowFact                   // a row of a table
	ResponseFact              // a response of an OpenAPI file
	EnumFact                  // an enumeration of an OpenAPI file
	ExampleFact               // an example of an OpenAPI file
	ExtensionFact             // an extension of an OpenAPI file
)

// String returns the name of the kind, such as "section".
func (k Kind) String() string {
	return [...]string{"section", "paragraph", "list item", "code block", "HTML", "table", "column", "row",
		"response", "enum", "example", "extension"}[k]
}

// A Fact is a part of a page.
type Fact struct {
	Kind Kind
	Line int    // of the source
	Name string // heading, header, or the start of the text
}

// A Page is a source as facts.
type Page struct {
	Title       string   // of the front matter
	Description string   // of the front matter
	Root        *Section // everything; its own fact is not part of [Page.Facts]
	Tables      []*Table // in the order of the source
	Facts       []*Fact  // in the order of the source
}

// A Section is a heading and its body, or a component with a title and its content.
type Section struct {
	Fact
	Title     Text
	Level     int    // of the heading
	Component string // name of the component, or "" for a heading
	Blocks    []*Block
	Children  []*Section
	Parent    *Section
}

// Walk calls f with the section and with those in it. It does not enter sections for
// which f returns false.
func (s *Section) Walk(f func(*Section) bool) {
	if !f(s) {
		return
	}
	for _, c := range s.Children {
		c.Walk(f)
	}
}

// A Block is a part of the body of a section.
type Block struct {
	Fact
	Text  Text    // of a paragraph
	Code  string  // of a code block or script, or the text of HTML
	Items []*Item // of a list; each item is a fact, the list is not
	Table *Table  // of a table
	level int     // of a heading
}

// IsList reports whether the block is a list.
func (b *Block) IsList() bool { return len(b.Items) > 0 }

// An Item is an item of a list.
type Item struct {
	Fact
	Blocks []*Block
}

// Text returns the first paragraph of the item. It returns nil if there is none.
func (i *Item) Text() Text {
	if len(i.Blocks) == 0 {
		return nil
	}
	return i.Blocks[0].Text
}

// A Table is a table with a header.
type Table struct {
	Fact
	Number  int // from 1, in the order of the source
	Section *Section
	Columns []*Column
	Rows    []*Row
}

// A Column is the header of a column.
type Column struct {
	Fact
	Header Text
}

// A Row is a row below the header. Its cells may be fewer or more than the columns.
type Row struct {
	Fact
	Cells []Text
}

// Cell returns a cell, or nil if the row is too short.
func (r *Row) Cell(column int) Text {
	if column < 0 || column >= len(r.Cells) {
		return nil
	}
	return r.Cells[column]
}

// A reader collects the facts and the findings of a source.
type reader struct {
	file     *diag.File
	page     *Page
	findings diag.List
}

// A problem is a finding about the source.
type problem struct {
	severity      diag.Severity
	at            diag.Pos
	message, help string
}

// Rules of findings about sources.
const (
	RuleSource = "import-source" // the source cannot be read
	RuleRow    = "import-row"    // a row does not fit
)

func (r *reader) report(p problem) {
	rule := RuleRow
	if p.severity == diag.Error {
		rule = RuleSource
	}
	r.findings = append(r.findings, diag.Diagnostic{
		Rule: rule, Severity: p.severity, Message: p.message, Help: p.help,
		Location: diag.Location{File: r.file, Start: p.at, End: p.at},
	})
}
