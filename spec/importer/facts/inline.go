package facts

import (
	"fmt"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/errspec/errspec/internal/gfm"
)

// inlineParser parses the markup in one paragraph.
var inlineParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(gfm.Struck(), 500))...))
})

// maxParagraph limits the size of a paragraph in bytes. The Markdown parser takes
// quadratic time for some paragraphs; the worst with 8 KiB take about 20 ms.
const maxParagraph = 8 << 10

// inlines reads the text of a paragraph, heading or cell on a line.
func (r *reader) inlines(s string, line int) Text {
	if len(s) > maxParagraph {
		r.fail(line, fmt.Sprintf("a paragraph or cell is larger than %d KiB, the limit", maxParagraph>>10), "put empty lines between its parts")
		return Text{{Text: s}}
	}
	in := &inliner{source: []byte(strings.TrimSpace(s))}
	in.children(inlineParser().Parse(gmtext.NewReader(in.source), parser.WithContext(r.context)))
	in.closeCode()
	return in.out.merged()
}

// An inliner reads the children of a node as text.
type inliner struct {
	source         []byte
	out            Text
	strong, struck int
	code           *strings.Builder // text between <code> and </code>
}

func (in *inliner) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in.node(c)
	}
}

func (in *inliner) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		in.add(Span{Text: unescape(string(n.Segment.Value(in.source)))})
		if n.SoftLineBreak() {
			in.add(Span{Text: " "})
		} else if n.HardLineBreak() {
			in.add(Span{IsBreak: true})
		}
	case *ast.CodeSpan:
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.Write(t.Segment.Value(in.source))
			}
		}
		in.add(Span{IsCode: true, Text: strings.ReplaceAll(b.String(), "\n", " ")})
	case *ast.Emphasis:
		if n.Level > 1 {
			in.strong++
			defer func() { in.strong-- }()
		}
		in.children(n)
	case *east.Strikethrough:
		in.struck++
		in.children(n)
		in.struck--
	case *ast.Link:
		inner := &inliner{source: in.source}
		inner.children(n)
		label := inner.out.merged()
		in.add(Span{
			Text: label.Plain(), Label: label.Prose(), URL: unescape(string(n.Destination)),
			IsCode: len(label) == 1 && label[0].IsCode, Struck: label.IsStruck(),
		})
	case *ast.AutoLink:
		in.add(Span{Text: string(n.Label(in.source))})
	case *ast.RawHTML:
		in.tag(string(n.Segments.Value(in.source)))
	default:
		in.children(n)
	}
}

func (in *inliner) add(s Span) {
	if in.code != nil {
		if s.IsBreak {
			s.Text = "\n"
		}
		in.code.WriteString(s.Text)
		return
	}
	s.Strong = s.Strong || in.strong > 0
	s.Struck = s.Struck || in.struck > 0
	in.out = append(in.out, s)
}

// tag reads an HTML tag. It ignores comments.
func (in *inliner) tag(s string) {
	m := tagPattern.FindStringSubmatch(s)
	if m == nil {
		return
	}
	delta := 1
	if m[1] != "" {
		delta = -1
	}
	switch strings.ToLower(m[2]) {
	case "br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "pre":
		in.add(Span{IsBreak: true})
	case "code", "tt", "kbd", "samp":
		in.closeCode()
		if delta > 0 {
			in.code = new(strings.Builder)
		}
	case "b", "strong":
		in.strong = max(in.strong+delta, 0)
	case "del", "s", "strike":
		in.struck = max(in.struck+delta, 0)
	}
}

func (in *inliner) closeCode() {
	if b := in.code; b != nil {
		in.code = nil
		in.add(Span{IsCode: true, Text: strings.TrimSpace(b.String())})
	}
}

// unescape resolves escapes and character references.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(s)))))
}
