package form

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// columnAt returns the column, counted from 1, of the byte at an offset in a line.
func columnAt(line string, offset int) int { return utf8.RuneCountInString(line[:offset]) + 1 }

// lineAt returns the bounds of the text of line n, without its indent.
func (f failure) lineAt(n int) (start, end int) {
	for ; n > 1; n-- {
		next := strings.IndexByte(f.text[start:], '\n')
		if next < 0 {
			break
		}
		start += next + 1
	}
	return f.lineOf(start)
}

// lineOf returns the bounds of the text of the line at an offset, without its indent.
func (f failure) lineOf(offset int) (start, end int) {
	start = strings.LastIndexByte(f.text[:offset], '\n') + 1
	end = len(f.text)
	if next := strings.IndexByte(f.text[offset:], '\n'); next >= 0 {
		end = offset + next
	}
	line := strings.TrimRight(f.text[start:end], " \t\r")
	end = start + len(line)
	return end - len(strings.TrimLeft(line, " ")), end
}

// indent returns the indent of the line at an offset.
func (f failure) indent(offset int) int {
	start, _ := f.lineOf(offset)
	return start - strings.LastIndexByte(f.text[:start], '\n') - 1
}

// lineAbove returns the start of the text of the previous line that is not empty or a comment. It
// returns false if there is none.
func (f failure) lineAbove(offset int) (int, bool) {
	for {
		next := strings.LastIndexByte(f.text[:offset], '\n')
		if next < 0 {
			return 0, false
		}
		start, end := f.lineOf(next)
		if start < end && f.text[start] != '#' {
			return start, true
		}
		offset = next
	}
}

// wordEnd returns the end of the word at an offset.
func (f failure) wordEnd(offset int) int {
	if n := strings.IndexAny(f.text[offset:], " \t\r\n"); n >= 0 {
		return offset + n
	}
	return len(f.text)
}

func isBlank(rest string) bool { return rest == "" || strings.IndexByte(" \t\r\n", rest[0]) >= 0 }

// isColon reports whether s starts with a colon that ends a key.
func isColon(s string) bool { return s[0] == ':' && isBlank(s[1:]) }

var closerOf = map[byte]byte{'[': ']', '{': '}'}

// A token is a quote or a bracket.
type token struct {
	at   int
	char byte
}

// tokens calls f for the brackets of a text, outside of quotes and comments, until f returns
// false. It returns the unclosed quote, and false if there is none.
func tokens(s string, f func(t token) bool) (unclosed token, ok bool) {
	canStart := true // a value can start here
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '"', '\'':
			if !canStart {
				continue
			}
			end, closed := closingQuote(s[i:], c)
			if !closed {
				return token{i, c}, true
			}
			i += end - 1
			canStart = false
		case '[', '{':
			if canStart && !f(token{i, c}) {
				return token{}, false
			}
		case ']', '}':
			if !f(token{i, c}) {
				return token{}, false
			}
			canStart = false
		case '#':
			if comment, _, _ := strings.Cut(s[i:], "\n"); i == 0 || isBlank(s[i-1:]) {
				i += len(comment) - 1
			}
		case ',', '\n':
			canStart = true
		case ' ', '\t', '\r':
			canStart = canStart || i > 0 && strings.IndexByte(":-", s[i-1]) >= 0
		case ':':
			canStart = canStart || i > 0 && strings.IndexByte(`"'`, s[i-1]) >= 0 // as in JSON
		case '-':
		default:
			canStart = false
		}
	}
	return token{}, false
}

// openQuote returns the offset of the quote that is not closed on a line. It returns false if
// there is none.
func openQuote(line string) (int, bool) {
	t, ok := tokens(line, func(token) bool { return true })
	return t.at, ok
}

// openBracket returns the offset of the last bracket that is not closed on a line. If all are
// closed, it returns false and the offset of the first one, or -1 if there is none.
func openBracket(line string) (at int, unclosed bool) {
	var open []int
	first := -1
	tokens(line, func(t token) bool {
		switch {
		case closerOf[t.char] != 0:
			if first < 0 {
				first = t.at
			}
			open = append(open, t.at)
		case len(open) > 0 && closerOf[line[open[len(open)-1]]] == t.char:
			open = open[:len(open)-1]
		}
		return true
	})
	if len(open) > 0 {
		return open[len(open)-1], true
	}
	return first, false
}

// closing returns the offset of the bracket that closes the one at open, which may be of the wrong
// kind. It returns false if there is none.
func closing(text string, open int) (int, bool) {
	depth, at := 0, -1
	tokens(text[open:], func(t token) bool {
		if closerOf[t.char] != 0 {
			depth++
		} else {
			depth--
		}
		at = t.at
		return depth > 0
	})
	return open + at, depth == 0 && at > 0
}

// validEscape returns the size of the escape at the start of s, which may be incomplete, and
// whether yaml.v3 accepts it. It does not accept the \/ of JSON.
func validEscape(s string) (int, bool) {
	if len(s) < 2 {
		return len(s), false
	}
	digits, hex := hexEscapes[s[1]]
	if !hex {
		_, size := utf8.DecodeRuneInString(s[1:])
		return 1 + size, strings.IndexByte("0abt\tnvfre \"'\\N_LP\r\n", s[1]) >= 0
	}
	size := 2
	for size < min(2+digits, len(s)) && strings.IndexByte("0123456789ABCDEFabcdef", s[size]) >= 0 {
		size++
	}
	code, err := strconv.ParseUint(s[2:size], 16, 32)
	return size, size == 2+digits && err == nil && utf8.ValidRune(rune(code))
}
