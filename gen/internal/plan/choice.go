package plan

import (
	"cmp"
	"slices"

	"github.com/errspec/errspec/spec/match"
)

// A Phrase is a phrase of the table and the code or subtype that it selects.
type Phrase struct {
	Source   string // in the syntax of package match
	Code     *Code
	Subtype  *Subtype // nil for a phrase of the code itself
	literals int
}

// fallback reports whether the phrase belongs to a fallback.
func (p Phrase) fallback() bool { return p.Subtype != nil && p.Subtype.Fallback }

// sortByPrecedence sorts phrases so that the first one that a message contains selects
// its code or subtype.
func sortByPrecedence(all []Phrase) {
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

// choice appends a phrase to p.Choice.
func (p *Phrases) choice(phrase match.Phrase, c *Code, s *Subtype) {
	p.Choice = append(p.Choice, Phrase{Source: phrase.String(), Code: c, Subtype: s, literals: phrase.Literals()})
}
