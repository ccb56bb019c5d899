package main

import (
	"go/parser"
	"go/token"
	"slices"
	"testing"

	"github.com/errspec/errspec/spec"
)

// Every tool must get the same codes, or the comparison means nothing; and the
// synthetic tables must stay valid as the format of tables grows.
func TestSyntheticTables(t *testing.T) {
	for _, size := range []int{1, 260, 2000} {
		made := synthetic(size)
		read, findings := spec.Parse("table.yaml", made.yaml, nil)
		for _, f := range append(findings, spec.Validate(read)...) {
			t.Fatalf("%d codes: %v", size, f)
		}
		var got []string
		for _, c := range read.Codes {
			got = append(got, c.Wire)
		}
		if !slices.Equal(got, wires(made)) {
			t.Errorf("%d codes: errspec reads other codes than were written", size)
		}
	}
}

func TestSyntheticCodesDiffer(t *testing.T) {
	all := wires(synthetic(maxCodes))
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != maxCodes {
		t.Errorf("%d different codes, want %d", n, maxCodes)
	}
}

func wires(t table) []string {
	var all []string
	for _, c := range t.codes {
		all = append(all, c.wire)
	}
	return all
}

func TestPeerInputsAreGo(t *testing.T) {
	made := synthetic(50)
	for _, input := range []string{constants(made), enumComment(made)} {
		if _, err := parser.ParseFile(token.NewFileSet(), goInput, input, parser.AllErrors); err != nil {
			t.Errorf("%v in\n%s", err, input)
		}
	}
}

func TestEvoLinkTable(t *testing.T) {
	made, err := tableOf(13, "../..")
	if err != nil {
		t.Fatal(err)
	}
	if made.name != "evolink" || len(made.codes) != 13 {
		t.Errorf("got %s with %d codes, want evolink with 13", made.name, len(made.codes))
	}
	if got := made.codes[0]; got.ident != "ContentPolicyViolation" {
		t.Errorf("%s is Code%s to the peers", got.wire, got.ident)
	}
}
