package facts

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"

	"github.com/errspec/errspec/internal/gfm"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// markdown parses CommonMark with tables and struck text.
var markdown = sync.OnceValue(gfm.NewParser)

// parseBlocks reads Markdown whose first line has the given number.
func parseBlocks(page string, firstLine int) (blocks []*Block, err error) {
	defer func() {
		if r := recover(); r != nil { // a bug in the parser must not end the program
			err = fmt.Errorf("the Markdown parser failed: %v", r)
		}
	}()
	b := &blockReader{source: []byte(page), line: firstLine}
	root := markdown().Parse(gmtext.NewReader(b.source))
	return b.children(root, 0), nil
}

type blockReader struct {
	source []byte
	line   int // of the source, at offset
	offset int
}

// lineAt returns the line of an offset. It is fast if offsets increase.
func (b *blockReader) lineAt(offset int) int {
	for b.offset < offset && b.offset < len(b.source) {
		if b.source[b.offset] == '\n' {
			b.line++
		}
		b.offset++
	}
	for b.offset > offset {
		b.offset--
		if b.source[b.offset] == '\n' {
			b.line--
		}
	}
	return b.line
}

// maxDepth limits how deep lists and quotations are read.
const maxDepth = 50

func (b *blockReader) children(n ast.Node, depth int) []*Block {
	var all []*Block
	if depth > maxDepth {
		return []*Block{{Fact: Fact{Kind: ParagraphFact, Line: b.line, Name: "deeply nested content"}}}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, b.block(c, depth)...)
	}
	return all
}

// block returns the block of a node, or the blocks in a container.
func (b *blockReader) block(n ast.Node, depth int) []*Block {
	out := &Block{Fact: Fact{Line: b.line}}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		out.Line = b.lineAt(n.Lines().At(0).Start)
	}
	switch n := n.(type) {
	case *ast.Heading:
		out.Kind, out.level, out.Text = SectionFact, n.Level, inlines(n, b.source)
		out.Name = nameOf(out.Text.Plain())
	case *ast.Paragraph, *ast.TextBlock:
		out.Kind, out.Text = ParagraphFact, inlines(n, b.source)
		out.Name = nameOf(out.Text.Plain())
		if out.Text.IsEmpty() {
			return nil
		}
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		out.Kind, out.Code = CodeFact, b.lines(n)
		out.Name = nameOf(out.Code)
	case *ast.HTMLBlock:
		out.Kind, out.Code = HTMLFact, b.lines(n)
		if n.HasClosure() {
			out.Code += string(n.ClosureLine.Value(b.source))
		}
		out.Code = visible(out.Code)
		if out.Name = nameOf(out.Code); out.Name == "" {
			return nil
		}
	case *ast.List:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			out.Items = append(out.Items, b.item(c, depth))
		}
		out.Kind, out.Line = ItemFact, out.Items[0].Line
	case *east.Table:
		out.Kind, out.Table = TableFact, b.table(n)
		out.Line = out.Table.Line
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		return nil
	default:
		return b.children(n, depth+1)
	}
	return []*Block{out}
}

// visible returns the text of HTML without tags and comments.
func visible(s string) string {
	return htmlTag.ReplaceAllString(htmlComment.ReplaceAllString(s, ""), "")
}

var (
	htmlComment = lazyregexp.New(`(?s)<!--.*?-->`)
	htmlTag     = lazyregexp.New(`</?[A-Za-z][^<>]*>`)
)

func (b *blockReader) item(n ast.Node, depth int) *Item {
	item := &Item{Fact: Fact{Kind: ItemFact, Line: b.line}, Blocks: b.children(n, depth+1)}
	if len(item.Blocks) > 0 {
		item.Line, item.Name = item.Blocks[0].Line, item.Blocks[0].Name
	}
	return item
}

func (b *blockReader) lines(n ast.Node) string {
	var text strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		text.Write(segment.Value(b.source))
	}
	return text.String()
}

// table reads a table. Rows are on consecutive lines, after the header and its rule.
func (b *blockReader) table(n *east.Table) *Table {
	t := &Table{Fact: Fact{Kind: TableFact, Line: b.line}}
	number := 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Text
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, inlines(cell, b.source))
			if cell.Lines().Len() > 0 && number == 0 && len(cells) == 1 {
				t.Line = b.lineAt(cell.Lines().At(0).Start)
			}
		}
		if _, isHeader := row.(*east.TableHeader); isHeader {
			t.setHeader(cells)
		} else {
			t.addRow(append(cells, b.surplus(row, len(t.Columns))...), t.Line+1+number)
		}
		number++
	}
	return t
}

// surplus returns the cells of a row that the parser drops, because the header has fewer.
func (b *blockReader) surplus(row ast.Node, columns int) []Text {
	cell := row.FirstChild()
	for cell != nil && cell.Lines().Len() == 0 {
		cell = cell.NextSibling()
	}
	if cell == nil {
		return nil
	}
	at := cell.Lines().At(0).Start
	start := bytes.LastIndexByte(b.source[:at], '\n') + 1
	line, _, _ := bytes.Cut(b.source[start:], []byte("\n"))
	var all []Text
	for i, s := range splitRow(string(line)) {
		if i >= columns {
			all = append(all, Text{{Text: unescape(visible(s))}})
		}
	}
	return all
}

// splitRow returns the cells in a line of a table.
func splitRow(line string) []string {
	line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "|"))
	var cells []string
	start := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			cells, start = append(cells, strings.TrimSpace(line[start:i])), i+1
		}
	}
	if start < len(line) {
		cells = append(cells, strings.TrimSpace(line[start:]))
	}
	return cells
}

// setHeader adds the columns of a table.
func (t *Table) setHeader(cells []Text) {
	for _, cell := range cells {
		t.Columns = append(t.Columns, &Column{Fact{Kind: ColumnFact, Line: t.Line, Name: nameOf(cell.Plain())}, cell})
	}
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	t.Name = nameOf(strings.Join(names, " | "))
}

// addRow adds a row. Rows without any text are not facts.
func (t *Table) addRow(cells []Text, line int) {
	var names []string
	empty := true
	for _, c := range cells {
		name := Line(c.Plain())
		names, empty = append(names, name), empty && name == ""
	}
	if !empty {
		t.Rows = append(t.Rows, &Row{Fact{Kind: RowFact, Line: line, Name: nameOf(strings.Join(names, " | "))}, cells})
	}
}
