package facts

import (
	"strings"

	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/prose"
)

// A SpanKind is the kind of a span.
type SpanKind uint8

// The kinds of spans.
const (
	Plain    SpanKind = iota // characters without markup
	CodeSpan                 // code
	LinkSpan                 // the text of a link
	Break                    // a line break
)

// A Span is a part of a text with the same markup.
type Span struct {
	Kind   SpanKind
	Text   string
	URL    string // of a link
	Label  string // of a link: its text with `code`
	IsCode bool   // of a link: its whole text is code
	Strong bool
	Struck bool
}

// Text is the content of a paragraph, heading or cell.
type Text []Span

// merged joins adjacent spans and drops empty ones.
func (t Text) merged() Text {
	var out Text
	for _, s := range t {
		last := len(out) - 1
		if s.Kind == Plain && last >= 0 && out[last].Kind == Plain && out[last].Strong == s.Strong && out[last].Struck == s.Struck {
			out[last].Text += s.Text
		} else if s.Kind != Plain || s.Text != "" {
			out = append(out, s)
		}
	}
	return out
}

// withoutBreaks removes line breaks and white space at both ends, and repeated breaks.
func (t Text) withoutBreaks() Text {
	var out Text
	for _, s := range t {
		last := len(out) - 1
		if s.Kind == Plain && (last < 0 || out[last].Kind == Break) {
			s.Text = strings.TrimLeft(s.Text, " ")
		}
		if s.Kind == Plain && s.Text == "" || s.Kind == Break && (last < 0 || out[last].Kind == Break) {
			continue
		}
		out = append(out, s)
	}
	for len(out) > 0 && (out[len(out)-1].Kind == Break || strings.TrimSpace(out[len(out)-1].Text) == "") {
		out = out[:len(out)-1]
	}
	return out
}

// Plain returns the text without markup.
func (t Text) Plain() string {
	var b strings.Builder
	for _, s := range t {
		if s.Kind == Break {
			b.WriteByte('\n')
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Line returns the text without markup, on one line.
func (t Text) Line() string { return Line(t.Plain()) }

// IsEmpty reports whether the text contains nothing but white space.
func (t Text) IsEmpty() bool { return strings.TrimSpace(t.Plain()) == "" }

// Prose returns the text in the markup of tables: with `code` and [links](https://…).
func (t Text) Prose() string {
	var b strings.Builder
	for _, s := range t {
		link := "[" + s.Label + "](" + s.URL + ")"
		switch {
		case s.Kind == LinkSpan && isLink(link):
			b.WriteString(link)
		case s.Kind == CodeSpan && s.Text != "" && !strings.ContainsAny(s.Text, "`\n"),
			s.Kind == LinkSpan && s.IsCode && !strings.Contains(s.Text, "`"):
			b.WriteString("`" + s.Text + "`")
		case s.Kind == Break:
			b.WriteByte('\n')
		default:
			b.WriteString(s.Text)
		}
	}
	return trim(b.String())
}

// isLink reports whether a table reads a text as one link.
func isLink(text string) bool {
	p := prose.Inline(text)
	return len(p) == 1 && p[0].Kind == prose.Link
}

// Codes returns the parts of the text that are code.
func (t Text) Codes() []string {
	var codes []string
	for _, s := range t {
		if (s.Kind == CodeSpan || s.Kind == LinkSpan && s.IsCode) && strings.TrimSpace(s.Text) != "" {
			codes = append(codes, s.Text)
		}
	}
	return codes
}

// OnlyCodes reports whether the text is code, apart from punctuation between.
func (t Text) OnlyCodes() bool {
	others := ""
	for _, s := range t {
		if s.Kind == Plain || s.Kind == LinkSpan && !s.IsCode {
			others += s.Text
		}
	}
	return len(t.Codes()) > 0 && strings.Trim(others, " ,;/|\n\t") == ""
}

// Every reports whether f is true for every span with visible text, of which there
// must be one.
func (t Text) Every(f func(Span) bool) bool {
	some := false
	for _, s := range t {
		if s.Kind == Break || strings.TrimSpace(s.Text) == "" {
			continue
		}
		if !f(s) {
			return false
		}
		some = true
	}
	return some
}

// IsStrong reports whether the whole text is bold.
func (t Text) IsStrong() bool { return t.Every(func(s Span) bool { return s.Strong }) }

// IsStruck reports whether the whole text is struck through.
func (t Text) IsStruck() bool { return t.Every(func(s Span) bool { return s.Struck }) }

// Lead splits the text after the bold part at its start.
func (t Text) Lead() (lead, rest Text) {
	n := 0
	for n < len(t) && t[n].Strong {
		n++
	}
	return t[:n], t[n:]
}

// TrimLeft returns the text without the given characters at its start.
func (t Text) TrimLeft(cut string) Text {
	for i, s := range t {
		if s.Kind != Plain && s.Kind != Break {
			return t[i:]
		}
		if s.Text = strings.TrimLeft(s.Text, cut); s.Text != "" {
			return append(Text{s}, t[i+1:]...)
		}
	}
	return nil
}

// Line returns s on one line in the form that tables require. It returns "" if s is
// only white space. White space inside a line is kept.
func Line(s string) string {
	var parts []string
	for part := range strings.SplitSeq(form.Clean(s), "\n") {
		if part = trim(part); part != "" {
			parts = append(parts, part)
		}
	}
	s = strings.Join(parts, " ")
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// trim removes ASCII white space from both ends.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return r == ' ' || '\t' <= r && r <= '\r' })
}

// nameOf returns the start of a text, as the name of a fact.
func nameOf(s string) string {
	const longest = 60
	s = Line(s)
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}
