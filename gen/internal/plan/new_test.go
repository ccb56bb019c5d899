package plan

import (
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/validate"
)

// parsed parses a table, which must have no findings.
func parsed(t *testing.T, text string) *spec.Table {
	t.Helper()
	table, findings := spec.Parse("t.yaml", text, nil)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return table
}

func TestRetrySentence(t *testing.T) {
	for _, c := range []struct {
		retry spec.Retry
		want  string
	}{
		{spec.Retry{}, "The table does not specify whether the same request may succeed; clients must not retry it automatically."},
		{spec.Retry{Action: spec.ActionRetry}, "The same request may succeed, but clients must not retry it automatically."},
		{spec.Retry{Action: spec.ActionRetry, Automatic: true}, "Clients may retry the same request automatically."},
		{spec.Retry{Action: spec.ActionWait}, "The same request may succeed later, but clients must not retry it automatically."},
		{spec.Retry{Action: spec.ActionWait, Automatic: true}, "Clients may retry the same request automatically after a delay."},
		{
			spec.Retry{Action: spec.ActionWait, Automatic: true, Wait: spec.Wait{Min: 30 * time.Second, Max: time.Minute}},
			"Clients may retry the same request automatically after 30s to 1m.",
		},
		{
			spec.Retry{Action: spec.ActionRetry, Wait: spec.Wait{Min: time.Minute, Max: time.Minute}},
			"The same request may succeed after 1m, but clients must not retry it automatically.",
		},
	} {
		if got := newRetry(c.retry).Sentence; got != c.want {
			t.Errorf("%+v: got %q, want %q", c.retry, got, c.want)
		}
	}
	// No sentence allows automatic retries if the settings do not.
	for _, a := range spec.Actions() {
		sentence := newRetry(spec.Retry{Action: a}).Sentence
		if strings.Contains(sentence, "Clients may") || !strings.HasSuffix(sentence, ".") {
			t.Errorf("%v: got %q", a, sentence)
		}
	}
}

const small = `
errspec: 1
name: func
title: T
codes:
  - code: a
    title: A
    description: d
`

// A plan does not change if its table is changed.
func TestPlanSharesNoMemory(t *testing.T) {
	table := parsed(t, strings.Replace(small, "codes:", "response:\n  fields:\n    s: {role: status, completed: [ok], failed: [bad]}\ncodes:", 1)+`
    avoid: [x]
    fixes: [x]
    examples: [x]
    aliases: [x]
    renamed_from: [xx]
    subtypes: [{name: x, title: X, examples: [x], match: [x]}]
`)
	p, _ := New(table, Options{Names: names.Options{Package: "p"}})
	c := &table.Codes[0]
	field := &table.Response.Fields[0]
	for _, list := range [][]string{c.Avoid, c.Fixes, c.Examples, c.Aliases, c.RenamedFrom, c.Subtypes[0].Examples, c.Subtypes[0].Match, field.Completed, field.Failed} {
		if len(list) != 1 {
			t.Fatalf("the table lacks a list: %+v", c)
		}
		list[0] = "changed"
	}
	got := p.Codes[0]
	s := got.Subtypes[0]
	for _, list := range [][]string{got.Avoid, got.Fixes, got.Examples, got.OtherWires(), s.Examples, s.Match, p.Response.Status.Completed, p.Response.Status.Failed} {
		for _, text := range list {
			if text == "changed" {
				t.Errorf("the plan shares a list with its table: %+v", got)
			}
		}
	}
}
