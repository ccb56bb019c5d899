package jsonscan

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// String reads the string at the start of text, in one of the notations of [Literal]. It returns the
// decoded string and its end in text.
func String(text string) (s string, end int, ok bool) {
	l := literal{text: text}
	raw, ok := l.str()
	return string(raw), l.at, ok
}

// strs reads a string, or several that are concatenated: Python splits long strings, and so does
// JavaScript, with a plus.
func (l *literal) strs() (s []byte, ok bool) {
	for {
		next, found := l.str()
		if !found {
			return s, ok
		}
		s, ok = append(s, next...), true
		at := l.at
		if l.skip("+"); !l.quoteFollows() {
			l.at = at
			return s, ok
		}
	}
}

// quoteFollows skips white space and reports whether a string follows.
func (l *literal) quoteFollows() bool {
	l.space()
	_, _, ok := l.opening()
	return ok
}

// opening returns the quote of the string that starts here, and the length of its prefix. It returns
// false if no string starts here.
func (l *literal) opening() (quote byte, prefix int, ok bool) {
	for prefix = range 3 {
		if l.at+prefix >= len(l.text) {
			break
		}
		switch b := l.text[l.at+prefix]; {
		case b == '\'' || b == '"' || b == '`' && prefix == 0:
			return b, prefix, true
		case strings.IndexByte("bBuUrRfF", b) < 0:
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// str reads one string. It returns false and does not move if there is none.
func (l *literal) str() (s []byte, ok bool) {
	quote, prefix, ok := l.opening()
	if !ok {
		return nil, false
	}
	u := unquoter{
		raw:   strings.ContainsAny(l.text[l.at:l.at+prefix], "rR"),
		bytes: strings.ContainsAny(l.text[l.at:l.at+prefix], "bB"),
	}
	for at := l.at + prefix + 1; at < len(l.text); {
		switch b := l.text[at]; {
		case b == quote:
			l.at = at + 1
			return u.out, true
		case b == '\\':
			at += u.escape(l.text[at:])
		case (b == '\n' || b == '\r') && quote != '`':
			return nil, false
		default:
			u.out = append(u.out, b)
			at++
		}
	}
	return nil, false
}

// quote writes a JSON string.
func (l *literal) quote(s []byte) bool {
	const hex = "0123456789abcdef"
	l.out = append(l.out, '"')
	for _, b := range s {
		switch {
		case b == '"' || b == '\\':
			l.out = append(l.out, '\\', b)
		case b < ' ':
			l.out = append(l.out, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
		default:
			l.out = append(l.out, b)
		}
	}
	l.out = append(l.out, '"')
	return true
}

// An unquoter decodes the escapes of a string.
type unquoter struct {
	raw   bool // backslashes are literal
	bytes bool // \xHH is a byte, not a character
	out   []byte
}

// escape decodes the escape at the start of text and returns its length.
func (u *unquoter) escape(text string) int {
	if len(text) < 2 || u.raw {
		n := min(len(text), 2)
		u.out = append(u.out, text[:n]...)
		return n
	}
	switch b := text[1]; {
	case b == 'x':
		return u.hex(text, 2, 2)
	case b == 'u' && strings.HasPrefix(text[2:], "{"):
		digits, _, closed := strings.Cut(text[3:min(len(text), 10)], "}")
		if r, ok := hexValue(digits); ok && closed {
			u.char(r)
			return len(`\u{}`) + len(digits)
		}
	case b == 'u' && len(text) >= 6:
		if r, ok := hexValue(text[2:6]); ok {
			n := 6
			if utf16.IsSurrogate(r) {
				r, n = runeAt(text)
			}
			u.char(r)
			return n
		}
	case b == 'U':
		return u.hex(text, 2, 8)
	case b-'0' <= 7:
		return u.octal(text)
	case b == '\n':
		return 2
	default:
		if i := strings.IndexByte("abefnrtv", b); i >= 0 {
			b = "\a\b\x1b\f\n\r\t\v"[i]
		}
		u.out = append(u.out, b)
		return 2
	}
	u.out = append(u.out, text[1])
	return 2
}

// hex decodes n hexadecimal digits at text[from:]. If there are fewer, the letter before them is
// literal.
func (u *unquoter) hex(text string, from, n int) int {
	if len(text) >= from+n {
		if r, ok := hexValue(text[from : from+n]); ok {
			u.char(r)
			return from + n
		}
	}
	u.out = append(u.out, text[1])
	return 2
}

func (u *unquoter) octal(text string) int {
	n, r := 1, rune(0)
	for ; n < 4 && n < len(text) && text[n]-'0' <= 7; n++ {
		r = r<<3 | rune(text[n]-'0')
	}
	u.char(r)
	return n
}

func (u *unquoter) char(r rune) {
	if u.bytes && r < 0x100 {
		u.out = append(u.out, byte(r))
		return
	}
	u.out = utf8.AppendRune(u.out, r)
}

// hexValue returns the value of hexadecimal digits.
func hexValue(digits string) (rune, bool) {
	n, err := strconv.ParseUint(digits, 16, 31)
	return rune(n), err == nil
}
