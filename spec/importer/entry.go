package importer

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// An entry is a mapping of the table: the table itself, a class, a code, or a part of one.
type entry struct {
	keys    []string
	values  map[string]any    // string, literal, *entry, or []any of these
	todo    map[string]string // by key: the reason why the author has to check a value
	remarks []string          // for comments: content of the source that has no key
}

// A literal is a number or boolean.
type literal string

func newEntry() *entry { return &entry{values: make(map[string]any), todo: make(map[string]string)} }

// put sets a value.
func (e *entry) put(key string, v any) {
	if _, ok := e.values[key]; !ok {
		e.keys = append(e.keys, key)
	}
	e.values[key] = v
}

// set sets a text. It returns false if the entry has another one.
func (e *entry) set(key, s string) bool {
	if key != keyDetails {
		s = line(s)
	} else {
		s = text(s)
	}
	old := e.text(key)
	if s != "" && old == "" {
		e.put(key, s)
	}
	return s == "" || old == "" || old == s
}

// guess sets a text that the author has to check.
func (e *entry) guess(key, s, why string) {
	e.put(key, s)
	e.todo[key] = why
}

// text returns a text, or "".
func (e *entry) text(key string) string {
	s, _ := e.values[key].(string)
	return s
}

// add adds texts to a list.
func (e *entry) add(key string, all ...string) {
	for _, s := range all {
		if s = text(s); s != "" {
			e.put(key, append(e.list(key), s))
		}
	}
}

// list returns a list. It returns nil if the entry has none.
func (e *entry) list(key string) []any {
	all, _ := e.values[key].([]any)
	return all
}

// sub returns the entry under a key. It adds the entry if it is missing.
func (e *entry) sub(key string) *entry {
	if s, ok := e.values[key].(*entry); ok {
		return s
	}
	s := newEntry()
	e.put(key, s)
	return s
}

func (e *entry) drop(key string) {
	delete(e.values, key)
	e.keys = slices.DeleteFunc(e.keys, func(k string) bool { return k == key })
}

// remark adds a comment for the author.
func (e *entry) remark(s string) { e.remarks = append(e.remarks, line(s)) }

// todos reports whether the author has to check the entry or one in it.
func (e *entry) todos() bool {
	return len(e.todo) > 0 || len(e.remarks) > 0 || slices.ContainsFunc(e.keys, func(k string) bool { return hasTodo(e.values[k]) })
}

func hasTodo(v any) bool {
	switch v := v.(type) {
	case *entry:
		return v.todos()
	case []any:
		return slices.ContainsFunc(v, hasTodo)
	}
	return false
}

// node returns the entry as YAML. The printer orders its keys.
func (e *entry) node() *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for _, k := range e.keys {
		n := nodeOf(e.values[k])
		if why := e.todo[k]; why != "" {
			n.LineComment = "# TODO: " + line(why)
		}
		m.Content = append(m.Content, nodeOf(k), n)
	}
	for i, s := range e.remarks {
		if i > 0 {
			m.HeadComment += "\n"
		}
		m.HeadComment += "# TODO: " + s
	}
	return m
}

func nodeOf(v any) *yaml.Node {
	switch v := v.(type) {
	case *entry:
		return v.node()
	case []any:
		seq := &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range v {
			seq.Content = append(seq.Content, nodeOf(item))
		}
		return seq
	case literal:
		tag := "!!int"
		if v == "true" {
			tag = "!!bool"
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: string(v)}
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: v.(string)}
}
