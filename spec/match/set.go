package match

import (
	"cmp"
	"fmt"
	"slices"
)

// MaxMessage is the number of bytes of a message that are matched.
const MaxMessage = maxMessage

// Head returns the part of a message that is matched: at most [MaxMessage] bytes, without a
// character that would be split.
func Head(message string) string { return head(message) }

// An Entry is a phrase of a set.
type Entry struct {
	Phrase   Phrase
	Owner    int  // number of the code or subtype of the phrase, for the caller
	Fallback bool // of a fallback, whose phrases come after all others
}

// A Set finds the best of its phrases that occurs in a message. It may be used by several goroutines
// at once.
type Set struct {
	set     phraseSet
	entries []int // the index of the entry, by phrase of set
	phrases []int // the index of the phrase of set, by entry
}

// Compile returns the set of the phrases of entries. It returns an error if one of them is the zero
// Phrase.
func Compile(entries []Entry) (*Set, error) {
	s, err := order(entries)
	if err != nil {
		return nil, err
	}
	s.set.addFilters()
	return s, nil
}

// order returns the set of the phrases of entries, in order of precedence and without filters.
func order(entries []Entry) (*Set, error) {
	s := &Set{entries: make([]int, len(entries)), phrases: make([]int, len(entries))}
	for i, e := range entries {
		if e.Phrase == (Phrase{}) {
			return nil, fmt.Errorf("match: entry %d has no phrase", i)
		}
		s.entries[i] = i
	}
	slices.SortStableFunc(s.entries, func(i, j int) int { return compare(entries[i], entries[j]) })
	for n, i := range s.entries {
		e := entries[i]
		s.phrases[i] = n
		s.set.phrases = append(s.set.phrases, phrase{text: e.Phrase.text, names: e.Phrase.names, owner: e.Owner})
	}
	return s, nil
}

// compare returns a negative number if a takes precedence over b, and 0 if the order of entries
// determines the precedence.
func compare(a, b Entry) int {
	if a.Fallback != b.Fallback {
		if b.Fallback {
			return -1
		}
		return 1
	}
	return cmp.Compare(b.Phrase.Literals(), a.Phrase.Literals())
}

// Find returns the index of the entry with the best phrase that occurs in the [Head] of message. It
// returns false if no phrase occurs.
func (s *Set) Find(message string) (entry int, ok bool) {
	n := s.set.find(message)
	if n < 0 {
		return 0, false
	}
	return s.entries[n], true
}

// Names returns the names of the named placeholders of an entry's phrase.
func (s *Set) Names(entry int) []string {
	return Phrase{names: s.set.phrases[s.phrases[entry]].names}.Names()
}

// Value returns the part of message that the named placeholder of an entry's phrase matches. It
// returns false if there is no such placeholder, or if the phrase does not occur in the [Head] of
// message.
func (s *Set) Value(entry int, message, name string) (string, bool) {
	return s.set.phrases[s.phrases[entry]].value(message, name)
}
