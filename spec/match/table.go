package match

import (
	"embed"
	"slices"
)

// A Table contains the data of a [Set] for generated code. Its fields are those of the types
// phraseSet, phrase, filter and window in the copied files.
type Table struct {
	Phrases []TablePhrase // in order of precedence
	Filters []TableFilter
}

// A TablePhrase is a phrase of a [Table].
type TablePhrase struct {
	Text   string // see [Phrase.Pattern]
	Names  string
	Owner  int
	Search string // name of the function, "plain", "gapped" or "ambiguous", or "" for nil
}

// A TableFilter is a filter of a [Table].
type TableFilter struct {
	Width, Stride int
	Multiplier    uint64
	Shift         uint
	Bitmap        []uint64
	Heads         []uint32
	Windows       []TableWindow
	Sorted        bool
}

// A TableWindow is a window of a [TableFilter].
type TableWindow struct {
	Phrase uint32
	At     uint16
}

// Table returns the table of the set. It is the same for the same entries.
func (s *Set) Table() Table {
	var t Table
	for _, p := range s.set.phrases {
		row := TablePhrase{Text: p.text, Names: p.names, Owner: p.owner}
		if p.search != nil {
			row.Search = kinds[kindOf(p.text)].name
		}
		t.Phrases = append(t.Phrases, row)
	}
	for _, f := range s.set.filters {
		row := TableFilter{
			Width: f.width, Stride: f.stride, Multiplier: f.multiplier, Shift: f.shift,
			Bitmap: slices.Clone(f.bitmap), Heads: slices.Clone(f.heads), Sorted: f.sorted,
		}
		for _, w := range f.windows {
			row.Windows = append(row.Windows, TableWindow{Phrase: w.phrase, At: w.at})
		}
		t.Filters = append(t.Filters, row)
	}
	return t
}

// A List contains the data of a few phrases for generated code. Its fields are those of the type
// phraseList in the copied files.
type List struct {
	Starts  [16]uint64
	Phrases []TablePhrase // in order of precedence
}

// ListOf returns the list of the phrases of entries. A list returns the same results as a set of the
// same entries. For some dozen phrases it is as fast, and easier to read. ListOf returns an error if
// an entry has the zero Phrase.
func ListOf(entries []Entry) (List, error) {
	s, err := order(entries)
	if err != nil {
		return List{}, err
	}
	var l List
	for _, p := range s.set.phrases {
		row := TablePhrase{Text: p.text, Names: p.names, Owner: p.owner}
		if k := kindOf(p.text); k == kindPlain && literalStart(p.text) {
			h := startHash(p.text[:4])
			l.Starts[h/64] |= 1 << (h % 64)
		} else {
			row.Search = kinds[k].name
		}
		l.Phrases = append(l.Phrases, row)
	}
	return l, nil
}

// literalStart reports whether the pattern starts with four literal bytes other than white space,
// the first of them a word byte.
func literalStart(text string) bool {
	return len(text) >= 4 && isWord(text[0]) && text[1] > ' ' && text[2] > ' ' && text[3] > ' '
}

//go:embed find.go filter.go sorted.go list.go text.go search.go gapped.go ambiguous.go value.go
var copied embed.FS

// Sources returns the names of the files that must be copied into a package with these tables. See
// [Source].
func Sources(tables ...Table) []string {
	var phrases []TablePhrase
	for _, t := range tables {
		phrases = append(phrases, t.Phrases...)
	}
	return append([]string{"find.go", "filter.go", "sorted.go", "text.go"}, searches(phrases)...)
}

// Sources returns the names of the files that must be copied into a package with the list. See
// [Source].
func (l List) Sources() []string {
	return append([]string{"list.go", "text.go"}, searches(l.Phrases)...)
}

// searches returns the names of the files that only some phrases need.
func searches(phrases []TablePhrase) []string {
	var search, gapped, ambiguous, value bool
	for _, p := range phrases {
		search = search || p.Search == "plain" || p.Search == "gapped"
		gapped = gapped || p.Search == "gapped"
		ambiguous = ambiguous || p.Search == "ambiguous"
		value = value || p.Names != ""
	}
	var names []string
	for _, f := range []struct {
		name   string
		needed bool
	}{
		{"search.go", search || value},
		{"gapped.go", gapped},
		{"ambiguous.go", ambiguous},
		{"value.go", value},
	} {
		if f.needed {
			names = append(names, f.name)
		}
	}
	return names
}

// Source returns the text of a file of this package. It panics if name is not one that Sources
// returns.
func Source(name string) []byte {
	src, err := copied.ReadFile(name)
	if err != nil {
		panic("match: " + err.Error())
	}
	return src
}
