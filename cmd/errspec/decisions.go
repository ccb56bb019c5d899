package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/prose"
)

// maxQuotedMessage is the maximum length of a quoted message, in characters.
const maxQuotedMessage = 60

// decisionChanges returns the decisions that differ between the packages on disk and the
// rendered packages.
func decisionChanges(all []*gen.Rendered) ([]compat.DecisionChange, error) {
	var changes []compat.DecisionChange
	for _, r := range all {
		found, err := r.DecisionChanges()
		if err != nil {
			return nil, err
		}
		changes = append(changes, found...)
	}
	return changes, nil
}

// printDecisionChanges writes a line for each changed decision:
//
//	decision changed: service_error: automatic yes -> no, wait 30s to 1m0s -> none
func printDecisionChanges(w io.Writer, changes []compat.DecisionChange) {
	for _, c := range changes {
		var parts []string
		for _, d := range c.Differences() {
			parts = append(parts, fmt.Sprintf("%s %s -> %s", d.Property, d.Was, d.Is))
		}
		line := "decision changed: " + c.Subject() + ": " + strings.Join(parts, ", ")
		if c.Message != "" {
			line += fmt.Sprintf(" (%q)", prose.Shorten(c.Message, maxQuotedMessage))
		}
		_ = printLine(w, "%s", line)
	}
}
