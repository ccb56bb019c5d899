package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/validate"
)

func listed(l diag.List) string {
	var b strings.Builder
	for _, d := range l.Sorted() {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

// CheckNames finds what a whole plan does.
func TestCheckNames(t *testing.T) {
	const text = `errspec: 1
name: func
title: T
response: {fields: {id: {role: id}, status: {role: status, completed: [a], failed: [b]}, error.code: {role: code}, err: {type: any}}}
classes: [{name: a_b, title: T}, {name: a__b, title: T}]
codes:
  - {code: "!", title: T, description: D, subtypes: [{name: a_b, title: T}, {name: a__b, title: T}]}
  - {code: x_y, title: T, description: D, renamed_from: [X-Y, class, of]}
  - {code: x.y, title: T, description: D}
`
	table := parsed(t, text)
	_, whole := New(table, Options{})
	if got := listed(CheckNames(table, Options{})); got != listed(whole) || len(whole) < 7 {
		t.Errorf("names alone:\n%s\na whole plan:\n%s", got, listed(whole))
	}
	if got := CheckNames(table, Options{Package: "main"}); listed(got) == listed(whole) || len(got) != len(whole) {
		t.Errorf("of another package:\n%s", listed(got))
	}
}

// What is a mistake already is not reported as one of its name too.
func TestCheckNamesOfMistakes(t *testing.T) {
	for _, codes := range []string{
		"codes: [{code: a, title: T}, {code: a, title: T, description: D}]",
		"codes: [{title: T}, [], x, {code: [], title: T}, {code: a, subtypes: [{}, {}, {name: s}, {name: s}, 7]}]",
		"codes: [{code: a, renamed_from: [a, b, b, '']}, {code: b}]",
		"classes: [{}, {name: c}, {name: c}, {name: C}]\ncodes: [{code: a, class: d, deprecated: {replaced_by: x}}]",
		"unknown: x\nresponse: {http: {429: x, 9: y}, fields: {a: 1, b: {role: id}, c: {role: id}}}\ncodes: []",
		"codes: 7",
	} {
		table, findings := spec.Parse("t.yaml", "errspec: 1\nname: t\ntitle: T\n"+codes+"\n", nil)
		if table == nil || !findings.HasErrors() && !validate.Run(table).HasErrors() {
			t.Fatalf("%s: no mistakes", codes)
		}
		if got := CheckNames(table, Options{}); len(got) > 0 {
			t.Errorf("%s: %s", codes, listed(got))
		}
	}
}
