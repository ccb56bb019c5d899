// Comments while they are put on nodes: an entry may have a hundred thousand, so
// the lines are joined once, in the end.

package layout

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A slot is one of the comments of a node.
type slot struct {
	lines  []string // empty ones separate groups
	groups int      // how many groups are complete
	line   int      // of the text, where the last comment is
}

// part ends a group with an empty line, unless one does.
func (s *slot) part() {
	if s.lines[len(s.lines)-1] == "" {
		return
	}
	s.lines = append(s.lines, "")
	s.groups++
}

func (s *slot) text() string { return strings.Join(s.lines, "\n") }

// A placed remark is one in a slot.
type placed struct {
	remark
	slot  *slot
	group int // of the slot
	entry int // that it is about, or noEntry
}

// put adds a comment to a slot, with an empty line if there is one between them.
func (a *attacher) put(to *string, r remark, about int) { a.putAt(to, r, about, r.line) }

// putAt does so as if the comment were on another line.
func (a *attacher) putAt(to *string, r remark, about, line int) {
	s := a.slots[to]
	switch {
	case s == nil:
		s = new(slot)
		a.slots[to] = s
	case s.line+1 < line:
		s.part()
	}
	s.lines = append(s.lines, r.text)
	s.line = line
	a.placed = append(a.placed, placed{r, s, s.groups, about})
}

// A Note is a comment and the entry that it is about: a key with its value, or an
// item of a list.
type Note struct {
	Text  string
	Start diag.Pos
	Alone bool // nothing else is on its line

	// About reports whether there is such an entry: the comment stands directly
	// above it, or at the end of a line of it. From is where the entry starts, and
	// To where the next one does that is not a part of it; zero for the last.
	About    bool
	From, To diag.Pos

	inFlow bool // the entry is an item in brackets, which has no dash
}

// Contains reports whether a position is in the entry that the comment is about.
func (n Note) Contains(at diag.Pos) bool {
	return n.About && !at.Before(n.From) && (n.To == diag.Pos{} || at.Before(n.To))
}

// Covers reports whether a value that starts at a position is in the entry. What
// starts where a key or a dash does is not: it is the mapping or the list around the
// entry, unless that is in brackets.
func (n Note) Covers(at diag.Pos) bool {
	return n.Contains(at) && (n.inFlow || at != n.From)
}

// unixLines returns a file with the line ends of Unix: nothing moves to another
// line or column.
func unixLines(file *diag.File) *diag.File {
	if !strings.Contains(file.Text, "\r\n") {
		return file
	}
	return &diag.File{Name: file.Name, Text: strings.ReplaceAll(file.Text, "\r\n", "\n")}
}

// Notes returns the comments of a text, of which root is the tree. They are about
// the same entries when the text is printed: whoever obeys comments reads them
// here.
func Notes(file *diag.File, root *yaml.Node) []Note {
	_, a := attach(unixLines(file), root)
	notes := make([]Note, 0, len(a.placed))
	for _, p := range a.placed {
		n := Note{Text: p.text, Start: diag.Pos{Line: p.line, Column: p.column}, Alone: p.alone}
		if p.entry != noEntry && p.group == p.slot.groups {
			e := a.entries[p.entry]
			n.About, n.From = true, diag.Pos{Line: e.line, Column: e.column}
			n.inFlow = e.in.flow && e.in.node.Kind == yaml.SequenceNode
			if e.next < len(a.entries) {
				n.To = diag.Pos{Line: a.entries[e.next].line, Column: a.entries[e.next].column}
			}
		}
		notes = append(notes, n)
	}
	return notes
}
