package compat

import (
	"fmt"

	"github.com/errspec/errspec/spec/diag"
)

// A Break is an accepted change, identified by its rule and its subject.
type Break struct {
	Rule    string
	Subject string // subject of the change, or its code
	Reason  string
	At      diag.Location
}

// A Verdict is the effect of changes on the version of a release.
type Verdict struct {
	Bump     Bump      // required by the changes that were not accepted
	Findings diag.List // all changes; accepted ones have severity Info
}

// Judge returns the verdict on changes. An accepted change that does not occur is a
// finding, because it would accept a later change that was not reviewed.
func Judge(changes []Change, accepted []Break) Verdict {
	var v Verdict
	used := make([]bool, len(accepted))
	first := make(map[acceptance]int, len(accepted))
	for i := len(accepted) - 1; i >= 0; i-- {
		first[acceptance{accepted[i].Rule, accepted[i].Subject}] = i
	}
	for _, c := range changes {
		finding := c.Finding()
		if i := covering(first, c); i >= 0 {
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
				Rule: RuleUnused, Severity: diag.Warning, Location: b.At, Subject: b.Rule + " " + b.Subject,
				Message: fmt.Sprintf("accepted change does not occur: %s of %q", b.Rule, b.Subject),
				Help:    "remove the entry from accept:",
			})
		}
	}
	return v
}

// An acceptance identifies the changes that a [Break] accepts: changes of a kind with a
// subject.
type acceptance struct{ rule, code string }

// covering returns the index of the first break that accepts the change: one with the
// same kind, and with the subject or its code. It returns -1 if there is none. first
// contains the index of the first break of each acceptance.
func covering(first map[acceptance]int, c Change) int {
	subjects := []string{c.Subject, c.Was, owner(c.Subject)}
	if c.Kind == NameRemoved {
		subjects = append(subjects, c.Part)
		for _, n := range c.Clients {
			subjects = append(subjects, n.Name)
		}
	}
	best := -1
	for _, code := range subjects {
		if i, ok := first[acceptance{string(c.Kind), code}]; ok && (best < 0 || i < best) {
			best = i
		}
	}
	return best
}

// owner returns the code that contains a subject.
func owner(subject string) string {
	for i := len(subject) - 1; i > 0; i-- {
		if subject[i] == '/' {
			return subject[:i]
		}
	}
	return subject
}
