// Package jsonwrite writes JSON as errspec has it everywhere: <, > and & as they are,
// because nothing of it is markup, and two spaces for each level where it is indented.
//
// Values enter, bytes leave: those of encoding/json for whatever that can write, of an
// [Object] whose keys keep their order, and of strings on the way of a stream, where
// allocating nothing counts. Web pages are the exception: JSON in a script element needs
// the escapes, so package html leaves it to encoding/json.
package jsonwrite

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// indentation is that of one level.
const indentation = "  "

// Value returns a value on one line. It panics if encoding/json cannot write it.
func Value(v any) []byte { return marshal(v, 0, "") }

// Indented returns a value as a document of its own, with a line end. It panics if
// encoding/json cannot write it.
func Indented(v any) []byte { return append(marshal(v, 0, indentation), '\n') }

// marshal leaves a value, the first line of which is at the given depth, to encoding/json.
func marshal(value any, depth int, indent string) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(strings.Repeat(indent, depth), indent)
	if err := enc.Encode(value); err != nil {
		panic("jsonwrite: " + err.Error()) // only texts, numbers and JSON go in
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// AppendString appends a JSON string. Characters that are hostile are escaped, and so is
// the second # of the ##[ that begins a command to the runner of a CI service. Bytes
// that are not UTF-8 become U+FFFD.
func AppendString(b []byte, s string, hostile func(rune) bool) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f && c != '"' && c != '\\' && (c != '#' || i == 0 || s[i-1] != '#') {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= 0x80 && !(r == utf8.RuneError && size == 1) && !hostile(r) {
			i += size
			continue
		}
		b = append(b, s[from:i]...)
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, '\\', 'n')
		case c == '\t':
			b = append(b, '\\', 't')
		case r == utf8.RuneError && size == 1:
			b = append(b, "\ufffd"...)
		default:
			b = AppendEscape(b, r)
		}
		i += size
		from = i
	}
	return append(append(b, s[from:]...), '"')
}

// AppendEscape appends \uXXXX, twice for what is two units in UTF-16.
func AppendEscape(b []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	var units [2]uint16
	for _, u := range utf16.AppendRune(units[:0], r) {
		b = append(b, '\\', 'u', hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15])
	}
	return b
}
