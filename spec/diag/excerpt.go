package diag

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/prose"
)

const (
	maxExcerpt = 160 // columns of a source line that are shown where there is no terminal
	maxMessage = 500 // characters of a message; a table's own words can be of any length
)

// excerpt writes the line of a place with a caret under it.
func (p textPrinter) excerpt(b *strings.Builder, at Location, caret style) {
	if at.File == nil || at.File.Hidden || at.Start.Line == 0 {
		return
	}
	gutter := fmt.Sprintf("%5d", at.Start.Line)
	columns := maxExcerpt
	if p.width > 0 {
		columns = p.width - len(gutter+" | ") - len("……")/len("…")
	}
	w := windowOn(at, columns)
	if strings.TrimSpace(w.before+w.rest) == "" {
		return
	}
	fmt.Fprintf(b, "%s %s%s%s%s\n", p.styled(gutter+" |", dimStyle), w.head, Printable(w.before), Printable(w.rest), w.tail)
	fmt.Fprintf(b, "%s %s%s\n", p.styled(strings.Repeat(" ", len(gutter))+" |", dimStyle),
		strings.Repeat(" ", Cells(w.head+w.before)), p.styled("^"+strings.Repeat("~", max(1, w.marked)-1), caret))
}

// A window is the part of a source line that is shown.
type window struct {
	head, tail   string // "…" where the line goes on
	before, rest string // of the place
	marked       int    // columns of rest that the place covers
}

// windowOn returns what is shown of the line of a place in so many columns. The
// start of the place is always in it.
func windowOn(at Location, columns int) window {
	var w window
	before, far := at.File.before(at.Start, columns)
	if far || Cells(before) >= columns {
		w.head = "…"
		before = lastCells(before, columns*5/8)
	}
	w.before = before
	rest := at.File.From(at.Start)
	w.rest = firstCells(rest, columns-Cells(before))
	if len(w.rest) < len(rest) {
		w.tail = "…"
	}
	if at.End.Line == at.Start.Line {
		w.marked = Cells(firstOf(w.rest, at.End.Column-at.Start.Column))
	}
	return w
}

// before returns the n characters before a place on its line; far says that there
// are more.
func (f *File) before(p Pos, n int) (text string, far bool) {
	first := max(1, p.Column-n)
	from := f.From(Pos{p.Line, first})
	return firstOf(from, p.Column-first), first > 1
}

// firstOf returns the first n characters of a text.
func firstOf(s string, n int) string {
	for i := range s {
		if n <= 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// firstCells returns the start of a text that takes up n columns at most.
func firstCells(s string, n int) string {
	for i, r := range s {
		if n -= cellsOf(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// lastCells returns the end of a text that takes up n columns at most, and does
// not begin with a mark that belongs to a character before it.
func lastCells(s string, n int) string {
	excess := Cells(s) - n
	for i, r := range s {
		width := cellsOf(r)
		if excess <= 0 && width > 0 {
			return s[i:]
		}
		excess -= width
	}
	return ""
}

// brief cuts what is too long to be read.
func brief(s string) string {
	return prose.Shorten(s, maxMessage+1)
}
