package form

import (
	"encoding/json"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// Entry is the part that all decoded objects share: the x- keys and the location in the file.
// The zero Entry has no location.
type Entry struct {
	Extensions []Extension

	file  *diag.File
	place place
	more  []continuation
}

// A continuation records that the value of a key, from one item on, comes from another entry.
type continuation struct {
	key   string
	from  int
	entry Entry
}

// Continue records that the value of key in next also belongs to e: as the items of a list from
// index from on. For a value that is not a list, from is 0 and e itself does not have the key.
func (e *Entry) Continue(key string, from int, next Entry) {
	e.more = append(e.more, continuation{key, from, next})
}

// Written returns the entry that contains item i of a list, and the index of the item there.
func (e Entry) Written(key string, i int) (Entry, int) {
	for _, c := range slices.Backward(e.more) {
		if c.key == key && i >= c.from {
			return c.entry.Written(key, i-c.from)
		}
	}
	return e, i
}

// ReleaseSource releases the locations of the keys and values of the entry. Afterwards the
// locations of keys and items are that of the entry, and Has returns false.
func (e *Entry) ReleaseSource() {
	e.place.inner.release()
	for _, c := range e.more {
		c.entry.ReleaseSource()
	}
	e.more = nil
}

// At returns the location of the entry.
func (e Entry) At() diag.Location { return locate(e.file, e.place) }

// Has reports whether the file contains the key.
func (e Entry) Has(key string) bool { return e.value(key) != nil }

// Unread reports whether the key has a value that could not be decoded. The decoded value is then
// zero, a finding reports it, and no check may rely on it.
func (e Entry) Unread(key string) bool {
	return e.place.inner != nil && slices.Contains(e.place.inner.unread, key)
}

// ValueAt returns the location of a key's value, or that of the entry if it does not have the key.
func (e Entry) ValueAt(key string) diag.Location {
	e = e.writer(key)
	if v := e.value(key); v != nil {
		return locate(e.file, *v)
	}
	return e.At()
}

// KeyAt returns the location of a key, or that of the entry if it does not have the key.
func (e Entry) KeyAt(key string) diag.Location {
	e = e.writer(key)
	if k := e.place.key(key); k != nil {
		return locate(e.file, *k)
	}
	return e.At()
}

// writer returns the entry that contains a key.
func (e Entry) writer(key string) Entry {
	if e.value(key) == nil {
		for _, c := range e.more {
			if c.key == key {
				return c.entry
			}
		}
	}
	return e
}

// ItemAt returns the location of item i of a list, or that of the list if there is no such item.
func (e Entry) ItemAt(key string, i int) diag.Location {
	e, i = e.Written(key, i)
	if item := e.value(key).item(i); item != nil {
		return locate(e.file, *item)
	}
	return e.ValueAt(key)
}

// PairAt returns the location of a value in the mapping that is the value of key.
func (e Entry) PairAt(key, inner string) diag.Location {
	e = e.pairWriter(key, inner)
	if v := e.value(key); v != nil {
		return Entry{file: e.file, place: *v}.ValueAt(inner)
	}
	return e.At()
}

// PairKeyAt returns the location of a key in the mapping that is the value of key.
func (e Entry) PairKeyAt(key, inner string) diag.Location {
	e = e.pairWriter(key, inner)
	if k := e.value(key).key(inner); k != nil {
		return locate(e.file, *k)
	}
	return e.ValueAt(key)
}

// PairItemAt returns the location of item i of a list in a mapping that is the value of key, or
// of the value if that is not a list.
func (e Entry) PairItemAt(key, inner string, i int) diag.Location {
	e = e.pairWriter(key, inner)
	if v := e.value(key); v != nil {
		return Entry{file: e.file, place: *v}.ItemAt(inner, i)
	}
	return diag.Location{File: e.file}
}

// pairWriter returns the entry in which a pair of the mapping that is the value of key is
// written: e, or one that continues it.
func (e Entry) pairWriter(key, inner string) Entry {
	if e.value(key).key(inner) != nil {
		return e
	}
	for _, c := range e.more {
		if c.key == key && c.entry.value(key).key(inner) != nil {
			return c.entry
		}
	}
	return e
}

// Text returns the scalar value of a key as text, without line ends at the end. It returns "" if
// the value is null, if it is not a scalar, or if there is no such key.
func (e Entry) Text(key string) string {
	if v := e.value(key); v != nil && v.kind == yaml.ScalarNode && !v.isNull() {
		return strings.TrimRight(v.value, "\n")
	}
	return ""
}

// value returns the place of the value of a key. It returns nil if there is no such key.
func (e *Entry) value(key string) *place { return e.place.get(key) }

// Extension is an x- key with its value.
type Extension struct {
	Key   string
	Value json.RawMessage
}
