package compat

import (
	"fmt"

	"github.com/errspec/errspec/spec/diag"
)

// A Break is a change that has been decided on: its rule, and what it is about.
type Break struct {
	Rule    string
	Subject string // of the change, or the code that it belongs to
	Reason  string
	At      diag.Location
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

// An acceptance is what a [Break] covers: changes of a kind, about a subject.
type acceptance struct{ rule, code string }

// covering returns the first break that is the change, -1 if there is none: one of
// the same kind, about the subject itself or something that belongs to it. first
// holds the index of the first break of each acceptance.
func covering(first map[acceptance]int, c Change) int {
	subjects := []string{c.Subject, c.Was, owner(c.Subject)}
	if c.Kind == NameRemoved {
		subjects = append(subjects, c.Part)
	}
	best := -1
	for _, code := range subjects {
		if i, ok := first[acceptance{string(c.Kind), code}]; ok && (best < 0 || i < best) {
			best = i
		}
	}
	return best
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
