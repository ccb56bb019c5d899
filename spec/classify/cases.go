package classify

import (
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
)

// A Case is a code and a message that a client may meet.
type Case struct {
	Wire    string // as the service sends it
	Message string
}

// Cases returns what a classifier of the table has to get right, whatever
// language it is written in: every code, alias and former name without a
// message; every example of a subtype alone and in disguise; the examples of
// other codes, and texts that are near misses. The cases of a table are always
// the same, in the same order.
//
// Of a table with more than 500 examples each comes alone, in one disguise and as
// one near miss, in turn, and every code is asked about one of the other texts: the
// cases grow with the table, the disguises are the same for all.
func Cases(t *spec.Table) []Case {
	var cases []Case
	add := func(wire string, messages ...string) {
		for _, m := range messages {
			cases = append(cases, Case{wire, m})
		}
	}
	foreign := foreignExamples(t)
	all := len(foreign) <= manyExamples
	disguise, miss, other := turns{all: all}, turns{all: all}, turns{all: all}
	for i := range t.Codes {
		c := &t.Codes[i]
		for _, wire := range append([]string{c.Wire}, c.OtherWires()...) {
			add(wire, "")
		}
		if len(c.Subtypes) == 0 {
			continue
		}
		for j := range c.Subtypes {
			for _, example := range c.Subtypes[j].Examples {
				add(c.Wire, example)
				add(c.Wire, disguise.of(disguises(example))...)
				add(c.Wire, miss.of(nearMisses(example))...)
			}
		}
		add(c.Wire, foreign[i%len(foreign)])
		add(c.Wire, other.of([]string{"something else", " \t\r\n", "…", "0", "żółć 𝟙𝟘"})...)
	}
	if t.Wire == spec.WireString {
		for _, unlisted := range []string{"no such code", "-9007199254740993"} {
			add(unlisted, "", foreign[0])
		}
	} else {
		add("-9007199254740993", "", foreign[0])
	}
	return cases
}

// manyExamples is up to how many examples of a table come in all disguises.
const manyExamples = 500

// turns takes all texts of a list or, of a large table, one after the other.
type turns struct {
	all  bool
	next int
}

func (t *turns) of(texts []string) []string {
	if t.all {
		return texts
	}
	t.next++
	i := t.next % len(texts)
	return texts[i : i+1]
}

// foreignExamples returns, for each code in turn, an example of another one.
func foreignExamples(t *spec.Table) []string {
	all := []string{"an error occurred"}
	for i := range t.Codes {
		for _, s := range t.Codes[i].Subtypes {
			all = append(all, s.Examples...)
		}
	}
	// Turned by half its length, the list gives each code what is far from it.
	half := len(all) / 2
	return append(append([]string(nil), all[half:]...), all[:half]...)
}

// disguises returns an example in the forms in which services send it: in
// other letters, with other white space, with other numbers, inside more text.
func disguises(example string) []string {
	spaced := strings.ReplaceAll(example, " ", " \n\t")
	forms := []string{
		asciiUpper(example),
		spaced,
		"Request failed.\n" + example + "\nTask 7, see https://example.com/a1",
		"(" + example + ")",
	}
	if other := withOtherNumbers(example); other != example {
		forms = append(forms, other)
	}
	return forms
}

// nearMisses returns texts that hold no word of the example as it is.
func nearMisses(example string) []string {
	words := strings.Fields(example)
	for i, w := range words {
		words[i] = "x" + w + "x"
	}
	return []string{strings.Join(words, " "), strings.Join(words, "")}
}

// asciiUpper turns the letters a to z into capitals, and only those: phrases
// ignore the case of no others.
func asciiUpper(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// withOtherNumbers puts 7.25 in place of each whole number.
func withOtherNumbers(example string) string {
	derived := match.Derive(example)
	if !strings.Contains(derived, "<num>") || strings.Contains(derived, `\`) {
		return example
	}
	return strings.ReplaceAll(derived, "<num>", "7.25")
}
