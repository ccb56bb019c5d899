package form

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/spec/diag"
)

// unsafeChar describes a character that may not occur anywhere in a table, or
// returns "". Every hostile character is refused, and what Unicode reserves.
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

// findUnsafe returns the offset of the first character of s that a table may
// not hold, and what it is; or "" when there is none.
func findUnsafe(s string) (offset int, what string) {
	for i := 0; i < len(s); {
		if c := s[i]; c >= ' ' && c < 0x7F {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return i, fmt.Sprintf("%s (0x%02X)", notUTF8, s[i])
		}
		if what := unsafeChar(r); what != "" {
			return i, fmt.Sprintf("%s (U+%04X)", what, r)
		}
		i += size
	}
	return 0, ""
}

// Clean returns s without the characters that a table may not hold. What is not
// UTF-8 becomes U+FFFD, and every line end a line feed.
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
