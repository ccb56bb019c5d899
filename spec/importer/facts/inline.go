package facts

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// An inliner reads the children of a block as text.
type inliner struct {
	source         []byte
	out            Text
	strong, struck int
	code           *strings.Builder // text between <code> and </code>
}

// inlines returns the text of a block.
func inlines(n ast.Node, source []byte) Text {
	in := &inliner{source: source}
	in.children(n)
	in.closeCode()
	return in.out.merged()
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
			in.add(Span{Kind: Break})
		}
	case *ast.CodeSpan:
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.Write(t.Segment.Value(in.source))
			}
		}
		in.add(Span{Kind: CodeSpan, Text: strings.ReplaceAll(b.String(), "\n", " ")})
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
		in.link(n)
	case *ast.Image:
		in.children(n)
	case *ast.AutoLink:
		in.add(Span{Text: string(n.Label(in.source))})
	case *ast.RawHTML:
		var b strings.Builder
		for i := range n.Segments.Len() {
			segment := n.Segments.At(i)
			b.Write(segment.Value(in.source))
		}
		in.tag(b.String())
	default:
		in.children(n)
	}
}

func (in *inliner) link(n *ast.Link) {
	inner := &inliner{source: in.source}
	inner.children(n)
	label := inner.out.merged()
	s := Span{Kind: LinkSpan, Text: label.Plain(), Label: label.Prose(), URL: unescape(string(n.Destination))}
	s.IsCode = len(label) == 1 && label[0].Kind == CodeSpan
	for _, l := range label {
		if l.Struck {
			s.Struck = true
		}
	}
	in.add(s)
}

func (in *inliner) add(s Span) {
	if in.code != nil {
		if s.Kind == Break {
			s.Text = "\n"
		}
		in.code.WriteString(s.Text)
		return
	}
	s.Strong = s.Strong || in.strong > 0
	s.Struck = s.Struck || in.struck > 0
	in.out = append(in.out, s)
}

var tagName = lazyregexp.New(`^</?([A-Za-z][A-Za-z0-9]*)`)

// tag reads an HTML tag.
func (in *inliner) tag(s string) {
	m := tagName.FindStringSubmatch(s)
	if m == nil {
		return // a comment
	}
	delta := 1
	if s[1] == '/' {
		delta = -1
	}
	switch strings.ToLower(m[1]) {
	case "br":
		in.add(Span{Kind: Break})
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
		in.add(Span{Kind: CodeSpan, Text: b.String()})
	}
}

// escaped matches escapes and character references of Markdown.
var escaped = lazyregexp.New("\\\\[!-/:-@\\[-`{-~]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")

func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '\\' {
			return m[1:]
		}
		return html.UnescapeString(m)
	})
}
