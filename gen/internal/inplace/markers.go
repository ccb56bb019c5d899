package inplace

import (
	"slices"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/errspec/errspec/internal/frontmatter"
	"github.com/errspec/errspec/internal/gfm"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// A span is a range of offsets in a text.
type span struct{ start, end int }

func (s span) text(of string) string { return of[s.start:s.end] }

// A marker is a comment that starts with errspec: and is not in code.
type marker struct {
	line    span // line of the comment, including its line end
	comment span
	word    string // "begin" or "end" in a valid marker
	name    span   // text after the word
	problem string // problem with its position, or ""
}

// move adds an offset to all positions of a marker.
func (m *marker) move(by int) {
	for _, s := range []*span{&m.line, &m.comment, &m.name} {
		s.start, s.end = s.start+by, s.end+by
	}
}

// markdown parses files as GitHub does, as far as comments require it. Within lines
// it parses only code and HTML. It ignores links and emphasis, because finding them
// takes time quadratic in the length of a line.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 1),
			util.Prioritized(parser.NewRawHTMLParser(), 2),
		),
		parser.WithParagraphTransformers(util.Prioritized(gfm.Tables(), 1)),
	)
})

// markersOf returns the markers of a text in order. MDX has a second form of
// comments.
func markersOf(text string, mdx bool) []marker {
	if !strings.Contains(text, "errspec:") {
		return nil
	}
	before := preamble(text)
	s := scanner{text: text[before:], mdx: mdx}
	_ = ast.Walk(markdown().Parse(gmtext.NewReader([]byte(s.text))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			s.visit(n)
		}
		return ast.WalkContinue, nil
	})
	for i := range s.markers {
		s.markers[i].move(before)
	}
	return s.markers
}

// preamble returns the length of the part of a text that is not Markdown: a byte
// order mark and YAML front matter.
func preamble(text string) int {
	page := strings.TrimPrefix(text, "\ufeff")
	end, _ := frontmatter.End(page)
	return len(text) - len(page) + end
}

type scanner struct {
	text    string
	mdx     bool
	markers []marker
	line    span // see lineAround
}

func (s *scanner) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		s.block(n)
	case *ast.RawHTML:
		for _, segment := range n.Segments.Sliced(0, n.Segments.Len()) {
			s.find(comment, span{segment.Start, segment.Stop}, "marker is not on a separate line")
		}
	case *ast.Paragraph, *ast.TextBlock:
		if s.mdx {
			s.paragraph(n)
		}
	}
}

// paragraph finds MDX comments outside of code. Markdown parses them as text.
func (s *scanner) paragraph(n ast.Node) {
	var code []span
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		if child.Kind() != ast.KindCodeSpan {
			continue
		}
		for part := child.FirstChild(); part != nil; part = part.NextSibling() {
			if t, ok := part.(*ast.Text); ok {
				code = append(code, span{t.Segment.Start, t.Segment.Stop})
			}
		}
	}
	from := len(s.markers)
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		s.find(mdxComment, span{line.Start, line.Stop}, problemOf(n))
	}
	within := func(m marker) bool {
		return slices.ContainsFunc(code, func(c span) bool { return c.start < m.comment.end && m.comment.start < c.end })
	}
	s.markers = append(s.markers[:from], slices.DeleteFunc(s.markers[from:], within)...)
}

// problemOf returns the problem with markers in a block, or "".
func problemOf(n ast.Node) string {
	if n.Parent().Kind() != ast.KindDocument {
		return "marker inside a list or a quote"
	}
	return ""
}

// block finds markers in an HTML block. It ignores elements whose content is not
// markup, such as pre, and the lines of a comment after the first.
func (s *scanner) block(n *ast.HTMLBlock) {
	lines := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		lines = append(lines, n.ClosureLine)
	}
	switch n.HTMLBlockType {
	case ast.HTMLBlockType2:
		lines = lines[:min(len(lines), 1)]
	case ast.HTMLBlockType6, ast.HTMLBlockType7:
	default:
		return
	}
	for _, line := range lines {
		s.find(comment, span{line.Start, line.Stop}, problemOf(n))
		if s.mdx {
			s.find(mdxComment, span{line.Start, line.Stop}, problemOf(n))
		}
	}
}

// comment and mdxComment match markers, including invalid ones.
var (
	comment    = lazyregexp.New(`<!--[ \t]*errspec:([^ \t\r\n>]*?)(?:[ \t]+([^\r\n]*?))?[ \t]*-->`)
	mdxComment = lazyregexp.New(`\{[ \t]*/\*[ \t]*errspec:([^ \t\r\n*]*?)(?:[ \t]+([^\r\n]*?))?[ \t]*\*/[ \t]*\}`)
)

// find adds the markers within a span of one line.
func (s *scanner) find(comment *lazyregexp.Regexp, in span, problem string) {
	for _, at := range comment.FindAllStringSubmatchIndex(in.text(s.text), -1) {
		for i := range at {
			if at[i] >= 0 {
				at[i] += in.start
			}
		}
		m := marker{line: s.lineAround(at[0]), comment: span{at[0], at[1]}, word: s.text[at[2]:at[3]], name: span{at[3], at[3]}, problem: problem}
		if at[4] >= 0 {
			m.name = span{at[4], at[5]}
		}
		if problem == "" && strings.TrimSpace(m.line.text(s.text)) != m.comment.text(s.text) {
			m.problem = "marker is not on a separate line"
		}
		s.markers = append(s.markers, m)
	}
}

func (s *scanner) lineAround(offset int) span {
	if s.line.start <= offset && offset < s.line.end {
		return s.line // line of the previous marker; a long line may have many markers
	}
	s.line = span{strings.LastIndexByte(s.text[:offset], '\n') + 1, len(s.text)}
	if end := strings.IndexByte(s.text[offset:], '\n'); end >= 0 {
		s.line.end = offset + end + 1
	}
	return s.line
}
