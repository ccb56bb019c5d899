package logstream

import "strings"

// bytesLike is text in either of the two types that a stream goes through.
type bytesLike interface{ ~string | ~[]byte }

// sure reports whether a line end with these bytes around it, white space aside,
// is a sure end of line: one that no JSON can go on over, because the two are
// never neighbours in JSON. Before the first byte of a stream stands 0.
//
// Nearly every line end of a log, between two objects in lines of their own, and
// after an indented object is sure; none inside of valid JSON is. Streams are cut
// into batches and broken JSON is left at such places, which do not depend on how
// far anything has been read: so neither the size of the pieces in which a stream
// arrives nor the number of workers changes what comes out.
func sure(before, after byte) bool {
	switch {
	case before == '{' || before == '[' || before == ',' || before == ':':
		return !startsToken(after)
	case before == '"' || before == '}' || before == ']' || before == 'e' || before == 'l' || isDigit(before):
		return after != ',' && after != '}' && after != ']' && after != ':'
	}
	return true
}

// startsToken reports whether a value, a key or a closing bracket can begin with
// the byte.
func startsToken(b byte) bool {
	return isDigit(b) || strings.IndexByte(`"{[}]-tfn`, b) >= 0
}

func isDigit(b byte) bool { return b-'0' <= 9 }

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\r' || b == '\t' }

// skipSpace returns the first place from data[at:] on that is no white space.
func skipSpace[T bytesLike](data T, at int) int {
	for at < len(data) && isSpace(data[at]) {
		at++
	}
	return at
}

// lastSolid returns the last byte of data that is no white space, or else before.
func lastSolid[T bytesLike](data T, before byte) byte {
	for i := len(data) - 1; i >= 0; i-- {
		if !isSpace(data[i]) {
			return data[i]
		}
	}
	return before
}

// lastSure returns the place behind the last sure line end of data[from:], or -1
// if there is none. before is the last byte before it that is no white space. Of
// a line end that only white space follows it is not known yet whether it is
// sure.
func lastSure(data []byte, from int, before byte) int {
	for end := len(data); end > from; {
		// data[end:] begins with what follows a run of white space, which begins
		// at data[start:] and has its last line end at data[line].
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
		if line >= 0 && end < len(data) && sure(b, data[end]) {
			return line + 1
		}
		// Go on with the run that holds the line end before.
		for end = start; end > from && data[end-1] != '\n'; {
			end--
		}
		if end > from {
			end = skipSpace(data, end)
		}
	}
	return -1
}

// A kind is what stands at the beginning of a record.
type kind uint8

const (
	undecided kind = iota // more has to be read
	aLine
	anObject
	anArray
)

// maxGap is how much white space may stand behind the first bracket of JSON. It
// bounds how much has to be read to know what begins.
const maxGap = 4 << 10

// kindOf returns what begins at data[at], which is no white space. JSON is known
// by its first bytes, so that a log line may begin with a bracket too; all says
// that nothing follows data.
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
