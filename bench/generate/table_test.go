package main

import (
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"github.com/errspec/errspec/bench/internal/tables"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/validate"
)

// Every tool must get the same codes, otherwise the comparison is meaningless. The
// synthetic tables must be valid in the current table format.
func TestSyntheticTables(t *testing.T) {
	for _, size := range []int{1, 260, 2000} {
		made := tables.Synthetic(size, size != 260)
		read, findings := spec.Parse("table.yaml", made.YAML, nil)
		for _, f := range append(findings, validate.Run(read)...) {
			t.Fatalf("%d codes: %v", size, f)
		}
		var got []string
		for _, c := range read.Codes {
			got = append(got, c.Wire)
		}
		if !slices.Equal(got, wires(made)) {
			t.Errorf("%d codes: errspec reads different codes", size)
		}
	}
}

func TestSyntheticCodesDiffer(t *testing.T) {
	all := wires(tables.Synthetic(tables.Max, false))
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != tables.Max {
		t.Errorf("%d distinct codes, want %d", n, tables.Max)
	}
}

func wires(t tables.Table) []string {
	var all []string
	for _, c := range t.Codes {
		all = append(all, c.Wire)
	}
	return all
}

func TestPeerInputsAreGo(t *testing.T) {
	made := tables.Synthetic(50, false)
	for _, input := range []string{constants(made), enumComment(made)} {
		if _, err := parser.ParseFile(token.NewFileSet(), goInput, input, parser.AllErrors); err != nil {
			t.Errorf("%v in\n%s", err, input)
		}
	}
}

func TestEvoLinkTable(t *testing.T) {
	made, err := tables.Of(79, false, "../..")
	if err != nil {
		t.Fatal(err)
	}
	if made.Name != "evolink" || len(made.Codes) != 79 {
		t.Errorf("got %s with %d codes, want evolink with 79", made.Name, len(made.Codes))
	}
	if got := made.Codes[0]; got.Ident != "ContentPolicyViolation" {
		t.Errorf("%s is Code%s for the other tools", got.Wire, got.Ident)
	}
}
