package names

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

func listed(l diag.List) string {
	var b strings.Builder
	for _, d := range l.Sorted() {
		fmt.Fprintln(&b, d)
	}
	return b.String()
}

// Check returns the findings of Of.
func TestCheck(t *testing.T) {
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
	_, whole := Of(table, Options{})
	if got := listed(Check(table)); got != listed(whole) || len(whole) < 7 {
		t.Errorf("Check returned\n%s\nwant the findings of Of:\n%s", got, listed(whole))
	}
	if _, got := Of(table, Options{Package: "main"}); listed(got) == listed(whole) || len(got) != len(whole) {
		t.Errorf("with another package name: got\n%s", listed(got))
	}
}

// Entries that have been reported as missing, unreadable or duplicate are not reported again
// for their names.
func TestCheckInvalidTable(t *testing.T) {
	for _, codes := range []string{
		"codes: [{code: a, title: T}, {code: a, title: T, description: D}]",
		"codes: [{title: T}, [], x, {code: [], title: T}, {code: a, subtypes: [{}, {}, {name: s}, {name: s}, 7]}]",
		"codes: [{code: a, renamed_from: [a, b, b, '']}, {code: b}]",
		"classes: [{}, {name: c}, {name: c}, {name: C}]\ncodes: [{code: a, class: d, deprecated: {replaced_by: x}}]",
		"unlisted: x\nresponse: {http: {429: x, 9: y}, fields: {a: 1, b: {role: id}, c: {role: id}}}\ncodes: []",
		"codes: 7",
	} {
		table, _ := spec.Parse("t.yaml", "errspec: 1\nname: t\ntitle: T\n"+codes+"\n", nil)
		if table == nil {
			t.Fatalf("%s: no table", codes)
		}
		if got := Check(table); len(got) > 0 {
			t.Errorf("%s: %s", codes, listed(got))
		}
	}
}

// parsed returns a table that must have no findings.
func parsed(t *testing.T, text string) *spec.Table {
	t.Helper()
	table, findings := spec.Parse("t.yaml", text, nil)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return table
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

// A finding about the package name has the location of that name.
func TestPackageNameLocation(t *testing.T) {
	table := parsed(t, small)
	_, findings := Of(table, Options{})
	if len(findings) != 1 || findings[0].Location.String() != "t.yaml:3:7" {
		t.Errorf("name of the table: %v", findings)
	}
	elsewhere := diag.Location{File: &diag.File{Name: "errspec.yaml"}, Start: diag.Pos{Line: 4, Column: 5}}
	_, findings = Of(table, Options{Package: "main", PackageAt: elsewhere})
	if len(findings) != 1 || findings[0].Location != elsewhere {
		t.Errorf("name of the configuration: %v", findings)
	}
	if p, findings := Of(table, Options{Package: "good"}); len(findings) > 0 || p.Package != "good" {
		t.Errorf("package %s: %v", p.Package, findings)
	}
}
