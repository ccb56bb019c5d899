package match

import (
	"embed"
	"slices"
)

// A Table is what generated code has to hold of a [Set], field for field as the types phraseSet,
// phrase, filter and window of the copied files have it.
type Table struct {
	Phrases []TablePhrase // the better choice first
	Filters []TableFilter
}

// A TablePhrase is a phrase of a [Table].
type TablePhrase struct {
	Text   string // see [Phrase.Pattern]
	Names  string
	Owner  int
	Search string // the function "plain", "gapped" or "ambiguous"; "" is nil
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

// Table returns the tables of the set. The same entries give the same tables, always.
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

// A List is what generated code has to hold of a few phrases, field for field as the type
// phraseList of the copied files has it.
type List struct {
	Starts  [16]uint64
	Phrases []TablePhrase // the better choice first
}

// ListOf returns the list of the phrases of entries. A list chooses what the set of the same
// entries chooses; of some dozen phrases it does so as fast, and it is easier to read. It is an
// error if an entry has the zero Phrase.
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

// literalStart reports whether four bytes that stand for themselves begin the pattern.
func literalStart(text string) bool {
	return len(text) >= 4 && isWord(text[0]) && text[1] > ' ' && text[2] > ' ' && text[3] > ' '
}

//go:embed find.go filter.go sorted.go list.go text.go search.go gapped.go ambiguous.go value.go
var copied embed.FS

// Sources returns the names of the files that a package with these tables needs a copy of; see
// [Source].
func Sources(tables ...Table) []string {
	var phrases []TablePhrase
	for _, t := range tables {
		phrases = append(phrases, t.Phrases...)
	}
	return append([]string{"find.go", "filter.go", "sorted.go", "text.go"}, searches(phrases)...)
}

// Sources returns the names of the files that a package with the list needs a copy of; see
// [Source].
func (l List) Sources() []string {
	return append([]string{"list.go", "text.go"}, searches(l.Phrases)...)
}

// searches returns the names of the files that some phrases need and others do not.
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

// Source returns a copied file as it stands in this package: a comment, the package clause, the
// rest. It panics if name is not one that Sources returns.
func Source(name string) []byte {
	src, err := copied.ReadFile(name)
	if err != nil {
		panic("match: " + err.Error())
	}
	return src
}
