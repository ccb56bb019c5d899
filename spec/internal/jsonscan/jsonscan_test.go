package jsonscan

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// samples are texts for the tests, and the seed corpus of the fuzz test.
var samples = []string{
	`{}`, `{ }`, `{"a":1}`, `{"a":{"b":"x"}}`, ` {"a":1}`, `{"a":1} tail`, `{"a":1}{"b":2}`,
	`{"a":{"b":"x","c":2.5e-3},"d":"y"}`, "{\n  \"a\": {\n    \"b\": null\n  },\n\t\"d\" : \"y\"\r\n}",
	`{"a":{"b":"x"},"a":1}`, `{"a":1,"a":{"b":"x"}}`, `{"a":{"b":1},"a":{"c":2}}`, `{"d":"1","d":null}`,
	`{"\u0061":{"\u0062":"\u0078"}}`, `{"a":{"b":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"}}`, `{"d":"\ud83d"}`, `{"d":"\ude00\ud83d"}`,
	"{\"d\":\"\xff\xfe \xc3\xa9\"}", "{\"\xff\":1}", `{"d":[1,[2,{"a":{"b":"no"}}],{}],"e":[]}`, `{"d":[ ],"e":{ }}`,
	`{"d":0}`, `{"d":-0}`, `{"d":-0.0E+10}`, `{"d":01}`, `{"d":-}`, `{"d":1.}`, `{"d":.5}`, `{"d":1e}`, `{"d":+1}`, `{"d":1e5.5}`, `{"d":0x1}`,
	`{"d":tru}`, `{"d":true}`, `{"d":truE}`, `{"d":nul`, `{"d":false,"e":null}`,
	`{"d":"a`, `{"d":"a\`, `{"d":"\u12`, `{"d":"\u12g4"}`, `{"d":"\x"}`, "{\"d\":\"a\nb\"}", "{\"d\":\"a\x01b\"}", "{\"d\":\"a\x7fb\"}",
	`{"d"}`, `{"d":}`, `{"d":1,}`, `{,"d":1}`, `{"d":1 "e":2}`, `{"d" 1}`, `{d:1}`, `{'d':1}`, `{"d":1]`, `{"d":[1}`, `{"d":[1,]}`, `{"d":[,1]}`, `{"d":[1 2]}`, `{"d":{]}`,
	`{`, `{"`, `{"d`, `{"d"`, `{"d":`, `{"d":1`, `{"d":1,`, `{"d":[`, `{"d":[1`, `{"d":{"e":1`,
	`[]`, `[1]`, `"x"`, `1`, ``, `}`, `null`,
	`{"d":"12345678\"12345678\\12345678"}`, `{"d":"1234567` + "\x1f" + `"}`, `{"long":"` + strings.Repeat("x", 100) + `","d":"z"}`,
	`{"d":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`, `{"d":` + strings.Repeat(`{"a":`, 100) + `1` + strings.Repeat("}", 100) + `}`,
}

var testPaths = []string{"d", "a.b", "a.c"}

// reference finds the value at a path like generated packages, by decoding one object after another.
func reference(text string, path ...string) json.RawMessage {
	d := map[string]json.RawMessage{}
	if json.Unmarshal([]byte(text), &d) != nil {
		return nil
	}
	for _, key := range path[:len(path)-1] {
		var inner map[string]json.RawMessage
		if json.Unmarshal(d[key], &inner) != nil {
			return nil
		}
		d = inner
	}
	return d[path[len(path)-1]]
}

// referenceText decodes a value like generated packages.
func referenceText(value json.RawMessage) string {
	if string(value) == "null" {
		return ""
	}
	var s string
	if json.Unmarshal(value, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(value, &n) == nil {
		return n.String()
	}
	return ""
}

// compare compares Object with encoding/json.
func compare(t *testing.T, text string) {
	t.Helper()
	values := make([]string, len(testPaths))
	end, err := Compile(testPaths...).Object(text, values)
	if err != nil {
		if err.Offset < 0 || err.Offset > len(text) {
			t.Errorf("%q: %v at %d", text, err, err.Offset)
		}
		deep := err.Reason == reasonDepth
		trimmed := text
		if dec := json.NewDecoder(strings.NewReader(text)); !deep && strings.HasPrefix(text, "{") {
			var raw json.RawMessage
			if dec.Decode(&raw) == nil {
				t.Errorf("%q: %v at %d, but encoding/json accepts %s", trimmed, err, err.Offset, raw)
			}
		}
		return
	}
	object := text[:end]
	if !json.Valid([]byte(object)) {
		t.Fatalf("%q is accepted, but not by encoding/json", object)
	}
	for i, path := range testPaths {
		want := reference(object, strings.Split(path, ".")...)
		if values[i] != string(want) {
			t.Errorf("%q: the value at %s is %q, want %q", object, path, values[i], want)
		}
		if got, _ := Text(values[i]); got != referenceText(want) {
			t.Errorf("%q: the text at %s is %q, want %q", object, path, got, referenceText(want))
		}
	}
	members := map[string]string{}
	for key, value := range Members(object) {
		members[key] = value
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal([]byte(object), &all); err != nil {
		t.Fatal(err)
	}
	if len(members) != len(all) {
		t.Errorf("%q: members %q, want %q", object, members, all)
	}
	for key, value := range members {
		if string(all[key]) != value {
			t.Errorf("%q: member %q is %q, want %q", object, key, value, all[key])
		}
		if value[0] == '[' {
			compareElements(t, value)
		}
	}
}

func compareElements(t *testing.T, array string) {
	t.Helper()
	var want []json.RawMessage
	if err := json.Unmarshal([]byte(array), &want); err != nil {
		t.Fatal(err)
	}
	var got []string
	for e := range Elements(array) {
		got = append(got, e)
	}
	if len(got) != len(want) {
		t.Fatalf("%q: elements %q, want %q", array, got, want)
	}
	for i := range got {
		if got[i] != string(want[i]) {
			t.Errorf("%q: element %d is %q, want %q", array, i, got[i], want[i])
		}
	}
}

func TestObjectAgainstEncodingJSON(t *testing.T) {
	for _, text := range samples {
		compare(t, text)
	}
}

func FuzzObject(f *testing.F) {
	for _, text := range samples {
		f.Add(text)
	}
	f.Fuzz(compare)
}

func TestObjectEnd(t *testing.T) {
	for text, want := range map[string]int{`{} x`: 2, `{"a":1}{"b":2}`: 7, `{"a":[{}]}]`: 10} {
		if end, err := Compile("d").Object(text, make([]string, 1)); err != nil || end != want {
			t.Errorf("%q ends at %d, %v, want %d", text, end, err, want)
		}
	}
}

func TestReasons(t *testing.T) {
	for text, want := range map[string]SyntaxError{
		``:                                      {0, ReasonEnd},
		`x`:                                     {0, reasonObject},
		`{"d":`:                                 {5, ReasonEnd},
		`{"d":"ab`:                              {8, ReasonEnd},
		`{"d":tr`:                               {7, ReasonEnd},
		`{d:1}`:                                 {1, reasonKey},
		`{"d";1}`:                               {4, reasonColon},
		`{"d":?}`:                               {5, reasonValue},
		`{"d":1;}`:                              {6, reasonComma},
		`{"d":[1;]}`:                            {7, reasonComma},
		`{"d":[1}`:                              {7, reasonComma},
		`{"d":01}`:                              {6, reasonNumber},
		`{"d":-x}`:                              {6, reasonNumber},
		`{"d":nulL}`:                            {8, reasonLiteral},
		`{"d":"\q"}`:                            {7, reasonEscape},
		`{"d":"\u00zz"}`:                        {10, reasonEscape},
		"{\"d\":\"a\nb\"}":                      {7, reasonLineEnd},
		"{\"d\":\"1234567\x00\"":                {13, reasonControl},
		`{"d":` + strings.Repeat("[", MaxDepth): {4 + MaxDepth, reasonDepth},
	} {
		_, err := Compile("d").Object(text, make([]string, 1))
		if err == nil || *err != want {
			t.Errorf("%.40q: got %+v, want %+v", text, err, want)
		}
	}
	if _, err := Compile("d").Object(`{"d":`+strings.Repeat("[", MaxDepth-1)+strings.Repeat("]", MaxDepth-1)+`}`, make([]string, 1)); err != nil {
		t.Errorf("maximum depth: %v", err)
	}
}

func TestValue(t *testing.T) {
	for text, want := range map[string]int{`1,`: 1, `"a" ,`: 3, `[1,{}],2`: 6, `nullx`: 4, `{"a":1}}`: 7} {
		if end, err := Value(text); err != nil || end != want {
			t.Errorf("%q: %d, %v, want %d", text, end, err, want)
		}
	}
	for _, text := range []string{``, `,`, `]`, `[1`} {
		if _, err := Value(text); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestText(t *testing.T) {
	for value, want := range map[string]string{`"a\u00e9"`: "aé", `12.50`: "12.50", `-1`: "-1", `""`: "", "\"\xff\"": "\uFFFD"} {
		got, ok := Text(value)
		if !ok || got != want || !utf8.ValidString(got) {
			t.Errorf("%s: %q, %v, want %q", value, got, ok, want)
		}
	}
	for _, value := range []string{``, `null`, `true`, `{}`, `[]`} {
		if got, ok := Text(value); ok || got != "" {
			t.Errorf("Text(%q) = %q, true", value, got)
		}
	}
}

func TestObjectAllocations(t *testing.T) {
	p, values := Compile(testPaths...), make([]string, len(testPaths))
	text := `{"d":[1,2,{"e":"f"}],"a":{"b":"x","c":"y"}}`
	if n := testing.AllocsPerRun(100, func() { p.Object(text, values) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
