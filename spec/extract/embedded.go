package extract

import (
	"strings"

	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// maxTries is how many brackets of a line are tried as the start of an object:
// each try may read all of the line.
const maxTries = 8

// Embedded finds an error in the objects that a text contains, in JSON or as
// Python, JavaScript and Ruby print them, also over several lines.
func (x *Extractor) Embedded(text string) Finding { return x.embedded(text, 0) }

// embedded finds an error in the objects that a line of text contains, in JSON or
// as programs in other languages print them. The first one counts; it is automatic
// only if the others are.
func (x *Extractor) embedded(line string, nested int) Finding {
	var best Finding
	at := 0
	for range maxTries {
		i := strings.IndexByte(line[at:], '{')
		if i < 0 {
			break
		}
		at += i
		f, end := x.structure(line, at, nested)
		switch {
		case best.Source == None || f.Source == Lost:
			best = f
		case f.Failure() && f.Code != best.Code && !x.automatic(f.Code):
			best.mixed = true
		}
		at = end
	}
	return best
}

// structure reads the object at line[at:], or the quoted text that consists of it,
// and returns where the search continues.
func (x *Extractor) structure(line string, at, nested int) (Finding, int) {
	if start := quoteBefore(line, at); start >= 0 && nested < maxNested {
		if s, size, ok := jsonscan.String(line[start:]); ok {
			f := x.embedded(s, nested+1)
			f.unsure = f.unsure || isUntrusted(line, start)
			return f, start + size
		}
	}
	object := line[at:]
	f, end, err := x.object(object, nested)
	if err == nil {
		return f, at + end
	}
	json, end, ok := jsonscan.Literal(object)
	if !ok {
		return Finding{}, at + 1
	}
	if f, _, err = x.object(json, nested); err != nil { // nested too deep
		return Finding{}, at + end
	}
	return f, at + end
}

// quoteBefore returns where the string begins whose first byte is line[at], with
// the prefix that Python writes before bytes; -1 if line[at] is not in quotes.
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

// isUntrusted reports whether the quoted text at line[at:] is the value of a key
// that is not one for what happened, such as prompt="…".
func isUntrusted(line string, at int) bool {
	if at == 0 || line[at-1] != '=' {
		return false
	}
	start := at - 1
	for start > 0 && isWord(line[start-1]) {
		start--
	}
	return !isTelling(line[start : at-1])
}
