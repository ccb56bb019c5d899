package form

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// Entry is the part that all decoded objects share: the x- keys and the location in the file.
// The zero Entry has no location.
type Entry struct {
	Extensions []Extension

	file   *diag.File
	node   *yaml.Node
	more   []continuation
	unread []string // keys whose values could not be decoded
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

// ReleaseSource releases the nodes under the entry, which take more memory than the decoded
// values. Afterwards the locations of keys and items are that of the entry, and Has returns
// false.
func (e *Entry) ReleaseSource() {
	release(e.node)
	for _, c := range e.more {
		c.entry.ReleaseSource()
	}
	e.more = nil
}

func release(n *yaml.Node) {
	if n == nil {
		return
	}
	for _, child := range n.Content {
		release(child)
	}
	n.Content = nil
}

// At returns the location of the entry.
func (e Entry) At() diag.Location { return locate(e.file, e.node) }

// Has reports whether the file contains the key.
func (e Entry) Has(key string) bool { return e.value(key) != nil }

// Unread reports whether the key has a value that could not be decoded. The decoded value is then
// zero, a finding reports it, and no check may rely on it.
func (e Entry) Unread(key string) bool { return slices.Contains(e.unread, key) }

// ValueAt returns the location of a key's value, or that of the entry if it does not have the key.
func (e Entry) ValueAt(key string) diag.Location {
	e = e.writer(key)
	if n := e.value(key); n != nil {
		return locate(e.file, n)
	}
	return e.At()
}

// KeyAt returns the location of a key, or that of the entry if it does not have the key.
func (e Entry) KeyAt(key string) diag.Location {
	e = e.writer(key)
	if n := keyIn(e.node, key); n != nil {
		return locate(e.file, n)
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
	if n := e.value(key); n != nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
		return locate(e.file, n.Content[i])
	}
	return e.ValueAt(key)
}

// PairAt returns the location of a value in the mapping that is the value of key.
func (e Entry) PairAt(key, inner string) diag.Location {
	e = e.pairWriter(key, inner)
	if n := e.value(key); n != nil {
		return Entry{file: e.file, node: n}.ValueAt(inner)
	}
	return e.At()
}

// PairKeyAt returns the location of a key in the mapping that is the value of key.
func (e Entry) PairKeyAt(key, inner string) diag.Location {
	e = e.pairWriter(key, inner)
	if n := keyIn(e.value(key), inner); n != nil {
		return locate(e.file, n)
	}
	return e.ValueAt(key)
}

// PairItemAt returns the location of item i of a list in a mapping that is the value of key, or
// of the value if that is not a list.
func (e Entry) PairItemAt(key, inner string, i int) diag.Location {
	e = e.pairWriter(key, inner)
	return Entry{file: e.file, node: e.value(key)}.ItemAt(inner, i)
}

// pairWriter returns the entry in which a pair of the mapping that is the value of key is
// written: e, or one that continues it.
func (e Entry) pairWriter(key, inner string) Entry {
	if keyIn(e.value(key), inner) != nil {
		return e
	}
	for _, c := range e.more {
		if c.key == key && keyIn(c.entry.value(key), inner) != nil {
			return c.entry
		}
	}
	return e
}

// keyIn returns the node of a key of a mapping. It returns nil if there is no such key.
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

// Text returns the scalar value of a key as text, without line ends at the end. It returns "" if
// the value is null, if it is not a scalar, or if there is no such key.
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
// yaml.v3 reports only the start of a node, so the end is found in the text.
func locate(file *diag.File, n *yaml.Node) diag.Location {
	if file == nil || n == nil {
		return diag.Location{File: file}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		return span(file, n, scalarLength(textAt(file, n), n))
	case yaml.AliasNode:
		return span(file, n, len("*")+utf8.RuneCountInString(n.Value))
	}
	return span(file, n, 0)
}

// span returns the location of length characters from the start of a node.
func span(file *diag.File, n *yaml.Node, length int) diag.Location {
	start := diag.Pos{Line: n.Line, Column: n.Column}
	return diag.Location{File: file, Start: start, End: diag.Pos{Line: start.Line, Column: start.Column + length}}
}

// textAt returns the rest of the line from the start of a node.
func textAt(file *diag.File, n *yaml.Node) string {
	return file.From(diag.Pos{Line: n.Line, Column: n.Column})
}

// scalarLength returns the length of the scalar at the start of text, up to the end of its first
// line, in characters.
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

// closingQuote returns the offset after the closing quote of the scalar at the start of text. It
// returns the length of text and false if the closing quote is not in text.
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

// Extension is an x- key with its value.
type Extension struct {
	Key   string
	Value json.RawMessage
}
