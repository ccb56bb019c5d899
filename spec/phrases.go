package spec

import (
	"iter"
	"slices"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

// A Phrase is one phrase of a table: what it says and whose it is.
type Phrase struct {
	Source  string
	Code    int // index in Table.Codes
	Subtype int // index in Code.Subtypes, -1 for a phrase of the code itself
	Index   int // in the phrases of the subtype, or of the code
}

// At returns where the phrase is written, and whether it is derived from the
// example there.
func (p Phrase) At(t *Table) (derived bool, at diag.Location) {
	c := &t.Codes[p.Code]
	if p.Subtype < 0 {
		return false, c.ItemAt("match", p.Index)
	}
	return c.Subtypes[p.Subtype].PhraseAt(p.Index)
}

// Phrases returns the phrases in the order of the table, those of a code before
// those of its subtypes.
func (t *Table) Phrases() iter.Seq[Phrase] {
	return func(yield func(Phrase) bool) {
		for i := range t.Codes {
			c := &t.Codes[i]
			for k, source := range c.Match {
				if !yield(Phrase{source, i, -1, k}) {
					return
				}
			}
			for j := range c.Subtypes {
				for k, source := range c.Subtypes[j].Match {
					if !yield(Phrase{source, i, j, k}) {
						return
					}
				}
			}
		}
	}
}

// PhraseAt returns where phrase k is written: under match, or as the example
// that it is derived from.
func (s *Subtype) PhraseAt(k int) (derived bool, at diag.Location) {
	entry, k := s.Written("match", k)
	if entry.Has("match") {
		return false, entry.ItemAt("match", k)
	}
	return true, entry.ItemAt("examples", k)
}

// derivePhrases fills in the phrases of subtypes that have examples only.
func derivePhrases(s *Subtype) {
	if s.Has("match") {
		return
	}
	for _, example := range s.Examples {
		phrase := ""
		if example != "" { // a bad one has been reported
			phrase = match.Derive(example)
		}
		s.Match = append(s.Match, phrase)
	}
}

// Owner returns what a phrase belongs to, as findings call it: "code" or
// "code/subtype".
func (p Phrase) Owner(t *Table) string {
	c := &t.Codes[p.Code]
	if p.Subtype < 0 {
		return c.Wire
	}
	return c.Wire + "/" + c.Subtypes[p.Subtype].Name
}

// Undecided reports whether what tells the subtype could not be decoded, which is
// reported.
func (s Subtype) Undecided() bool {
	return s.Unread("match") || s.Unread("examples") || s.Unread("fallback") || slices.Contains(s.Match, "")
}
