// Package prose reads the texts of a table: plain text in which only three
// things have a meaning. `code` between backticks, links [text](url) with an
// http or https address, and blank lines between paragraphs. Every other
// character stands for itself, and whoever renders it escapes it for where it
// lands.
package prose

import (
	"strings"
	"unicode/utf8"
)

// Kind says what a [Span] is.
type Kind uint8

// The kinds of spans.
const (
	Text Kind = iota // characters that stand for themselves
	Code             // set as code
	Link             // leads to URL
)

// A Span is a stretch of text of one kind. It holds no line end.
type Span struct {
	Kind Kind
	Text string // of a Link as it is written, with the backticks of code
	URL  string // of a Link
}

// Label returns the text of a link: spans of text and code.
func (s Span) Label() Paragraph {
	var p Paragraph
	for i, part := range strings.Split(s.Text, "`") {
		p = append(p, Span{Kind: Kind(i % 2), Text: part}) // code is between two backticks
	}
	return p.merged()
}

// A Paragraph is a sequence of spans; two Text spans never follow each other.
type Paragraph []Span

// Plain returns the paragraph without marks: code as it is, links as "text
// (url)".
func (p Paragraph) Plain() string {
	var b strings.Builder
	for _, s := range p {
		if s.Kind != Link {
			b.WriteString(s.Text)
			continue
		}
		label := s.Label().Plain()
		b.WriteString(label)
		if s.URL != label {
			b.WriteString(" (" + s.URL + ")")
		}
	}
	return b.String()
}

// Parse splits a text into paragraphs. Line ends and the white space around
// them inside a paragraph become a single space.
func Parse(s string) []Paragraph {
	var paragraphs []Paragraph
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			paragraphs = append(paragraphs, spans(strings.Join(lines, " ")))
		}
		lines = nil
	}
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Trim(line, " \t\r"); line == "" {
			flush()
			continue
		}
		lines = append(lines, line)
	}
	flush()
	return paragraphs
}

// Inline parses a text as a single paragraph.
func Inline(s string) Paragraph {
	var all Paragraph
	for i, p := range Parse(s) {
		if i > 0 {
			all = append(all, Span{Kind: Text, Text: " "})
		}
		all = append(all, p...)
	}
	return all.merged()
}

// spans finds the code and the links of one paragraph.
func spans(s string) Paragraph {
	var p Paragraph
	plain := 0 // where the text not yet added begins
	for i := 0; i < len(s); {
		span, size := spanAt(s[i:])
		if size == 0 {
			i++
			continue
		}
		p = append(p, Span{Kind: Text, Text: s[plain:i]}, span)
		i += size
		plain = i
	}
	return append(p, Span{Kind: Text, Text: s[plain:]}).merged()
}

// spanAt returns the code or link that s begins with and its size in bytes.
func spanAt(s string) (Span, int) {
	switch s[0] {
	case '`':
		if end := strings.IndexByte(s[1:], '`'); end > 0 {
			return Span{Kind: Code, Text: s[1 : 1+end]}, end + 2
		}
	case '[':
		label := labelAt(s[1:])
		rest, ok := strings.CutPrefix(s[1+len(label):], "](")
		if !ok || label == "" {
			return Span{}, 0
		}
		url := rest[:max(strings.IndexFunc(rest, notInAddress), 0)]
		if isWebAddress(url) && rest[len(url)] == ')' {
			return Span{Kind: Link, Text: label, URL: url}, len("[](") + len(label) + len(url) + 1
		}
	}
	return Span{}, 0
}

// labelAt returns what s has before the bracket that ends a link's text, "" if
// there is none. Brackets inside of code are text. The search ends at the next
// bracket outside of code at the latest, and a backtick without another one ends
// it for all that follow: the whole stays linear.
func labelAt(s string) string {
	for i := 0; ; {
		next := strings.IndexAny(s[i:], "[]`")
		if next < 0 || s[i+next] == '[' {
			return ""
		}
		i += next
		if s[i] == ']' {
			return s[:i]
		}
		end := strings.IndexByte(s[i+1:], '`')
		if end <= 0 {
			return ""
		}
		i += end + len("``")
	}
}

// isWebAddress reports whether s begins like an http or https address.
func isWebAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && rest[0] != '/'
}

// notInAddress reports whether an address in prose has to escape the character.
// The closing parenthesis is one of them: it ends the link.
func notInAddress(r rune) bool {
	return r <= ' ' || r >= 0x7F || strings.ContainsRune("()\"<>\\^`{|}[]'", r)
}

// merged drops empty spans and joins Text spans that touch. A run of them is
// joined at once: one by one would take quadratic time.
func (p Paragraph) merged() Paragraph {
	var out Paragraph
	var run []string // Text spans not yet in out
	flush := func() {
		if text := strings.Join(run, ""); text != "" {
			out = append(out, Span{Kind: Text, Text: text})
		}
		run = run[:0]
	}
	for _, s := range p {
		if s.Kind == Text {
			run = append(run, s.Text)
			continue
		}
		flush()
		out = append(out, s)
	}
	flush()
	return out
}

// Sentence returns a text without surrounding white space, followed by a full stop
// unless it ends with punctuation, in Latin or in East Asian form.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	if last, _ := utf8.DecodeLastRuneInString(s); s != "" && !strings.ContainsRune(".!?:…。！？．：｡", last) {
		s += "."
	}
	return s
}
