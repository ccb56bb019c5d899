package importer

import (
	"html"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/prose"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Kinds of spans.
type kind uint8

const (
	plain     kind = iota // characters that stand for themselves
	codeSpan              // set as code
	linkSpan              // text that leads to url
	lineBreak             // <br>
	anchor                // <a id>, whose name is text
)

// A span is a stretch of a line of a page.
type span struct {
	kind   kind
	text   string
	url    string // of a link
	label  string // of a link: its text as tables write it, with `code`
	isCode bool   // of a link: all of its text is set as code
	strong bool
	struck bool
}

// spans are the content of a block.
type spans []span

// An inliner turns the children of a block into spans.
type inliner struct {
	source         []byte
	out            spans
	strong, struck int
	code           *strings.Builder // text between <code> and </code>
}

// inlines returns what a block holds.
func inlines(n ast.Node, source []byte) spans {
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
		in.add(span{text: unescape(string(n.Segment.Value(in.source)))})
		if n.SoftLineBreak() {
			in.add(span{text: " "})
		} else if n.HardLineBreak() {
			in.add(span{kind: lineBreak})
		}
	case *ast.CodeSpan:
		var b strings.Builder
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				b.Write(t.Segment.Value(in.source))
			}
		}
		in.add(span{kind: codeSpan, text: strings.ReplaceAll(b.String(), "\n", " ")})
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
		in.add(span{text: string(n.Label(in.source))})
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
	s := span{kind: linkSpan, text: label.plain(), label: label.prose(), url: unescape(string(n.Destination))}
	s.isCode = len(label) == 1 && label[0].kind == codeSpan
	for _, l := range label {
		if l.struck {
			s.struck = true
		}
	}
	in.add(s)
}

func (in *inliner) add(s span) {
	if in.code != nil {
		if s.kind == lineBreak {
			s.text = "\n"
		}
		in.code.WriteString(s.text)
		return
	}
	s.strong = s.strong || in.strong > 0
	s.struck = s.struck || in.struck > 0
	in.out = append(in.out, s)
}

var (
	tagName  = lazyregexp.New(`^</?([A-Za-z][A-Za-z0-9]*)`)
	anchorID = lazyregexp.New(`^<a\s[^>]*?\b(?:id|name)="([^"]*)"`)
)

// tag takes an HTML tag.
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
		in.add(span{kind: lineBreak})
	case "a":
		if id := anchorID.FindStringSubmatch(s); id != nil {
			in.add(span{kind: anchor, text: html.UnescapeString(id[1])})
		}
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
		in.add(span{kind: codeSpan, text: b.String()})
	}
}

// escaped is what stands for another character in Markdown.
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

// merged joins texts that touch and drops what is empty.
func (all spans) merged() spans {
	var out spans
	for _, s := range all {
		last := len(out) - 1
		if s.kind == plain && last >= 0 && out[last].kind == plain && out[last].strong == s.strong && out[last].struck == s.struck {
			out[last].text += s.text
		} else if s.kind != plain || s.text != "" {
			out = append(out, s)
		}
	}
	return out
}

// plain returns the text alone, as messages are written.
func (all spans) plain() string {
	var b strings.Builder
	for _, s := range all {
		switch s.kind {
		case lineBreak:
			b.WriteByte('\n')
		case plain, codeSpan, linkSpan:
			b.WriteString(s.text)
		}
	}
	return b.String()
}

// prose returns the text as tables write it: with `code` and [links](https://…).
func (all spans) prose() string {
	var b strings.Builder
	for _, s := range all {
		link := "[" + s.label + "](" + s.url + ")"
		switch {
		case s.kind == linkSpan && isLink(link):
			b.WriteString(link)
		case s.kind == codeSpan && s.text != "" && !strings.ContainsAny(s.text, "`\n"),
			s.kind == linkSpan && s.isCode && !strings.Contains(s.text, "`"):
			b.WriteString("`" + s.text + "`")
		case s.kind == lineBreak:
			b.WriteByte('\n')
		case s.kind != anchor:
			b.WriteString(s.text)
		}
	}
	return trim(b.String())
}

// isLink reports whether a table reads a text as one link.
func isLink(text string) bool {
	p := prose.Inline(text)
	return len(p) == 1 && p[0].Kind == prose.Link
}

// codes returns the texts that are set as code.
func (all spans) codes() []string {
	var codes []string
	for _, s := range all {
		if (s.kind == codeSpan || s.kind == linkSpan && s.isCode) && strings.TrimSpace(s.text) != "" {
			codes = append(codes, s.text)
		}
	}
	return codes
}

// isStrong reports whether everything is bold.
func (all spans) isStrong() bool {
	some := false
	for _, s := range all {
		if s.kind == anchor || s.kind == lineBreak || strings.TrimSpace(s.text) == "" {
			continue
		}
		if !s.strong {
			return false
		}
		some = true
	}
	return some
}

// isStruck reports whether everything is struck through.
func (all spans) isStruck() bool {
	some := false
	for _, s := range all {
		if s.kind == anchor || strings.TrimSpace(s.text) == "" {
			continue
		}
		if !s.struck {
			return false
		}
		some = true
	}
	return some
}

// lead splits off what is bold at the beginning.
func (all spans) lead() (lead, rest spans) {
	n := 0
	for n < len(all) && (all[n].strong || all[n].kind == anchor) {
		n++
	}
	return all[:n], all[n:]
}
