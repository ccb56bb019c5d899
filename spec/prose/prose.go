// Package prose parses the texts of a table: plain text in which only three things have a meaning:
// `code` between backticks, links [text](url) with an http or https URL, and blank lines between
// paragraphs. Every other character is literal, and each output escapes it as it requires.
package prose

import (
	"strings"
	"unicode/utf8"
)

// Kind is the kind of a [Span].
type Kind uint8

// The kinds of spans.
const (
	Text Kind = iota // literal text
	Code             // code
	Link             // a link to URL
)

// A Span is a part of a paragraph of one kind. It contains no line end.
type Span struct {
	Kind Kind
	Text string // the text; of a Link verbatim, with the backticks of code
	URL  string // of a Link
}

// Label returns the text of a link as spans of text and code.
func (s Span) Label() Paragraph {
	var p Paragraph
	for i, part := range strings.Split(s.Text, "`") {
		p = append(p, Span{Kind: Kind(i % 2), Text: part}) // code is between two backticks
	}
	return p.merged()
}

// A Paragraph is a sequence of spans without adjacent Text spans.
type Paragraph []Span

// Plain returns the paragraph as plain text, with links as "text (url)".
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

// Parse splits a text into paragraphs. Inside a paragraph, a line end and the white space around it
// become a single space.
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
	paragraphs := Parse(s)
	if len(paragraphs) == 1 {
		return paragraphs[0]
	}
	var all Paragraph
	for i, p := range paragraphs {
		if i > 0 {
			all = append(all, Span{Kind: Text, Text: " "})
		}
		all = append(all, p...)
	}
	return all.merged()
}

// spans splits the text of one paragraph into spans.
func spans(s string) Paragraph {
	var p Paragraph
	plain := 0 // start of the text that is not yet added
	for i := 0; ; {
		next := strings.IndexAny(s[i:], "`[")
		if next < 0 {
			break
		}
		i += next
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

// spanAt returns the code or link at the start of s and its size in bytes, which is 0 if there is
// none.
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
		url := rest[:max(strings.IndexFunc(rest, notInURL), 0)]
		if isWebURL(url) && rest[len(url)] == ')' {
			return Span{Kind: Link, Text: label, URL: url}, len("[](") + len(label) + len(url) + 1
		}
	}
	return Span{}, 0
}

// labelAt returns the part of s before the bracket that ends the text of a link, or "" if there is
// none. Brackets inside code are literal. The search ends at the next bracket outside code or at an
// unclosed backtick, so that parsing takes linear time.
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

// isWebURL reports whether s starts like an http or https URL.
func isWebURL(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		rest, ok = strings.CutPrefix(s, "http://")
	}
	return ok && rest != "" && rest[0] != '/'
}

// notInURL reports whether a URL in prose must not contain the character unescaped. This includes
// the closing parenthesis, which ends the link.
func notInURL(r rune) bool {
	return r <= ' ' || r >= 0x7F || strings.ContainsRune("()\"<>\\^`{|}[]'", r)
}

// merged removes empty spans and joins adjacent Text spans. It joins each run at once, because
// joining one span at a time would take quadratic time.
func (p Paragraph) merged() Paragraph {
	if len(p) == 1 && p[0].Text != "" {
		return p
	}
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

// Sentence returns s without surrounding white space. It adds a period unless s ends with Latin or
// East Asian punctuation.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	if last, _ := utf8.DecodeLastRuneInString(s); s != "" && !strings.ContainsRune(".!?:…。！？．：｡", last) {
		s += "."
	}
	return s
}
