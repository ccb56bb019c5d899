package layout

import (
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// An entry is a key with its value, or an item of a list.
type entry struct {
	node   *yaml.Node // the key or the item, which bears the comment above it
	in     *collection
	start  int // offset of the key or of the item's dash
	line   int
	column int // of the key or of the dash
}

// A collection is a mapping or a list.
type collection struct {
	node   *yaml.Node
	parent *collection
	column int
	flow   bool
}

// An attacher puts the comments of a text on the nodes that they belong to.
type attacher struct {
	file    *diag.File
	lines   []int // offset of each line
	entries []entry
	nodes   []begun // everything that the end of a line can belong to
	byNode  map[*yaml.Node]*collection
	last    map[*string]int // the line of the last comment that was put somewhere
}

// begun is a node and where it begins.
type begun struct {
	node  *yaml.Node
	start int
}

// Attach returns the document that a text is, with its comments where [Print]
// looks for them. root is the tree of the text; comments that yaml.v3 has put
// there are replaced.
//
// A comment at the end of a line belongs to what the line says. A comment on a
// line of its own belongs to what follows, unless that is less indented: then it
// ends the list or mapping that it is as far in as. Comments above the first key
// belong to the document if an empty line keeps them apart from it, or if they
// tell an editor about the schema.
func Attach(file *diag.File, root *yaml.Node) *yaml.Node {
	doc := &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}}
	a := &attacher{file: file, lines: lineOffsets(file.Text), byNode: make(map[*yaml.Node]*collection), last: make(map[*string]int)}
	a.begin(root, offset(file, a.lines, root))
	a.walk(root, nil)
	headed := -1 // the entry that has got a comment above it
	for _, r := range a.top(doc, root, remarks(file, root)) {
		if !r.alone && a.trailing(r) {
			continue
		}
		next := sort.Search(len(a.entries), func(i int) bool { return a.entries[i].start > r.offset })
		switch c := a.foot(r, next); {
		case c != nil && headed != next:
			a.put(&c.node.FootComment, r)
		case next < len(a.entries):
			a.put(&a.entries[next].node.HeadComment, r)
			headed = next
		default:
			a.put(&doc.FootComment, r)
		}
	}
	for _, e := range a.entries {
		if line, ok := a.last[&e.node.HeadComment]; ok && line+1 < e.line {
			e.node.HeadComment += "\n"
		}
	}
	return doc
}

// put adds a comment to others, with an empty line if there is one between them.
func (a *attacher) put(to *string, r remark) {
	if *to != "" {
		*to += "\n"
		if a.last[to]+1 < r.line {
			*to += "\n"
		}
	}
	*to += r.text
	a.last[to] = r.line
}

// walk notes the entries of a tree.
func (a *attacher) walk(n *yaml.Node, in *collection) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	if n.Kind == yaml.ScalarNode {
		return
	}
	c := &collection{node: n, parent: in, column: n.Column, flow: n.Style&yaml.FlowStyle != 0}
	a.byNode[n] = c
	for i, child := range n.Content {
		e := entry{node: child, in: c, line: child.Line, column: child.Column, start: offset(a.file, a.lines, child)}
		isValue := n.Kind == yaml.MappingNode && i%2 == 1
		if n.Kind == yaml.SequenceNode && !c.flow {
			e.column = n.Column
			e.line, e.start = a.dash(n, child, e.start)
		}
		if !isValue {
			a.entries = append(a.entries, e)
		}
		if !isValue || child.Kind == yaml.ScalarNode || child.Style&yaml.FlowStyle != 0 {
			a.begin(child, e.start)
		}
		a.walk(child, c)
	}
}

func (a *attacher) begin(n *yaml.Node, start int) { a.nodes = append(a.nodes, begun{n, start}) }

// dash returns where the dash of an item stands: on the line of the item, or on
// one above it.
func (a *attacher) dash(seq, item *yaml.Node, fallback int) (line, start int) {
	for line := item.Line; line >= seq.Line; line-- {
		rest := a.file.From(diag.Pos{Line: line, Column: seq.Column})
		if strings.HasPrefix(rest, "-") && (line < item.Line || seq.Column < item.Column) {
			whole := a.file.Line(line)
			return line, a.lines[line-1] + len(whole) - len(rest)
		}
		if content := strings.TrimSpace(a.file.Line(line)); line < item.Line && content != "" && content[0] != '#' {
			break
		}
	}
	return item.Line, fallback
}

// trailing puts a comment at the end of a line on what begins last before it, or
// on what a bracket before it ends. It reports whether it did: there may be one
// already.
func (a *attacher) trailing(r remark) bool {
	target := r.closed
	if target == nil {
		i := sort.Search(len(a.nodes), func(i int) bool { return a.nodes[i].start > r.offset })
		if i == 0 {
			return false
		}
		target = a.nodes[i-1].node
	}
	if target.LineComment != "" || target == r.flow && len(target.Content) > 0 { // behind an opening bracket
		return false
	}
	target.LineComment = r.text
	return true
}

// foot returns the collection that a comment ends, or nil if it belongs to the
// entry that follows. In brackets the closing one decides; elsewhere, indentation
// does.
func (a *attacher) foot(r remark, next int) *collection {
	if r.flow != nil {
		inner := a.byNode[r.flow]
		if next < len(a.entries) && a.entries[next].within(inner) {
			return nil
		}
		return inner
	}
	column := 0
	if next < len(a.entries) {
		column = a.entries[next].column
	}
	if next == 0 {
		return nil
	}
	var found *collection
	for c := a.entries[next-1].in; c != nil; c = c.parent {
		if c.flow || c.column > r.column || c.column <= column {
			continue
		}
		if found == nil || found.column == c.column && c.column == r.column {
			found = c // of a list that is no further in than its key, the outer one
		}
	}
	return found
}

// within reports whether an entry is inside of a collection.
func (e entry) within(c *collection) bool {
	for in := e.in; in != nil; in = in.parent {
		if in == c {
			return true
		}
	}
	return false
}

// modeline begins a comment that tells editors about the schema of a file.
const modeline = "# yaml-language-server:"

// top takes the comments that belong to the whole document, and returns the
// others.
func (a *attacher) top(doc, root *yaml.Node, all []remark) []remark {
	start := offset(a.file, a.lines, root)
	above := sort.Search(len(all), func(i int) bool { return all[i].offset > start })
	group := above // where the lines begin that stand directly above the root
	for line := root.Line - 1; group > 0 && all[group-1].line == line; line-- {
		group--
	}
	if root.Kind == yaml.ScalarNode || root.Style&yaml.FlowStyle != 0 {
		group = above
	}
	own := group
	for own < above && strings.HasPrefix(all[own].text, modeline) {
		own++
	}
	for _, r := range all[:own] {
		a.put(&doc.HeadComment, r)
	}
	if own > 0 && all[own-1].line+1 < root.Line && own == group {
		doc.HeadComment += "\n"
	}
	return all[own:]
}
