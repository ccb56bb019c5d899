package inplace

import (
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/errspec/errspec/internal/frontmatter"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// A span is part of a text.
type span struct{ start, end int }

func (s span) text(of string) string { return of[s.start:s.end] }

// A marker is a comment that begins with errspec: and is no code.
type marker struct {
	line    span // that it is on, the line's end included
	comment span
	word    string // "begin" or "end", if it is right
	name    span   // what follows the word
	problem string // why it does not count where it stands, "" if it does
}

// move makes the offsets of a marker those of a text that has more bytes before it.
func (m *marker) move(by int) {
	for _, s := range []*span{&m.line, &m.comment, &m.name} {
		s.start, s.end = s.start+by, s.end+by
	}
}

// markdown reads files as GitHub does, as far as it matters to comments: of what
// is within lines, code and HTML. Links and emphasis are left out, since looking for
// them takes time that grows with the square of a line's length.
var markdown = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 1),
			util.Prioritized(parser.NewRawHTMLParser(), 2),
		),
		parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 1)),
	)
})

// markersOf returns the markers of a text in their order.
func markersOf(text string) []marker {
	if !strings.Contains(text, "errspec:") {
		return nil
	}
	before := preamble(text)
	s := scanner{text: text[before:]}
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

// preamble returns how many bytes of a text are no Markdown: a byte order mark, and
// front matter in YAML.
func preamble(text string) int {
	page := strings.TrimPrefix(text, "\ufeff")
	end, _ := frontmatter.End(page)
	return len(text) - len(page) + end
}

type scanner struct {
	text    string
	markers []marker
	line    span // see lineAround
}

func (s *scanner) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		s.block(n)
	case *ast.RawHTML:
		for _, segment := range n.Segments.Sliced(0, n.Segments.Len()) {
			s.find(span{segment.Start, segment.Stop}, "a marker stands within a line")
		}
	}
}

// block looks for markers in a block of HTML. In the elements whose text is no
// markup, such as pre, and behind the first line of a comment, there are none.
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
	problem := ""
	if n.Parent().Kind() != ast.KindDocument {
		problem = "a marker stands in a list or in a quote"
	}
	for _, line := range lines {
		s.find(span{line.Start, line.Stop}, problem)
	}
}

// comment matches what is, or is meant to be, a marker.
var comment = lazyregexp.New(`<!--[ \t]*errspec:([^ \t\r\n>]*?)(?:[ \t]+([^\r\n]*?))?[ \t]*-->`)

// find adds the markers within a span, which is on one line.
func (s *scanner) find(in span, problem string) {
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
			m.problem = "a marker stands within a line"
		}
		s.markers = append(s.markers, m)
	}
}

func (s *scanner) lineAround(offset int) span {
	if s.line.start <= offset && offset < s.line.end {
		return s.line // of the marker before; a long line may have many
	}
	s.line = span{strings.LastIndexByte(s.text[:offset], '\n') + 1, len(s.text)}
	if end := strings.IndexByte(s.text[offset:], '\n'); end >= 0 {
		s.line.end = offset + end + 1
	}
	return s.line
}
