package facts

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/prose"
)

// A Span is a part of a text with the same markup.
type Span struct {
	Text    string
	IsBreak bool   // a line break
	IsCode  bool   // code, or a link whose whole text is code
	URL     string // of a link
	Label   string // of a link: its text with `code`
	Strong  bool
	Struck  bool
}

// IsPlain reports whether the span is neither code nor a link nor a line break.
func (s Span) IsPlain() bool { return !s.IsCode && s.URL == "" && !s.IsBreak }

// Text is the content of a paragraph, heading or cell.
type Text []Span

// merged joins adjacent plain spans. It removes line breaks and white space at both ends,
// and repeated breaks.
func (t Text) merged() Text {
	var out Text
	for _, s := range t {
		last := len(out) - 1
		atStart := last < 0 || out[last].IsBreak
		if s.IsPlain() && atStart {
			s.Text = strings.TrimLeft(s.Text, " ")
		}
		switch {
		case s.IsPlain() && s.Text == "", s.IsBreak && atStart:
		case s.IsPlain() && !atStart && out[last].IsPlain() && out[last].Strong == s.Strong && out[last].Struck == s.Struck:
			out[last].Text += s.Text
		default:
			out = append(out, s)
		}
	}
	for len(out) > 0 && strings.TrimSpace(out[len(out)-1].Text) == "" {
		out = out[:len(out)-1]
	}
	return out
}

// Plain returns the text without markup.
func (t Text) Plain() string {
	var b strings.Builder
	for _, s := range t {
		if s.IsBreak {
			b.WriteByte('\n')
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

// Line returns the text without markup, on one line.
func (t Text) Line() string { return draft.Line(t.Plain()) }

// IsEmpty reports whether the text contains nothing but white space.
func (t Text) IsEmpty() bool { return strings.TrimSpace(t.Plain()) == "" }

// Prose returns the text in the markup of tables: with `code` and [links](https://…).
func (t Text) Prose() string {
	var b strings.Builder
	for _, s := range t {
		link := "[" + s.Label + "](" + s.URL + ")"
		switch {
		case s.URL != "" && isLink(link):
			b.WriteString(link)
		case s.IsCode && s.Text != "" && !strings.ContainsAny(s.Text, "`\n"):
			b.WriteString("`" + s.Text + "`")
		case s.IsBreak:
			b.WriteByte('\n')
		default:
			b.WriteString(s.Text)
		}
	}
	return draft.Trim(b.String())
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
		if s.IsCode && strings.TrimSpace(s.Text) != "" {
			codes = append(codes, s.Text)
		}
	}
	return codes
}

// OnlyCodes reports whether the text is code, apart from punctuation between.
func (t Text) OnlyCodes() bool {
	return len(t.Codes()) > 0 && !slices.ContainsFunc(t, func(s Span) bool { return !s.IsCode && strings.Trim(s.Text, " ,;/|\n\t") != "" })
}

// Every reports whether f is true for every span with visible text, of which there
// must be one.
func (t Text) Every(f func(Span) bool) bool {
	return !t.IsEmpty() && !slices.ContainsFunc(t, func(s Span) bool { return strings.TrimSpace(s.Text) != "" && !f(s) })
}

// IsStrong reports whether the whole text is bold.
func (t Text) IsStrong() bool { return t.Every(func(s Span) bool { return s.Strong }) }

// IsStruck reports whether the whole text is struck through.
func (t Text) IsStruck() bool { return t.Every(func(s Span) bool { return s.Struck }) }

// Lead splits the text after the bold part at its start.
func (t Text) Lead() (lead, rest Text) {
	n := slices.IndexFunc(t, func(s Span) bool { return !s.Strong })
	if n < 0 {
		n = len(t)
	}
	return t[:n], t[n:]
}

// TrimLeft returns the text without the given characters at its start.
func (t Text) TrimLeft(cut string) Text {
	for i, s := range t {
		if s.IsBreak {
			continue
		}
		if !s.IsPlain() {
			return t[i:]
		}
		if s.Text = strings.TrimLeft(s.Text, cut); s.Text != "" {
			return append(Text{s}, t[i+1:]...)
		}
	}
	return nil
}

// nameOf returns the start of a text, as the name of a fact.
func nameOf(s string) string { return prose.Shorten(draft.Line(s), 60) }
