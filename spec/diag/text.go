package diag

import (
	"strings"
)

// A style contains the parameters of the escape sequence for color and weight, ECMA-48 section
// 8.3.117.
type style string

const (
	plainStyle style = ""
	boldStyle  style = "1"
	dimStyle   style = "2"
	helpStyle  style = "1;32"
)

func (s Severity) style() style {
	switch s {
	case Error:
		return "1;31"
	case Warning:
		return "1;33"
	}
	return "1;36"
}

// A span is text of one style.
type span struct {
	text  string
	style style
}

const (
	minWidth = 20 // of a terminal; a smaller width is not a real one
	hang     = 4  // indent of continuation lines
)

// textPrinter renders findings for people.
type textPrinter struct {
	width int // 0 if lines are not wrapped
	color bool
}

// render renders a finding:
//
//	errors.yaml:12:5: error: unknown key "tittle" in a code [unknown-key]
//	   12 |     tittle: Busy
//	      |     ^~~~~~
//	   help: did you mean title?
func (p textPrinter) render(d Diagnostic) string {
	var b strings.Builder
	p.line(&b, hang, span{d.Location.String() + ": ", boldStyle}, span{d.Severity.String() + ":", d.Severity.style()},
		span{" " + brief(d.Message), plainStyle}, span{" [" + d.Rule + "]", dimStyle})
	p.excerpt(&b, d.Location, d.Severity.style())
	for _, r := range d.Related {
		p.line(&b, hang, span{"  " + r.Location.String() + ":", boldStyle}, span{" " + brief(r.Message), plainStyle})
		p.excerpt(&b, r.Location, helpStyle)
	}
	if d.Help != "" {
		const head = "   help: "
		p.line(&b, len(head), span{head, helpStyle}, span{brief(d.Help), plainStyle})
	}
	return b.String()
}

// A glyph is a character and its style.
type glyph struct {
	r     rune
	style style
}

// line writes spans as one line. If the terminal is too narrow, it wraps them and indents
// continuation lines by hang.
func (p textPrinter) line(b *strings.Builder, hang int, spans ...span) {
	var all []glyph
	for _, s := range spans {
		for _, r := range Printable(s.text) {
			all = append(all, glyph{r, s.style})
		}
	}
	for first := true; len(all) > 0 || first; first = false {
		width := p.width
		if !first {
			b.WriteString(strings.Repeat(" ", hang))
			width -= hang
		}
		n := len(all)
		if p.width > 0 {
			n = fitting(all, width)
		}
		p.glyphs(b, trimSpaces(all[:n]))
		b.WriteByte('\n')
		all = all[n:]
		for len(all) > 0 && all[0].r == ' ' {
			all = all[1:]
		}
	}
}

// fitting returns the number of glyphs that fit in width columns. It breaks lines after words, or
// inside a word that is longer than a line.
func fitting(all []glyph, width int) int {
	used, words := 0, 0
	inText := false // after the first word started, the line may be broken
	for i, g := range all {
		used += cellsOf(g.r)
		if g.r == ' ' && inText {
			words = i
		}
		inText = inText || g.r != ' '
		if used > width {
			if words > 0 {
				return words
			}
			return max(i, 1)
		}
	}
	return len(all)
}

func trimSpaces(all []glyph) []glyph {
	for len(all) > 0 && all[len(all)-1].r == ' ' {
		all = all[:len(all)-1]
	}
	return all
}

// glyphs writes characters with their styles.
func (p textPrinter) glyphs(b *strings.Builder, all []glyph) {
	current := plainStyle
	for _, g := range all {
		p.change(b, &current, g.style)
		b.WriteRune(g.r)
	}
	p.change(b, &current, plainStyle)
}

func (p textPrinter) change(b *strings.Builder, current *style, to style) {
	if !p.color || *current == to {
		return
	}
	if *current != plainStyle {
		b.WriteString("\x1b[0m")
	}
	if to != plainStyle {
		b.WriteString("\x1b[" + string(to) + "m")
	}
	*current = to
}

// styled returns text in a style.
func (p textPrinter) styled(text string, s style) string {
	if !p.color || s == plainStyle || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}
