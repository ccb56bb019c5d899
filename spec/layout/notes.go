// Comments are collected in slots before they are set on nodes: an entry may have a hundred
// thousand comments, so the lines are joined only once.

package layout

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A slot collects a head, line or foot comment of a node.
type slot struct {
	lines  []string // empty lines separate groups
	groups int      // number of complete groups
	line   int      // of the last comment in the text
}

// separate ends a group with an empty line, unless it already has one.
func (s *slot) separate() {
	if s.lines[len(s.lines)-1] == "" {
		return
	}
	s.lines = append(s.lines, "")
	s.groups++
}

func (s *slot) text() string { return strings.Join(s.lines, "\n") }

// An attached remark is a remark in a slot.
type attached struct {
	remark
	slot  *slot
	group int // index of its group in the slot
	entry int // index of the entry that it is about, or noEntry
}

// put adds a comment to a slot. It keeps an empty line before the comment.
func (a *attacher) put(to *string, r remark, about int) { a.putAt(to, r, about, r.line) }

// putAt is put for a comment that is treated as if it were on another line.
func (a *attacher) putAt(to *string, r remark, about, line int) {
	s := a.slots[to]
	switch {
	case s == nil:
		s = new(slot)
		a.slots[to] = s
	case s.line+1 < line:
		s.separate()
	}
	s.lines = append(s.lines, r.text)
	s.line = line
	a.attached = append(a.attached, attached{r, s, s.groups, about})
}

// A Note is a comment and the entry that it is about: a key with its value, or an
// item of a list.
type Note struct {
	Text  string
	Start diag.Pos
	Alone bool // nothing else is on its line

	// About is true if there is such an entry: the comment is directly above it, or at the
	// end of one of its lines. From is the start of the entry, and To the start of the next
	// entry that is not part of it. To is zero for the last entry.
	About    bool
	From, To diag.Pos

	inFlow bool // the entry is an item in brackets, which has no dash
}

// Contains reports whether a position is in the entry that the comment is about.
func (n Note) Contains(at diag.Pos) bool {
	return n.About && !at.Before(n.From) && (n.To == diag.Pos{} || at.Before(n.To))
}

// Covers reports whether a value that starts at a position is in the entry. A value that
// starts at the position of a key or a dash is not: it is the mapping or list around the
// entry, unless that is a list in brackets.
func (n Note) Covers(at diag.Pos) bool {
	return n.Contains(at) && (n.inFlow || at != n.From)
}

// unixLines returns a file with the line ends of Unix. Lines and columns do not change.
func unixLines(file *diag.File) *diag.File {
	if !strings.Contains(file.Text, "\r\n") {
		return file
	}
	return &diag.File{Name: file.Name, Text: strings.ReplaceAll(file.Text, "\r\n", "\n")}
}

// Notes returns the comments of a text. root is the tree of the text. Printing the text does
// not change the entries that its comments are about, so code that interprets comments uses
// Notes.
func Notes(file *diag.File, root *yaml.Node) []Note {
	_, a := attach(unixLines(file), root)
	notes := make([]Note, 0, len(a.attached))
	for _, p := range a.attached {
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
