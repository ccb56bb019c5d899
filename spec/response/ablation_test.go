package response_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/response"
)

// keys are the keys of a table that describe responses, and how to remove each one.
var keys = []struct {
	name   string
	remove func(t table)
	free   bool // whether no response of the gallery needs it
}{
	{name: "several fields of a role", remove: func(t table) {
		seen := make(map[string]bool)
		t.removeFields(func(_ string, f object) bool {
			role := f.text("role")
			again := role != "" && seen[role]
			seen[role] = true
			return again
		})
	}},
	{name: "http", remove: func(t table) { t.response().remove("http") }},
	{name: "array steps", remove: func(t table) {
		t.removeFields(func(path string, _ object) bool { return strings.Contains(path, "[]") })
	}},
	{name: "headers", remove: func(t table) { t.response().remove("headers") }},
	{name: "ok of a code", remove: ofRole("code", "ok")},
	{name: "cut", remove: ofRole("code", "cut")},
	{name: "completed", remove: ofRole("status", "completed")},
	{name: "failed", remove: ofRole("status", "failed")},
	{name: "running", free: true, remove: ofRole("status", "running")},
	{name: "unit", remove: ofRole("retry_after", "unit")},
	{name: "match of a retry_after", remove: ofRole("retry_after", "match")},
	{name: "role retry_after", remove: withoutRole("retry_after")},
	{name: "role subtype", remove: withoutRole("subtype")},
	{name: "role success", remove: withoutRole("success")},
	{name: "role failure", remove: withoutRole("failure")},
	{name: "role retryable", remove: withoutRole("retryable")},
	{name: "role request_id", remove: withoutRole("request_id")},
	{name: "role param", remove: withoutRole("param")},
	{name: "when of a field", remove: func(t table) { t.eachField(func(_ string, f object) { f.remove("when") }) }},
	{name: "when of a code", remove: ofCodes("when")},
	{name: "match of a code", remove: ofCodes("match")},
	{name: "prefixes", remove: ofCodes("prefixes")},
	{name: "aliases", remove: ofCodes("aliases")},
	{name: "when of a subtype", remove: ofSubtypes("when")},
	{name: "values of a subtype", remove: ofSubtypes("values")},
	{name: "fallback", remove: ofSubtypes("fallback")},
}

// Without one of the keys, the response of a service of the gallery has another meaning.
func TestKeys(t *testing.T) {
	names, err := filepath.Glob("../testdata/gallery/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no gallery", err)
	}
	for _, key := range keys {
		wrong, services := 0, 0
		for _, name := range names {
			if n := response.Misread(t, name, without(t, name, key.remove)); n > 0 {
				wrong, services = wrong+n, services+1
			}
		}
		if (wrong == 0) != key.free {
			t.Errorf("without %s, %d responses have another meaning", key.name, wrong)
		}
		t.Logf("without %s: %d responses of %d services", key.name, wrong, services)
	}
}

// without returns the reader of a table from which a key was removed.
func without(t *testing.T, name string, remove func(table)) *response.Reader {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	edited := table{object{document.Content[0]}}
	remove(edited)
	edited.removeConditions()
	edited.response().remove("examples") // they describe the whole table
	if data, err = yaml.Marshal(&document); err != nil {
		t.Fatal(err)
	}
	parsed, findings := spec.Parse(name, string(data), nil)
	for _, f := range findings {
		if f.Severity == diag.Error {
			t.Fatalf("%s: %s in\n%s", f.Location, f.Message, data)
		}
	}
	reader, err := classify.NewReader(parsed)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

func ofRole(role, key string) func(table) {
	return func(t table) {
		t.eachField(func(_ string, f object) {
			if f.text("role") == role {
				f.remove(key)
			}
		})
	}
}

func withoutRole(role string) func(table) {
	return func(t table) {
		t.removeFields(func(_ string, f object) bool { return f.text("role") == role })
	}
}

func ofCodes(key string) func(table) {
	return func(t table) { t.eachCode(func(c object) { c.remove(key) }) }
}

func ofSubtypes(key string) func(table) {
	return func(t table) { t.eachSubtype(func(s object) { s.remove(key) }) }
}

// An object is a mapping of a table. The zero object is empty.
type object struct{ node *yaml.Node }

func (o object) value(key string) *yaml.Node {
	for i := 0; o.node != nil && i < len(o.node.Content); i += 2 {
		if o.node.Content[i].Value == key {
			return o.node.Content[i+1]
		}
	}
	return nil
}

func (o object) text(key string) string {
	if value := o.value(key); value != nil {
		return value.Value
	}
	return ""
}

func (o object) remove(key string) {
	o.filter(func(name string, _ *yaml.Node) bool { return name != key })
}

// filter keeps the members for which keep returns true.
func (o object) filter(keep func(key string, value *yaml.Node) bool) {
	for i := 0; o.node != nil && i < len(o.node.Content); {
		if keep(o.node.Content[i].Value, o.node.Content[i+1]) {
			i += 2
		} else {
			o.node.Content = slices.Delete(o.node.Content, i, i+2)
		}
	}
}

// A table is the mapping of a whole table.
type table struct{ object }

func (t table) response() object { return object{t.value("response")} }

func (t table) removeFields(remove func(path string, f object) bool) {
	for _, list := range []string{"fields", "headers"} {
		object{t.response().value(list)}.filter(func(path string, f *yaml.Node) bool { return !remove(path, object{f}) })
	}
}

func (t table) eachField(f func(path string, field object)) {
	t.removeFields(func(path string, field object) bool { f(path, field); return false })
}

func (t table) eachCode(f func(c object)) {
	for _, code := range t.value("codes").Content {
		f(object{code})
	}
}

func (t table) eachSubtype(f func(s object)) {
	t.eachCode(func(c object) {
		if all := c.value("subtypes"); all != nil {
			for _, subtype := range all.Content {
				f(object{subtype})
			}
		}
	})
}

// removeConditions removes conditions on fields that were removed.
func (t table) removeConditions() {
	declared := map[string]bool{"http": true}
	t.eachField(func(path string, _ object) { declared[strings.ToLower(path)] = true })
	edit := func(o object) {
		when := object{o.value("when")}
		when.filter(func(name string, _ *yaml.Node) bool { return declared[strings.ToLower(name)] })
		if when.node != nil && len(when.node.Content) == 0 {
			o.remove("when")
		}
	}
	t.eachField(func(_ string, f object) { edit(f) })
	t.eachCode(edit)
	t.eachSubtype(edit)
}
