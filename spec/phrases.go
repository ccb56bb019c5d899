package spec

import (
	"iter"
	"slices"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

// A Phrase is a phrase of a code or subtype.
type Phrase struct {
	Source  string
	Code    int // index in Table.Codes
	Subtype int // index in Code.Subtypes, or -1 for a phrase of the code itself
	Index   int // index in the phrases of the subtype or code
}

// At returns the location of the phrase. If the phrase is derived from an example, it returns
// true and the location of the example.
func (p Phrase) At(t *Table) (derived bool, at diag.Location) {
	c := &t.Codes[p.Code]
	if p.Subtype < 0 {
		return false, c.ItemAt("match", p.Index)
	}
	return c.Subtypes[p.Subtype].PhraseAt(p.Index)
}

// Phrases returns all phrases in table order. The phrases of a code come before those of its
// subtypes.
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

// PhraseAt returns the location of phrase k. If the phrase is derived from an example, it returns
// true and the location of the example.
func (s *Subtype) PhraseAt(k int) (derived bool, at diag.Location) {
	entry, k := s.Written("match", k)
	if entry.Has("match") {
		return false, entry.ItemAt("match", k)
	}
	return true, entry.ItemAt("examples", k)
}

// derivePhrases derives the phrases of a subtype without match: from its examples.
func derivePhrases(s *Subtype) {
	if s.Has("match") {
		return
	}
	for _, example := range s.Examples {
		phrase := ""
		if example != "" { // an invalid example is "", and already reported
			phrase = match.Derive(example)
		}
		s.Match = append(s.Match, phrase)
	}
}

// Owner returns the code or subtype of the phrase, as "code" or "code/subtype".
func (p Phrase) Owner(t *Table) string {
	c := &t.Codes[p.Code]
	if p.Subtype < 0 {
		return c.Wire
	}
	return c.Wire + "/" + c.Subtypes[p.Subtype].Name
}

// Undecided reports whether a key that selects the subtype could not be decoded, so that the
// table cannot be checked against examples. The invalid key is reported elsewhere.
func (s Subtype) Undecided() bool {
	return s.Unread("match") || s.Unread("examples") || s.Unread("fallback") || slices.Contains(s.Match, "")
}
