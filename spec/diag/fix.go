package diag

import (
	"cmp"
	"slices"
	"strings"
)

// A Fix is an unambiguous fix of a finding, which programs may apply without asking.
type Fix struct {
	Message string // description as an imperative, such as "write title"
	Edits   []Edit
}

// An Edit replaces a range of bytes of a file by text.
type Edit struct {
	File       *File
	Start, End int // offsets into File.Text
	Text       string
}

// Replace returns the fix that replaces a location by text. It returns nil if the location is not a
// part of a file.
func Replace(at Location, text string) *Fix {
	if at.File == nil || at.Start.Line == 0 {
		return nil
	}
	return &Fix{
		Message: "write " + text,
		Edits:   []Edit{{File: at.File, Start: at.File.Offset(at.Start), End: at.File.Offset(at.End), Text: text}},
	}
}

// Edited applies the fixes of the findings to a file. It returns the new text and the number of
// applied fixes. A fix that overlaps an earlier one is not applied; the next run can apply it.
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

// within reports whether all edits of the fix are valid edits of file.
func (f *Fix) within(file *File) bool {
	return len(f.Edits) > 0 && !slices.ContainsFunc(f.Edits, func(e Edit) bool {
		return e.File != file || e.Start < 0 || e.End < e.Start || e.End > len(file.Text)
	})
}

// meets reports whether an edit overlaps one of the sorted edits.
func meets(sorted []Edit, e Edit) bool {
	i, same := slices.BinarySearchFunc(sorted, e, compareEdits)
	return same || i > 0 && sorted[i-1].End > e.Start || i < len(sorted) && sorted[i].Start < e.End
}
