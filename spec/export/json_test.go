package export

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/form"
)

// The JSON of any text is indented and escaped as by encoding/json.
func TestJSONIsCanonical(t *testing.T) {
	odd := "\"\\\\\t\n\b\f\r\x00\x7f <&> \u2028\u2029 é 🙂 \xff"
	table := &spec.Table{
		Name: odd, Title: odd, Wire: spec.WireString,
		Entry: spec.Entry{Extensions: []form.Extension{{Key: "x-" + odd, Value: json.RawMessage(`{"a":[],"b":{},"c":[1,{"d":null}]}`)}}},
		Codes: []spec.Code{{Wire: odd, Match: []string{odd, ""}, Aliases: []string{odd}, Subtypes: []spec.Subtype{{Name: odd}}}},
	}
	for _, table := range []*spec.Table{table, {}} {
		got := JSON(table, Options{})
		var parsed any
		if err := json.Unmarshal(got, &parsed); err != nil {
			t.Fatalf("%v in\n%s", err, got)
		}
		var want bytes.Buffer
		if err := json.Indent(&want, got, "", "  "); err != nil || want.String() != string(got) {
			t.Errorf("got\n%s\nwant\n%s", got, want.Bytes())
		}
	}
}
