package form

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// Entry is what every decoded object has: the x- keys written in it, and the
// place it was written at. The zero Entry has no place.
type Entry struct {
	Extensions []Extension

	file   *diag.File
	node   *yaml.Node
	more   []continuation
	unread []string // keys whose values could not be decoded
}

// A continuation says that what an entry has for a key is written, from one item
// on, in another entry.
type continuation struct {
	key   string
	from  int
	entry Entry
}

// Continue says that what is written for key in next belongs to e as well: the
// items of a list from index from on. For what is no list, from is 0 and e has
// not written the key.
func (e *Entry) Continue(key string, from int, next Entry) {
	e.more = append(e.more, continuation{key, from, next})
}

// Written returns the entry in which item i of a list is written, and the item's
// index there.
func (e Entry) Written(key string, i int) (Entry, int) {
	for _, c := range slices.Backward(e.more) {
		if c.key == key && i >= c.from {
			return c.entry.Written(key, i-c.from)
		}
	}
	return e, i
}

// ReleaseSource lets go of what was read below the entry, which takes more memory than
// what is decoded of it. Entries keep their own place; it stands in for those of
// their keys and items, and Has knows no key any more.
func (e *Entry) ReleaseSource() {
	forget(e.node)
	for _, c := range e.more {
		c.entry.ReleaseSource()
	}
	e.more = nil
}

func forget(n *yaml.Node) {
	if n == nil {
		return
	}
	for _, child := range n.Content {
		forget(child)
	}
	n.Content = nil
}

// At returns the place of the whole entry.
func (e Entry) At() diag.Location { return locate(e.file, e.node) }

// Has reports whether the entry's author wrote the key.
func (e Entry) Has(key string) bool { return e.value(key) != nil }

// Unread reports whether the key is written with a value that could not be decoded.
// That is reported, and the decoded value is zero: nothing may be concluded from it.
func (e Entry) Unread(key string) bool { return slices.Contains(e.unread, key) }

// ValueAt returns the place of a key's value, or of the entry when the key is
// not written.
func (e Entry) ValueAt(key string) diag.Location {
	e = e.writer(key)
	if n := e.value(key); n != nil {
		return locate(e.file, n)
	}
	return e.At()
}

// KeyAt returns the place of a key, or of the entry when the key is not written.
func (e Entry) KeyAt(key string) diag.Location {
	e = e.writer(key)
	if n := keyIn(e.node, key); n != nil {
		return locate(e.file, n)
	}
	return e.At()
}

// writer returns the entry that a key is written in.
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

// ItemAt returns the place of item i of a list, or of the list when there is no
// such item.
func (e Entry) ItemAt(key string, i int) diag.Location {
	e, i = e.Written(key, i)
	if n := e.value(key); n != nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
		return locate(e.file, n.Content[i])
	}
	return e.ValueAt(key)
}

// PairAt returns the place of a value in a mapping that is the value of key.
func (e Entry) PairAt(key, inner string) diag.Location {
	if n := e.value(key); n != nil {
		return Entry{file: e.file, node: n}.ValueAt(inner)
	}
	return e.At()
}

// PairKeyAt returns the place of a key in a mapping that is the value of key.
func (e Entry) PairKeyAt(key, inner string) diag.Location {
	if n := keyIn(e.value(key), inner); n != nil {
		return locate(e.file, n)
	}
	return e.ValueAt(key)
}

// keyIn returns the node of a key of a mapping, nil if there is none.
func keyIn(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i]
		}
	}
	return nil
}

// Text returns the text of the scalar that was written for the key, or "". Null
// is no text, however it is written, and line ends at the end are none of it.
func (e Entry) Text(key string) string {
	if n := e.value(key); n != nil && n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
		return strings.TrimRight(n.Value, "\n")
	}
	return ""
}

func (e Entry) value(key string) *yaml.Node {
	if e.node == nil || e.node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(e.node.Content); i += 2 {
		if e.node.Content[i].Value == key {
			return e.node.Content[i+1]
		}
	}
	return nil
}

// locate returns the stretch of text that a node covers on its first line.
// yaml.v3 knows only where a node begins; the end is read off the text.
func locate(file *diag.File, n *yaml.Node) diag.Location {
	if file == nil || n == nil {
		return diag.Location{File: file}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		return stretch(file, n, scalarLength(textAt(file, n), n))
	case yaml.AliasNode:
		return stretch(file, n, len("*")+utf8.RuneCountInString(n.Value))
	}
	return stretch(file, n, 0)
}

// stretch returns the place of as many characters, from where a node begins.
func stretch(file *diag.File, n *yaml.Node, length int) diag.Location {
	start := diag.Pos{Line: n.Line, Column: n.Column}
	return diag.Location{File: file, Start: start, End: diag.Pos{Line: start.Line, Column: start.Column + length}}
}

// textAt returns what stands on the line of a node from where it begins.
func textAt(file *diag.File, n *yaml.Node) string {
	return file.From(diag.Pos{Line: n.Line, Column: n.Column})
}

// scalarLength returns how many characters of text, in which the scalar begins,
// belong to it on this line.
func scalarLength(text string, n *yaml.Node) int {
	end := len(text)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		end, _ = closingQuote(text, '"')
	case n.Style&yaml.SingleQuotedStyle != 0:
		end, _ = closingQuote(text, '\'')
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end = 1
	case strings.HasPrefix(text, n.Value):
		end = len(n.Value)
	}
	return utf8.RuneCountInString(text[:min(end, len(text))])
}

// closingQuote returns the offset after the quote that ends the scalar at the
// start of text, or the length of text when it ends on a later line.
func closingQuote(text string, quote byte) (end int, closed bool) {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == '"':
			i++
		case text[i] != quote:
		case quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		default:
			return i + 1, true
		}
	}
	return len(text), false
}

// Extension is an x- key, kept for whoever put it there.
type Extension struct {
	Key   string
	Value json.RawMessage
}
