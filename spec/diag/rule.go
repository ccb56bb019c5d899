package diag

import "slices"

// A Rule is what findings name: its identifier is stable, its words are for
// people who ask why.
type Rule struct {
	ID       string
	Purpose  string   // one sentence
	Severity Severity // unless a configuration says otherwise
	Before   string   // for a rule about changes: part of a table before them
	Bad      string   // a table, or part of one, that breaks the rule
	Good     string   // the same without the mistake; "" for changes that affect nobody
}

// A Sample is one part of the example of a rule.
type Sample struct{ Label, Text string }

// Samples returns the example of the rule for people, part by part.
func (r Rule) Samples() []Sample {
	all := []Sample{{"Breaks it:", r.Bad}, {"Keeps it:", r.Good}}
	if r.Before != "" {
		all = []Sample{{"Before:", r.Before}, {"After, reported:", r.Bad}, {"After, not reported:", r.Good}}
	}
	return slices.DeleteFunc(all, func(s Sample) bool { return s.Text == "" })
}
