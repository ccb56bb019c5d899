package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A File is a text that findings refer to. A byte order mark at its start is not part of
// the first line.
type File struct {
	Name string // as given by the user, with slashes; not made absolute
	Text string

	// Elsewhere is set if Name is not a local path: the file is part of a module, a revision
	// or errspec, or is standard input.
	Elsewhere bool

	// Hidden is set if the text must not be shown, because the file may not be the table
	// author's.
	Hidden bool

	split  sync.Once
	starts []int         // offset of each line
	within map[int][]int // for each long line, the offset of every columnStep-th character
}

const (
	byteOrderMark = "\uFEFF"
	columnStep    = 512
)

// Release releases the text, which must not be needed any more.
func (f *File) Release() {
	f.Text, f.starts, f.within, f.split = "", nil, nil, sync.Once{}
}

// lineStarts returns the offsets of the lines. It splits the text only once, because a table may
// have many findings.
func (f *File) lineStarts() []int {
	f.split.Do(func() {
		start := len(f.Text) - len(strings.TrimPrefix(f.Text, byteOrderMark))
		f.starts = append(make([]int, 0, strings.Count(f.Text, "\n")+1), start)
		for {
			line, _, found := strings.Cut(f.Text[start:], "\n")
			if len(line) > 2*columnStep {
				f.splitLine(start, line)
			}
			if !found {
				return
			}
			start += len(line) + 1
			f.starts = append(f.starts, start)
		}
	})
	return f.starts
}

// splitLine records offsets of a long line, because a table may be JSON on a single line.
func (f *File) splitLine(start int, line string) {
	var offsets []int
	column := 0
	for i := range line {
		if column%columnStep == 0 {
			offsets = append(offsets, start+i)
		}
		column++
	}
	if f.within == nil {
		f.within = make(map[int][]int)
	}
	f.within[len(f.starts)] = offsets
}

// Lines returns the number of lines. If the text ends with a line end, the last line is empty.
func (f *File) Lines() int { return len(f.lineStarts()) }

// Line returns line n, counted from 1, without its line end. It returns "" if there is no such
// line.
func (f *File) Line(n int) string {
	starts := f.lineStarts()
	if n < 1 || n > len(starts) {
		return ""
	}
	if n == len(starts) {
		return f.Text[starts[n-1]:]
	}
	return strings.TrimSuffix(f.Text[starts[n-1]:starts[n]-1], "\r")
}

// From returns the rest of a line from a position on, without the line end. It returns "" if there
// is no such position.
func (f *File) From(p Pos) string {
	line := f.Line(p.Line)
	if line == "" || p.Column < 1 {
		return ""
	}
	skip := p.Column - 1
	if offsets := f.within[p.Line]; offsets != nil {
		step := skip / columnStep
		if step >= len(offsets) {
			return ""
		}
		line = line[offsets[step]-f.starts[p.Line-1]:]
		skip -= step * columnStep
	}
	for i := range line {
		if skip == 0 {
			return line[i:]
		}
		skip--
	}
	return ""
}

// Offset returns the offset of a position. It returns the end of the line if the line is shorter.
func (f *File) Offset(p Pos) int {
	starts := f.lineStarts()
	if p.Line < 1 || p.Line > len(starts) {
		return len(f.Text)
	}
	return starts[p.Line-1] + len(f.Line(p.Line)) - len(f.From(p))
}

// Position returns the position of the byte at offset.
func (f *File) Position(offset int) Pos {
	starts := f.lineStarts()
	line, isStart := slices.BinarySearch(starts, offset)
	if isStart {
		line++
	}
	line = max(line, 1) // the byte order mark precedes the first line
	from, column := min(starts[line-1], offset), 1
	if step, _ := slices.BinarySearch(f.within[line], offset); step > 0 { // count from the last recorded offset
		from, column = f.within[line][step-1], (step-1)*columnStep+1
	}
	return Pos{line, column + utf8.RuneCountInString(f.Text[from:offset])}
}

// AtLine returns the location at the start of a line, counted from 1. If the line is not known, it
// is that of the first.
func (f *File) AtLine(n int) Location {
	at := Pos{Line: max(n, 1), Column: 1}
	return Location{File: f, Start: at, End: at}
}

// Pos is a position in a text. Lines and columns count from 1; a column is a Unicode code point. The
// zero Pos is an unknown position.
type Pos struct {
	Line, Column int
}

// Before reports whether p is before q in a text.
func (p Pos) Before(q Pos) bool { return p.compare(q) < 0 }

func (p Pos) compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Location is a range of a file. End is exclusive and may equal Start.
type Location struct {
	File       *File
	Start, End Pos
}

// String returns "file:line:col", "file" if the position is unknown, or "-" if the file is nil.
func (l Location) String() string {
	switch {
	case l.File == nil:
		return "-"
	case l.Start.Line == 0:
		return l.File.Name
	}
	return fmt.Sprintf("%s:%d:%d", l.File.Name, l.Start.Line, l.Start.Column)
}

// compare orders locations by file name, then by position.
func (l Location) compare(m Location) int {
	return cmp.Or(cmp.Compare(l.name(), m.name()), l.Start.compare(m.Start), l.End.compare(m.End))
}

func (l Location) name() string {
	if l.File == nil {
		return ""
	}
	return l.File.Name
}
