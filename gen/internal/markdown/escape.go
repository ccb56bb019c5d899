// The escaping of plain text.
//
// The page is read by GitHub, by other CommonMark parsers, by MDX and by
// generators of static sites, some of which run a template engine over it
// first. So what CommonMark and GFM give a meaning is escaped, and beyond that:
//
//   - "<" is always an entity. Python-Markdown does not know "\<" and would take
//     the tag behind it for HTML.
//   - Braces are always escaped, for MDX; and where two characters open
//     something for a template engine ("{{", "{%", "{#"), an entity comes between
//     them, because such an engine pays no heed to backslashes.
//   - "|" is always escaped: kramdown sees a table in any line that has one.
//   - "$" is always escaped: many render what is between two of them as a formula.
//   - import and export begin a script in MDX.
//
// Prettier leaves all of this as it is. It makes one space of several, as browsers do,
// so they are written as one. And since it aligns tables, what it might count in another
// way than displaywidth is a character reference in cells.
//
// Characters that mean nothing where they stand are left alone, so that the
// page can be read, and searched, as it is. Text is always put on one line of
// its own block, which is why setext underlines, lazy continuation lines and
// the rows of a table need no care here.

package markdown

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/displaywidth"
)

// A place says what is around a text. The zero place is the middle of a line.
type place uint8

const (
	lineStart  place = 1 << iota // the text begins a block
	beforeLink                   // a link follows the text: "!" would make it an image
	inCell                       // the text is in a cell of a table
	inLabel                      // the text is the label of a link, which "]" would end
	inStrong                     // the text is, or may be, between "**", which Prettier finds in code too
)

// text returns s escaped. A line end becomes a line break.
func text(s string, at place) md {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	marker := -1
	if at&lineStart != 0 {
		marker = blockMarker(s)
		if letter, ok := scriptWord(s); ok {
			b.WriteString(letter)
			s = s[1:]
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ', c == '\t':
			if i == 0 || !isBlank(s[i-1]) {
				b.WriteByte(' ')
			}
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			underscored := i > 0 && s[i-1] == '_' || strings.HasPrefix(s[i+size:], "_")
			if at&inCell != 0 && displaywidth.Joins(r) || underscored && splitsWord(r) {
				fmt.Fprintf(&b, "&#%d;", r)
			} else {
				b.WriteString(s[i : i+size])
			}
			i += size - 1
		case c == '\n':
			b.WriteString(string(lineBreak))
		case c == '<':
			b.WriteString("&lt;")
		case c == '&' && isReference(s[i:]):
			b.WriteString("&amp;")
		case c == '{' && opensTemplate(s[i:]):
			b.WriteString("&#123;")
		case c == '_':
			run := underscores(s[i:])
			b.WriteString(strings.Repeat(underscore(s, i, i+run), run))
			i += run - 1
		case i == marker,
			strings.IndexByte("\\`*~[|{}$", c) >= 0,
			c == ']' && at&inLabel != 0,
			c == '!' && i == len(s)-1 && at&beforeLink != 0,
			opensAutolink(s, i):
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return md(b.String())
}

// blockMarker returns the offset of the character that would make a line that
// begins with s something else than a paragraph, or -1. Markers that are
// escaped wherever they stand are not looked for.
func blockMarker(s string) int {
	if s == "" {
		return -1
	}
	switch s[0] {
	case '#', '>':
		return 0
	case '-':
		if isGap(s[1:]) || strings.Trim(s, "- \t") == "" {
			return 0
		}
	case '+':
		if isGap(s[1:]) {
			return 0
		}
	case ':': // a definition, or a container of remark-directive
		if isGap(s[1:]) || s[1] == ':' {
			return 0
		}
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if rest := s[digits:]; digits > 0 && rest != "" && (rest[0] == '.' || rest[0] == ')') && isGap(rest[1:]) {
		return digits
	}
	return -1
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// isGap reports whether a list's marker may stand before s.
func isGap(s string) bool {
	return s == "" || s[0] == ' ' || s[0] == '\t' || s[0] == '\n'
}

// scriptWord returns the first letter of s as an entity if s begins like a
// script in MDX. Letters cannot be escaped with a backslash.
func scriptWord(s string) (letter string, ok bool) {
	switch {
	case strings.HasPrefix(s, "import "):
		return "&#105;", true
	case strings.HasPrefix(s, "export "):
		return "&#101;", true
	}
	return "", false
}

// isEntity reports whether s, which begins with an ampersand, begins like a
// character reference.
func isEntity(s string) bool {
	name := strings.TrimPrefix(s[1:], "#")
	end := strings.IndexFunc(name, func(r rune) bool { return !isAlphanumeric(r) })
	return end > 0 && name[end] == ';'
}

// isReference reports whether a reader could take s, which begins with an ampersand, for
// a character reference: browsers know some without a semicolon, and Prettier takes any
// punctuation after an ampersand in MDX for the end of one.
func isReference(s string) bool {
	end := 1
	for end < len(s) && isAlphanumeric(rune(s[end])) {
		end++
	}
	if end > 1 {
		return isEntity(s) || html.UnescapeString(s[:end]) != s[:end]
	}
	return len(s) > 1 && !isBlank(s[1]) && s[1] != '\n' && s[1] != '&'
}

// opensTemplate reports whether s opens something for a template engine.
func opensTemplate(s string) bool {
	return strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "{%") || strings.HasPrefix(s, "{#")
}

func underscores(s string) int { return len(s) - len(strings.TrimLeft(s, "_")) }

// underscore returns how those in s[start:end] are written. A single one inside of a
// word cannot open or close emphasis.
func underscore(s string, start, end int) string {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	if end-start == 1 && isWord(before) && isWord(after) {
		return "_"
	}
	return `\_`
}

// isWord reports whether r is a letter or digit of a script that Prettier does not take
// for East Asian, where each character is a word.
func isWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !isEastAsian(r)
}

func isEastAsian(r rune) bool {
	switch {
	case r < 0x2B0:
		return false
	case r < 0x370, 0x1100 <= r && r < 0x1200, 0xA700 <= r && r < 0xA708, 0xFF00 <= r && r < 0xFFF0:
		return true
	}
	return displaywidth.IsWide(r)
}

// splitsWord reports whether r, a symbol or a mark, is neither part of a word nor the end
// of one. In MDX, Prettier removes the backslash of an underscore next to it, unless it
// is a reference.
func splitsWord(r rune) bool {
	return r >= utf8.RuneSelf && !isWord(r) && !unicode.IsPunct(r) && (!isEastAsian(r) || !unicode.IsLetter(r))
}

// opensAutolink reports whether an address in s would become a link by itself
// if the character at i were not escaped: the colon of "https://", the first
// dot of "www.", the at sign of an e-mail address. (GitHub links e-mail
// addresses whatever the escaping, since it looks for them when all else is
// done.)
func opensAutolink(s string, i int) bool {
	switch before, after := s[:i], s[i+1:]; s[i] {
	case ':':
		return strings.HasPrefix(after, "//") && endsIn(before, isAlphanumeric)
	case '.':
		const www = "www"
		start := len(before) - len(www)
		return start >= 0 && strings.EqualFold(before[start:], www) && !endsIn(before[:start], isAlphanumeric)
	case '@':
		return endsIn(before, isLocalPart) && after != "" && isAlphanumeric(rune(after[0]))
	}
	return false
}

func endsIn(s string, is func(rune) bool) bool {
	return s != "" && is(rune(s[len(s)-1]))
}

func isLocalPart(r rune) bool { return isAlphanumeric(r) || strings.ContainsRune(".-_+", r) }

func isAlphanumeric(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
