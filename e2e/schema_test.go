package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/validate"
)

// schemaOf compiles one of errspec's schemas.
func schemaOf(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	for _, s := range gen.Schemas() {
		if s.Name != name {
			continue
		}
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.Write()))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name+".json", document); err != nil {
			t.Fatal(err)
		}
		schema, err := c.Compile(name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		return schema
	}
	t.Fatalf("no schema %q", name)
	return nil
}

// plain returns the values of a YAML text that an editor checks: those that JSON has.
func plain(text string) (any, error) {
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		return nil, err
	}
	data, err := json.Marshal(withTextKeys(v))
	if err != nil {
		return nil, err
	}
	return jsonschema.UnmarshalJSON(bytes.NewReader(data))
}

func withTextKeys(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = withTextKeys(v[k])
		}
	case map[any]any:
		out := make(map[string]any)
		for k, value := range v {
			if date, ok := k.(time.Time); ok { // text for editors, which read YAML 1.2
				k = date.Format(time.DateOnly)
			}
			out[fmt.Sprint(k)] = withTextKeys(value)
		}
		return out
	case []any:
		for i := range v {
			v[i] = withTextKeys(v[i])
		}
	}
	return v
}

// beyondSchema reports whether a schema cannot express the cause of a finding: the text
// itself, or a combination of entries. A schema defines the keys, which of them are
// required, and the type of each value.
func beyondSchema(d diag.Diagnostic) bool {
	switch d.Rule {
	case "unknown-key", "missing-key", "format-version":
		return false
	case "wrong-type", "unquoted-value":
		// Codes have the wire type that another key defines, and dates are text for
		// editors, which read YAML 1.2.
		return aboutCode(d) || strings.Contains(d.Message, "got date")
	case "bad-value":
		for _, part := range []string{"negative", "64 bits", "invalid URL", "invalid duration"} {
			if strings.Contains(d.Message, part) {
				return true
			}
		}
		return aboutCode(d)
	}
	return true
}

// aboutCode reports whether a finding is about a value that is a code: its subject ends
// with the key.
func aboutCode(d diag.Diagnostic) bool {
	for _, key := range []string{"code", "unlisted", "aliases", "renamed_from", "replaced_by", "http"} {
		for _, part := range strings.Split(d.Subject, "/") {
			if part == key {
				return true
			}
		}
	}
	return false
}

// The loader rejects every table that the schema rejects. If only the loader rejects a
// table, a schema cannot express the reason. The test uses a few thousand mutated
// tables.
func TestSchemaAgreesWithLoader(t *testing.T) {
	schema := schemaOf(t, "table")
	seeds := tables(t)
	for i, text := range seeds { // yaml.v3 refuses %YAML 1.2, which the loader accepts
		if strings.HasPrefix(text, "%YAML") {
			_, seeds[i], _ = strings.Cut(text, "\n")
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	rejected, both := 0, 0
	for i := range 4000 {
		text := seeds[i%len(seeds)]
		if i >= len(seeds) {
			text = mutated(t, random, text)
		}
		table, findings := spec.Parse("table.yaml", text, nil)
		if table != nil {
			findings = append(findings, validate.Run(table)...)
		}
		value, err := plain(text)
		if err != nil {
			continue // not checked by editors
		}
		invalid := schema.Validate(value)
		switch {
		case invalid != nil && !findings.HasErrors():
			t.Errorf("the schema rejects a table that the loader accepts: %v\n%s", invalid, text)
		case invalid == nil && findings.HasErrors():
			for _, d := range findings {
				if d.Severity == diag.Error && !beyondSchema(d) {
					t.Errorf("only the loader rejects it: %v\n%s", d, text)
				}
			}
			rejected++
		case invalid != nil:
			both++
		}
		if t.Failed() {
			return
		}
	}
	if both < 1000 || rejected < 100 {
		t.Errorf("%d tables rejected by both, %d by the loader alone", both, rejected)
	}
}

// withGateway returns the text of the EvoLink table with the codes of the file that it includes.
// Both end with their codes.
func withGateway(t *testing.T, text string) string {
	t.Helper()
	gateway, err := os.ReadFile("../spec/evolink-gateway.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, codes, _ := strings.Cut(string(gateway), "\ncodes:\n")
	return strings.Replace(text, "include: [evolink-gateway.yaml]\n", "", 1) + "\n" + codes
}

// tables returns the tables that are mutated.
func tables(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("../spec/testdata/accepted/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no tables", err)
	}
	var all []string
	for _, path := range append(paths, "../spec/evolink.yaml") {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if strings.Contains(text, "include: [evolink-gateway.yaml]") {
			text = withGateway(t, text)
		}
		if _, behind, ok := strings.Cut(text, "-- table.yaml --\n"); ok {
			text, _, _ = strings.Cut(behind, "\n-- ")
			text += "\n"
		}
		if table, findings := spec.Parse("table.yaml", text, nil); table != nil && !findings.HasErrors() {
			all = append(all, text)
		}
	}
	if len(all) < 10 {
		t.Fatalf("%d tables", len(all))
	}
	return all
}

// mutated changes, removes, repeats or swaps some values of a table.
func mutated(t *testing.T, r *rand.Rand, text string) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	for range 1 + r.IntN(2) {
		var nodes []*yaml.Node
		collect(&doc, &nodes)
		mutate(r, nodes[r.IntN(len(nodes))], nodes)
	}
	out, err := yaml.Marshal(&doc)
	if err != nil {
		return text
	}
	return string(out)
}

func collect(n *yaml.Node, all *[]*yaml.Node) {
	if n.Kind != yaml.DocumentNode {
		*all = append(*all, n)
	}
	for _, c := range n.Content {
		collect(c, all)
	}
}

// values are scalars of all kinds, some of which occur in tables.
var values = []string{
	"1", "0", "-1", "1.5", "true", "no", "~", "2001-01-01", "x", "x y", `""`, `" "`, `"a\nb"`, "server", "retry", "30s", "0", "-0s", "1h30m",
	"https://example.com/{id}", "http://", "9223372036854775808", "0x10", "429", "600", "[]", "{}", "[x]", "{x: y}", "UNAVAILABLE", "a/b", "bearer", "status",
}

func mutate(r *rand.Rand, n *yaml.Node, all []*yaml.Node) {
	switch k := r.IntN(5); {
	case k == 0 && len(n.Content) > 1:
		step := 1
		if n.Kind == yaml.MappingNode {
			step = 2
		}
		at := r.IntN(len(n.Content)/step) * step
		n.Content = append(n.Content[:at:at], n.Content[at+step:]...)
	case k == 1 && n.Kind == yaml.MappingNode:
		keys := []string{"title", "code", "x-mine", "retry", "wait", "name", "unknown_key", "subtypes", "fallback", "http"}
		n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: keys[r.IntN(len(keys))]}, &yaml.Node{Kind: yaml.ScalarNode, Value: "x"})
	case k == 2:
		*n = *clone(all[r.IntN(len(all))])
	default:
		var value yaml.Node
		if yaml.Unmarshal([]byte(values[r.IntN(len(values))]), &value) == nil && len(value.Content) > 0 {
			*n = *value.Content[0]
		}
	}
}

// clone returns a deep copy of a node.
func clone(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = nil
	for _, inner := range n.Content {
		c.Content = append(c.Content, clone(inner))
	}
	return &c
}

// The configuration of this repository, and the output of --format json, match their
// schemas.
func TestOtherSchemas(t *testing.T) {
	text, err := os.ReadFile("../errspec.yaml")
	if err != nil {
		t.Fatal(err)
	}
	value, err := plain(string(text))
	if err != nil {
		t.Fatal(err)
	}
	configuration := schemaOf(t, "config")
	if err := configuration.Validate(value); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"version: 2\ntables: []\n", "version: 1\n", "version: 1\ntables: [{go: {dir: x}}]\n", "version: 1\ntables: [{table: x, lint: {no-fixes: maybe}}]\n"} {
		value, err := plain(bad)
		if err != nil {
			t.Fatal(err)
		}
		if configuration.Validate(value) == nil {
			t.Errorf("the schema accepts\n%s", bad)
		}
		if _, findings := config.Parse(&diag.File{Name: config.FileName, Text: bad}); !findings.HasErrors() {
			t.Errorf("accepted:\n%s", bad)
		}
	}

	findings := schemaOf(t, "findings")
	_, list := spec.Parse("table.yaml", "errspec: 1\nnme: x\ntitle: 404\ncodes:\n  - {code: a, code: b}\n", nil)
	for _, l := range []diag.List{nil, list} {
		var out bytes.Buffer
		if err := diag.Print(&out, diag.FormatJSON, l); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Fatal(err)
		}
		if err := findings.Validate(value); err != nil {
			t.Error(err)
		}
	}
}

// The schema of explanations must accept the output of errspec explain --json.
func TestSchemaExplanations(t *testing.T) {
	schema := schemaOf(t, "explanation")
	for name, c := range map[string]struct{ arg, stdin string }{
		"code":         {"quota_exceeded", ""},
		"subtype":      {"adult_nsfw", ""},
		"rule":         {"looser-retry", ""},
		"change":       {"code-removed", ""},
		"response":     {"-", "HTTP/2 429\nretry-after: 9\n\n{\"error\":{\"code\":\"rate_limit\",\"message\":\"file size exceeds 10MB\"}}\n"},
		"line":         {"-", "evolink: invalid_parameters: file size exceeds 10MB (task t-1)\nevolink: service_error: x (task t-2)\n"},
		"no code":      {"-", `{"id":"t-1","status":"failed","error":{"message":"m"}}`},
		"unlisted":     {"-", `{"id":"t-1","status":"failed","error":{"code":"new_code"}}`},
		"poll stopped": {"-", "evolink: stopped polling task t-1: EOF"},
	} {
		cmd := exec.Command(command, "explain", "--table", "builtin:evolink", "--json", c.arg)
		cmd.Stdin = strings.NewReader(c.stdin)
		out, err := cmd.Output()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v in\n%s", name, err, out)
		}
	}
}
