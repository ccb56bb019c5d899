package spec

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

// A Phrase is one phrase of a table: what it says and whose it is.
type Phrase struct {
	Source  string
	Code    int // index in Table.Codes
	Subtype int // index in Code.Subtypes, -1 for a phrase of the code itself
	Index   int // in the phrases of the sub-type, or of the code
}

// At returns where the phrase is written, and whether it is derived from the
// example there.
func (p Phrase) At(t *Table) (derived bool, at diag.Location) {
	c := &t.Codes[p.Code]
	if p.Subtype < 0 {
		return false, c.ItemAt("match", p.Index)
	}
	return c.Subtypes[p.Subtype].phraseAt(p.Index)
}

// eachPhrase calls f for every phrase in the table's order, a code's own before
// those of its sub-types.
func eachPhrase(t *Table, f func(Phrase)) {
	for i := range t.Codes {
		c := &t.Codes[i]
		for j, source := range c.Match {
			f(Phrase{source, i, -1, j})
		}
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			for k, source := range s.Match {
				f(Phrase{source, i, j, k})
			}
		}
	}
}

// EachPhrase calls f for every phrase in the table's order, a code's own before
// those of its sub-types. code is an index in Codes, subtype one in Subtypes of
// that code, or -1 for a phrase of the code itself.
func (t *Table) EachPhrase(f func(source string, code, subtype int)) {
	eachPhrase(t, func(p Phrase) { f(p.Source, p.Code, p.Subtype) })
}

// Phrases returns every phrase in the order of [Table.EachPhrase].
func (t *Table) Phrases() []Phrase {
	var all []Phrase
	eachPhrase(t, func(p Phrase) { all = append(all, p) })
	return all
}

// phraseAt returns where phrase k is written: under match, or as the example
// that it is derived from.
func (s *Subtype) phraseAt(k int) (derived bool, at diag.Location) {
	entry, k := s.Written("match", k)
	if entry.Has("match") {
		return false, entry.ItemAt("match", k)
	}
	return true, entry.ItemAt("examples", k)
}

// derivePhrases fills in the phrases of sub-types that have examples only.
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

// addedPhrase returns the place of the first phrase that the sub-type has from
// additions to another table. It has no file if there is none.
func (t *Table) addedPhrase(s *Subtype) diag.Location {
	for k := range s.Match {
		if _, at := s.phraseAt(k); t.adds(at) {
			return at
		}
	}
	return diag.Location{}
}

// Owner returns what a phrase belongs to, as findings call it: "code" or
// "code/sub-type".
func (p Phrase) Owner(t *Table) string {
	c := &t.Codes[p.Code]
	if p.Subtype < 0 {
		return c.Wire
	}
	return c.Wire + "/" + c.Subtypes[p.Subtype].Name
}

// checkPhrases reports phrases that cannot be read.
func checkPhrases(t *Table, report reporter) {
	eachPhrase(t, func(p Phrase) {
		if p.Source == "" {
			return
		}
		_, err := match.Parse(p.Source)
		fault, ok := err.(*match.ParseError)
		if !ok {
			return
		}
		message, help := fmt.Sprintf("the phrase %q: %s", p.Source, fault.Msg), fault.Help
		derived, at := p.At(t)
		if derived {
			message, help = fmt.Sprintf("no phrase can be made from the example: %s", fault.Msg), "add match: with what the message is known by"
		}
		report(violation{at: at, about: p.Owner(t), message: message, help: help})
	})
}

// undecided reports whether what tells the subtype could not be decoded, which is
// reported.
func (s Subtype) undecided() bool {
	return s.Unread("match") || s.Unread("examples") || s.Unread("fallback") || slices.Contains(s.Match, "")
}

// checkExamples lets the table prove itself: each example of a sub-type has to
// reach it.
func checkExamples(t *Table, report reporter) {
	classifier, err := NewClassifier(t)
	if err != nil {
		return // reported by checkPhrases
	}
	added := make(map[*Subtype]diag.Location)
	for i := range t.Codes {
		c := &t.Codes[i]
		if slices.ContainsFunc(c.Subtypes, Subtype.undecided) {
			continue
		}
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			for k, example := range s.Examples {
				got := classifier.subtype(i, example)
				if got == j || example == "" {
					continue
				}
				v := violation{
					at:      s.ItemAt("examples", k),
					about:   c.Wire + "/" + s.Name,
					message: fmt.Sprintf("the example %q does not reach its sub-type %q", example, s.Name),
					help:    "add a phrase under match: that the example holds",
				}
				if got >= 0 {
					other := &c.Subtypes[got]
					v.message += fmt.Sprintf(", but %q", other.Name)
					v.help = "make the phrases of the two tell them apart; the one with more literal text wins"
					v.related = []diag.Related{{Location: other.At(), Message: "the sub-type it reaches"}}
					at, asked := added[other]
					if !asked {
						at = t.addedPhrase(other)
						added[other] = at
					}
					if !t.adds(v.at) && at.File != nil {
						v.at, v.related = at, []diag.Related{{Location: v.at, Message: "the example"}}
					}
				}
				report(v)
			}
		}
	}
}
