package classify

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
)

// A Case is a code and a message that a client may receive.
type Case struct {
	Wire    string // the code as sent
	Message string
}

// Cases returns the cases by which classifiers of the table are tested in all languages:
// every code, alias and former name without a message; every message that the service
// sends; every example of a subtype, unchanged and in variants; examples of other codes; near misses, which are similar to an
// example but do not match; and characters that languages treat differently. The cases of a
// table and their order do not change.
//
// If a table has more than 500 examples, each example occurs unchanged, in one variant and
// as one near miss, in turn. Each code then has one of the unrelated texts. Thus the number
// of cases grows with the table, and all kinds of variants still occur.
func Cases(t *spec.Table) []Case {
	var cases []Case
	add := func(wire string, messages ...string) {
		for _, m := range messages {
			cases = append(cases, Case{wire, m})
		}
	}
	foreign := foreignExamples(t)
	all := len(foreign) <= manyExamples
	variant, miss, other := turns{all: all}, turns{all: all}, turns{all: all}
	for i := range t.Codes {
		c := &t.Codes[i]
		for _, wire := range append([]string{c.Wire}, c.OtherWires()...) {
			add(wire, "")
		}
		add(c.Wire, Messages(c)...)
		if len(c.Subtypes) == 0 {
			continue
		}
		for j := range c.Subtypes {
			for _, example := range c.Subtypes[j].Examples {
				add(c.Wire, example)
				add(c.Wire, variant.of(variants(example))...)
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
		add("constructor", "")
		add("__proto__", "")
	} else {
		add("-9007199254740993", "", foreign[0])
	}
	for _, c := range hostileExamples(t) {
		add(c.Wire, hostile(c.Message)...)
	}
	return cases
}

// Messages returns the messages that the service sends with a code and its subtypes, each with two
// numbers in place of its named values. Placeholders for words match them too.
func Messages(c *spec.Code) []string {
	var all []string
	add := func(message string) {
		for _, number := range []string{"7", "2.5"} {
			text := spec.FillMessage(message, func(string) string { return number })
			if text != "" && !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	add(c.Message)
	for i := range c.Subtypes {
		add(c.Subtypes[i].Message)
	}
	return all
}

// manyExamples is the number of examples of a table up to which each has all variants.
const manyExamples = 500

// turns selects all texts of a list or, for a large table, one of them in turn.
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

// foreignExamples returns examples in an order in which those at the index of a code belong
// to another code.
func foreignExamples(t *spec.Table) []string {
	all := []string{"an error occurred"}
	for i := range t.Codes {
		for _, s := range t.Codes[i].Subtypes {
			all = append(all, s.Examples...)
		}
	}
	// Rotating the list by half its length moves examples away from their codes.
	half := len(all) / 2
	return append(append([]string(nil), all[half:]...), all[:half]...)
}

// variants returns an example in forms in which services send it: in upper case, with other
// white space, inside more text, and with other numbers.
func variants(example string) []string {
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

// nearMisses returns texts with words that contain those of the example and other letters.
func nearMisses(example string) []string {
	words := strings.Fields(example)
	for i, w := range words {
		words[i] = "x" + w + "x"
	}
	return []string{strings.Join(words, " "), strings.Join(words, "")}
}

// asciiUpper changes only the letters a to z to upper case: phrases ignore the case of only
// these letters.
func asciiUpper(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}

// withOtherNumbers replaces each whole number by 7.25.
func withOtherNumbers(example string) string {
	derived := match.Derive(example)
	if !strings.Contains(derived, "<num>") || strings.Contains(derived, `\`) {
		return example
	}
	return strings.ReplaceAll(derived, "<num>", "7.25")
}
