package spec

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// The JSON of an export, byte for byte as encoding/json would indent it. Its own
// way there, objects that marshal themselves, goes over each text once for every
// object around it, and a plan hashes the export of its whole table.

// indentation is that of one level.
const indentation = "  "

// appendTo appends the object, the first line of which is at the given depth.
func (o object) appendTo(b []byte, depth int) []byte {
	if len(o) == 0 {
		return append(b, "{}"...)
	}
	b = append(b, '{')
	for i, m := range o {
		b = appendBreak(b, i, depth+1)
		b = appendText(b, m.key)
		b = append(b, ": "...)
		b = appendValue(b, m.value, depth+1)
	}
	return append(appendBreak(b, 0, depth), '}')
}

// appendItems appends a list.
func appendItems[T any](b []byte, items []T, depth int) []byte {
	if len(items) == 0 {
		return append(b, "[]"...)
	}
	b = append(b, '[')
	for i := range items {
		b = appendBreak(b, i, depth+1)
		b = appendValue(b, items[i], depth+1)
	}
	return append(appendBreak(b, 0, depth), ']')
}

// appendBreak begins the line of element i.
func appendBreak(b []byte, i, depth int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	b = append(b, '\n')
	for range depth {
		b = append(b, indentation...)
	}
	return b
}

func appendValue(b []byte, value any, depth int) []byte {
	switch v := value.(type) {
	case object:
		return v.appendTo(b, depth)
	case []object:
		return appendItems(b, v, depth)
	case []any:
		return appendItems(b, v, depth)
	case []string:
		return appendItems(b, v, depth)
	case string:
		return appendText(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	}
	return append(b, marshal(value, depth)...) // extensions, the multiplier of the backoff
}

// appendText appends a string. Most texts need no escapes.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return append(b, marshal(s, 0)...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// marshal leaves a value to encoding/json.
func marshal(value any, depth int) []byte {
	var prefix []byte
	for range depth {
		prefix = append(prefix, indentation...)
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(string(prefix), indentation)
	if err := enc.Encode(value); err != nil {
		panic("spec: a table that cannot be encoded: " + err.Error()) // only texts, numbers and JSON go in
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}
