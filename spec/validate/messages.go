package validate

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

// addedPhrase returns the location of the first phrase that additions give the subtype.
// The location has no file if there is no such phrase.
func addedPhrase(t *spec.Table, s *spec.Subtype) diag.Location {
	for k := range s.Match {
		if _, at := s.PhraseAt(k); t.Adds(at) {
			return at
		}
	}
	return diag.Location{}
}

// checkPhrases reports invalid phrases.
func checkPhrases(t *spec.Table, report reporter) {
	for p := range t.Phrases() {
		if p.Source == "" {
			continue
		}
		_, err := match.Parse(p.Source)
		fault, ok := err.(*match.ParseError)
		if !ok {
			continue
		}
		message, help := fmt.Sprintf("phrase %q: %s", p.Source, fault.Msg), fault.Help
		derived, at := p.At(t)
		if derived {
			message, help = fmt.Sprintf("cannot derive a phrase from the example: %s", fault.Msg), "add match: with text that identifies the message"
		}
		report(violation{at: at, about: p.Owner(t), message: message, help: help})
	}
}

// checkExamples checks that each example of a subtype selects that subtype.
func checkExamples(t *spec.Table, report reporter) {
	classifier, err := classify.New(t)
	if err != nil {
		return // reported by checkPhrases
	}
	added := make(map[*spec.Subtype]diag.Location)
	for i := range t.Codes {
		c := &t.Codes[i]
		if slices.ContainsFunc(c.Subtypes, spec.Subtype.Undecided) {
			continue
		}
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			for k, example := range s.Examples {
				got := classifier.Subtype(i, example)
				if got == j || example == "" {
					continue
				}
				v := violation{
					at:      s.ItemAt("examples", k),
					about:   c.Wire + "/" + s.Name,
					message: fmt.Sprintf("example %q is not classified as its subtype %q", example, s.Name),
					help:    "add a phrase under match: that the example contains",
				}
				if got >= 0 {
					other := &c.Subtypes[got]
					v.message += fmt.Sprintf(", but %q", other.Name)
					v.help = "make the phrases distinct; the phrase with more literal text takes precedence"
					v.related = []diag.Related{{Location: other.At(), Message: "selected subtype"}}
					at, found := added[other]
					if !found {
						at = addedPhrase(t, other)
						added[other] = at
					}
					if !t.Adds(v.at) && at.File != nil {
						v.at, v.related = at, []diag.Related{{Location: v.at, Message: "example"}}
					}
				}
				report(v)
			}
		}
	}
}
