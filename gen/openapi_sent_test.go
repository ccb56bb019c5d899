package gen

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/export"
)

// An OpenAPI file describes what the service sends: each response has its status and its code in the
// file, is an example there, and fulfills the schema. The file has no other statuses, codes and
// examples.
func TestOpenAPISent(t *testing.T) {
	tables := slices.Collect(maps.Values(sendingGallery(t)))
	for _, name := range []string{"sent", "sent-own"} {
		c := readGolden(t, filepath.Join(goldenDir, name+".txtar"))
		dir := t.TempDir()
		files{name + ".yaml": c.input["table.yaml"]}.writeTo(t, dir)
		tables = append(tables, filepath.Join(dir, name+".yaml"))
	}
	for _, file := range tables {
		table, findings, err := spec.Load(file)
		if err != nil || findings.HasErrors() {
			t.Fatal(file, err, findings)
		}
		t.Run(table.Name, func(t *testing.T) {
			var document openAPI
			data := export.OpenAPI(table, export.Options{}, classify.SentExamples(table))
			if err := json.Unmarshal(data, &document); err != nil {
				t.Fatal(err)
			}
			document.check(t, table)
		})
	}
}

// openAPI is the part of an OpenAPI file that describes errors.
type openAPI struct {
	Components struct {
		Schemas   map[string]schema
		Responses map[string]struct {
			Content map[string]struct {
				Examples map[string]struct{ Value any }
			}
			Codes []struct{ Code any } `json:"x-errspec-codes"`
		}
	}
}

// A schema has the keywords that errspec writes.
type schema struct {
	Type       string
	Ref        string `json:"$ref"`
	Enum       []any
	Properties map[string]schema
	Items      *schema
}

func (o *openAPI) check(t *testing.T, table *spec.Table) {
	t.Helper()
	media := "application/json"
	if table.Response.Send == spec.SendProblem {
		media = "application/problem+json"
	}
	examples, codes := 0, 0
	for _, r := range o.Components.Responses {
		examples += len(r.Content[media].Examples)
		codes += len(r.Codes)
	}
	sent := make(map[string]bool)
	for _, s := range classify.SentExamples(table) {
		name := fmt.Sprintf("Error%d", s.Status)
		sent[name+" "+s.Code.Wire] = true
		response := o.Components.Responses[name]
		var body any
		if err := json.Unmarshal([]byte(s.Body), &body); err != nil {
			t.Fatal(err)
		}
		if example, ok := response.Content[media].Examples[s.Name]; !ok || fmt.Sprint(example.Value) != fmt.Sprint(body) {
			t.Errorf("%s: example %s is %v, want %s", name, s.Name, example.Value, s.Body)
		}
		listed := false
		for _, c := range response.Codes {
			listed = listed || fmt.Sprint(c.Code) == s.Code.Wire
		}
		if !listed {
			t.Errorf("%s does not list %s", name, s.Code.Wire)
		}
		if problem := o.violation(o.Components.Schemas["Error"], body); problem != "" {
			t.Errorf("%s does not fulfill the schema: %s", s.Body, problem)
		}
		examples--
	}
	if examples != 0 || codes != len(sent) {
		t.Errorf("%d more examples, and %d codes, want %d", examples, codes, len(sent))
	}
}

// violation returns the first difference between a value and a schema, or "".
func (o *openAPI) violation(s schema, value any) string {
	if s.Ref != "" {
		return o.violation(o.Components.Schemas[filepath.Base(s.Ref)], value)
	}
	kinds := map[string]bool{"": true}
	switch value := value.(type) {
	case map[string]any:
		kinds["object"] = true
		for key, member := range value {
			property, ok := s.Properties[key]
			if !ok {
				return "no property " + key
			}
			if problem := o.violation(property, member); problem != "" {
				return key + ": " + problem
			}
		}
	case []any:
		kinds["array"] = true
		for _, element := range value {
			if s.Items == nil {
				return "no items"
			}
			if problem := o.violation(*s.Items, element); problem != "" {
				return problem
			}
		}
	case string:
		kinds["string"] = true
	case bool:
		kinds["boolean"] = true
	case float64:
		kinds["number"], kinds["integer"] = true, value == float64(int64(value))
	}
	if !kinds[s.Type] {
		return fmt.Sprintf("%v is not of type %s", value, s.Type)
	}
	if s.Enum != nil && !slices.Contains(s.Enum, value) {
		return fmt.Sprintf("%v is not one of %v", value, s.Enum)
	}
	return ""
}
