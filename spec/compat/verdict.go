package compat

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/diag"
)

// A Break is a change that has been decided on: its rule, and what it is about.
type Break struct {
	Rule   string
	Code   string // the subject of the change, or the code that it belongs to
	Reason string
	At     diag.Location
}

// A Verdict is what changes mean for a release.
type Verdict struct {
	Bump     Bump      // what the changes ask for, without those that were accepted
	Findings diag.List // of all changes; those that were accepted are of severity Info
}

// Judge says what changes mean. An accepted break that nothing matches is a
// finding of its own: it would let a later change pass that nobody decided on.
func Judge(changes []Change, accepted []Break) Verdict {
	var v Verdict
	used := make([]bool, len(accepted))
	for _, c := range changes {
		finding := c.Finding()
		if i := slices.IndexFunc(accepted, func(b Break) bool { return b.covers(c) }); i >= 0 {
			used[i] = true
			finding.Severity = diag.Info
			finding.Message += ", accepted: " + accepted[i].Reason
			finding.Help = ""
		} else {
			v.Bump = max(v.Bump, RuleOf(c.Kind).Bump)
		}
		v.Findings = append(v.Findings, finding)
	}
	for i, b := range accepted {
		if !used[i] {
			v.Findings = append(v.Findings, diag.Diagnostic{
				Rule: RuleUnused, Severity: diag.Warning, Location: b.At, Subject: b.Rule + " " + b.Code,
				Message: fmt.Sprintf("nothing breaks %s for %q", b.Rule, b.Code),
				Help:    "remove it from accept:",
			})
		}
	}
	return v
}

// RuleUnused is the rule of accepted breaks that do not happen.
const RuleUnused = "unused-accept"

// covers reports whether the break is the change: of the same kind, about the
// subject itself or something that belongs to it.
func (b Break) covers(c Change) bool {
	if b.Rule != string(c.Kind) {
		return false
	}
	return b.Code == c.Subject || b.Code == c.Was || b.Code == owner(c.Subject) || c.Kind == NameRemoved && b.Code == c.Part
}

// owner returns the code that a subject belongs to.
func owner(subject string) string {
	for i := len(subject) - 1; i > 0; i-- {
		if subject[i] == '/' {
			return subject[:i]
		}
	}
	return subject
}
