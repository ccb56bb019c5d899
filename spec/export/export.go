// Package export writes resolved tables as JSON, the stable interface for scripts.
//
// The JSON of a valid table has the keys of the table format in its order, with defaults
// filled in. It is a valid table with the same meaning. [Revision] returns a short hash of
// it.
package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
)

// Options select the content of an export.
type Options struct {
	// Names are the names of the table's entries. If nil, none are written.
	Names *names.Names
	// Public omits internal codes.
	Public bool

	internal map[string]bool // the codes that are omitted
}

// JSON returns the resolved table: the keys of the table format in its order, with defaults
// filled in and waits as Go durations. The result is a valid table with the same meaning.
func JSON(t *spec.Table, e Options) []byte {
	var buf bytes.Buffer
	e.write(&buf, t)
	return buf.Bytes()
}

// Object returns the JSON object of a code, as [JSON] writes it within the table. The code
// must be an entry of the table.
func (e Options) Object(t *spec.Table, c *spec.Code) jsonwrite.Object {
	for i := range t.Codes {
		if &t.Codes[i] == c {
			return e.code(t, i)
		}
	}
	return nil
}

// write writes the result of [JSON].
func (e Options) write(w io.Writer, t *spec.Table) {
	if e.Public {
		e.internal = make(map[string]bool)
		for i := range t.Codes {
			if c := &t.Codes[i]; c.Internal {
				e.internal[c.Wire] = true
			}
		}
	}
	e.table(t).Write(w)
}

// hides reports whether the export omits the code, and therefore references to it.
func (e Options) hides(wire string) bool { return e.internal[wire] }

// Revision returns a short hash of the resolved table. It changes if and only if the content
// of the resolved table changes.
func Revision(t *spec.Table) string {
	sum := sha256.New()
	Options{}.write(sum, t)
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

type object = jsonwrite.Object

// list appends a member unless the list is empty.
func list[T any](o *object, key string, items []T) {
	if len(items) > 0 {
		o.Add(key, items)
	}
}

// mapped appends the list of the results of f for the items, unless it is empty.
func mapped[T any, U any](o *object, key string, items []T, f func(*T) U) {
	var out []U
	for i := range items {
		out = append(out, f(&items[i]))
	}
	list(o, key, out)
}

func extensions(o *object, e spec.Entry) {
	for _, x := range e.Extensions {
		o.Add(x.Key, x.Value)
	}
}

// addNames appends the names of an entry in outputs.
func addNames(o *object, ident, anchor, url string) {
	o.Text("x-errspec-ident", ident)
	o.Text("x-errspec-anchor", anchor)
	o.Text("x-errspec-url", url)
}

func duration(d time.Duration) string { return d.String() }
