package response

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// scanned is a table of fields without roles, which are read as they are.
func scanned(t testing.TB) *Reader {
	return compileTable(t, Description{Fields: []Field{
		{Path: "a"}, {Path: "b.c"}, {Path: "b.d"}, {Path: "e[]"}, {Path: "e[].f"}, {Path: "e[].g[].h"}, {Path: "b"}, {Path: "i[][]"}, {Path: "é.\U0001F600"},
	}})
}

var texts = []string{
	``, ` `, `{}`, `[]`, `null`, `1`, `"a"`, "\xef\xbb\xbf{}", `{} x`, `{"a":1}{"a":2}`, ` { "a" : 1 , "b" : { "c" : [ 1 , 2 ] } } `,
	`{"a":1,"a":2}`, `{"a":1,"a":null}`, `{"a":null,"a":1}`, `{"b":{"c":1},"b":{"d":2}}`, `{"b":{"c":1},"b":3}`, `{"e":[{"f":1}],"e":[{"f":2},{"f":3,"f":4}]}`,
	`{"\u0061":"\u00e9\ud83d\ude00\ud83d","\u00e9":{"\ud83d\ude00":"\ude00\ud83d\u0041"}}`, `{"a":"\"\\\/\b\f\n\r\t"}`, "{\"a\":\"\xff\xfe \xc3\xa9\xed\xa0\x80\",\"\xff\":1}",
	`{"e":[1,"x",null,true,{"f":{"x":[1]}},[{"f":1}],{"g":[{"h":1},{"h":[]},3,{}]}]}`, `{"i":[[1,2],[],[3],4,[[5]]]}`, `{"e":{"f":1}}`, `{"a":-0.5E+10,"b":0}`,
	`{"a":1` + strings.Repeat("0", 400) + `,"b":1e999}`, `{"a":01}`, `{"a":1.}`, `{"a":+1}`, `{"a":tru}`, `{"a":"\x"}`, `{"a":"\u12"}`, "{\"a\":\"\n\"}", `{"a":1,}`, `{"a"}`, `[1,]`, `{"a":[}`, `{"a":"}`, `{"a":"]},{[\\"}`,
	`[{"a":1},{"a":2}]`, `[[{"a":1}]]`, strings.Repeat("[", 100) + strings.Repeat("]", 100), `{"a":` + strings.Repeat(`{"a":[`, 50) + strings.Repeat(`]}`, 50) + `}`,
}

// compareScan compares the facts of a body with the result of encoding/json.
func compareScan(t *testing.T, r *Reader, body []byte) {
	t.Helper()
	s := facts{format: &r.format, status: 400}
	s.scan(body)
	if s.valid != json.Valid(body) {
		t.Fatalf("%q: valid is %v", body, s.valid)
	}
	var got, want []string
	for i, f := range s.list {
		v := decoded(t, []byte(f.text))
		if text, ok := v.(string); ok && s.text(i) != text {
			t.Errorf("%q: %s is %q, want %q", body, f.text, s.text(i), text)
		}
		got = append(got, fmt.Sprint(f.field, f.at, v))
	}
	if s.valid {
		v := decoded(t, body)
		if list, ok := v.([]any); ok {
			v = nil
			for i := len(list) - 1; i >= 0; i-- {
				if object, ok := list[i].(map[string]any); ok {
					v = object
				}
			}
		}
		if object, ok := v.(map[string]any); ok {
			referenceObject(object, r.format.body, [2]int32{}, 0, &want)
		}
	}
	for i, text := range got {
		// A field outside of arrays has the elements of the last array that was read.
		got[i] = strings.Replace(text, fmt.Sprint(s.list[i].at), fmt.Sprint(within(s.list[i], r)), 1)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q: got %q, want %q", body, got, want)
	}
}

// decoded returns a value with numbers as they are written, however large.
func decoded(t *testing.T, text []byte) (v any) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return v
}

func within(f fact, r *Reader) (at [2]int32) {
	for level, array := range r.format.fields[f.field].arrays {
		if array != 0 {
			at[level] = f.at[level]
		}
	}
	return at
}

func referenceObject(object map[string]any, below []node, at [2]int32, level int, out *[]string) {
	for i := range below {
		if v, ok := object[below[i].key]; ok && v != nil {
			referenceValue(v, &below[i], at, level, out)
		}
	}
}

func referenceValue(v any, n *node, at [2]int32, level int, out *[]string) {
	if n.field > 0 {
		*out = append(*out, fmt.Sprint(n.field, at, v))
	}
	switch v := v.(type) {
	case map[string]any:
		referenceObject(v, n.below, at, level, out)
	case []any:
		for i, e := range v {
			if at[min(level, 1)] = int32(i); n.each != nil && e != nil {
				referenceValue(e, n.each, at, level+1, out)
			}
		}
	}
}

func TestScan(t *testing.T) {
	r := scanned(t)
	for _, text := range texts {
		compareScan(t, r, []byte(text))
	}
}

// TestRaw reads fields without a role as they are written.
func TestRaw(t *testing.T) {
	r := compileTable(t, Description{Fields: []Field{{Path: "a"}, {Path: "b"}}, Headers: []Field{{Path: "x-a"}}})
	s := facts{format: &r.format, status: 200, header: map[string][]string{"X-A": {" 1 "}}}
	s.scan([]byte(`{"a": [1, "x"], "b": null}`))
	for field, want := range []string{1: `[1, "x"]`, 2: ``, 3: `1`} {
		if got := s.raw(field); got != want {
			t.Errorf("field %d is %q, want %q", field, got, want)
		}
	}
}

func FuzzScan(f *testing.F) {
	r := scanned(f)
	for _, text := range texts {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, body []byte) { compareScan(t, r, body) })
}

// TestBounds reads bodies as long and as deep as may be, and longer and deeper ones.
func TestBounds(t *testing.T) {
	r := compileTable(t, tasks())
	for _, c := range []struct {
		body string
		want Outcome
	}{
		{`{"id":"` + strings.Repeat("x", maxBody-len(`{"id":""}`)) + `"}`, Running},
		{`{"id":"` + strings.Repeat("x", maxBody-len(`{"id":""}`)+1) + `"}`, Unreadable},
		{`{"id":"t","x":` + strings.Repeat("[", 9999) + strings.Repeat("]", 9999) + `}`, Running},
		{`{"id":"t","x":` + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + `}`, Unreadable},
		{strings.Repeat("[", maxBody), Unreadable},
	} {
		if got := r.Read(TaskCall, 200, nil, []byte(c.body)); got.Outcome != c.want {
			t.Errorf("%.30s… of %d bytes: %v, want %v", c.body, len(c.body), got.Outcome, c.want)
		}
	}
}
