package spec_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/form"
)

// bare is a table that has each mapping with a default, and none of the keys with one.
const bare = head + `docs_url: https://shop.example
response: {fields: {error.code: {role: code}, error.note: {}}}
idempotency: {header: Idempotency-Key, replays: returns}
polling: {url: "https://shop.example/{id}", interval: 3s}
classes: [{name: server, title: Server}]
codes:
  - code: busy
    title: Busy
    description: The shop is busy.
    class: server
    retry: {advice: Wait}
    subtypes: [{name: full, title: Full, match: [shop is full]}]
`

// describedDefaults are defaults that are not the value itself, or that export leaves out,
// because the key means the same then. Other tests show their meaning.
var describedDefaults = map[string]string{
	"codes[].charged": "unknown", "codes[].internal": "false",
	"codes[].name": "derived from the code", "codes[].url": "derived from docs_url", "codes[].retry.hint": "the advice",
	"codes[].subtypes[].match": "derived from the examples", "codes[].subtypes[].values": "its name", "codes[].subtypes[].retry.hint": "the advice",
	"classes[].retry.action": "unknown", "classes[].retry.automatic": "false", "classes[].retry.throttle": "false", "classes[].retry.hint": "the advice",
	"response.fields.*.ok": "true for success", "response.fields.*.unit": "seconds", "response.fields.*.running": "all that mean nothing else",
	"response.examples[].http": "200",
}

var statedDefault = regexp.MustCompile(` Default: (.+)\.$`)

// The defaults in the descriptions of keys, which schemas and documentation show, must be
// those of resolved tables.
func TestStatedDefaults(t *testing.T) {
	table, findings := spec.Parse("errors.yaml", bare, nil)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	var exported map[string]any
	if err := json.Unmarshal(export.JSON(table, export.Options{}), &exported); err != nil {
		t.Fatal(err)
	}
	compared := 0
	var walk func(path string, s form.Schema, value any)
	walk = func(path string, s form.Schema, value any) {
		for _, p := range s.Properties {
			at := strings.TrimPrefix(path+"."+p.Key, ".")
			var of any
			if object, ok := value.(map[string]any); ok {
				of = object[p.Key]
			}
			if m := statedDefault.FindStringSubmatch(p.Value.Description); m != nil && !strings.HasPrefix(at, "additions") && !strings.HasPrefix(at, "response.headers") {
				compared++
				got := fmt.Sprint(of)
				if d, ok := describedDefaults[at]; ok {
					got = d
				}
				if strings.TrimSuffix(got, "0s") != m[1] && got != m[1] {
					t.Errorf("%s: export has %s, and the description says %s", at, got, m[1])
				}
			}
			switch inner := p.Value; {
			case inner.Items != nil:
				var first any
				if list, ok := of.([]any); ok && len(list) > 0 {
					first = list[0]
				}
				walk(at+"[]", *inner.Items, first)
			case len(inner.Properties) == 0 && len(inner.Patterns) > 0:
				var note any
				if object, ok := of.(map[string]any); ok {
					note = object["error.note"]
				}
				walk(at+".*", inner.Patterns[0].Value, note)
			default:
				walk(at, inner, of)
			}
		}
	}
	walk("", spec.Schema(), exported)
	if compared < 25 {
		t.Errorf("only %d defaults are stated", compared)
	}
}
