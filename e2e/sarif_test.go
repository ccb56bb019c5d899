package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema returns the published JSON Schema of SARIF 2.1.0, from a constant of
// go-sarif.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(strings.TrimSpace(string(dir)), "pkg", "report", "v210", "sarif", "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text string
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && len(lit.Value) > len(text) {
			text, err = strconv.Unquote(lit.Value)
		}
		return true
	})
	if err != nil || !strings.Contains(text, "(SARIF) Version 2.1.0") {
		t.Fatalf("no schema in %s (%v)", source, err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// sarifOf runs errspec lint --format sarif in the directory of a table and returns its
// output.
func sarifOf(t *testing.T, args ...string) []byte {
	t.Helper()
	out, err := exec.Command(command, append([]string{"lint", "--format", "sarif"}, args...)...).Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("%v: %s", err, out)
	}
	return out
}

// The SARIF output is valid: for no finding, for one of every kind, and for text with a
// special meaning in other formats.
func TestSARIF(t *testing.T) {
	schema := sarifSchema(t)
	t.Chdir(t.TempDir())
	tables := map[string]string{
		"bad.yaml":              "errspec: 1\nname: func\ntitel: a\nclasses: [{name: server, title: \" Ours\", fault: server}]\ncodes:\n  # errspec:ignore no-fixs x\n  - {code: a_b, title: TODO, class: servr, description: b, http: 404, match: [busy]}\n  - {code: a.b, title: 404, class: server, description: b, http: 404, match: [busy]}\n  - {code: a_b, title: c, description: d}\n",
		"no table.yaml":         "errspec: [\n",
		"100%: ü,\"<x> #1.yaml": "errspec: 1\nname: a\ntitle: \"\\\"%0A::error::\\t\\u00e9\"\ncodes: []\n",
		"hostile.yaml":          "errspec: 1\nname: a\ntitle: \"\x1b[31m\u202e\"\ncodes: []\n",
	}
	for name, text := range tables {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		report := checkSARIF(t, schema, sarifOf(t, "./"+name))
		if len(report.Runs[0].Results) == 0 {
			t.Errorf("%s: no results", name)
		}
		for _, r := range report.Runs[0].Results {
			uri := r.Locations[0].PhysicalLocation.ArtifactLocation.URI
			if u, err := url.Parse(*uri); err != nil || filepath.Clean(u.Path) != name {
				t.Errorf("%s: the URI %s (%v)", name, *uri, err)
			}
			if id := report.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID; *id != *r.RuleID {
				t.Errorf("%s: a result of %s points at the rule %s", name, *r.RuleID, *id)
			}
		}
	}
	if report := checkSARIF(t, schema, sarifOf(t, "builtin:evolink")); len(report.Runs[0].Results) != 0 || len(report.Runs[0].Tool.Driver.Rules) != 0 {
		t.Errorf("the builtin table has %d results, and %d rules are described", len(report.Runs[0].Results), len(report.Runs[0].Tool.Driver.Rules))
	}
}

// checkSARIF validates a document with the schema, and decodes it.
func checkSARIF(t *testing.T, schema *jsonschema.Schema, document []byte) *sarif.Report {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(document))
	if err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	if err := schema.Validate(value); err != nil {
		t.Errorf("%v\n%s", err, document)
	}
	if !json.Valid(document) || bytes.ContainsAny(document, "\x1b\u202e") {
		t.Errorf("output with escape sequences\n%q", document)
	}
	report, err := sarif.FromBytes(document)
	if err != nil || len(report.Runs) != 1 {
		t.Fatalf("%v\n%s", err, document)
	}
	return report
}
