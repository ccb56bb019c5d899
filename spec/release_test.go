package spec_test

import (
	"bytes"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/export"
)

// ReleaseSource removes locations but no values, also from a table that has several files and a
// base table.
func TestReleaseSource(t *testing.T) {
	for _, ref := range []string{"builtin:evolink", filepath.Join("testdata", "release", "adds.yaml")} {
		table, findings, err := spec.Load(ref)
		if err != nil || len(findings) > 0 {
			t.Fatal(ref, err, findings)
		}
		before := export.JSON(table, export.Options{})
		vectors, err := classify.VectorsOf(table)
		if err != nil {
			t.Fatal(err)
		}
		table.ReleaseSource()
		if after := export.JSON(table, export.Options{}); !bytes.Equal(before, after) {
			t.Errorf("%s: before\n%s\nafter\n%s", ref, before, after)
		}
		again, err := classify.VectorsOf(table)
		if err != nil || !bytes.Equal(vectors.Encode(), again.Encode()) {
			t.Errorf("%s: other decisions, %v", ref, err)
		}
		for i := range table.Codes {
			c := &table.Codes[i]
			if c.Has("code") {
				t.Errorf("%s: the keys of %s remain", ref, c.Wire)
			}
			if at := c.ItemAt("examples", 0); at.Start.Line == 0 || at != c.At() {
				t.Errorf("%s: a key of %s is at %v, the code at %v", ref, c.Wire, at, c.At())
			}
		}
	}
}
