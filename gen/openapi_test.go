package gen

import (
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/openapi"
)

// An import of the OpenAPI file of a table has the codes of the table.
func TestOpenAPIOfGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	tables := 0
	for _, path := range cases {
		c := readGolden(t, path)
		files := fstest.MapFS{}
		for name, text := range c.input {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		for name, text := range c.input {
			if filepath.Ext(name) != ".yaml" {
				continue
			}
			table, findings := spec.Parse(name, text, files)
			if table == nil || findings.HasErrors() || len(table.Codes) == 0 {
				continue
			}
			tables++
			result := openapi.Read("openapi.json", string(export.OpenAPI(table, export.Options{}, classify.SentExamples(table))), importer.Options{})
			again, findings := spec.Parse("again.yaml", result.Table, nil)
			if again == nil || findings.HasErrors() || result.Findings.HasErrors() {
				t.Errorf("%s: %v %v\n%s", path, findings, result.Findings, result.Table)
				continue
			}
			if got, want := wiresOf(again), wiresOf(table); !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", path, got, want)
			}
			if again.Wire != table.Wire {
				t.Errorf("%s: got wire %s, want %s", path, again.Wire, table.Wire)
			}
			for i := range again.Codes {
				a := &again.Codes[i]
				b, _ := table.Code(a.Wire)
				if b != nil && (a.Title != b.Title || a.Description != b.Description || a.HTTP != httpSent(table, b) || a.Retry.Action != b.Retry.Action || a.Retry.Automatic) {
					t.Errorf("%s: %s is\n%+v, was\n%+v", path, a.Wire, a, b)
				}
			}
		}
	}
	if tables < 10 {
		t.Errorf("%d tables only", tables)
	}
}

func wiresOf(t *spec.Table) []string {
	var all []string
	for i := range t.Codes {
		if t.Response == nil || t.Response.Send == "" || !t.Codes[i].Internal {
			all = append(all, t.Codes[i].Wire)
		}
	}
	slices.Sort(all)
	return all
}

// httpSent returns the HTTP status of a code in the file.
func httpSent(t *spec.Table, c *spec.Code) int {
	if t.Response != nil && t.Response.Send != "" {
		return classify.SentStatusOf(c, nil)
	}
	return c.HTTP
}
