package form

import (
	"sort"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// subject returns the path of keys to a node, such as "codes/busy/retry/action". Items of lists
// are identified by their code or name if they have one, so that the path does not depend on
// line numbers and order.
func (d *Decoder) subject(target *yaml.Node) string {
	var path []string
	for n := d.root; n != nil && n != target; {
		switch n.Kind {
		case yaml.MappingNode:
			pairs := len(n.Content) / 2
			i := sort.Search(pairs, func(i int) bool { return after(n.Content[2*i], target) }) - 1
			if i < 0 {
				return strings.Join(path, "/")
			}
			path = append(path, nameOfScalar(n.Content[2*i]))
			if after(n.Content[2*i+1], target) {
				return strings.Join(path, "/")
			}
			n = n.Content[2*i+1]
		case yaml.SequenceNode:
			i := sort.Search(len(n.Content), func(i int) bool { return after(n.Content[i], target) }) - 1
			if i < 0 {
				return strings.Join(path, "/")
			}
			n = n.Content[i]
			path = append(path, d.itemName(n, i))
		default:
			return strings.Join(path, "/")
		}
	}
	return strings.Join(path, "/")
}

// after reports whether n starts after m.
func after(n, m *yaml.Node) bool {
	return n.Line > m.Line || n.Line == m.Line && n.Column > m.Column
}

// itemName returns the name of an item of a list in a subject.
func (d *Decoder) itemName(n *yaml.Node, i int) string {
	if n.Kind == yaml.ScalarNode {
		return nameOfScalar(n)
	}
	name, ok := d.names[n]
	if !ok {
		name = nameOf(n, i)
		d.names[n] = name
	}
	return name
}

func nameOf(n *yaml.Node, i int) string {
	for _, key := range []string{"code", "name", "table", "title"} {
		if v := valueOf(n, key); v != nil && v.Kind == yaml.ScalarNode && v.Value != "" {
			return nameOfScalar(v)
		}
	}
	return strconv.Itoa(i)
}

// nameOfScalar returns the name of a scalar in a subject, which does not depend on its YAML form.
func nameOfScalar(n *yaml.Node) string {
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!bool":
		return strings.ToLower(n.Value)
	}
	return brief(n.Value)
}

// brief shortens a text of the table for a subject. It removes the line end of a YAML block.
func brief(s string) string {
	s = strings.TrimRight(s, "\n")
	if r := []rune(s); len(r) > maxQuoted {
		return string(r[:maxQuoted])
	}
	return s
}
