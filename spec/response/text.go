// Texts and numbers of JSON.

package response

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// stringEnd returns the end of a string, given the place after its opening quote.
func stringEnd(text string, at int) int {
	for at < len(text) && text[at] >= ' ' {
		switch text[at] {
		case '"':
			return at + 1
		case '\\':
			at++
			if at == len(text) || strings.IndexByte(`"\/bfnrtu`, text[at]) < 0 {
				return -1
			}
			if text[at] == 'u' {
				if _, ok := hex4(text[at+1:]); !ok {
					return -1
				}
				at += 4
			}
		}
		at++
	}
	return -1
}

// hex4 returns the number that four hexadecimal digits stand for.
func hex4(text string) (r rune, ok bool) {
	if len(text) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(text[:4], 16, 16)
	return rune(n), err == nil
}

// wordEnd returns the end of true, false or null.
func wordEnd(text string, at int, word string) int {
	if !strings.HasPrefix(text[at:], word) {
		return -1
	}
	return at + len(word)
}

// numberEnd returns the end of a number: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
func numberEnd(text string, at int) int {
	if text[at] == '-' {
		at++
	}
	first := at
	if at = digitsEnd(text, at); at < 0 || text[first] == '0' && at > first+1 {
		return -1
	}
	if at < len(text) && text[at] == '.' {
		at = digitsEnd(text, at+1)
	}
	if at > 0 && at < len(text) && text[at]|0x20 == 'e' {
		at++
		if at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		at = digitsEnd(text, at)
	}
	return at
}

// digitsEnd returns the end of one digit or more.
func digitsEnd(text string, at int) int {
	first := at
	for at < len(text) && '0' <= text[at] && text[at] <= '9' {
		at++
	}
	if at == first {
		return -1
	}
	return at
}

// unquote returns what a string stands for. Bytes that are not UTF-8, and halves of surrogate
// pairs, become U+FFFD.
func unquote(quoted string) string {
	s := quoted[1 : len(quoted)-1]
	if strings.IndexByte(s, '\\') < 0 && utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s))
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if r == '\\' {
			r, size = unescape(s)
		}
		b = utf8.AppendRune(b, r)
		s = s[size:]
	}
	return string(b)
}

// unescape returns what the escape at the beginning of s stands for, and its length.
func unescape(s string) (rune, int) {
	if i := strings.IndexByte("bfnrt", s[1]); i >= 0 {
		return rune("\b\f\n\r\t"[i]), 2
	}
	if s[1] != 'u' {
		return rune(s[1]), 2
	}
	r, _ := hex4(s[2:])
	if utf16.IsSurrogate(r) {
		low := rune(utf8.RuneError)
		if len(s) >= 12 && s[6:8] == `\u` {
			low, _ = hex4(s[8:])
		}
		if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
			return r, 12
		}
	}
	return r, 6
}
