package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	maxExcerpt = 160 // characters of a source line that are shown
	lead       = 100 // of them before the place, when the line is longer
	maxMessage = 500 // characters of a message; a table's own words can be of any length
)

// excerpt writes the line of a place with a caret under it.
func excerpt(b *strings.Builder, at Location) {
	if at.File == nil || at.Start.Line == 0 {
		return
	}
	first, head, tail := 1, "", ""
	if at.Start.Column > maxExcerpt {
		first, head = at.Start.Column-lead, "…"
	}
	rest := at.File.From(Pos{at.Start.Line, first})
	shown := firstOf(rest, maxExcerpt)
	if len(shown) < len(rest) {
		tail = "…"
	}
	if strings.TrimSpace(shown) == "" {
		return
	}
	before := firstOf(shown, at.Start.Column-first)
	marked := ""
	if at.End.Line == at.Start.Line {
		marked = firstOf(shown[len(before):], at.End.Column-at.Start.Column)
	}
	gutter := fmt.Sprintf("%5d", at.Start.Line)
	fmt.Fprintf(b, "%s | %s%s%s\n", gutter, head, printable(shown), tail)
	fmt.Fprintf(b, "%s | %s^%s\n", strings.Repeat(" ", len(gutter)),
		strings.Repeat(" ", cells(head)+cells(before)), strings.Repeat("~", max(1, cells(marked))-1))
}

// firstOf returns the first n characters of a text.
func firstOf(s string, n int) string {
	for i := range s {
		if n <= 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// cells returns how many columns of a terminal a text takes up. Without a table
// for every character it goes by blocks: East Asian writing and pictographs are
// wide, combining marks have no width.
func cells(s string) int {
	n := 0
	for _, r := range printable(s) {
		switch {
		case r < 0x300:
			n++
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

// isWide follows the blocks of https://www.unicode.org/reports/tr11/ whose
// characters are wide or full-width.
func isWide(r rune) bool {
	return r >= 0x1100 && r <= 0x115F || // Hangul Jamo
		r >= 0x2E80 && r <= 0x303E || // CJK radicals and punctuation
		r >= 0x3041 && r <= 0xA4CF || // kana, CJK, Yi
		r >= 0xAC00 && r <= 0xD7A3 || // Hangul
		r >= 0xF900 && r <= 0xFAFF ||
		r >= 0xFE30 && r <= 0xFE6F ||
		r >= 0xFF00 && r <= 0xFF60 || // full-width forms
		r >= 0xFFE0 && r <= 0xFFE6 ||
		r >= 0x1F300 && r <= 0x1F64F || // pictographs
		r >= 0x1F680 && r <= 0x1F6FF ||
		r >= 0x1F900 && r <= 0x1FAFF ||
		r >= 0x20000 && r <= 0x3FFFD
}

// brief cuts what is too long to be read.
func brief(s string) string {
	if len(s) > maxMessage { // bytes, so that short texts are not counted
		if cut := firstOf(s, maxMessage); len(cut) < len(s) {
			return cut + "…"
		}
	}
	return s
}

// Printable returns a text that a terminal shows and does not obey, on one line:
// line ends and tabs become spaces, and what else would move the cursor or turn
// text around becomes U+FFFD.
func Printable(s string) string { return printable(s) }

// printable replaces what would move a terminal's cursor or turn its text
// around, one character by one, so that carets stay under what they mean.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return ' '
		case isHostile(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// isHostile reports whether a terminal might obey the character, or a reader not
// see that it is there. Joiners and the soft hyphen are part of ordinary writing.
func isHostile(r rune) bool {
	switch {
	case r < ' ', r >= 0x7F && r < 0xA0, r == '\u2028', r == '\u2029':
		return true
	case r == 0xAD, r == 0x200C, r == 0x200D:
		return false
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// escapeJSON writes the hostile characters of JSON text as JSON escapes them,
// which changes nothing of what the text says. Those below space are escaped
// already, except for the line ends between values.
func escapeJSON(s string) string {
	if !strings.ContainsFunc(s, isHostileInJSON) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !isHostileInJSON(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

func isHostileInJSON(r rune) bool { return r != '\n' && isHostile(r) }
