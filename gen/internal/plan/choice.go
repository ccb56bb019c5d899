package plan

import (
	"cmp"
	"slices"

	"github.com/errspec/errspec/spec/match"
)

// A Phrase is a phrase of the table and what it is evidence for.
type Phrase struct {
	Source   string // as section "Phrases" of package match has it
	Code     *Code
	Subtype  *Subtype // nil for a phrase of the code itself
	literals int
}

// fallback reports whether the phrase gives way to all that are of no fallback.
func (p Phrase) fallback() bool { return p.Subtype != nil && p.Subtype.Fallback }

// inOrderOfChoice sorts phrases so that of several that occur in a message the
// first one wins.
func inOrderOfChoice(all []Phrase) {
	slices.SortStableFunc(all, func(a, b Phrase) int {
		if a.fallback() != b.fallback() {
			if a.fallback() {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.literals, a.literals)
	})
}

// choice notes a phrase in the table's order.
func (p *Phrases) choice(phrase match.Phrase, c *Code, s *Subtype) {
	p.Choice = append(p.Choice, Phrase{Source: phrase.String(), Code: c, Subtype: s, literals: phrase.Literals()})
}
