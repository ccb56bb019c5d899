package spec

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
	"time"
)

// Notes are what an export says about an entry beyond the table itself.
type Notes struct {
	Ident  string // Go constant
	Anchor string
	URL    string // "" if none
}

// Export is how to write a table as JSON.
type Export struct {
	// Notes returns the notes on a code, or on one of its sub-types when s is
	// not nil. Without Notes, none are written.
	Notes func(c *Code, s *Subtype) Notes
	// Public leaves internal codes out.
	Public bool

	internal map[string]bool // the codes that are left out
}

// Encode writes the resolved table: the keys of the table format in its order,
// defaults filled in, waits as Go durations. The result is a valid table itself
// and means the same one.
func Encode(t *Table, e Export) []byte {
	var buf bytes.Buffer
	e.write(&buf, t)
	return buf.Bytes()
}

// Entry writes a code, or one of its sub-types if s is not nil, as Encode writes
// it within the table.
func (e Export) Entry(t *Table, c *Code, s *Subtype) []byte {
	var buf bytes.Buffer
	if s != nil {
		writeObject(&buf, e.subtype(c, s))
	} else {
		writeObject(&buf, e.code(t, c))
	}
	return buf.Bytes()
}

// write writes what Encode returns.
func (e Export) write(w io.Writer, t *Table) {
	if e.Public {
		e.internal = make(map[string]bool)
		eachCode(t, func(c *Code) {
			if c.Internal {
				e.internal[c.Wire] = true
			}
		})
	}
	writeObject(w, e.table(t))
}

func writeObject(w io.Writer, o object) {
	j := jsonWriter{w: w}
	j.object(o, 0)
	j.buf = append(j.buf, '\n')
	j.flush()
}

// hides reports whether the export leaves the code out, and so what names it.
func (e Export) hides(wire string) bool { return e.internal[wire] }

// Revision returns a short hash of the resolved table. It changes with every
// fact of the table, and with nothing else.
func Revision(t *Table) string {
	sum := sha256.New()
	Export{}.write(sum, t)
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// An object is a JSON object whose keys keep their order.
type object []member

type member struct {
	key   string
	value any
}

// add appends a member.
func (o *object) add(key string, value any) { *o = append(*o, member{key, value}) }

// text appends a member unless it is empty.
func (o *object) text(key, value string) {
	if value != "" {
		o.add(key, value)
	}
}

// list appends a member unless it is empty.
func list[T any](o *object, key string, items []T) {
	if len(items) > 0 {
		o.add(key, items)
	}
}

// mapped appends the list of what f makes of the items, unless it is empty.
func mapped[T any, U any](o *object, key string, items []T, f func(*T) U) {
	var out []U
	for i := range items {
		out = append(out, f(&items[i]))
	}
	list(o, key, out)
}

func (o *object) extensions(e Entry) {
	for _, x := range e.Extensions {
		o.add(x.Key, x.Value)
	}
}

func (o *object) notes(n Notes) {
	o.text("x-errspec-ident", n.Ident)
	o.text("x-errspec-anchor", n.Anchor)
	o.text("x-errspec-url", n.URL)
}

// wire returns a code as JSON has it: text, or a number.
func (t *Table) wire(s string) any {
	if t.Wire == WireInteger {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n
		}
	}
	return s
}

func (t *Table) wires(all []string) []any {
	var out []any
	for _, s := range all {
		out = append(out, t.wire(s))
	}
	return out
}

func duration(d time.Duration) string { return d.String() }
