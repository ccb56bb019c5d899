package importer

import (
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
)

// A block is one part of a page.
type block struct {
	kind  blockKind
	line  int       // of the source
	level int       // of a heading
	spans spans     // of a heading or a paragraph
	text  string    // of a code block or of HTML
	items [][]block // of a list
	head  []spans   // of a table
	rows  [][]spans
}

type blockKind uint8

const (
	paragraph blockKind = iota
	heading
	bulletList
	codeBlock
	tableBlock
	htmlBlock
)

// markdown knows tables and struck text besides CommonMark.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough))
})

// parseBlocks reads Markdown that begins on a line of the source.
func parseBlocks(page string, firstLine int) (blocks []block, err error) {
	defer func() {
		if r := recover(); r != nil { // no input may end the program
			err = fmt.Errorf("the Markdown parser failed: %v", r)
		}
	}()
	b := &blockReader{source: []byte(page), line: firstLine}
	root := markdown().Parser().Parse(gmtext.NewReader(b.source))
	return b.children(root), nil
}

type blockReader struct {
	source []byte
	line   int // of the source, where offset lies
	offset int
}

// lineAt returns the line of an offset; offsets do not decrease by much.
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

func (b *blockReader) children(n ast.Node) []block {
	var all []block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, b.block(c)...)
	}
	return all
}

// block returns what a node is; of containers, what is in them.
func (b *blockReader) block(n ast.Node) []block {
	out := block{line: b.line}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		out.line = b.lineAt(n.Lines().At(0).Start)
	}
	switch n := n.(type) {
	case *ast.Heading:
		out.kind, out.level, out.spans = heading, n.Level, inlines(n, b.source)
	case *ast.Paragraph, *ast.TextBlock:
		out.kind, out.spans = paragraph, inlines(n, b.source)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		out.kind, out.text = codeBlock, b.lines(n)
	case *ast.HTMLBlock:
		out.kind, out.text = htmlBlock, b.lines(n)
		if n.HasClosure() {
			out.text += string(n.ClosureLine.Value(b.source))
		}
	case *ast.List:
		out.kind = bulletList
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			out.items = append(out.items, b.children(item))
		}
		if len(out.items) > 0 && len(out.items[0]) > 0 {
			out.line = out.items[0][0].line
		}
	case *east.Table:
		b.table(n, &out)
	case *ast.ThematicBreak:
		return nil
	default:
		return b.children(n)
	}
	return []block{out}
}

func (b *blockReader) lines(n ast.Node) string {
	var text strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		text.Write(segment.Value(b.source))
	}
	return text.String()
}

func (b *blockReader) table(n *east.Table, out *block) {
	out.kind = tableBlock
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []spans
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, inlines(cell, b.source))
			if cell.Lines().Len() > 0 && len(cells) == 1 && out.head == nil {
				out.line = b.lineAt(cell.Lines().At(0).Start)
			}
		}
		if _, isHead := row.(*east.TableHeader); isHead {
			out.head = cells
		} else {
			out.rows = append(out.rows, cells)
		}
	}
}

// rowLine returns the line of a row: rows follow each other, below the head and
// its rule.
func (b block) rowLine(row int) int { return b.line + 2 + row }
