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

// Each archive in testdata/findings contains an invalid table and its findings as text, whose
// carets show the line and column.
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

// wantFixed applies all fixes to the table and its included files until there are none, and
// compares the results. If every finding has a fix, no finding may remain.
func (a *archive) wantFixed(t *testing.T, findings diag.List) {
	t.Helper()
	_, dir := a.input(t)
	all := !slices.ContainsFunc(findings, func(d diag.Diagnostic) bool { return d.Fix == nil })
	fixed := make(map[string]bool)
	for progress := true; progress; {
		progress = false
		for name, file := range dir {
			old := findings.FileNamed(name)
			if old == nil || name == "base.yaml" { // the base table is not fixed
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
			t.Errorf("%s: remains after fixing: %s", a.path, d)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fixed)) {
		a.want(t, "fixed "+name, conceal(string(dir[name].Data)))
	}
}

// checkFinding checks properties that every finding has.
func checkFinding(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	if d.Message == "" || strings.ContainsAny(d.Message+d.Help, "\n\r") {
		t.Errorf("%s: message %q, help %q", d, d.Message, d.Help)
	}
	locations := []diag.Location{d.Location}
	for _, r := range d.Related {
		locations = append(locations, r.Location)
	}
	for _, at := range locations {
		if at.File == nil || at.Start.Line < 1 || at.Start.Column < 1 || at.End.Line != at.Start.Line || at.End.Column < at.Start.Column {
			t.Errorf("%s: location from %v to %v", d, at.Start, at.End)
			continue
		}
		// The location of a missing value is the end of the key's line.
		if line := []rune(at.File.Line(at.Start.Line)); at.End.Column > len(line)+1 {
			t.Errorf("%s: location ends at column %d of a line of %d", d, at.End.Column, len(line))
		}
	}
}

// Every rule has an archive that breaks it.
func TestRulesHaveArchives(t *testing.T) {
	wanted := make(map[string]bool)
	for _, rule := range validate.Rules() {
		if rule.Purpose == "" || wanted[rule.ID] {
			t.Errorf("rule %q: purpose %q, or duplicate identifier", rule.ID, rule.Purpose)
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
		t.Errorf("testdata breaks the rules\n%q, want\n%q", got, want)
	}
}

// Each archive in testdata/accepted contains a valid table that resembles an invalid one, and
// the export of the resolved table.
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
