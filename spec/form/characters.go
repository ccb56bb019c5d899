package form

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/spec/diag"
)

// unsafeChar describes a character that must not occur in a table: a hostile character or a
// noncharacter. It returns "" if the character is allowed.
func unsafeChar(r rune) string {
	switch {
	case r == '\n' || r == '\t':
		return ""
	case r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return "a Unicode noncharacter"
	case !diag.IsHostile(r):
		return ""
	case r == '\r':
		return "a carriage return"
	case unicode.Is(unicode.Cc, r):
		return "a control character"
	case r == '\u2028' || r == '\u2029':
		return "a Unicode line separator"
	case unicode.Is(unicode.Bidi_Control, r):
		return "a bidirectional control character"
	}
	return "an invisible formatting character"
}

const notUTF8 = "a byte that is not UTF-8"

// findUnsafe returns the offset and a description of the first character of s that must not
// occur in a table. It returns "" if there is none.
func findUnsafe(s string) (offset int, description string) {
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7F {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return i, fmt.Sprintf("%s (0x%02X)", notUTF8, s[i])
		}
		if kind := unsafeChar(r); kind != "" {
			return i, fmt.Sprintf("%s (U+%04X)", kind, r)
		}
		i += size
	}
	return 0, ""
}

// Clean returns s without the characters that must not occur in a table. It replaces invalid
// UTF-8 by U+FFFD, and every line end by a line feed.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unsafeChar(r) != "":
			return -1
		}
		return r
	}, s)
}
