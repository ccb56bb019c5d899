package form

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// unsafeEscapes are the letters of one-letter escapes in double-quoted scalars that represent
// characters that must not occur in a table,
// https://yaml.org/spec/1.2.2/#57-escaped-characters.
const unsafeEscapes = "0abvfreNLP"

// hexEscapes maps the letter of an escape to its number of hexadecimal digits.
var hexEscapes = map[byte]int{'x': 2, 'u': 4, 'U': 8}

// maxLines bounds the search for the end of a scalar.
const maxLines = 10_000

// unsafeEscape returns the location of the first escape in a double-quoted scalar that represents
// a character that must not occur in a table. yaml.v3 reports only the start of the scalar, which
// may be on an earlier line.
func (d *Decoder) unsafeEscape(n *yaml.Node) (diag.Location, bool) {
	if n.Style&yaml.DoubleQuotedStyle == 0 {
		return diag.Location{}, false
	}
	rest := textAt(d.file, placeOf(n))
	rest = rest[strings.IndexByte(rest, '"')+1:] // an anchor or a tag may precede it
	line, lineText := n.Line, d.file.Line(n.Line)
	for line < n.Line+maxLines {
		i := strings.IndexAny(rest, `\"`)
		if i < 0 {
			line++
			lineText = d.file.Line(line)
			rest = lineText
			continue
		}
		if rest[i] == '"' {
			break
		}
		rest = rest[i:]
		size, unsafe := escapeAt(rest)
		if unsafe {
			start := diag.Pos{Line: line, Column: columnAt(lineText, len(lineText)-len(rest))}
			return diag.Location{File: d.file, Start: start, End: diag.Pos{Line: line, Column: start.Column + size}}, true
		}
		rest = rest[min(size, len(rest)):]
	}
	return diag.Location{}, false
}

// escapeAt returns the size of the escape at the start of s, and whether the character that it
// represents is unsafe.
func escapeAt(s string) (size int, unsafe bool) {
	if len(s) < 2 {
		return len(s), false // the escape continues the line
	}
	digits, hex := hexEscapes[s[1]]
	if !hex {
		return 2, strings.IndexByte(unsafeEscapes, s[1]) >= 0
	}
	size = min(2+digits, len(s))
	code, err := strconv.ParseUint(s[2:size], 16, 32)
	return size, err == nil && unsafeChar(rune(code)) != ""
}
