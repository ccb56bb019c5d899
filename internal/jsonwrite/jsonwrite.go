// Package jsonwrite writes all JSON of errspec except for web pages. It does not
// escape <, > and &, and indents by two spaces.
//
// It writes the same bytes as encoding/json for values that encoding/json supports. An
// [Object] keeps the order of its keys. [AppendString] writes strings of a stream
// without allocating memory. JSON in a script element must be escaped, so package html
// uses encoding/json.
package jsonwrite

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// indentation is the indent of one level.
const indentation = "  "

// Value returns a value on one line. It panics if encoding/json cannot write it.
func Value(v any) []byte { return marshal(v, 0, "") }

// Write writes a value on one line, like [Value].
func Write(buf *bytes.Buffer, v any) {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("jsonwrite: " + err.Error()) // values are texts, numbers and JSON
	}
	buf.Truncate(buf.Len() - len("\n"))
}

// Indented returns a value as a separate document with a line end. It panics if
// encoding/json cannot write it.
func Indented(v any) []byte { return append(marshal(v, 0, indentation), '\n') }

// marshal writes a value with encoding/json. Its first line is at the given depth.
func marshal(value any, depth int, indent string) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(strings.Repeat(indent, depth), indent)
	if err := enc.Encode(value); err != nil {
		panic("jsonwrite: " + err.Error()) // values are texts, numbers and JSON
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}

// AppendString appends a JSON string. It escapes hostile characters, and the second
// # of ##[, which starts a command to the runner of a CI service. Bytes that are
// not valid UTF-8 become U+FFFD.
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

// AppendEscape appends \uXXXX, or two of them if r requires a surrogate pair.
func AppendEscape(b []byte, r rune) []byte {
	const hex = "0123456789abcdef"
	var units [2]uint16
	for _, u := range utf16.AppendRune(units[:0], r) {
		b = append(b, '\\', 'u', hex[u>>12&15], hex[u>>8&15], hex[u>>4&15], hex[u&15])
	}
	return b
}
