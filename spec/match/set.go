package match

import (
	"cmp"
	"fmt"
	"slices"
)

// MaxMessage is how many bytes of a message are matched.
const MaxMessage = maxMessage

// Head returns the part of a message that is matched: the message itself, or of one with more than
// [MaxMessage] bytes the first ones, without a character that would be cut in two.
func Head(message string) string { return head(message) }

// An Entry is a phrase of a set.
type Entry struct {
	Phrase   Phrase
	Owner    int  // what the phrase is evidence for: a number that [Set.Table] passes on
	Fallback bool // evidence for the "other" of a code: weaker than any that is not
}

// A Set chooses among phrases. It may be used by several goroutines at once.
type Set struct {
	set     phraseSet
	entries []int // by phrase of set: its entry
	phrases []int // by entry: its phrase of set
}

// Compile returns the set of the phrases of entries. It is an error if one of them is the zero
// Phrase.
func Compile(entries []Entry) (*Set, error) {
	s, err := order(entries)
	if err != nil {
		return nil, err
	}
	s.set.addFilters()
	return s, nil
}

// order returns the set of the phrases of entries without its filters.
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

// compare is negative if a is a better choice than b where both phrases occur, and zero if the
// order of the table decides.
func compare(a, b Entry) int {
	if a.Fallback != b.Fallback {
		if b.Fallback {
			return -1
		}
		return 1
	}
	return cmp.Compare(b.Phrase.Literals(), a.Phrase.Literals())
}

// Find returns the index of the entry that the [Head] of message chooses. It returns false if no
// phrase occurs.
func (s *Set) Find(message string) (entry int, ok bool) {
	n := s.set.find(message)
	if n < 0 {
		return 0, false
	}
	return s.entries[n], true
}

// Names returns the names of the placeholders of an entry's phrase.
func (s *Set) Names(entry int) []string {
	return Phrase{names: s.set.phrases[s.phrases[entry]].names}.Names()
}

// Value returns the part of message that the placeholder called name of an entry's phrase stands
// for. It returns false if there is no such placeholder, or if the phrase does not occur in the
// [Head] of message.
func (s *Set) Value(entry int, message, name string) (string, bool) {
	return s.set.phrases[s.phrases[entry]].value(message, name)
}
