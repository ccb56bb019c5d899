package export

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// A jsonWriter writes an export byte for byte as encoding/json would indent it. Its
// own way there, objects that marshal themselves, goes over each text once for every
// object around it, and a plan hashes the export of its whole table.
type jsonWriter struct {
	w   io.Writer // of which no error is expected: a buffer or a hash
	buf []byte
}

// A lazy list makes its objects when they are written: those of a large table
// would take as much memory as the table.
type lazy iter.Seq[object]

const (
	indentation = "  "    // of one level
	bufferSize  = 1 << 16 // is written when it is full, about
)

func (j *jsonWriter) flush() {
	_, _ = j.w.Write(j.buf)
	j.buf = j.buf[:0]
}

// object writes an object, the first line of which is at the given depth.
func (j *jsonWriter) object(o object, depth int) {
	if len(o) == 0 {
		j.buf = append(j.buf, "{}"...)
		return
	}
	j.buf = append(j.buf, '{')
	for i, m := range o {
		j.line(i, depth+1)
		j.text(m.key)
		j.buf = append(j.buf, ": "...)
		j.value(m.value, depth+1)
	}
	j.line(0, depth)
	j.buf = append(j.buf, '}')
}

// line begins the line of element i.
func (j *jsonWriter) line(i, depth int) {
	if i > 0 {
		j.buf = append(j.buf, ',')
	}
	if len(j.buf) > bufferSize {
		j.flush()
	}
	j.buf = append(j.buf, '\n')
	for range depth {
		j.buf = append(j.buf, indentation...)
	}
}

// items writes a list.
func items[T any](j *jsonWriter, all iter.Seq[T], depth int) {
	j.buf = append(j.buf, '[')
	n := 0
	for item := range all {
		j.line(n, depth+1)
		j.value(item, depth+1)
		n++
	}
	if n > 0 {
		j.line(0, depth)
	}
	j.buf = append(j.buf, ']')
}

func (j *jsonWriter) value(value any, depth int) {
	switch v := value.(type) {
	case object:
		j.object(v, depth)
	case lazy:
		items(j, iter.Seq[object](v), depth)
	case []object:
		items(j, slices.Values(v), depth)
	case []any:
		items(j, slices.Values(v), depth)
	case []string:
		items(j, slices.Values(v), depth)
	case string:
		j.text(v)
	case bool:
		j.buf = strconv.AppendBool(j.buf, v)
	case int:
		j.buf = strconv.AppendInt(j.buf, int64(v), 10)
	case int64:
		j.buf = strconv.AppendInt(j.buf, v, 10)
	default: // extensions, the multiplier of the backoff
		j.buf = append(j.buf, marshal(value, depth)...)
	}
}

// text writes a string. Most texts need no escapes.
func (j *jsonWriter) text(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			j.buf = append(j.buf, marshal(s, 0)...)
			return
		}
	}
	j.buf = append(append(append(j.buf, '"'), s...), '"')
}

// marshal leaves a value to encoding/json.
func marshal(value any, depth int) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(strings.Repeat(indentation, depth), indentation)
	if err := enc.Encode(value); err != nil {
		panic("spec: a table that cannot be encoded: " + err.Error()) // only texts, numbers and JSON go in
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
}
