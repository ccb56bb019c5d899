package facts

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/errspec/errspec/internal/gfm"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// blockParser parses CommonMark with tables, without inline markup.
var blockParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(gfm.WideTables(), 200))...))
})

// maxNesting limits the lists and quotations that start on a line. The Markdown parser
// takes quadratic time for them.
const maxNesting = 60

var deepNesting = lazyregexp.New(fmt.Sprintf(`(?m)^(?:[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]|>)){%d}`, maxNesting+1))

// A blockReader reads the blocks of Markdown.
type blockReader struct {
	*reader
	source []byte
	line   int // of the source, at offset
	offset int
}

// markdown reads Markdown whose first line has the given number.
func (r *reader) markdown(text string, line int) {
	b := &blockReader{reader: r, source: []byte(text), line: line}
	if m := deepNesting.FindStringIndex(text); m != nil {
		r.fail(b.lineAt(m[0]), fmt.Sprintf("more than %d lists or quotations start on the line", maxNesting), "remove some")
		return
	}
	root := blockParser().Parse(gmtext.NewReader(b.source), parser.WithContext(r.context))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			line := b.lineOf(h)
			r.heading(line, h.Level, r.inlines(b.text(h), line))
			continue
		}
		for _, block := range b.block(n, 0) {
			r.add(block)
		}
	}
}

// lineAt returns the line of an offset. It is fast if offsets increase.
func (b *blockReader) lineAt(offset int) int {
	if offset >= b.offset {
		b.line += bytes.Count(b.source[b.offset:offset], []byte("\n"))
	} else {
		b.line -= bytes.Count(b.source[offset:b.offset], []byte("\n"))
	}
	b.offset = offset
	return b.line
}

// lineOf returns the line of a node, or that of the node before if it has no text.
func (b *blockReader) lineOf(n ast.Node) int {
	if n.Lines().Len() == 0 {
		return b.line
	}
	return b.lineAt(n.Lines().At(0).Start)
}

// text returns the lines of a node.
func (b *blockReader) text(n ast.Node) string { return string(n.Lines().Value(b.source)) }

// maxDepth limits how deep lists and quotations are read.
const maxDepth = 50

func (b *blockReader) children(n ast.Node, depth int) []*Block {
	if depth > maxDepth {
		return []*Block{{Fact: Fact{Kind: ParagraphFact, Line: b.line, Name: "deeply nested content"}}}
	}
	var all []*Block
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		all = append(all, b.block(c, depth)...)
	}
	return all
}

// block returns the block of a node, or the blocks in a container. Headings in lists and
// quotations are paragraphs.
func (b *blockReader) block(n ast.Node, depth int) []*Block {
	out := &Block{Fact: Fact{Line: b.lineOf(n)}}
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
		out.Kind, out.Text = ParagraphFact, b.inlines(b.text(n), out.Line)
		out.Name = nameOf(out.Text.Plain())
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		out.Kind, out.Code = CodeFact, b.text(n)
		if out.Name = nameOf(out.Code); out.Name == "" {
			out.Name = "empty"
		}
	case *ast.HTMLBlock:
		code := b.text(n)
		if n.HasClosure() {
			code += string(n.ClosureLine.Value(b.source))
		}
		out.Kind, out.Code = HTMLFact, anyTag.ReplaceAllString(htmlComment.ReplaceAllString(code, ""), "")
		out.Name = nameOf(out.Code)
	case *ast.ListItem:
		out.Kind, out.Line, out.Blocks = ItemFact, b.line, b.children(n, depth+1)
		if len(out.Blocks) == 0 {
			break
		}
		out.Line, out.Name = out.Blocks[0].Line, out.Blocks[0].Name
		if out.Blocks[0].Kind == ParagraphFact {
			out.Text, out.Blocks = out.Blocks[0].Text, out.Blocks[1:]
		}
	case *east.Table:
		t := b.table(n)
		return []*Block{{Fact: t.Fact, Table: t}}
	case *ast.ThematicBreak, *ast.LinkReferenceDefinition:
		return nil
	default:
		return b.children(n, depth+1)
	}
	if out.Name == "" && out.Kind != ItemFact {
		return nil
	}
	return []*Block{out}
}

var htmlComment = lazyregexp.New(`(?s)<!--.*?-->`)

// table reads a table.
func (b *blockReader) table(n *east.Table) *Table {
	t := &Table{Fact: Fact{Kind: TableFact}}
	line := b.lineAt(max(n.Pos(), 0))
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Text
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if cell.Lines().Len() > 0 {
				line = b.lineAt(cell.Lines().At(0).Stop)
			}
			cells = append(cells, b.inlines(strings.ReplaceAll(b.text(cell), `\|`, "|"), line))
		}
		t.addRow(cells, line)
	}
	return t
}
