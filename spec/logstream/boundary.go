package logstream

import "strings"

// bytesLike is text in either of the two types that a stream uses.
type bytesLike interface{ ~string | ~[]byte }

// definite reports whether a line end with these bytes around it, ignoring white space,
// is a definite end of line: valid JSON cannot continue after it, because the two bytes
// are never adjacent in JSON. At the start of a stream, the byte before is 0.
//
// Nearly every line end of a log, between two objects on separate lines, and after an
// indented object is definite. No line end inside valid JSON is. Streams are split into
// batches, and invalid JSON ends, only at definite line ends. They depend only on the
// text, so the results do not depend on the sizes of reads or on the number of workers.
func definite(before, after byte) bool {
	switch {
	case before == '{' || before == '[' || before == ',' || before == ':':
		return !startsToken(after)
	case before == '"' || before == '}' || before == ']' || before == 'e' || before == 'l' || isDigit(before):
		return after != ',' && after != '}' && after != ']' && after != ':'
	}
	return true
}

// startsToken reports whether a value, a key or a closing bracket can start with the
// byte.
func startsToken(b byte) bool {
	return isDigit(b) || strings.IndexByte(`"{[}]-tfn`, b) >= 0
}

func isDigit(b byte) bool { return b-'0' <= 9 }

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\r' || b == '\t' }

// skipSpace returns the index of the first byte of data[at:] that is not white space.
func skipSpace[T bytesLike](data T, at int) int {
	for at < len(data) && isSpace(data[at]) {
		at++
	}
	return at
}

// lastSolid returns the last byte of data that is not white space. It returns before if
// there is none.
func lastSolid[T bytesLike](data T, before byte) byte {
	for i := len(data) - 1; i >= 0; i-- {
		if !isSpace(data[i]) {
			return data[i]
		}
	}
	return before
}

// lastDefinite returns the index after the last definite line end of data[from:]. It
// returns -1 if there is none. before is the last byte before data that is not white
// space. A line end that only white space follows is not definite yet.
func lastDefinite(data []byte, from int, before byte) int {
	for end := len(data); end > from; {
		// data[end:] starts with the byte after a run of white space. The run starts at
		// data[start:] and has its last line end at data[line].
		start, line := end, -1
		for start > from && isSpace(data[start-1]) {
			start--
			if line < 0 && data[start] == '\n' {
				line = start
			}
		}
		b := before
		if start > from {
			b = data[start-1]
		}
		if line >= 0 && end < len(data) && definite(b, data[end]) {
			return line + 1
		}
		// Continue with the run that contains the previous line end.
		for end = start; end > from && data[end-1] != '\n'; {
			end--
		}
		if end > from {
			end = skipSpace(data, end)
		}
	}
	return -1
}

// A kind is the kind of text at the start of a record.
type kind uint8

const (
	undecided kind = iota // more input is required
	aLine
	anObject
	anArray
)

// maxGap is the maximum length of white space after the first bracket of JSON. It
// limits the input that is required to recognize a record.
const maxGap = 4 << 10

// kindOf returns the kind of the record that starts at data[at], which is not white
// space. The first bytes identify JSON, so that a log line may also start with a
// bracket. all reports whether data ends the stream.
func kindOf[T bytesLike](data T, at int, all bool) kind {
	next := func(from int) (b byte, known bool) {
		end := min(len(data), from+maxGap)
		if at = skipSpace(data[:end], from); at < end {
			return data[at], true
		}
		return 0, all || end < len(data)
	}
	result := anObject
	first := data[at]
	if first == '[' {
		result = anArray
		b, known := next(at + 1)
		switch {
		case !known:
			return undecided
		case b == ']':
			return anArray
		}
		first = b
	}
	if first != '{' {
		return aLine
	}
	b, known := next(at + 1)
	switch {
	case !known:
		return undecided
	case b == '"' || b == '}':
		return result
	}
	return aLine
}
