package form

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// unsafeEscapes are the escapes of a double-quoted scalar that are one letter
// long and stand for something that no table may hold,
// https://yaml.org/spec/1.2.2/#57-escaped-characters.
const unsafeEscapes = "0abvfreNLP"

// hexEscapes has the number of digits that follow the letter.
var hexEscapes = map[byte]int{'x': 2, 'u': 4, 'U': 8}

// maxLines ends the search for the end of a scalar, which YAML has found already.
const maxLines = 10_000

// unsafeEscape finds the first escape in the source of a double-quoted scalar
// that stands for a character that no table may hold. yaml.v3 knows only where
// the scalar begins, which may be lines away.
func (d *Decoder) unsafeEscape(n *yaml.Node) (diag.Location, bool) {
	if n.Style&yaml.DoubleQuotedStyle == 0 {
		return diag.Location{}, false
	}
	rest := textAt(d.file, n)
	rest = rest[strings.IndexByte(rest, '"')+1:] // an anchor or a tag may stand before it
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

// escapeAt reads the escape that s begins with: how many characters it has, and
// whether what it stands for is refused.
func escapeAt(s string) (size int, unsafe bool) {
	if len(s) < 2 {
		return len(s), false // the line goes on in the next one
	}
	digits, hex := hexEscapes[s[1]]
	if !hex {
		return 2, strings.IndexByte(unsafeEscapes, s[1]) >= 0
	}
	size = min(2+digits, len(s))
	code, err := strconv.ParseUint(s[2:size], 16, 32)
	return size, err == nil && unsafeChar(rune(code)) != ""
}
