package importer

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// An entry is a mapping of the table: the table itself, a class, a code, or a part of one.
// Comments mark what the author has to check.
type entry yaml.Node

func newEntry() *entry { return &entry{Kind: yaml.MappingNode} }

func scalar(tag, s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: s} }

// get returns the value of a key. It returns nil if there is none.
func (e *entry) get(key string) *yaml.Node {
	for i := 0; i < len(e.Content); i += 2 {
		if e.Content[i].Value == key {
			return e.Content[i+1]
		}
	}
	return nil
}

// put sets a value.
func (e *entry) put(key string, v *yaml.Node) {
	if old := e.get(key); old != nil {
		*old = *v
		return
	}
	e.Content = append(e.Content, scalar("!!str", key), v)
}

// putText sets a text.
func (e *entry) putText(key, s string) { e.put(key, scalar("!!str", s)) }

// set sets a text. It returns false if the entry has another one.
func (e *entry) set(key, s string) bool {
	if key != keyDetails {
		s = line(s)
	} else {
		s = text(s)
	}
	old := e.text(key)
	if s != "" && old == "" {
		e.putText(key, s)
	}
	return s == "" || old == "" || old == s
}

// guess sets a text that the author has to check.
func (e *entry) guess(key, s, why string) {
	e.putText(key, s)
	e.get(key).LineComment = "# TODO: " + line(why)
}

// text returns a text, or "".
func (e *entry) text(key string) string {
	if v := e.get(key); v != nil && v.Tag == "!!str" {
		return v.Value
	}
	return ""
}

// add adds texts to a list.
func (e *entry) add(key string, all ...string) {
	for _, s := range all {
		if s = text(s); s != "" {
			e.addNode(key, scalar("!!str", s))
		}
	}
}

// addNode adds a value to a list.
func (e *entry) addNode(key string, v *yaml.Node) {
	list := e.get(key)
	if list == nil {
		list = &yaml.Node{Kind: yaml.SequenceNode}
		e.put(key, list)
	}
	list.Content = append(list.Content, v)
}

// addEntry adds an entry to a list.
func (e *entry) addEntry(key string, v *entry) { e.addNode(key, (*yaml.Node)(v)) }

// sub returns the entry under a key. It adds the entry if it is missing.
func (e *entry) sub(key string) *entry {
	if e.get(key) == nil {
		e.put(key, (*yaml.Node)(newEntry()))
	}
	return (*entry)(e.get(key))
}

// take removes a key and returns the values in its list.
func (e *entry) take(key string) []*yaml.Node {
	for i := 0; i < len(e.Content); i += 2 {
		if e.Content[i].Value == key {
			v := e.Content[i+1]
			e.Content = slices.Delete(e.Content, i, i+2)
			return v.Content
		}
	}
	return nil
}

// remark adds a comment for the author.
func (e *entry) remark(s string) {
	if e.HeadComment != "" {
		e.HeadComment += "\n"
	}
	e.HeadComment += "# TODO: " + line(s)
}

// isMarked reports whether the author has to check a value or one in it.
func isMarked(n *yaml.Node) bool {
	return n.LineComment+n.HeadComment != "" || slices.ContainsFunc(n.Content, isMarked)
}
