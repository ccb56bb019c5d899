package overview

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/logstream"
)

// The suggested entries form a valid table with the codes and messages of the input,
// for any text in them.
func TestSuggest(t *testing.T) {
	rows := []logstream.Row{
		{Code: "upstream_error", Count: 12, File: "a\nb.ndjson", Line: 7, Samples: []string{"The provider \"x\" failed\\", "# no: comment", "a\nb: c\x1b[31m\u202e"}},
		{Code: "", Count: 3, File: "f", Line: 1},
		{Code: "busy", Known: true, Count: 3, File: "f", Line: 1},
		{Code: "404", Count: 1, File: "f", Line: 2},
		{Code: "true: [x]", Count: 2, File: "f", Line: 3},
		{Code: "__", Count: 2, File: "f", Line: 4},
		{Code: "E_BAD", Count: 2, File: "f", Line: 5},
	}
	text := Suggest(rows, spec.WireString)
	table, findings := spec.Parse("suggestion", suggestionHead(spec.WireString)+text, nil)
	if findings.HasErrors() {
		t.Fatalf("%v in\n%s", findings, text)
	}
	var got []string
	for _, c := range table.Codes {
		got = append(got, c.Wire+" | "+c.Title+" | "+strings.Join(c.Examples, " | "))
	}
	want := []string{
		`upstream_error | TODO: Upstream error | The provider "x" failed\ | # no: comment | ` + "a\nb: c [31m ",
		"404 | TODO: 404 | ",
		"true: [x] | TODO: True: [x] | ",
		"__ | TODO: __ | ",
		"E_BAD | TODO: E_BAD | ",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q, want\n%q, from\n%s", got, want, text)
	}
	for _, comment := range []string{`# 12 errors, the first in "a\nb.ndjson" at line 7` + "\n", `# 1 error, the first in "f" at line 2` + "\n"} {
		if !strings.Contains(text, comment) {
			t.Errorf("no %q in\n%s", comment, text)
		}
	}
}

func TestSuggestNothing(t *testing.T) {
	if got := Suggest([]logstream.Row{{Code: "busy", Known: true}, {}}, spec.WireString); got != "" {
		t.Errorf("got %q", got)
	}
	for _, row := range []logstream.Row{{Code: "no number"}, {Code: "0x10"}, {Code: "99999999999999999999"}} {
		if got, want := Suggest([]logstream.Row{row}, spec.WireInteger), fmt.Sprintf("codes: [\n  # skipped: a table cannot contain the code %q\n]\n", row.Code); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	got := Suggest([]logstream.Row{{Code: "x…", Cut: true, Count: 1}, {Code: "-7", Count: 1}}, spec.WireString)
	if !strings.Contains(got, "\n  # skipped: a table cannot contain the code \"x\\u2026\"\n") || !strings.Contains(got, `- code: "-7"`) || !strings.HasPrefix(got, "codes:\n") {
		t.Errorf("got %q", got)
	}
	if got := Suggest([]logstream.Row{{Code: "-7", Count: 1}}, spec.WireInteger); !strings.Contains(got, "- code: -7\n") {
		t.Errorf("got %q", got)
	}
}
