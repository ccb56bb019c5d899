package runtime

import (
	"reflect"
	"strings"
	"testing"
)

// A row of a packed table contains the same values as a struct.
func TestUnpackInfo(t *testing.T) {
	codes := Codes()
	codeAt := func(i int) Code { return codes[i] }
	for row, want := range map[string]Info{
		"":             {},
		"tA title\x00": {Title: "A title"},
		"tT\x00dD\x00DOne.\n\nTwo.\x00aA\x00hH\x00cC1\x00cC2\x00vV\x00fF1\x00f\x00eE\x00uU\x00H503\x00GABORTED\x00s1.2\x00": {
			Title: "T", Description: "D", Details: "One.\n\nTwo.", Advice: "A", Hint: "H", Causes: []string{"C1", "C2"},
			Avoid: []string{"V"}, Fixes: []string{"F1", ""}, Examples: []string{"E"}, URL: "U", HTTP: 503, GRPC: "ABORTED", Since: "1.2",
		},
		"x\x00":                  {Deprecation: &Deprecation{}},
		"x1.4\x00yOld\x00z1\x00": {Deprecation: &Deprecation{Since: "1.4", Reason: "Old", ReplacedBy: codes[1]}},
	} {
		if got := unpackInfo(row, codeAt); !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n got  %+v\n want %+v", row, got, want)
		}
	}
}

func TestUnpackSubtype(t *testing.T) {
	row := "tT\x00dD\x00eE1\x00eE2\x00aA\x00hH\x00uU\x00"
	want := SubtypeInfo{Title: "T", Description: "D", Examples: []string{"E1", "E2"}, Advice: "A", Hint: "H", URL: "U"}
	if got := unpackSubtype(row); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := unpackSubtype(""); !reflect.DeepEqual(got, SubtypeInfo{}) {
		t.Errorf("got %+v", got)
	}
}

// Every field of the two types is set from a row. The test fails if a field is added to
// a type but not to its row.
func TestPackedRowsHaveAllFields(t *testing.T) {
	codes := Codes()
	info := unpackInfo(strings.Join([]string{"tT", "dD", "DD", "aA", "hH", "cC", "vV", "fF", "eE", "uU", "H1", "GG", "sS", "x1", "yR", "z0", ""}, "\x00"),
		func(i int) Code { return codes[i] })
	elsewhere := map[string]bool{"Code": true, "Class": true, "Subtypes": true, "Subtype": true}
	for _, v := range []reflect.Value{reflect.ValueOf(info), reflect.ValueOf(unpackSubtype("tT\x00dD\x00eE\x00aA\x00hH\x00uU\x00"))} {
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).IsZero() != elsewhere[name] {
				t.Errorf("%s.%s is %v", v.Type(), name, v.Field(i))
			}
		}
	}
}
