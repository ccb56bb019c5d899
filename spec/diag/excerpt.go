package diag

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/prose"
)

const (
	maxExcerpt = 160 // columns of a source line that are shown if the output is not a terminal
	maxMessage = 500 // characters of a message that are shown; texts of a table may have any length
)

// excerpt writes the source line of a location with a caret under it.
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
	head, tail   string // "…" if the line continues
	before, rest string // before and from the start of the location
	marked       int    // columns of rest that the location covers
}

// windowOn returns the window of the given width on the line of a location. It always contains the
// start of the location.
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

// before returns the n characters before a position on its line. It returns true if there are
// more.
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

// firstCells returns the longest prefix of a text that takes up at most n columns.
func firstCells(s string, n int) string {
	for i, r := range s {
		if n -= cellsOf(r); n < 0 {
			return s[:i]
		}
	}
	return s
}

// lastCells returns the longest suffix of a text that takes up at most n columns. It does not start
// with a combining mark.
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

// brief shortens a message to the length that is shown.
func brief(s string) string {
	return prose.Shorten(s, maxMessage+1)
}
