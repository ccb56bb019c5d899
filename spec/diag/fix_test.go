package diag

import (
	"strings"
	"testing"
)

func edits(f *File, all ...Edit) Diagnostic {
	for i := range all {
		all[i].File = f
	}
	return Diagnostic{Rule: "r", Message: string(rune('a' + len(all))), Location: Location{File: f, Start: f.Position(all[0].Start)}, Fix: &Fix{Edits: all}}
}

func TestEdited(t *testing.T) {
	f := &File{Name: "a", Text: "0123456789"}
	other := &File{Name: "b", Text: "0123456789"}
	for name, c := range map[string]struct {
		l       List
		want    string
		applied int
	}{
		"none":                 {List{{Rule: "r"}}, "0123456789", 0},
		"one":                  {List{edits(f, Edit{Start: 2, End: 4, Text: "ab"})}, "01ab456789", 1},
		"in any order":         {List{edits(f, Edit{Start: 8, End: 10, Text: "y"}), edits(f, Edit{Start: 0, End: 1, Text: "xx"})}, "xx1234567y", 2},
		"side by side":         {List{edits(f, Edit{Start: 2, End: 4, Text: "a"}), edits(f, Edit{Start: 4, End: 6, Text: "b"})}, "01ab6789", 2},
		"insertion and end":    {List{edits(f, Edit{Start: 0, End: 0, Text: "a"}), edits(f, Edit{Start: 10, End: 10, Text: "b"})}, "a0123456789b", 2},
		"over each other":      {List{edits(f, Edit{Start: 2, End: 5, Text: "a"}), edits(f, Edit{Start: 4, End: 6, Text: "b"})}, "01a56789", 1},
		"the same twice":       {List{edits(f, Edit{Start: 3, End: 3, Text: "a"}), edits(f, Edit{Start: 3, End: 3, Text: "b"}, Edit{Start: 9, End: 9, Text: "c"})}, "012a3456789", 1},
		"whole or not at all":  {List{edits(f, Edit{Start: 2, End: 5, Text: "a"}), edits(f, Edit{Start: 3, End: 4, Text: "b"}, Edit{Start: 8, End: 9, Text: "c"})}, "01a56789", 1},
		"of another file":      {List{edits(other, Edit{Start: 2, End: 5, Text: "a"})}, "0123456789", 0},
		"outside of the file":  {List{edits(f, Edit{Start: 2, End: 11, Text: "a"})}, "0123456789", 0},
		"the wrong way around": {List{edits(f, Edit{Start: 4, End: 2, Text: "a"})}, "0123456789", 0},
	} {
		got, applied := c.l.Edited(f)
		if got != c.want || applied != c.applied {
			t.Errorf("%s: %q by %d fixes, want %q by %d", name, got, applied, c.want, c.applied)
		}
	}
}

func TestReplace(t *testing.T) {
	f := &File{Name: "a", Text: "\uFEFFa: ö\r\nü: b\r\n"}
	fix := Replace(at(f, 2, 1, 2), "x")
	if got, _ := (List{{Location: at(f, 2, 1, 2), Fix: fix}}).Edited(f); got != "\uFEFFa: ö\r\nx: b\r\n" {
		t.Errorf("%q", got)
	}
	if Replace(Location{File: f}, "x") != nil || Replace(Location{}, "x") != nil {
		t.Error("a fix without a location")
	}
}

// Fingerprints depend on the rule and the subject only.
func TestFingerprints(t *testing.T) {
	f := &File{Name: "a", Text: "\n\n\n"}
	l := List{
		{Rule: "r", Subject: "busy"},
		{Rule: "r", Subject: "busy"},
		{Rule: "r", Subject: "full"},
		{Rule: "s", Subject: "busy"},
		{Rule: "r", Subject: `busy"2`},
		{Rule: "r", Subject: "busy2"},
		{Rule: "r\"", Subject: "busy"},
	}
	names := l.Fingerprints()
	seen := make(map[string]int)
	for i, name := range names {
		if before, taken := seen[name]; taken {
			t.Errorf("%v and %v share a fingerprint", l[before], l[i])
		}
		seen[name] = i
	}
	for i := range l {
		l[i].Location, l[i].Message, l[i].Help, l[i].Severity = at(f, i%3+1, 1, 1), "other", "words", Info
		l[i].Related = []Related{{Message: "and locations"}}
	}
	if again := l.Fingerprints(); strings.Join(again, " ") != strings.Join(names, " ") {
		t.Errorf("%v became %v", names, again)
	}
}
