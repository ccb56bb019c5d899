package sample

import (
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/validate"
)

var update = flag.Bool("update", false, "rewrite the golden samples in testdata")

// planOf returns the plan of the table in a file.
func planOf(t *testing.T, file string) *plan.Plan {
	t.Helper()
	return planWith(t, file, plan.Clients{})
}

// planWith returns the plan of a table with generated clients.
func planWith(t *testing.T, file string, clients plan.Clients) *plan.Plan {
	t.Helper()
	table, findings, err := spec.Load(file)
	if err != nil || findings.HasErrors() {
		t.Fatal(err, findings)
	}
	findings = append(findings, validate.Run(table)...)
	p, found := plan.New(table, plan.Options{Source: filepath.Base(file), Clients: clients})
	if findings = append(findings, found...); findings.HasErrors() {
		t.Fatal(findings)
	}
	return p
}

var endings = map[string]string{"go": ".go", "python": ".py", "typescript": ".ts", "javascript": ".js"}

func TestAll(t *testing.T) {
	for name, file := range map[string]string{
		"evolink": "builtin:evolink",
		"full":    "testdata/full.yaml",
		"least":   "testdata/least.yaml",
	} {
		checkSamples(t, name, All(planOf(t, file)), "Go Python JavaScript")
		clients := plan.Clients{TypeScript: name + "_errors.ts", JavaScript: name + "_errors.js", Python: name + "_errors"}
		checkSamples(t, name+"_client", All(planWith(t, file, clients))[1:], "Python TypeScript JavaScript")
	}
}

// checkSamples compares samples with the golden files.
func checkSamples(t *testing.T, name string, samples []Sample, want string) {
	t.Helper()
	var languages []string
	for _, s := range samples {
		languages = append(languages, s.Language)
		checkForm(t, name, s)
		golden := filepath.Join("testdata", name+endings[s.Key])
		if *update {
			if err := os.WriteFile(golden, []byte(s.Code), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		old, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if d := diff.Diff(golden, old, "the sample (-update rewrites it)", []byte(s.Code)); d != nil {
			t.Errorf("%s", d)
		}
	}
	if got := strings.Join(languages, " "); got != want {
		t.Errorf("%s: samples in %s, want %s", name, got, want)
	}
}

// A program in Python or JavaScript imports nothing that is not generated or that it
// cannot import.
func TestAllWithClients(t *testing.T) {
	for _, test := range []struct {
		clients plan.Clients
		want    string
	}{
		{plan.Clients{TypeScript: "a.ts"}, "Go Python TypeScript"},
		{plan.Clients{JavaScript: "a.mjs"}, "Go Python JavaScript"},
		{plan.Clients{Python: "a"}, "Go Python JavaScript"},
	} {
		var languages []string
		for _, s := range All(planWith(t, "testdata/least.yaml", test.clients)) {
			languages = append(languages, s.Language)
		}
		if got := strings.Join(languages, " "); got != test.want {
			t.Errorf("%+v: samples in %s, want %s", test.clients, got, test.want)
		}
	}
	for name, imported := range map[string]bool{"codes": true, "_codes2": true, "": false, "2codes": false, "a-b": false, "class": false, "None": false, "json": false, "é": false} {
		program := sampleIn(t, planWith(t, "testdata/least.yaml", plan.Clients{Python: name}), "python")
		if got := strings.Contains(program, "\nfrom "+name+" import Attempts"); got != imported {
			t.Errorf("package %q: imported %v, want %v", name, got, imported)
		}
	}
}

// checkForm checks the format of a sample. Its lines fit into a page unless a text of
// the table is longer.
func checkForm(t *testing.T, name string, s Sample) {
	t.Helper()
	if !strings.HasSuffix(s.Code, "\n") || strings.HasSuffix(s.Code, "\n\n") || strings.HasPrefix(s.Code, "\n") {
		t.Errorf("%s: the sample in %s starts or ends with an empty line, or does not end with a line feed", name, s.Language)
	}
	empty := 0
	for i, line := range strings.Split(strings.TrimSuffix(s.Code, "\n"), "\n") {
		width := len(strings.ReplaceAll(line, "\t", "    "))
		if strings.TrimRight(line, " \t\r") != line || width > 88 && s.Key != "go" || width > 120 {
			t.Errorf("%s: line %d in %s is %d columns wide, or has trailing white space: %q", name, i+1, s.Language, width, line)
		}
		if line != "" {
			empty = 0
		} else if empty++; empty > 2 || empty > 1 && s.Key != "python" {
			t.Errorf("%s: too many empty lines at line %d in %s", name, i+1, s.Language)
		}
	}
	if s.Key != "go" {
		return
	}
	formatted, err := format.Source([]byte(s.Code))
	if err != nil {
		t.Errorf("%s: %v", name, err)
	} else if d := diff.Diff("sample", []byte(s.Code), "gofmt", formatted); d != nil {
		t.Errorf("%s: %s", name, d)
	}
}

// There are no samples without a code, a status, an ID or polling.
func TestAllNeedsTask(t *testing.T) {
	for name, damage := range map[string]func(*plan.Plan){
		"no polling":  func(p *plan.Plan) { p.Polling = nil },
		"no response": func(p *plan.Plan) { p.Response = nil },
		"no ID":       func(p *plan.Plan) { p.Response.ID = nil },
		"no status":   func(p *plan.Plan) { p.Response.Status = nil },
		"no code":     func(p *plan.Plan) { p.Response.Code = nil },
	} {
		p := planOf(t, "testdata/least.yaml")
		damage(p)
		if samples := All(p); samples != nil {
			t.Errorf("%s: %d samples", name, len(samples))
		}
	}
}

func TestAllIsPure(t *testing.T) {
	p := planOf(t, "testdata/full.yaml")
	first, second := All(p), All(p)
	for i := range first {
		if first[i] != second[i] {
			t.Errorf("two samples in %s differ", first[i].Language)
		}
	}
}
