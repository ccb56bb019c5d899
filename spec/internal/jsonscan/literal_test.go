package jsonscan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// literals maps literals in the notations of the three languages to JSON.
var literals = map[string]string{
	// Python's repr and pprint.
	`{'error': {'message': "it's", 'param': None, 'ok': True, 'no': False, 'n': 1.5}}`: `{"error":{"message":"it's","param":null,"ok":true,"no":false,"n":1.5}}`,
	`{'a': 'it\'s "so"', 'b': "\\n\n\t\x41\u00e9\U0001F600\101\a"}`:                    `{"a":"it's \"so\"","b":"\\n\n\tAé😀A\u0007"}`,
	`{'t': (1, 'x'), 'u': (1,), 'v': (), 's': {'x', 1}, 'l': [1, 2,], 'e': {}}`:        `{"t":[1,"x"],"u":[1],"v":[],"s":["x",1],"l":[1,2],"e":{}}`,
	`{b'k': b'\xc3\xa9\'', 'r': r'\d', 'f': u'x', 7: 8}`:                               `{"k":"é'","r":"\\d","f":"x","7":8}`,
	"{'m': 'a '\n      'b',\n 'c': 1}":                                                 `{"m":"a b","c":1}`,
	`{'d': Decimal('1)'), 'w': datetime.datetime(2026, 1, 2), 'r': <Response [400]>}`:  `{"d":null,"w":null,"r":null}`,
	`{'big': 10L, 'nan': nan, 'inf': -inf, 'hex': 0x1f}`:                               `{"big":10,"nan":null,"inf":null,"hex":null}`,
	`{'s': '{"code": "x"}', 'p': '\ud83d\ude00\ud83d'}`:                                `{"s":"{\"code\": \"x\"}","p":"😀�"}`,

	// JavaScript's util.inspect.
	"{\n  error: { code: 'x', message: 'it\\'s', cause: [Object], f: [Function: f] },\n  list: [Array]\n}": `{"error":{"code":"x","message":"it's","cause":null,"f":null},"list":null}`,
	"{ a: undefined, b: `x\ny`, 'c-d': 10n, e: -0, f: 2026-01-02T03:04:05.000Z }":                          `{"a":null,"b":"x\ny","c-d":10,"e":-0,"f":null}`,
	`{ a: 'x' +` + "\n" + `    'y', h: Headers { b: 1 }, [Symbol(k)]: 1, m: Map(1) { 'k' => 2 } }`:         `{"a":"xy","h":{"b":1},"[Symbol(k)]":1,"m":{"k":2}}`,
	`{ a: [ 1, 2, ... 98 more items ], b: [Object: null prototype] { c: 1 }, d: <Buffer 61> }`:             `{"a":[1,2],"b":{"c":1},"d":null}`,
	`{ a: 1, ... 3 more keys }`: `{"a":1}`,

	// Ruby's inspect.
	`{"error"=>{"code"=>"x", "n"=>nil}, :sym=>:val, "new" => 1, key: "v"}`: `{"error":{"code":"x","n":null},"sym":"val","new":1,"key":"v"}`,

	// JSON.
	`{"a":[1,{"b":null}],"c":"\u00e9\/"}`: `{"a":[1,{"b":null}],"c":"é/"}`,
}

func TestLiteral(t *testing.T) {
	for text, want := range literals {
		got, end, ok := jsonscan.Literal(text + " tail")
		if !ok || end != len(text) || !same(t, got, want) {
			t.Errorf("%s\n got %s (%v, %d)\nwant %s", text, got, ok, end, want)
		}
		for cut := range len(text) {
			if got, _, ok := jsonscan.Literal(text[:cut]); ok {
				t.Errorf("%s is accepted: %s", text[:cut], got)
			}
		}
	}
	for _, text := range []string{``, `x`, `{`, `{x}`, `{'a'}`, `{'a': }`, `{'a': 1 'b': 2}`, `{a=1}`, `{'a': 'b}`, "{'a': 'b\nc'}", `{'a': (1}`, `{: 1}`, `{,}`, `{'a': f(}`, `{'a': <x}`, `['a']`} {
		if got, _, ok := jsonscan.Literal(text); ok {
			t.Errorf("%s is accepted: %s", text, got)
		}
	}
}

func same(t *testing.T, got, want string) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(want), &b); err != nil {
		t.Fatal(want, err)
	}
	if json.Unmarshal([]byte(got), &a) != nil {
		return false
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// FuzzLiteral checks that the result is always valid JSON.
func FuzzLiteral(f *testing.F) {
	for text := range literals {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, end, ok := jsonscan.Literal(text)
		if !ok {
			return
		}
		var values []string
		if n, err := jsonscan.Compile().Object(got, values); end > len(text) || len(got) > 6*len(text)+2 || !deep(got) && (err != nil || n != len(got)) {
			t.Errorf("%q gives %q: %v", text, got, err)
		}
	})
}

// deep reports whether JSON may be nested deeper than MaxDepth.
func deep(json string) bool {
	return strings.Count(json, "{")+strings.Count(json, "[") >= jsonscan.MaxDepth
}

// TestHostileLiterals reads texts for which a naive reader would take quadratic time.
func TestHostileLiterals(t *testing.T) {
	for _, unit := range []string{`{'a':`, `{'a',`, `[`, `(`, `<`, `[A`, `f(`, `'`, `' '`, `'a' + `, `\`, `...`, `{a:`, `{[`, `:a`, `{'a':f('`} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		for _, s := range []string{"{'x':" + text, "{" + text, "{'x':'" + text, "{'x':[" + text} {
			jsonscan.Literal(s)
		}
	}
}
