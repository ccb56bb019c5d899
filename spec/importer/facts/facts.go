// Package facts reads pages and CSV files into facts: tables, headings with their
// bodies, lists, code blocks and paragraphs, each with its line. It does not
// interpret them; package importer does.
//
// [Markdown] reads Markdown and MDX, with the HTML tables in them. [CSV] reads a file
// as one table. [Page.Facts] returns every fact in the order of the source, so that
// readers can account for the whole page.
package facts

import "strings"

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

// Within reports whether f is true for the section or one around it. It returns false if s is nil.
func (s *Section) Within(f func(*Section) bool) bool {
	for ; s != nil; s = s.Parent {
		if f(s) {
			return true
		}
	}
	return false
}

// A Block is a part of the body of a section. Consecutive items are a list.
type Block struct {
	Fact
	Text   Text     // of a paragraph, or the first paragraph of an item
	Code   string   // of a code block or script, or the text of HTML
	Blocks []*Block // of an item, after its text
	Table  *Table   // of a table
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

// A Row is a row under the header. Its cells may be fewer or more than the columns.
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

// Headers returns the headers of the columns.
func (t *Table) Headers() []string {
	var all []string
	for _, c := range t.Columns {
		all = append(all, c.Header.Line())
	}
	return all
}

// Parts returns the facts of the table, its columns and its rows.
func (t *Table) Parts() []*Fact {
	all := []*Fact{&t.Fact}
	for _, c := range t.Columns {
		all = append(all, &c.Fact)
	}
	for _, r := range t.Rows {
		all = append(all, &r.Fact)
	}
	return all
}

// addRow adds a row. The first one is the header. Other rows without any text are not
// facts.
func (t *Table) addRow(cells []Text, line int) {
	var names []string
	for _, c := range cells {
		names = append(names, c.Line())
	}
	name := nameOf(strings.Join(names, " | "))
	switch {
	case t.Columns == nil:
		t.Name = strings.Trim(name, " |")
		if t.Line == 0 {
			t.Line = line
		}
		for i, cell := range cells {
			t.Columns = append(t.Columns, &Column{Fact{Kind: ColumnFact, Line: line, Name: nameOf(names[i])}, cell})
		}
	case strings.Join(names, "") != "":
		t.Rows = append(t.Rows, &Row{Fact{Kind: RowFact, Line: line, Name: name}, cells})
	}
}
