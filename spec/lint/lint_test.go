package lint_test

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/lint"
	"github.com/errspec/errspec/spec/validate"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata")

// run returns all findings about a table.
func run(dir fstest.MapFS, settings lint.Settings) diag.List {
	table, findings := spec.Parse("table.yaml", string(dir["table.yaml"].Data), dir)
	if table != nil {
		findings = append(append(findings, validate.Run(table)...), lint.Run(table, settings, validate.Rules())...)
	}
	return findings
}

func printed(t *testing.T, findings diag.List) string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.Print(&b, diag.FormatText, findings); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Each archive in testdata contains a table, its findings, and the files after fixing.
func TestFindings(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	broken := make(map[string]bool)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			dir := make(fstest.MapFS)
			for _, f := range a.Files {
				dir[f.Name] = &fstest.MapFile{Data: bytes.ReplaceAll(f.Data, []byte("<U+000D>"), []byte("\r"))}
			}
			findings := run(dir, nil)
			for _, d := range findings {
				broken[d.Rule] = true
				if d.Help == "" || d.Subject == "" || d.Start.Line == 0 {
					t.Errorf("%s: help %q, subject %q", d, d.Help, d.Subject)
				}
			}
			checkFormatted(t, dir, findings)
			want := map[string]string{"findings": printed(t, findings)}
			maps.Copy(want, fixed(t, dir, findings))
			compare(t, path, a, want)
		})
	}
	for _, r := range lint.Rules() {
		if !broken[r.ID] {
			t.Errorf("no archive has a finding of %s", r.ID)
		}
	}
}

// checkFormatted tests that formatting a table changes only the lines of its findings.
func checkFormatted(t *testing.T, dir fstest.MapFS, findings diag.List) {
	t.Helper()
	formatted := maps.Clone(dir)
	for name, file := range dir {
		if path.Ext(name) == ".yaml" {
			text, _ := canonical.Format(name, string(file.Data))
			formatted[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	if before, after := messages(findings), messages(run(formatted, nil)); !slices.Equal(before, after) {
		t.Errorf("findings are\n%q\nand when formatted\n%q", before, after)
	}
}

func messages(findings diag.List) []string {
	var all []string
	for _, d := range findings {
		all = append(all, d.Rule+": "+d.Subject+": "+d.Message)
	}
	slices.Sort(all)
	return all
}

// fixed applies fixes until there are none. If every finding has a fix, no finding must
// remain.
func fixed(t *testing.T, dir fstest.MapFS, findings diag.List) map[string]string {
	t.Helper()
	all := !slices.ContainsFunc(findings, func(d diag.Diagnostic) bool { return d.Fix == nil })
	changed := make(map[string]string)
	for progress := true; progress; {
		progress = false
		for name, file := range dir {
			if old := findings.FileNamed(name); old != nil {
				if text, n := findings.Edited(old); n > 0 {
					file.Data, progress = []byte(text), true
					changed["fixed "+name] = strings.ReplaceAll(text, "\r", "<U+000D>")
				}
			}
		}
		findings = run(dir, nil)
	}
	for _, d := range findings {
		if d.Fix != nil || all {
			t.Errorf("remains after fixing: %s", d)
		}
	}
	return changed
}

// compare compares the expected files of an archive with the results.
func compare(t *testing.T, path string, a *txtar.Archive, got map[string]string) {
	t.Helper()
	isWanted := func(f txtar.File) bool { return f.Name == "findings" || strings.HasPrefix(f.Name, "fixed ") }
	if *update {
		a.Files = slices.DeleteFunc(a.Files, isWanted)
		for _, name := range slices.Sorted(maps.Keys(got)) {
			a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(got[name])})
		}
		if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, f := range a.Files {
		if isWanted(f) && got[f.Name] != string(f.Data) {
			t.Errorf("%s is\n%s\nwant\n%s", f.Name, got[f.Name], f.Data)
		}
		delete(got, f.Name)
	}
	if len(got) > 0 {
		t.Errorf("unexpected: %v", got)
	}
}

// A setting turns a rule off or changes its severity. Rules about invalid tables cannot
// be turned off, and ignore comments apply to rules that are off.
func TestSettings(t *testing.T) {
	const table = `errspec: 1
name: shop
title: Shop
codes:
  # errspec:ignore no-class there are none
  - {code: busy, title: Busy, description: "The  shop", fixes: [a.]}
  # errspec:ignore no-fixes
  - {code: busy, title: Busy, description: TODO}
`
	for name, c := range map[string]struct {
		settings lint.Settings
		want     string
	}{
		"none":    {nil, "bad-ignore:error duplicate-code:error no-advice:warning no-advice:warning no-class:warning no-fixes:warning placeholder-text:warning whitespace:warning"},
		"off":     {lint.Settings{"no-advice": {Off: true}, "bad-ignore": {Off: true}, "duplicate-code": {Off: true}}, "duplicate-code:error no-class:warning no-fixes:warning placeholder-text:warning whitespace:warning"},
		"graver":  {lint.Settings{"no-advice": {Severity: diag.Error}, "no-fixes": {Severity: diag.Info}}, "bad-ignore:error duplicate-code:error no-advice:error no-advice:error no-class:warning no-fixes:info placeholder-text:warning whitespace:warning"},
		"ignored": {lint.Settings{"no-class": {Off: true}}, "bad-ignore:error duplicate-code:error no-advice:warning no-advice:warning no-fixes:warning placeholder-text:warning whitespace:warning"},
	} {
		var got []string
		for _, d := range run(fstest.MapFS{"table.yaml": {Data: []byte(table)}}, c.settings) {
			got = append(got, d.Rule+":"+d.Severity.String())
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, s, c.want)
		}
	}
}

// The fingerprints of findings do not change if their locations do.
func TestFingerprintsSurviveMoves(t *testing.T) {
	a, err := txtar.ParseFile("testdata/several.txtar")
	if err != nil {
		t.Fatal(err)
	}
	text := string(a.Files[0].Data)
	moved := "# A comment.\n\n" + regexp.MustCompile(`(?m)^codes:\n`).ReplaceAllString(text, "reserved: []\ncodes:\n\n  # Another.\n")
	of := func(text string) []string {
		names := run(fstest.MapFS{"table.yaml": {Data: []byte(text)}}, nil).Sorted().Fingerprints()
		slices.Sort(names)
		return names
	}
	first, second := of(text), of(moved)
	if !slices.Equal(first, second) || len(slices.Compact(first)) != len(second) {
		t.Errorf("%v became %v", first, second)
	}
}
