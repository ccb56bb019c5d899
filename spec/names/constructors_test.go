package names

import (
	"slices"
	"strings"
	"testing"
)

// Parameters are idiomatic Go names, which are unique and do not hide other names.
func TestParams(t *testing.T) {
	for values, want := range map[string]string{
		"limit_mb field":         "limitMB field",
		"id user_id url_path":    "id userID urlPath",
		"type range len string":  "typeValue rangeValue lenValue stringValue",
		"a_b a__b a_b_":          "aB aB2 aB3",
		"n0 x_1_2":               "n0 x1_2",
		"number_value new_thing": "numberValueValue newThing",
		"mb max_ms":              "mb maxMS",
	} {
		if got := params(strings.Fields(values)); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: got %q, want %s", values, got, want)
		}
	}
}

// A code and a subtype of another code whose constructors would be the same are reported only for
// the package of a service.
func TestConstructorCollision(t *testing.T) {
	table := parsed(t, strings.Replace(small, "func", "shop", 1)+`    subtypes: [{name: b, title: T}]
  - {code: a_b, title: T, description: D}
`)
	if _, findings := Of(table, Options{}); len(findings) > 0 {
		t.Errorf("client: %s", listed(findings))
	}
	n, findings := Of(table, Options{Server: true})
	if len(findings) != 1 || !strings.Contains(listed(findings), "have the same Go name NewAB [identifier-collision]") {
		t.Errorf("service: %s", listed(findings))
	}
	if got := n.Codes[0].New + " " + n.Codes[0].Subtypes[0].New; got != "NewA NewAB" {
		t.Errorf("got %s", got)
	}
}
