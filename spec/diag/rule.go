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

// RenamedRule returns the identifier of a rule that had another one before, and false if
// there is no such rule.
func RenamedRule(former string) (id string, ok bool) {
	switch former {
	case "wire-value-changed":
		id = "wire-value-changed"
	case "deprecated":
		id = "code-deprecated"
	case "unused-decision":
		id = "unused-decision"
	case "duplicate-phrase":
		id = "duplicate-phrase"
	case "example":
		id = "example-mismatch"
	case "ambiguous-example":
		id = "ambiguous-example"
	case "identifier":
		id = "invalid-identifier"
	case "list-punctuation":
		id = "list-punctuation"
	case "marker":
		id = "invalid-marker"
	case "text-reclassified":
		id = "text-reclassified"
	case "message-reclassified":
		id = "message-reclassified"
	case "missing-default":
		id = "missing-default"
	case "phrase":
		id = "invalid-phrase"
	case "unreachable-phrase":
		id = "unreachable-phrase"
	case "reserved":
		id = "name-reserved"
	case "multiple-documents":
		id = "multiple-documents"
	case "multiple-fallbacks":
		id = "multiple-fallbacks"
	case "unexplained-deprecation":
		id = "unexplained-deprecation"
	case "alias-added":
		id = "alias-added"
	case "alias-removed":
		id = "alias-removed"
	case "http-code-added":
		id = "http-code-added"
	case "http-code-changed":
		id = "http-code-changed"
	case "unlisted-automatic":
		id = "unlisted-automatic"
	case "unlisted-changed":
		id = "unlisted-changed"
	case "whitespace":
		id = "whitespace"
	}
	return id, id != ""
}
