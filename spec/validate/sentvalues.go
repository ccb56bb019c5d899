package validate

import (
	"iter"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
)

// Limits of the values that are tried for a message.
const (
	maxTries        = 200  // of a value
	maxCombinations = 4096 // of a message
)

// tries returns the values to try for a named value of a subtype: numbers if all phrases that name
// it have a <num> there, else words. Besides usual ones, these are the numbers and words of all
// phrases of the code, alone and as parts of others. They are the values by which another phrase can
// match.
func (m *messages) tries(s *spec.Subtype, name string) []string {
	if m.words == nil {
		m.collect()
	}
	for _, p := range phrasesOf(s) {
		if slices.Contains(p.Names(), name) && !p.IsNumber(name) {
			return m.words
		}
	}
	return m.numbers
}

// collect sets the values to try.
func (m *messages) collect() {
	m.numbers = []string{"7", "0", "42", "2.5", "0.125", "1000000"}
	m.words = []string{"x", "7", "2.5", "model-1", "a_b", "é", "a.b/c"}
	for _, s := range m.table.Codes[m.code].Subtypes {
		for _, p := range phrasesOf(&s) {
			if len(m.numbers) < maxTries {
				for _, n := range strings.FieldsFunc(p.Pattern(), func(r rune) bool { return r < '0' || r > '9' }) {
					m.numbers = append(m.numbers, n, "7"+n, n+"7", "7."+n, n+".7")
				}
			}
			if len(m.words) < maxTries {
				for _, w := range literals(p) {
					m.words = append(m.words, w, "x-"+w, w+"-x")
				}
			}
		}
	}
	m.numbers, m.words = distinct(m.numbers), distinct(m.words)
}

// literals returns the words in the text of a phrase outside of placeholders.
func literals(p match.Phrase) []string {
	return strings.FieldsFunc(p.Pattern(), func(r rune) bool { return r <= ' ' })
}

// distinct returns the first maxTries different texts, in order.
func distinct(texts []string) []string {
	seen := make(map[string]bool, len(texts))
	texts = slices.DeleteFunc(texts, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
	return texts[:min(len(texts), maxTries)]
}

// combinations yields each combination of one value from each list. If there are too many, it
// yields those in which at most one value differs from the first of its list. The slice is reused.
func combinations(lists [][]string) iter.Seq[[]string] {
	all := 1
	for _, list := range lists {
		all = min(all*len(list), maxCombinations+1)
	}
	return func(yield func([]string) bool) {
		values := make([]string, len(lists))
		for n := 0; all <= maxCombinations && n < all; n++ {
			rest := n
			for i, list := range lists {
				values[i] = list[rest%len(list)]
				rest /= len(list)
			}
			if !yield(values) {
				return
			}
		}
		if all <= maxCombinations {
			return
		}
		for i, list := range lists {
			for k := range lists {
				values[k] = lists[k][0]
			}
			for _, values[i] = range list {
				if !yield(values) {
					return
				}
			}
		}
	}
}
