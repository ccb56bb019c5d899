package vet_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/errspec/errspec/gen/vet"
)

// Each directory contains code that a rule reports, and similar code that it does not
// report. The golden file of a file contains the fixed code.
func TestRules(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, analysistest.TestData(), vet.Analyzer,
		"literal", "missingdefault", "compare", "emptycode", "errortext", "deprecated", "unuseddecision",
		"resubmit", "resubmitfar", "attempts", "freshkey", "ignore", "renamed", "dot", "generic", "vendored")
}

func TestMissingCodes(t *testing.T) {
	set := func(value string) {
		if err := vet.Analyzer.Flags.Set(vet.MissingCodesFlag, value); err != nil {
			t.Fatal(err)
		}
	}
	set("true")
	defer set("false")
	analysistest.Run(t, analysistest.TestData(), vet.Analyzer, "missing")
}

// Fixed code compiles, and has no findings with fixes.
func TestFixedIsClean(t *testing.T) {
	goldens, err := filepath.Glob("testdata/src/*/*.golden")
	if err != nil || len(goldens) == 0 {
		t.Fatal("no golden files", err)
	}
	config := &packages.Config{
		Mode:    packages.LoadAllSyntax,
		Dir:     filepath.Join(analysistest.TestData(), "src"),
		Env:     append(os.Environ(), "GO111MODULE=off", "GOWORK=off", "GOFLAGS=", "GOPATH="+analysistest.TestData()),
		Overlay: make(map[string][]byte),
	}
	var patterns []string
	for _, name := range goldens {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := filepath.Abs(strings.TrimSuffix(name, ".golden"))
		if err != nil {
			t.Fatal(err)
		}
		config.Overlay[file] = text
		patterns = append(patterns, filepath.Base(filepath.Dir(file)))
	}
	pkgs, err := packages.Load(config, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.Fatal("fixed code does not compile")
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{vet.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, root := range graph.Roots {
		if root.Err != nil {
			t.Error(root.Err)
		}
		for _, d := range root.Diagnostics {
			if len(d.SuggestedFixes) > 0 {
				t.Errorf("%s: finding with a fix in fixed code: %s", root.Package.Fset.Position(d.Pos), d.Message)
			}
		}
	}
}

// Every rule has a unique identifier, a purpose and examples, and is documented.
func TestRulesAreDescribed(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, r := range vet.Rules() {
		if seen[r.ID] || r.Purpose == "" || r.Bad == "" || r.Good == "" {
			t.Errorf("%s is a duplicate or has no purpose or example", r.ID)
		}
		seen[r.ID] = true
		if !strings.Contains(string(doc), "- "+r.ID+": ") || !strings.Contains(vet.Analyzer.Doc, "\n"+r.ID+": ") {
			t.Errorf("the documentation does not contain %s", r.ID)
		}
	}
	if err := analysis.Validate([]*analysis.Analyzer{vet.Analyzer}); err != nil {
		t.Error(err)
	}
}
