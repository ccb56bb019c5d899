package classify

import (
	"bytes"
	"testing"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
)

// Vectors are written as encoding/json writes them.
func TestVectorsAreWrittenAsJSON(t *testing.T) {
	table, _, err := spec.Load("builtin:evolink")
	if err != nil {
		t.Fatal(err)
	}
	vectors, err := VectorsOf(table)
	if err != nil {
		t.Fatal(err)
	}
	all := append(vectors.Cases,
		Vector{Code: WireCode{"-7", true}, Message: Text("<&>\"\\\n\u2028 é" + surrogate(highSurrogate)), Values: map[string]string{"b": "<", "a": "\t"}},
		Vector{Verdict: Verdict{Charged: "no", Subtype: "a/b", Wait: VerdictWait{"1s", "1m0s"}}})
	for i := range all {
		if got, want := all[i].append(nil), jsonwrite.Value(all[i]); !bytes.Equal(got, want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
