package extract

import (
	"strings"

	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// maxTries is the maximum number of brackets in a line that are tried as the start of
// an object. Each try may read the whole line.
const maxTries = 8

// Embedded finds an error in the objects that a text contains, in JSON or as printed by
// Python, JavaScript and Ruby. Objects may span lines.
func (x *Extractor) Embedded(text string) Match {
	f, _ := x.embedded(text, -1, 0)
	return f
}

// embedded finds an error in the objects that a line of text contains. The first one is
// returned; it is automatic only if the others are. embedded also reports whether
// line[place] is inside one of the objects: a match at that index is then part of the
// object.
func (x *Extractor) embedded(line string, place, nested int) (best Match, within bool) {
	at := 0
	for range maxTries {
		i := strings.IndexByte(line[at:], '{')
		if i < 0 || 0 <= place && place < at+i {
			break
		}
		at += i
		f, end := x.structure(line, at, nested)
		switch {
		case best.Source == None || f.Source == PollStopped:
			best = f
		case f.Failure() && f.Code != best.Code && !x.automatic(f.Code):
			best.mixed = true
		}
		if at < place && place < end {
			return f, true
		}
		at = end
	}
	return best, false
}

// structure reads the object at line[at:], or the quoted text that consists of it, and
// returns the index at which the search continues.
func (x *Extractor) structure(line string, at, nested int) (f Match, end int) {
	if start := quoteBefore(line, at); start >= 0 && nested < maxNested {
		if s, size, ok := jsonscan.String(line[start:]); ok {
			f, end := x.structure(s, 0, nested+1)
			if strings.TrimSpace(s[end:]) != "" { // a message that starts with an object
				f, _ = x.embedded(s, -1, nested+1)
				f.unsure = true
			}
			f.unsure = f.unsure || !mayBeResponse(keyBefore(line, start)) || isCited(line, start)
			return f, start + size
		}
	}
	object := line[at:]
	f, size, err := x.object(object, nested)
	if err != nil {
		json, literal, ok := jsonscan.Literal(object)
		if !ok {
			return Match{}, at + 1
		}
		size = literal
		f, _, _ = x.object(json, nested) // no match if it is nested too deep
	}
	f.unsure = f.unsure || isCited(line, at)
	return f, at + size
}

// quoteBefore returns the index of the start of the string whose first byte is
// line[at], including the prefix that Python writes before bytes. It returns -1 if
// line[at] is not in quotes.
func quoteBefore(line string, at int) int {
	start := at - 1
	if start < 0 || line[start] != '"' && line[start] != '\'' {
		return -1
	}
	if start > 0 && line[start-1] == 'b' && (start == 1 || !isWord(line[start-2])) {
		start--
	}
	return start
}
