package jsonscan

import "math/bits"

// A checker checks one text. Its methods take the offset at which they start and return the offset
// after the text that they have read, or -1 after a failure.
type checker struct {
	text       string
	values     []string
	keyEnd     int  // end of the last key
	keyEscaped bool // the last key contains escapes
	err        SyntaxError
	objects    [MaxDepth / 64]uint64 // by depth: 1 for an open object, 0 for an array
}

func (c *checker) fail(at int, reason string) int {
	if at >= len(c.text) {
		at, reason = len(c.text), ReasonEnd
	}
	c.err = SyntaxError{Offset: at, Reason: reason}
	return -1
}

// space skips white space.
func (c *checker) space(at int) int {
	for at < len(c.text) && c.text[at] <= ' ' && isSpace(c.text[at]) {
		at++
	}
	return at
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\r' || b == '\t' }

// key reads a key and the colon after it, up to the value.
func (c *checker) key(at int) int {
	if at >= len(c.text) || c.text[at] != '"' {
		return c.fail(at, reasonKey)
	}
	end := c.str(at + 1)
	if end < 0 {
		return -1
	}
	c.keyEnd = end - 1
	if at = c.space(end); at >= len(c.text) || c.text[at] != ':' {
		return c.fail(at, reasonColon)
	}
	return c.space(at + 1)
}

// skip reads one value, which is nested in depth objects and arrays. It is not recursive, so that
// deep nesting needs no stack.
func (c *checker) skip(at, depth int) int {
	base := depth
	for {
		if at >= len(c.text) {
			return c.fail(at, ReasonEnd)
		}
		switch b := c.text[at]; {
		case b == '"':
			at = c.str(at + 1)
		case b == '{' || b == '[':
			if depth++; depth > MaxDepth {
				return c.fail(at, reasonDepth)
			}
			at = c.open(at, depth)
			if at >= 0 && c.text[at-1] != b+2 { // '}' is '{'+2, ']' is '['+2: not empty
				continue
			}
			depth--
		case b == '-' || b-'0' <= 9:
			at = c.number(at)
		default:
			at = c.literal(at)
		}
		if at < 0 {
			return -1
		}
		if at, depth = c.after(at, depth, base); at < 0 || depth == base {
			return at
		}
	}
}

// open reads the start of the object or array at text[at:], up to its first value, or to its end if
// it is empty.
func (c *checker) open(at, depth int) int {
	bracket := c.text[at]
	word, bit := &c.objects[(depth-1)/64], uint64(1)<<((depth-1)%64)
	*word &^= bit
	at = c.space(at + 1)
	if at < len(c.text) && c.text[at] == bracket+2 {
		return at + 1
	}
	if bracket == '{' {
		*word |= bit
		return c.key(at)
	}
	if at >= len(c.text) {
		return c.fail(at, ReasonEnd)
	}
	return at
}

// after reads the text after a value: closing brackets down to the depth base, or a comma and the
// text up to the next value.
func (c *checker) after(at, depth, base int) (next, newDepth int) {
	for depth > base {
		at = c.space(at)
		if at >= len(c.text) {
			return c.fail(at, ReasonEnd), depth
		}
		object := c.objects[(depth-1)/64]>>((depth-1)%64)&1 != 0
		switch b := c.text[at]; {
		case b == ',' && object:
			return c.key(c.space(at + 1)), depth
		case b == ',':
			return c.space(at + 1), depth
		case b == '}' && object, b == ']' && !object:
			at++
			depth--
		default:
			return c.fail(at, reasonComma), depth
		}
	}
	return at, depth
}

// str reads a string from after its opening quote to after its closing quote.
func (c *checker) str(at int) int {
	c.keyEscaped = false
	for {
		at = plainEnd(c.text, at)
		if at >= len(c.text) {
			return c.fail(at, ReasonEnd)
		}
		switch b := c.text[at]; b {
		case '"':
			return at + 1
		case '\\':
			c.keyEscaped = true
			if at = c.escape(at); at < 0 {
				return -1
			}
		case '\n', '\r':
			return c.fail(at, reasonLineEnd)
		default:
			return c.fail(at, reasonControl)
		}
	}
}

// plainEnd returns the offset of the first quote, backslash or control character from text[at:] on.
// It checks eight bytes at a time.
func plainEnd(text string, at int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; at+8 <= len(text); at += 8 {
		w := load(text, at)
		quote, backslash := w^(ones*'"'), w^(ones*'\\')
		// The lowest set bit of each term is correct; a borrow may have set higher ones.
		found := ((quote-ones)&^quote | (backslash-ones)&^backslash | (w-ones*' ')&^w) & high
		if found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(text) && text[at] != '"' && text[at] != '\\' && text[at] >= ' ' {
		at++
	}
	return at
}

// load returns the first eight bytes of s[at:], the first one lowest.
func load(s string, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// escape reads one escape, including the backslash.
func (c *checker) escape(at int) int {
	if at+1 >= len(c.text) {
		return c.fail(at+1, ReasonEnd)
	}
	switch c.text[at+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return at + 2
	case 'u':
		for i := at + 2; i < at+6; i++ {
			if i >= len(c.text) || !isHex(c.text[i]) {
				return c.fail(i, reasonEscape)
			}
		}
		return at + 6
	}
	return c.fail(at+1, reasonEscape)
}

func isHex(b byte) bool { return b-'0' <= 9 || b|0x20 >= 'a' && b|0x20 <= 'f' }

// number reads a number: -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
func (c *checker) number(at int) int {
	if c.text[at] == '-' {
		at++
	}
	first := at
	if at = c.digits(at); at < 0 {
		return -1
	}
	if c.text[first] == '0' && at > first+1 {
		return c.fail(first+1, reasonNumber)
	}
	if at < len(c.text) && c.text[at] == '.' {
		if at = c.digits(at + 1); at < 0 {
			return -1
		}
	}
	if at < len(c.text) && c.text[at]|0x20 == 'e' {
		at++
		if at < len(c.text) && (c.text[at] == '+' || c.text[at] == '-') {
			at++
		}
		return c.digits(at)
	}
	return at
}

// digits reads one or more digits.
func (c *checker) digits(at int) int {
	from := at
	for at < len(c.text) && c.text[at]-'0' <= 9 {
		at++
	}
	if at == from {
		return c.fail(at, reasonNumber)
	}
	return at
}

// literal reads true, false or null.
func (c *checker) literal(at int) int {
	word := ""
	switch c.text[at] {
	case 't':
		word = "true"
	case 'f':
		word = "false"
	case 'n':
		word = "null"
	default:
		return c.fail(at, reasonValue)
	}
	for i := range len(word) {
		if at+i >= len(c.text) || c.text[at+i] != word[i] {
			return c.fail(at+i, reasonLiteral)
		}
	}
	return at + len(word)
}
