package draft

import (
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"
)

// An Entry is a mapping of the table: the table itself, a class, a code, or a part of one. Its
// comments mark what the author has to check.
type Entry yaml.Node

// NewEntry returns an empty entry.
func NewEntry() *Entry { return &Entry{Kind: yaml.MappingNode} }

// Scalar returns a value with a tag such as "!!bool".
func Scalar(tag, s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: s} }

// Get returns the value of a key. It returns nil if the entry lacks the key.
func (e *Entry) Get(key string) *yaml.Node {
	for i := 0; i < len(e.Content); i += 2 {
		if e.Content[i].Value == key {
			return e.Content[i+1]
		}
	}
	return nil
}

// Put sets a value.
func (e *Entry) Put(key string, v *yaml.Node) {
	if old := e.Get(key); old != nil {
		*old = *v
		return
	}
	e.Content = append(e.Content, Scalar("!!str", key), v)
}

// PutText sets a text.
func (e *Entry) PutText(key, s string) { e.Put(key, Scalar("!!str", s)) }

// PutNumber sets a whole number.
func (e *Entry) PutNumber(key string, n int) { e.Put(key, Scalar("!!int", strconv.Itoa(n))) }

// PutEntry sets an entry, unless it is empty.
func (e *Entry) PutEntry(key string, v *Entry) {
	if len(v.Content) > 0 {
		e.Put(key, (*yaml.Node)(v))
	}
}

// Set sets a text of one line, or of several for the key details. It returns false if the entry
// has another one.
func (e *Entry) Set(key, s string) bool {
	if key != "details" {
		s = Line(s)
	} else {
		s = Text(s)
	}
	old := e.Text(key)
	if s != "" && old == "" {
		e.PutText(key, s)
	}
	return s == "" || old == "" || old == s
}

// Guess sets a text that the author has to check.
func (e *Entry) Guess(key, s, why string) {
	e.PutText(key, s)
	e.Doubt(key, why)
}

// Doubt marks the value of a key as one that the author has to check.
func (e *Entry) Doubt(key, why string) { e.Get(key).LineComment = "# TODO: " + Line(why) }

// Text returns a text, or "".
func (e *Entry) Text(key string) string {
	if v := e.Get(key); v != nil && v.Tag == "!!str" {
		return v.Value
	}
	return ""
}

// Add adds texts to a list.
func (e *Entry) Add(key string, all ...string) {
	for _, s := range all {
		if s = Text(s); s != "" {
			e.addNode(key, Scalar("!!str", s))
		}
	}
}

// addNode adds a value to a list.
func (e *Entry) addNode(key string, v *yaml.Node) {
	list := e.Get(key)
	if list == nil {
		list = &yaml.Node{Kind: yaml.SequenceNode}
		e.Put(key, list)
	}
	list.Content = append(list.Content, v)
}

// AddEntry adds an entry to a list.
func (e *Entry) AddEntry(key string, v *Entry) { e.addNode(key, (*yaml.Node)(v)) }

// Sub returns the entry under a key. It adds the entry if it is missing.
func (e *Entry) Sub(key string) *Entry {
	if e.Get(key) == nil {
		e.Put(key, (*yaml.Node)(NewEntry()))
	}
	return (*Entry)(e.Get(key))
}

// Take removes a key and returns the values in its list.
func (e *Entry) Take(key string) []*yaml.Node {
	for i := 0; i < len(e.Content); i += 2 {
		if e.Content[i].Value == key {
			v := e.Content[i+1]
			e.Content = slices.Delete(e.Content, i, i+2)
			return v.Content
		}
	}
	return nil
}

// Remark adds a comment for the author.
func (e *Entry) Remark(s string) {
	if e.HeadComment != "" {
		e.HeadComment += "\n"
	}
	e.HeadComment += "# TODO: " + Line(s)
}

// isMarked reports whether the author has to check a value or one in it.
func isMarked(n *yaml.Node) bool {
	return n != nil && (n.LineComment+n.HeadComment != "" || slices.ContainsFunc(n.Content, isMarked))
}
