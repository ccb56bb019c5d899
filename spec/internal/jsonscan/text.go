package jsonscan

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Text decodes an undecoded value that is a string or a number. Numbers are returned verbatim. It
// returns false for other values and for "". Invalid UTF-8 and unpaired surrogates become U+FFFD.
func Text(value string) (string, bool) {
	switch {
	case value == "":
		return "", false
	case value[0] == '"':
		return unquote(value[1 : len(value)-1]), true
	case value[0] == '-' || value[0]-'0' <= 9:
		return value, true
	}
	return "", false
}

// unquote decodes the text between the quotes of a valid string. It returns s if there are no
// escapes.
func unquote(s string) string {
	if strings.IndexByte(s, '\\') < 0 && utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && s[i+1] == 'u':
			r, size := runeAt(s[i:])
			b = utf8.AppendRune(b, r)
			i += size
		case c == '\\':
			b = append(b, unescaped(s[i+1]))
			i += 2
		case c < utf8.RuneSelf:
			b = append(b, c)
			i++
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r) // U+FFFD for a byte that is not UTF-8
			i += size
		}
	}
	return string(b)
}

// unescaped returns the character for the escape of a backslash and c.
func unescaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// runeAt decodes \uXXXX, or two of them that are a surrogate pair, and returns the number of bytes
// read.
func runeAt(s string) (rune, int) {
	r := hex4(s[2:6])
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if len(s) >= 12 && s[6] == '\\' && s[7] == 'u' {
		if pair := utf16.DecodeRune(r, hex4(s[8:12])); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

func hex4(s string) rune {
	n, _ := strconv.ParseUint(s, 16, 16) // the digits are valid
	return rune(n)
}

// Members returns an iterator over the members of a valid object. Keys are decoded, values are not.
func Members(object string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		c := checker{text: object}
		for at := c.space(1); at < len(object) && object[at] == '"'; {
			from := at + 1
			value := c.key(at)
			if value < 0 {
				return
			}
			key := unquote(object[from:c.keyEnd])
			end := c.skip(value, 0)
			if end < 0 || !yield(key, object[value:end]) {
				return
			}
			if at = c.space(end); at < len(object) && object[at] == ',' {
				at = c.space(at + 1)
			}
		}
	}
}

// Elements returns an iterator over the undecoded elements of a valid array.
func Elements(array string) iter.Seq[string] {
	return func(yield func(string) bool) {
		c := checker{text: array}
		for at := c.space(1); at < len(array) && array[at] != ']'; {
			end := c.skip(at, 0)
			if end < 0 || !yield(array[at:end]) {
				return
			}
			if at = c.space(end); at < len(array) && array[at] == ',' {
				at = c.space(at + 1)
			}
		}
	}
}

// Strings returns an iterator over the decoded strings of a valid text, including keys, in order.
func Strings(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for at := 0; ; {
			i := strings.IndexByte(text[at:], '"')
			if i < 0 {
				return
			}
			c := checker{text: text}
			start := at + i + 1
			if at = c.str(start); at < 0 || !yield(unquote(text[start:at-1])) {
				return
			}
		}
	}
}
