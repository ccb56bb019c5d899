package diag

import "slices"

// A Rule describes a kind of finding. Its identifier is stable; its texts may change.
type Rule struct {
	ID       string
	Purpose  string   // one sentence
	Severity Severity // default severity
	Before   string   // of a rule about changes: part of a table before the change
	Bad      string   // a table, or part of one, that breaks the rule
	Good     string   // the same part without the finding, or ""
}

// A Sample is a labeled part of a rule's example.
type Sample struct{ Label, Text string }

// Samples returns the example of the rule.
func (r Rule) Samples() []Sample {
	all := []Sample{{"Breaks it:", r.Bad}, {"Keeps it:", r.Good}}
	if r.Before != "" {
		all = []Sample{{"Before:", r.Before}, {"After, reported:", r.Bad}, {"After, not reported:", r.Good}}
	}
	return slices.DeleteFunc(all, func(s Sample) bool { return s.Text == "" })
}

// RenamedRule returns the identifier of the rule with the given former identifier. It returns false
// if there is no such rule.
func RenamedRule(former string) (id string, ok bool) {
	switch former {
	case "code-renumbered":
		id = "wire-value-changed"
	case "deprecated":
		id = "code-deprecated"
	case "dropped-decision":
		id = "unused-decision"
	case "equal-phrases":
		id = "duplicate-phrase"
	case "example":
		id = "example-mismatch"
	case "example-of-another":
		id = "ambiguous-example"
	case "identifier":
		id = "invalid-identifier"
	case "list-endings":
		id = "list-punctuation"
	case "marker":
		id = "invalid-marker"
	case "match-moved":
		id = "text-reclassified"
	case "message-moved":
		id = "message-reclassified"
	case "open-switch":
		id = "missing-default"
	case "phrase":
		id = "invalid-phrase"
	case "phrase-never-wins":
		id = "unreachable-phrase"
	case "reserved":
		id = "name-reserved"
	case "several-documents":
		id = "multiple-documents"
	case "several-fallbacks":
		id = "multiple-fallbacks"
	case "silent-deprecation":
		id = "unexplained-deprecation"
	case "spelling-added":
		id = "alias-added"
	case "spelling-removed":
		id = "alias-removed"
	case "status-code-added":
		id = "http-code-added"
	case "status-code-moved":
		id = "http-code-changed"
	case "unknown-automatic":
		id = "unlisted-automatic"
	case "unknown-changed":
		id = "unlisted-changed"
	case "white-space":
		id = "whitespace"
	}
	return id, id != ""
}
