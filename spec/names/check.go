package names

import (
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// Rules about the names of a table.
const (
	ruleIdentifier = "invalid-identifier"
	ruleCollision  = "identifier-collision"
	rulePackage    = "package-name"
)

// Rules returns the rules for the names of a table.
func Rules() []diag.Rule {
	return []diag.Rule{
		{ID: ruleIdentifier, Purpose: "Every code, class and subtype must have a valid Go name.",
			Bad:  "- code: \"!!!\"\n  title: Busy\n  description: The shop is busy.\n",
			Good: "- code: \"!!!\"\n  name: busy\n  title: Busy\n  description: The shop is busy.\n"},
		{ID: ruleCollision, Purpose: "Go names must be unique.",
			Bad: "- {code: too-fast, title: Too fast, description: You send too many requests.}\n" +
				"- {code: too_fast, title: Too fast, description: The till is too slow.}\n",
			Good: "- {code: too-fast, title: Too fast, description: You send too many requests.}\n" +
				"- {code: too_fast, name: till_too_slow, title: Too fast, description: The till is too slow.}\n"},
		{ID: rulePackage, Purpose: "The package name must be a valid Go package name.",
			Bad: "name: func\n", Good: "name: shop\n"},
	}
}

// Check returns the findings of [Of] for any table. The table may have errors: Check skips
// duplicates and entries that could not be read.
func Check(t *spec.Table) diag.List {
	_, findings := Of(readable(t), Options{})
	return findings
}

// readable returns the table without entries that have no name or the name of an earlier
// entry. Both have been reported.
func readable(t *spec.Table) *spec.Table {
	whole := *t
	whole.Classes = named(t.Classes, func(c *spec.Class) string { return c.Name })
	whole.Codes = named(t.Codes, func(c *spec.Code) string { return c.Wire })
	used := make(map[string]bool, len(whole.Codes))
	for i := range whole.Codes {
		used[whole.Codes[i].Wire] = true
	}
	for i := range whole.Codes {
		c := &whole.Codes[i]
		if len(c.Subtypes) > 0 {
			c.Subtypes = named(c.Subtypes, func(s *spec.Subtype) string { return s.Name })
		}
		for _, old := range c.RenamedFrom {
			if old == "" || used[old] {
				c.RenamedFrom = nil
			}
			used[old] = true
		}
	}
	return &whole
}

// named returns the entries that have a name and are the first with that name, in a new
// slice.
func named[T any](all []T, name func(*T) string) []T {
	kept := make([]T, 0, len(all))
	seen := make(map[string]bool, len(all))
	for i := range all {
		if n := name(&all[i]); n != "" && !seen[n] {
			seen[n] = true
			kept = append(kept, all[i])
		}
	}
	return kept
}
