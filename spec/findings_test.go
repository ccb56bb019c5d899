package spec_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/validate"
)

// Each archive of testdata/findings is a mistake and all that is reported about
// it, as people see it: the caret shows whether line and column are right.
func TestFindings(t *testing.T) {
	archives(t, "findings", func(t *testing.T, a *archive) {
		text, dir := a.input(t)
		_, findings := readIn("table.yaml", text, dir)
		if len(findings) == 0 {
			t.Errorf("%s: no findings", a.path)
		}
		for _, d := range findings {
			checkFinding(t, d)
		}
		a.want(t, "findings", print(t, diag.FormatText, findings))
		a.wantFixed(t, findings)
	})
}

// wantFixed applies the fixes of all findings, as often as there are any, to
// the table and what it includes, and compares what becomes of them. Where each
// finding has a fix, nothing is left to find.
func (a *archive) wantFixed(t *testing.T, findings diag.List) {
	t.Helper()
	_, dir := a.input(t)
	all := !slices.ContainsFunc(findings, func(d diag.Diagnostic) bool { return d.Fix == nil })
	fixed := make(map[string]bool)
	for progress := true; progress; {
		progress = false
		for name, file := range dir {
			old := findings.FileNamed(name)
			if old == nil || name == "base.yaml" { // which is somebody else's
				continue
			}
			if text, n := findings.Edited(old); n > 0 {
				file.Data, fixed[name], progress = []byte(text), true, true
			}
		}
		_, findings = readIn("table.yaml", string(dir["table.yaml"].Data), dir)
	}
	for _, d := range findings {
		if d.File.Name != "base.yaml" && (d.Fix != nil || all) {
			t.Errorf("%s: left after fixing: %s", a.path, d)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fixed)) {
		a.want(t, "fixed "+name, conceal(string(dir[name].Data)))
	}
}

// checkFinding holds what is true of every finding.
func checkFinding(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	if d.Message == "" || strings.ContainsAny(d.Message+d.Help, "\n\r") {
		t.Errorf("%s: message %q, help %q", d, d.Message, d.Help)
	}
	places := []diag.Location{d.Location}
	for _, r := range d.Related {
		places = append(places, r.Location)
	}
	for _, at := range places {
		if at.File == nil || at.Start.Line < 1 || at.Start.Column < 1 || at.End.Line != at.Start.Line || at.End.Column < at.Start.Column {
			t.Errorf("%s: a place from %v to %v", d, at.Start, at.End)
			continue
		}
		// Where a key has no value, the place is the end of its line.
		if line := []rune(at.File.Line(at.Start.Line)); at.End.Column > len(line)+1 {
			t.Errorf("%s: the place ends at column %d of a line of %d", d, at.End.Column, len(line))
		}
	}
}

// Every rule that there is has an archive that breaks it.
func TestEveryRuleIsBroken(t *testing.T) {
	wanted := make(map[string]bool)
	for _, rule := range validate.Rules() {
		if rule.Purpose == "" || wanted[rule.ID] {
			t.Errorf("rule %q: purpose %q, or its name taken", rule.ID, rule.Purpose)
		}
		wanted[rule.ID] = true
	}
	broken := make(map[string]bool)
	paths, _ := filepath.Glob("testdata/findings/*.txtar")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^\S+:\d+:\d+: error: .* \[([a-z-]+)\]$`).FindAllSubmatch(data, -1) {
			broken[string(m[1])] = true
		}
	}
	if got, want := slices.Sorted(maps.Keys(broken)), slices.Sorted(maps.Keys(wanted)); !slices.Equal(got, want) {
		t.Errorf("testdata breaks\n%q, the rules are\n%q", got, want)
	}
}

// Each archive of testdata/accepted comes close to a mistake without making one,
// and shows the resolved table.
func TestAccepted(t *testing.T) {
	archives(t, "accepted", func(t *testing.T, a *archive) {
		text, dir := a.input(t)
		table, findings := readIn("table.yaml", text, dir)
		if len(findings) > 0 {
			t.Fatalf("%s:\n%s", a.path, print(t, diag.FormatText, findings))
		}
		a.want(t, "export.json", encode(t, table, export.Options{}))
	})
}
