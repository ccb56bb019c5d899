package logstream

import (
	"math/bits"
	"strings"
)

// A state is the state of a tracker, or of the start or end of a batch, in a stream.
type state uint8

const (
	atTop      state = iota // between records
	inLine                  // in a line of text
	inBrackets              // in an object or array; in a string, if it is an element
	atFirst                 // in an array of records, after its opening bracket
	atNext                  // after an element of it
	atComma                 // after a comma of it
)

// inArray reports whether the state is between the elements of an array.
func (s state) inArray() bool { return s >= atFirst }

// A tracker follows a stream from record to record, using only brackets, quotes and
// line ends. It does not validate its input: it finds the end of each record, valid or
// not. An invalid record ends at the next definite line end.
type tracker struct {
	state    state
	base     state // state after the brackets: atTop or atNext
	depth    int
	inString bool
	escaped  bool // the byte at pos follows a backslash
	last     byte // the last byte before pos that is not white space
	newLine  bool // whether a line has ended since then
	pos      int
	cut      int   // the last index between records; -1 if there is none
	cutState state // the state at cut
	cutLine  bool  // whether a line ended between the last byte that is not white space and cut
}

// resume returns a tracker for the input after an index between records.
func resume(s state, newLine bool, pos int) tracker {
	t := tracker{state: s, newLine: newLine, pos: pos, cut: pos, cutState: s, cutLine: newLine}
	// The last byte distinguishes the states between elements.
	switch s {
	case atFirst:
		t.last = '['
	case atNext:
		t.last = '}'
	case atComma:
		t.last = ','
	}
	return t
}

// advance reads data from pos. all reports whether data ends the stream. With first, it
// stops at the first index between records.
func advance[T bytesLike](t *tracker, data T, all, first bool) {
	for t.pos < len(data) {
		switch {
		case t.state == atTop:
			if !enterRecord(t, data, all) {
				return
			}
			continue // a cut before a record completes no record
		case t.state == inLine:
			endLine(t, data)
		case t.state == inBrackets:
			endBrackets(t, data)
		default:
			between(t, data)
		}
		if first && t.cut >= 0 {
			return
		}
	}
	if all && !t.state.inArray() {
		t.state = atTop
		t.mark()
	}
}

// mark records that pos is between records.
func (t *tracker) mark() { t.cut, t.cutState, t.cutLine = t.pos, t.state, t.newLine }

// enterRecord enters the next record. It returns false if it needs more input.
func enterRecord[T bytesLike](t *tracker, data T, all bool) bool {
	next, known := skipMarks(data, t.pos, all)
	t.pos = next
	t.mark()
	if !known {
		return false
	}
	if t.pos == len(data) {
		return true
	}
	switch kindOf(data, t.pos, all) {
	case undecided:
		return false
	case anObject:
		t.enter(data[t.pos], atTop)
	case anArray:
		t.last, t.newLine = data[t.pos], false
		t.pos++
		t.state = atFirst
	case aLine:
		t.state = inLine
	}
	return true
}

// Marks that may precede a record, in addition to white space: the record separator of
// application/json-seq (RFC 7464), and the byte order mark of a file.
const (
	recordSeparator = 0x1e
	byteOrderMark   = "\ufeff"
)

// skipMarks skips the marks before a record. It returns false if it needs more input.
func skipMarks[T bytesLike](data T, at int, all bool) (next int, known bool) {
	for at < len(data) {
		if isSpace(data[at]) || data[at] == recordSeparator {
			at++
			continue
		}
		n := 0
		for n < len(byteOrderMark) && at+n < len(data) && data[at+n] == byteOrderMark[n] {
			n++
		}
		if n < len(byteOrderMark) {
			return at, n == 0 || all || at+n < len(data)
		}
		at += n
	}
	return at, true
}

// enter moves past the first byte of an object, an array or a string.
func (t *tracker) enter(b byte, base state) {
	t.state, t.base = inBrackets, base
	t.depth, t.inString, t.escaped = 1, false, false
	if b == '"' {
		t.depth, t.inString = 0, true
	}
	t.last, t.newLine = b, false
	t.pos++
}

func endLine[T bytesLike](t *tracker, data T) {
	for t.pos < len(data) {
		t.pos++
		if data[t.pos-1] == '\n' {
			t.leave(atTop)
			return
		}
	}
}

// endBrackets reads to the end of an object, array or string.
func endBrackets[T bytesLike](t *tracker, data T) {
	from := t.pos
	for t.pos < len(data) {
		if t.inString {
			if !endString(t, data, from) {
				return
			}
			if t.depth == 0 && !t.inString && !t.newLine {
				t.leave(t.base)
				return
			}
			continue
		}
		b := data[t.pos]
		if isSpace(b) {
			t.newLine = t.newLine || b == '\n'
			t.pos++
			continue
		}
		if t.newLine && (definite(t.last, b) || t.depth == 0) {
			t.leave(atTop)
			return
		}
		t.last, t.newLine = b, false
		t.pos++
		switch b {
		case '"':
			t.inString = true
		case '{', '[':
			t.depth++
		case '}', ']':
			if t.depth--; t.depth == 0 {
				t.leave(t.base)
				return
			}
		}
	}
}

// leave ends an object, an array or a string.
func (t *tracker) leave(to state) { *t = resume(to, false, t.pos) }

// endString reads to the end of a string. A string without a closing quote ends with
// its line. endString returns false if data does not contain the end.
func endString[T bytesLike](t *tracker, data T, from int) bool {
	for t.pos < len(data) {
		if t.escaped {
			t.escaped = false
			if data[t.pos] != '\n' {
				t.pos++
			}
		}
		t.pos = stringStop(data, t.pos)
		if t.pos == len(data) {
			break
		}
		b := data[t.pos]
		t.pos++
		switch b {
		case '"':
			t.inString = false
			t.last = '"'
			return true
		case '\n':
			t.inString = false
			t.last = lastSolid(data[from:t.pos], t.last)
			t.newLine = true
			return true
		}
		t.escaped = true
	}
	t.last = lastSolid(data[from:], t.last)
	return false
}

// stringStop returns the index of the first quote, backslash or line end in data[at:].
// It compares eight bytes at a time.
func stringStop[T bytesLike](data T, at int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; at+8 <= len(data); at += 8 {
		w := uint64(data[at]) | uint64(data[at+1])<<8 | uint64(data[at+2])<<16 | uint64(data[at+3])<<24 |
			uint64(data[at+4])<<32 | uint64(data[at+5])<<40 | uint64(data[at+6])<<48 | uint64(data[at+7])<<56
		quote, backslash, line := w^(ones*'"'), w^(ones*'\\'), w^(ones*'\n')
		// Only the lowest set bit is reliable: a borrow may have set bits above it.
		found := ((quote-ones)&^quote | (backslash-ones)&^backslash | (line-ones)&^line) & high
		if found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(data) && data[at] != '"' && data[at] != '\\' && data[at] != '\n' {
		at++
	}
	return at
}

// between reads one byte, or one run of white space, between the elements of an array.
func between[T bytesLike](t *tracker, data T) {
	b := data[t.pos]
	if isSpace(b) {
		t.newLine = t.newLine || b == '\n'
		t.pos++
		// After the opening bracket, only the next byte shows that an array starts.
		// After invalid input, the last byte must be known.
		if t.state != atFirst && strings.IndexByte(`}]",`, t.last) >= 0 {
			t.mark()
		}
		return
	}
	if t.newLine && definite(t.last, b) {
		t.leave(atTop)
		return
	}
	switch b {
	case '{', '[', '"':
		t.enter(b, atNext)
		return
	case ']':
		*t = resume(atTop, false, t.pos+1)
	case ',':
		*t = resume(atComma, false, t.pos+1)
	default:
		// A number or a word, which may continue: not an index between records.
		t.state, t.last, t.newLine = atNext, b, false
		t.pos++
	}
}
