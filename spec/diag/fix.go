package diag

import (
	"cmp"
	"slices"
	"strings"
)

// A Fix fixes a finding for certain: a program may apply it without asking.
type Fix struct {
	Message string // what it does, as an order: "write title"
	Edits   []Edit
}

// An Edit puts text in place of a stretch of bytes of a file.
type Edit struct {
	File       *File
	Start, End int // offsets into File.Text
	Text       string
}

// Replace returns the fix that writes text in the place of a location.
func Replace(at Location, text string) *Fix {
	if at.File == nil || at.Start.Line == 0 {
		return nil
	}
	return &Fix{
		Message: "write " + text,
		Edits:   []Edit{{File: at.File, Start: at.File.Offset(at.Start), End: at.File.Offset(at.End), Text: text}},
	}
}

// Edited returns the text of a file with the fixes of the findings applied to it,
// and how many those were. A fix that meets one before it is left for the next
// run, whole.
func (l List) Edited(file *File) (text string, applied int) {
	var all []Edit
	for _, d := range l.Sorted() {
		if d.Fix == nil || !d.Fix.within(file) || slices.ContainsFunc(d.Fix.Edits, func(e Edit) bool { return meets(all, e) }) {
			continue
		}
		for _, e := range d.Fix.Edits {
			i, _ := slices.BinarySearchFunc(all, e, compareEdits)
			all = slices.Insert(all, i, e)
		}
		applied++
	}
	var b strings.Builder
	from := 0
	for _, e := range all {
		b.WriteString(file.Text[from:e.Start] + e.Text)
		from = e.End
	}
	return b.String() + file.Text[from:], applied
}

func compareEdits(a, b Edit) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// within reports whether the fix is one of this file alone.
func (f *Fix) within(file *File) bool {
	return len(f.Edits) > 0 && !slices.ContainsFunc(f.Edits, func(e Edit) bool {
		return e.File != file || e.Start < 0 || e.End < e.Start || e.End > len(file.Text)
	})
}

// meets reports whether an edit touches one of those that are sorted already.
func meets(sorted []Edit, e Edit) bool {
	i, same := slices.BinarySearchFunc(sorted, e, compareEdits)
	return same || i > 0 && sorted[i-1].End > e.Start || i < len(sorted) && sorted[i].Start < e.End
}
