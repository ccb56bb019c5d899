package html

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/typescript"
)

// The script gets no fields that are only documentation, except where their keys or the shape
// of the body matter. Conditions refer to the same fields as before.
func TestShorten(t *testing.T) {
	field := func(role string) typescript.Field { return typescript.Field{Role: role} }
	when := []typescript.Condition{{Field: 0, Values: []string{"400"}}, {Field: 5, Values: []string{"a"}}}
	f := &typescript.Format{
		Fields: []typescript.Field{
			{Role: "retry_after", Header: "Retry-After"}, field(""), field(""), field("code"), field(""), field(""), {Arrays: []int{1}},
			{Role: "message", When: when}, {Header: "X-Note"},
		},
		Body: []typescript.Node{
			{Key: "note", Field: 1},
			{Key: "error", Below: []typescript.Node{{Key: "hint", Field: 2}, {Key: "code", Field: 3}, {Key: "kind", Field: 5}}},
			{Key: "usage", Below: []typescript.Node{{Key: "used", Field: 2}, {Key: "left", Field: 4}}},
			{Key: "errors", Each: &typescript.Node{Below: []typescript.Node{{Key: "note", Field: 6}, {Key: "message", Field: 7}}}},
		},
		Codes: []typescript.Selector{{Code: 1, When: when}},
	}
	data, err := json.Marshal(shorten(f))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		`{"fields":[{"role":"retry_after","header":"Retry-After"},{},{"role":"code"},{},{"arrays":[1]},`,
		`{"role":"message","when":[{"field":0,"values":["400"]},{"field":3,"values":["a"]}]},{"header":"X-Note"}],`,
		`"body":[{"key":"note","field":1},{"key":"error","below":[{"key":"code","field":2},{"key":"kind","field":3}]},`,
		`{"key":"usage","below":[{"key":"left","field":1}]},`,
		`{"key":"errors","each":{"below":[{"key":"note","field":4},{"key":"message","field":5}]}}],`,
		`"http":[],"tasks":false,"codes":[{"code":1,"when":[{"field":0,"values":["400"]},{"field":3,"values":["a"]}]}],"subtypes":[]}`,
	}, "")
	if string(data) != want {
		t.Errorf("got  %s\nwant %s", data, want)
	}
	if f.Fields[7].When[1].Field != 5 || f.Body[1].Below[0].Key != "hint" {
		t.Error("the format of the plan has changed")
	}
}
