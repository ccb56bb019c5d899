package jsonwrite

import (
	"io"
	"iter"
	"slices"
	"strconv"
)

// An Object is a JSON object that keeps the order of its keys. Its values are
// objects, lists of objects, texts, numbers, and other values that encoding/json
// can write.
type Object []Member

// A Member is a key of an [Object] and its value.
type Member struct {
	Key   string
	Value any
}

// Add appends a member.
func (o *Object) Add(key string, value any) { *o = append(*o, Member{key, value}) }

// Text appends a member, unless value is empty.
func (o *Object) Text(key, value string) {
	if value != "" {
		o.Add(key, value)
	}
}

// Write writes an object, indented, with a line end. It ignores errors of w, which
// must be a buffer or a hash.
func (o Object) Write(w io.Writer) {
	j := writer{w: w}
	j.object(o, 0)
	j.buf = append(j.buf, '\n')
	j.flush()
}

// A writer writes an object exactly as encoding/json would indent it. With objects
// that marshal themselves, encoding/json would process each text once for every
// object around it. A plan hashes the export of its whole table.
type writer struct {
	w   io.Writer // a buffer or a hash, which never fails
	buf []byte
}

// Lazy is a list that creates its objects when they are written. All objects of a
// large table would require as much memory as the table.
type Lazy iter.Seq[Object]

// bufferSize is the approximate number of bytes to write at once.
const bufferSize = 1 << 16

func (j *writer) flush() {
	_, _ = j.w.Write(j.buf)
	j.buf = j.buf[:0]
}

// object writes an object. Its first line is at the given depth.
func (j *writer) object(o Object, depth int) {
	if len(o) == 0 {
		j.buf = append(j.buf, "{}"...)
		return
	}
	j.buf = append(j.buf, '{')
	for i, m := range o {
		j.line(i, depth+1)
		j.text(m.Key)
		j.buf = append(j.buf, ": "...)
		j.value(m.Value, depth+1)
	}
	j.line(0, depth)
	j.buf = append(j.buf, '}')
}

// line starts the line of element i.
func (j *writer) line(i, depth int) {
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
func items[T any](j *writer, all iter.Seq[T], depth int) {
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

func (j *writer) value(value any, depth int) {
	switch v := value.(type) {
	case Object:
		j.object(v, depth)
	case Lazy:
		items(j, iter.Seq[Object](v), depth)
	case []Object:
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
	default:
		j.buf = append(j.buf, marshal(value, depth, indentation)...)
	}
}

func (j *writer) text(s string) { j.buf = AppendText(j.buf, s) }

// AppendText appends a string with the escapes of [Value]. Most texts require none.
func AppendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return append(b, marshal(s, 0, "")...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}
