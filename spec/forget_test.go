package spec

import (
	"bytes"
	"path/filepath"
	"testing"
)

// Forget drops places, never what the table says, also where it consists of
// several files and adds to another one.
func TestForget(t *testing.T) {
	for _, ref := range []string{"builtin:evolink", filepath.Join("testdata", "forget", "adds.yaml")} {
		table, findings, err := Load(ref)
		if err != nil || len(findings) > 0 {
			t.Fatal(ref, err, findings)
		}
		before := Encode(table, Export{})
		vectors, err := VectorsOf(table)
		if err != nil {
			t.Fatal(err)
		}
		table.Forget()
		if after := Encode(table, Export{}); !bytes.Equal(before, after) {
			t.Errorf("%s: before\n%s\nafter\n%s", ref, before, after)
		}
		again, err := VectorsOf(table)
		if err != nil || !bytes.Equal(vectors.Encode(), again.Encode()) {
			t.Errorf("%s: other decisions, %v", ref, err)
		}
		for i := range table.Codes {
			c := &table.Codes[i]
			if c.Has("code") {
				t.Errorf("%s: %s is still there", ref, c.Wire)
			}
			if at := c.ItemAt("examples", 0); at.Start.Line == 0 || at != c.At() {
				t.Errorf("%s: a key of %s is at %v, the code at %v", ref, c.Wire, at, c.At())
			}
		}
	}
}
