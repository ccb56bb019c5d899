// Plain text is escaped for several readers.
//
// A page is read by GitHub, other CommonMark parsers, MDX and generators of static
// sites. Some of these run a template engine over the page first. The special
// characters of CommonMark and GFM are escaped, and the following:
//
//   - "<" is always an entity. Python-Markdown does not support "\<" and would
//     interpret the following tag as HTML.
//   - Braces are always escaped, for MDX. If two characters are a delimiter of a
//     template engine ("{{", "{%", "{#"), one becomes an entity, because such an
//     engine ignores backslashes.
//   - "|" is always escaped: kramdown interprets any line that contains one as a
//     table.
//   - "$" is always escaped: many sites render the text between two of them as a
//     formula.
//   - import and export start a script in MDX.
//
// Prettier leaves all of this unchanged. Adjacent spaces are written as one, because
// Prettier joins them, as browsers do. Prettier also aligns the cells of tables. Therefore
// a character is a reference in a cell if its width depends on the characters next to it.
//
// Other characters are not escaped, so that the source of a page can be read and
// searched. A text is always written on one line of a separate block. It therefore
// cannot be a setext underline, a lazy continuation line or a row of a table.

package markdown

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/displaywidth"
)

// A place is the context of a text. The zero place is the middle of a line.
type place uint8

const (
	lineStart  place = 1 << iota // the text starts a block
	beforeLink                   // a link follows the text: "!" would make it an image
	inCell                       // the text is in a table cell
	inLabel                      // the text is the label of a link, which "]" would close
	inStrong                     // the text is, or may be, between "**", which Prettier also finds in code
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
		if end := i + plain(s[i:]); end > i {
			b.WriteString(s[i:end])
			if i = end; i == len(s) {
				break
			}
		}
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

// plain returns the length of the start of s that is never escaped.
func plain(s string) int {
	for i := range len(s) {
		if !isAlphanumeric(rune(s[i])) {
			return i
		}
	}
	return len(s)
}

// blockMarker returns the offset of the character that would make a line that
// starts with s a block other than a paragraph. It returns -1 if there is none. It
// ignores markers that are escaped everywhere.
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

// isGap reports whether a list marker is possible before s.
func isGap(s string) bool {
	return s == "" || s[0] == ' ' || s[0] == '\t' || s[0] == '\n'
}

// scriptWord returns the first letter of s as an entity if s starts like a script
// in MDX. A backslash cannot escape a letter.
func scriptWord(s string) (letter string, ok bool) {
	switch {
	case strings.HasPrefix(s, "import "):
		return "&#105;", true
	case strings.HasPrefix(s, "export "):
		return "&#101;", true
	}
	return "", false
}

// isEntity reports whether s, which starts with an ampersand, starts like a
// character reference.
func isEntity(s string) bool {
	name := strings.TrimPrefix(s[1:], "#")
	end := strings.IndexFunc(name, func(r rune) bool { return !isAlphanumeric(r) })
	return end > 0 && name[end] == ';'
}

// isReference reports whether a parser could interpret s, which starts with an ampersand,
// as a character reference. Browsers accept some without a semicolon. In MDX, Prettier
// confuses an ampersand before punctuation with an earlier reference.
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

// opensTemplate reports whether s starts with a delimiter of a template engine.
func opensTemplate(s string) bool {
	return strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "{%") || strings.HasPrefix(s, "{#")
}

func underscores(s string) int { return len(s) - len(strings.TrimLeft(s, "_")) }

// underscore returns the form of each underscore in s[start:end]. A single one inside of
// a word cannot open or close emphasis.
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

// opensAutolink reports whether a URL or an e-mail address in s would become a link
// if the character at i were not escaped. That character is the colon of
// "https://", the first dot of "www." or an at sign. (GitHub links e-mail addresses
// even if they are escaped, because it searches for them at the end.)
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
