package layout

import (
	"sort"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// An entry is a key with its value, or an item of a list.
type entry struct {
	node   *yaml.Node // the key or the item, which has the comments of the entry
	in     *collection
	start  int // offset of the key or of the item's dash
	line   int
	column int // of the key or of the dash
	value  int // offset of the value or item if that is a scalar or in brackets
	next   int // the first entry after this one that is not inside of it
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
	begins  []begun            // everything that the end of a line can belong to
	about   map[*yaml.Node]int // the entry of a key, of a value and of an item
	byNode  map[*yaml.Node]*collection
	slots   map[*string]*slot
	placed  []placed // all comments, in their order
}

// begun is a node and where it begins.
type begun struct {
	node  *yaml.Node
	start int
}

// noEntry stands in place of an entry where there is none.
const noEntry = -1

// Attach returns the document that a text is, with its comments where [Print]
// looks for them. root is the tree of the text; comments that yaml.v3 has put
// there are replaced.
//
// A comment at the end of a line belongs to the entry that the line ends, or
// begins. A comment on a line of its own belongs to the entry that follows, unless
// that is less indented: then it ends the list or mapping that it is as far in as.
// Comments above the first key belong to the document if an empty line keeps them
// apart from it, or if they tell an editor about the schema. [Notes] returns the
// same as positions.
func Attach(file *diag.File, root *yaml.Node) *yaml.Node {
	doc, _ := attach(file, root)
	return doc
}

func attach(file *diag.File, root *yaml.Node) (*yaml.Node, *attacher) {
	doc := &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}}
	a := &attacher{
		file: file, lines: lineOffsets(file.Text),
		about: make(map[*yaml.Node]int), byNode: make(map[*yaml.Node]*collection), slots: make(map[*string]*slot),
	}
	a.begin(root, offset(file, a.lines, root))
	a.walk(root, nil)
	headed := noEntry // the entry that has got a comment above it
	for _, r := range a.top(doc, root, remarks(file, root)) {
		if !r.alone && a.trailing(doc, r) {
			continue
		}
		next := sort.Search(len(a.entries), func(i int) bool { return a.entries[i].start > r.offset })
		switch c := a.foot(r, next); {
		case next > 0 && a.entries[next-1].value > r.offset:
			a.putAbove(next-1, r)
		case c != nil && headed != next:
			a.put(&c.node.FootComment, r, noEntry)
		case next < len(a.entries):
			a.put(&a.entries[next].node.HeadComment, r, next)
			headed = next
		default:
			a.put(&doc.FootComment, r, noEntry)
		}
	}
	for _, e := range a.entries {
		if s := a.slots[&e.node.HeadComment]; s != nil && s.line+1 < e.line {
			s.part()
		}
	}
	if s := a.slots[&doc.HeadComment]; s != nil && root.Style&yaml.FlowStyle != 0 && len(root.Content) > 0 {
		s.part() // printed in block style, the first key would have it
	}
	for to, s := range a.slots {
		*to = s.text()
	}
	return doc, a
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
		start := offset(a.file, a.lines, child)
		e := entry{node: child, in: c, line: child.Line, column: child.Column, start: start}
		isValue := n.Kind == yaml.MappingNode && i%2 == 1
		if n.Kind == yaml.SequenceNode && !c.flow {
			e.column = n.Column
			e.line, e.start = a.dash(n, child, e.start)
		}
		own := len(a.entries)
		if isValue {
			own = a.about[n.Content[i-1]]
		} else {
			a.entries = append(a.entries, e)
		}
		a.about[child] = own
		isInline := child.Kind == yaml.ScalarNode || child.Style&yaml.FlowStyle != 0
		if !isValue || isInline {
			a.begin(child, e.start)
		}
		if isInline {
			a.entries[own].value = start
		}
		a.walk(child, c)
		a.entries[own].next = len(a.entries)
	}
}

func (a *attacher) begin(n *yaml.Node, start int) { a.begins = append(a.begins, begun{n, start}) }

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

// trailing puts a comment at the end of a line on the entry of what begins last
// before it, or of what a bracket before it ends. An entry has room for one; the
// others go above it. It reports whether there is such an entry.
func (a *attacher) trailing(doc *yaml.Node, r remark) bool {
	target := r.closed
	if target == nil {
		i := sort.Search(len(a.begins), func(i int) bool { return a.begins[i].start > r.offset })
		if i == 0 {
			return false
		}
		target = a.begins[i-1].node
	}
	own, ok := a.about[target]
	switch {
	case ok && a.slots[&a.entries[own].node.LineComment] == nil:
		a.put(&a.entries[own].node.LineComment, r, own)
	case ok:
		a.putAbove(own, r)
	case len(target.Content) == 0 && a.slots[&target.LineComment] == nil: // the root
		a.put(&target.LineComment, r, noEntry)
	case r.closed == nil && r.flow != nil:
		a.put(&doc.HeadComment, r, noEntry)
	default:
		a.put(&doc.FootComment, r, noEntry)
	}
	return true
}

// putAbove puts a comment that stands in an entry on the line above it.
func (a *attacher) putAbove(own int, r remark) {
	e := a.entries[own]
	a.putAt(&e.node.HeadComment, r, own, e.line)
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

// modeline is the start of a comment that names the schema of a file for editors.
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
		a.put(&doc.HeadComment, r, noEntry)
	}
	if own > 0 && all[own-1].line+1 < root.Line && own == group {
		a.slots[&doc.HeadComment].part()
	}
	return all[own:]
}
