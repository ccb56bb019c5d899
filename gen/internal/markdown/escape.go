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
// Characters that mean nothing where they stand are left alone, so that the
// page can be read, and searched, as it is. Text is always put on one line of
// its own block, which is why setext underlines, lazy continuation lines and
// the rows of a table need no care here.

package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A place says what is around a text. The zero place is the middle of a line.
type place uint8

const (
	lineStart  place = 1 << iota // the text begins a block
	beforeLink                   // a link follows the text: "!" would make it an image
	inCell                       // the text is in a cell of a table
	inLabel                      // the text is the label of a link, which "]" would end
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
		case c == '\n':
			b.WriteString(string(lineBreak))
		case c == '<':
			b.WriteString("&lt;")
		case c == '&' && isEntity(s[i:]):
			b.WriteString("&amp;")
		case c == '{' && opensTemplate(s[i:]):
			b.WriteString("&#123;")
		case c == '_':
			run := underscores(s[i:])
			if insideWord(s, i, i+run) {
				b.WriteString(s[i : i+run])
			} else {
				b.WriteString(strings.Repeat(`\_`, run))
			}
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

// opensTemplate reports whether s opens something for a template engine.
func opensTemplate(s string) bool {
	return strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "{%") || strings.HasPrefix(s, "{#")
}

func underscores(s string) int { return len(s) - len(strings.TrimLeft(s, "_")) }

// insideWord reports whether s[start:end] has a letter or digit on both sides,
// where underscores cannot open or close emphasis.
func insideWord(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

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
