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
	next   int // index of the first entry after this one that is not inside it
}

// A collection is a mapping or a list.
type collection struct {
	node   *yaml.Node
	parent *collection
	column int
	flow   bool
}

// An attacher attaches the comments of a text to its nodes.
type attacher struct {
	file     *diag.File
	lines    []int // offset of each line
	entries  []entry
	starts   []start            // of all nodes to which a comment at the end of a line can belong
	about    map[*yaml.Node]int // index of the entry of a key, value or item
	byNode   map[*yaml.Node]*collection
	slots    map[*string]*slot
	attached []attached // all comments, in their order
}

// A start is a node and its offset.
type start struct {
	node   *yaml.Node
	offset int
}

// noEntry is the index of no entry.
const noEntry = -1

// Attach returns the document of a text, with its comments on the nodes from which [Print]
// reads them. root is the tree of the text; Attach replaces the comments of yaml.v3.
//
// A comment at the end of a line belongs to the last entry that starts or ends on that line.
// A comment on a separate line belongs to the next entry, unless that is less indented: then
// it ends the list or mapping with its indentation. Comments above the first key belong to
// the document if an empty line separates them from the key, or if they name the schema for
// an editor. [Notes] returns the same as positions.
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
	a.addStart(root, offset(file, a.lines, root))
	a.walk(root, nil)
	headed := noEntry // the last entry with a comment above it
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
			s.separate()
		}
	}
	if s := a.slots[&doc.HeadComment]; s != nil && root.Style&yaml.FlowStyle != 0 && len(root.Content) > 0 {
		s.separate() // in block style, the comment would belong to the first key
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
		at := offset(a.file, a.lines, child)
		e := entry{node: child, in: c, line: child.Line, column: child.Column, start: at}
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
			a.addStart(child, e.start)
		}
		if isInline {
			a.entries[own].value = at
		}
		a.walk(child, c)
		a.entries[own].next = len(a.entries)
	}
}

func (a *attacher) addStart(n *yaml.Node, offset int) { a.starts = append(a.starts, start{n, offset}) }

// dash returns the line and offset of the dash of an item, which is on the line of the item
// or above it.
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

// trailing attaches a comment at the end of a line to the entry of the last node before it. If
// a closing bracket is directly before the comment, the entry is that of its collection. An
// entry can have one such comment; others are put above the entry. trailing reports whether
// there is such an entry.
func (a *attacher) trailing(doc *yaml.Node, r remark) bool {
	target := r.closed
	if target == nil {
		i := sort.Search(len(a.starts), func(i int) bool { return a.starts[i].offset > r.offset })
		if i == 0 {
			return false
		}
		target = a.starts[i-1].node
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

// putAbove puts a comment inside an entry above the entry.
func (a *attacher) putAbove(own int, r remark) {
	e := a.entries[own]
	a.putAt(&e.node.HeadComment, r, own, e.line)
}

// foot returns the collection that a comment ends. It returns nil if the comment belongs to
// the next entry. In flow style the closing bracket determines the collection; in block
// style, the indentation does.
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
			found = c // if a list is not indented more than its key, use the mapping
		}
	}
	return found
}

// within reports whether an entry is inside a collection.
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

// top attaches the comments that belong to the document, and returns the others.
func (a *attacher) top(doc, root *yaml.Node, all []remark) []remark {
	first := offset(a.file, a.lines, root)
	above := sort.Search(len(all), func(i int) bool { return all[i].offset > first })
	group := above // index of the first comment that is directly above the root
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
		a.slots[&doc.HeadComment].separate()
	}
	return all[own:]
}
