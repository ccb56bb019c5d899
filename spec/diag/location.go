package diag

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

// A File is a text that findings point into.
type File struct {
	Name string // as the user wrote it; slashes, never made absolute
	Text string
}

// Line returns the text of line n, counted from 1, without its line end.
// It is empty for a line that the file does not have.
func (f *File) Line(n int) string {
	rest := f.Text
	for ; n > 1; n-- {
		_, after, found := strings.Cut(rest, "\n")
		if !found {
			return ""
		}
		rest = after
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, "\r")
}

// Position returns the place of the byte at offset.
func (f *File) Position(offset int) Pos {
	before := f.Text[:offset]
	line := strings.Count(before, "\n") + 1
	start := strings.LastIndexByte(before, '\n') + 1
	return Pos{line, utf8.RuneCountInString(before[start:]) + 1}
}

// Pos is a place in a text. Lines and columns count from 1; a column is a
// Unicode code point. The zero Pos means that no place is known.
type Pos struct {
	Line, Column int
}

// Location is a stretch of a file. End is exclusive and may equal Start.
type Location struct {
	File       *File
	Start, End Pos
}

// String returns "file:line:col", or only what is known of it.
func (l Location) String() string {
	switch {
	case l.File == nil:
		return "-"
	case l.Start.Line == 0:
		return l.File.Name
	}
	return fmt.Sprintf("%s:%d:%d", l.File.Name, l.Start.Line, l.Start.Column)
}

func (l Location) compare(m Location) int {
	return cmp.Or(
		cmp.Compare(l.name(), m.name()),
		cmp.Compare(l.Start.Line, m.Start.Line),
		cmp.Compare(l.Start.Column, m.Start.Column),
	)
}

func (l Location) name() string {
	if l.File == nil {
		return ""
	}
	return l.File.Name
}
