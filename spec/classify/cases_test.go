package classify_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
)

// tableOfExamples returns a table of n codes with an example each.
func tableOfExamples(t *testing.T, n int) *spec.Table {
	t.Helper()
	var b strings.Builder
	b.WriteString(head + "codes:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - code: c%d\n    title: T\n    description: D\n    subtypes: [{name: s, title: S, examples: [the limit of %d is reached]}]\n", i, i)
	}
	table, findings := spec.Parse("t.yaml", b.String(), nil)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return table
}

// A large table has few cases for each example, but all kinds of variants that a small table
// has.
func TestCasesOfManyExamples(t *testing.T) {
	small, large := classify.Cases(tableOfExamples(t, 100)), classify.Cases(tableOfExamples(t, 1000))
	if len(small) < 1200 || len(large) > 7000 {
		t.Errorf("%d cases of 100 examples, %d of 1000", len(small), len(large))
	}
	alone := make(map[string]bool)
	shapes := make(map[string]int)
	for _, c := range large {
		if c.Message == fmt.Sprintf("the limit of %s is reached", strings.TrimPrefix(c.Wire, "c")) {
			alone[c.Wire] = true
		}
		shapes[shape(c.Message)]++
	}
	if len(alone) != 1000 {
		t.Errorf("%d examples occur unchanged, want 1000", len(alone))
	}
	each := make(map[string]int) // those of every example
	for _, c := range small {
		each[shape(c.Message)]++
	}
	for _, c := range small {
		if n := shapes[shape(c.Message)]; n < 100 && each[shape(c.Message)] >= 100 && c.Message != "an error occurred" { // one for all codes
			t.Errorf("%d of %d cases are like %q, want at least 100", n, len(large), c.Message)
		}
	}
}

// shape returns a message without its numbers.
func shape(message string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, message)
}
