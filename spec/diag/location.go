package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A File is a text that findings point into. A byte order mark at its start is
// no part of the first line.
type File struct {
	Name string // as the user wrote it; slashes, never made absolute
	Text string

	// Elsewhere is set if Name is no path on this machine: the file is part of a
	// module, a revision or errspec, or is standard input.
	Elsewhere bool

	// Hidden is set if no line of the text may be shown, since the file belongs to
	// nobody who wrote a table.
	Hidden bool

	split  sync.Once
	starts []int         // the offset at which each line begins
	within map[int][]int // of long lines, the offset of every columnStep-th character
}

const (
	byteOrderMark = "\uFEFF"
	columnStep    = 512
)

// lineStarts splits the text once: a table of many codes asks for many lines.
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

// splitLine keeps columns of a long line: a table may be JSON on a single one.
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

// Lines returns how many lines the file has. One that ends with a line end has an
// empty last one.
func (f *File) Lines() int { return len(f.lineStarts()) }

// Line returns the text of line n, counted from 1, without its line end.
// It is empty for a line that the file does not have.
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

// From returns what stands on a line from a place on, without the line end. It
// is empty for a place that the file does not have.
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

// Offset returns where in the text a place is; behind the end of its line if the
// line is shorter.
func (f *File) Offset(p Pos) int {
	starts := f.lineStarts()
	if p.Line < 1 || p.Line > len(starts) {
		return len(f.Text)
	}
	return starts[p.Line-1] + len(f.Line(p.Line)) - len(f.From(p))
}

// Position returns the place of the byte at offset.
func (f *File) Position(offset int) Pos {
	starts := f.lineStarts()
	line, begins := slices.BinarySearch(starts, offset)
	if begins {
		line++
	}
	line = max(line, 1) // the byte order mark stands before the first line
	from, column := min(starts[line-1], offset), 1
	if step, _ := slices.BinarySearch(f.within[line], offset); step > 0 { // those before the place
		from, column = f.within[line][step-1], (step-1)*columnStep+1
	}
	return Pos{line, column + utf8.RuneCountInString(f.Text[from:offset])}
}

// Pos is a place in a text. Lines and columns count from 1; a column is a
// Unicode code point. The zero Pos means that no place is known.
type Pos struct {
	Line, Column int
}

// Before reports whether p comes before q in a text.
func (p Pos) Before(q Pos) bool { return p.compare(q) < 0 }

func (p Pos) compare(q Pos) int {
	return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
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

// compare orders places as people read: by the names of their files, then from
// top to bottom.
func (l Location) compare(m Location) int {
	return cmp.Or(cmp.Compare(l.name(), m.name()), l.Start.compare(m.Start), l.End.compare(m.End))
}

func (l Location) name() string {
	if l.File == nil {
		return ""
	}
	return l.File.Name
}
