package spec_test

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/form"
)

var every = flag.Int("every", 0, "mutate tables at every n-th byte and line (0: a sample; 1: all, which takes some minutes)")

// Every typing error in a table has an effect: if a plain YAML reader sees other values, either
// there is a finding or the export differs. If it sees the same values, the export is the same.
func TestMutatedEvolink(t *testing.T) {
	data, err := os.ReadFile("evolink.yaml")
	if err != nil {
		t.Fatal(err)
	}
	gateway, err := os.ReadFile("evolink-gateway.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := fstest.MapFS{"evolink-gateway.yaml": {Data: gateway}}
	byteStep, lineStep := longtest.Choose(3989, 307), longtest.Choose(149, 7)
	if *every > 0 {
		byteStep, lineStep = *every, *every
	}
	mutate(t, string(data), dir, byteStep, lineStep)
}

// TestMutatedEverything runs the same check on a table with every key of the format.
func TestMutatedEverything(t *testing.T) {
	a, err := txtar.ParseFile("testdata/accepted/everything.txtar")
	if err != nil {
		t.Fatal(err)
	}
	byteStep, lineStep := longtest.Choose(53, 3), longtest.Choose(7, 1)
	if *every > 0 {
		byteStep, lineStep = *every, *every
	}
	mutate(t, string(a.Files[0].Data), nil, byteStep, lineStep)
}

// mutate mutates the text of a table, whose included files are in dir.
func mutate(t *testing.T, text string, dir fstest.MapFS, byteStep, lineStep int) {
	table, findings := readIn("table.yaml", text, dir)
	if len(findings) > 0 {
		t.Fatalf("findings:\n%s", print(t, diag.FormatLine, findings))
	}
	m := mutation{dir: dir, generic: generic(t, text), export: string(export.JSON(table, export.Options{}))}
	for i := 0; i < len(text); i += byteStep {
		m.check(t, text[:i]+text[i+1:], "byte %d removed", i)
	}
	// Characters with a meaning in YAML.
	for i := 0; i < len(text); i += byteStep {
		insert := string(":#-[{\"'|> \t\n,&*!"[i/byteStep%16])
		m.check(t, text[:i]+insert+text[i:], "%q inserted at byte %d", insert, i)
	}
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); i += lineStep {
		before, line, after := strings.Join(lines[:i], ""), lines[i], strings.Join(lines[i+1:], "")
		m.check(t, before+line+line+after, "line %d twice", i+1)
		m.check(t, before+after, "line %d removed", i+1)
		m.check(t, before+" "+line+after, "line %d indented", i+1)
	}
	t.Logf("%d mutations, %d without findings, of which %d change the table", m.total, m.accepted, m.changed)
	if m.accepted == m.total || m.changed == 0 || m.accepted == m.changed {
		t.Errorf("the sample is too uniform to show anything")
	}
}

type mutation struct {
	dir     fstest.MapFS
	generic any
	export  string

	total, accepted, changed int
}

func (m *mutation) check(t *testing.T, text, format string, args ...any) {
	m.total++
	table, findings := readIn("table.yaml", text, m.dir)
	for _, d := range findings {
		checkFinding(t, d)
	}
	m.checkFixes(t, findings, format, args...)
	if len(findings) > 0 {
		return
	}
	m.accepted++
	if _, err := classify.NewReader(table); err != nil {
		t.Errorf(format+": a valid table that cannot read responses: %v", append(args, err)...)
	}
	same := reflect.DeepEqual(generic(t, text), m.generic)
	if !same {
		m.changed++
	}
	if got := string(export.JSON(table, export.Options{})) == m.export; got != same {
		t.Errorf(format+": equal as YAML %v, equal as a table %v", append(args, same, got)...)
	}
}

// checkFixes checks that fixes result in valid YAML and leave fewer fixes.
func (m *mutation) checkFixes(t *testing.T, findings diag.List, format string, args ...any) {
	t.Helper()
	file := findings.FileNamed("table.yaml")
	if file == nil {
		return
	}
	text, n := findings.Edited(file)
	if n == 0 {
		return
	}
	_, left := readIn("table.yaml", text, m.dir)
	fixes := 0
	for _, d := range left {
		if d.Rule == form.RuleSyntax {
			t.Errorf(format+": fixed to invalid YAML: %s", append(args, d)...)
		}
		if d.Fix != nil {
			fixes++
		}
	}
	if fixes >= n {
		t.Errorf(format+": %d fixes leave %d", append(args, n, fixes)...)
	}
}

// generic reads YAML as any program would. It removes line ends at the end of texts, and keys
// with default values.
func generic(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Errorf("accepted, but not YAML: %v\n%s", err, text)
	}
	return withoutDefaults(v)
}

var defaultBackoff = map[string]any{"attempts": 3, "initial": "5s", "multiplier": 2, "cap": "10m"}

func withoutDefaults(v any) any {
	switch v := v.(type) {
	case string:
		return strings.TrimRight(v, "\n")
	case []any:
		for i := range v {
			v[i] = withoutDefaults(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = withoutDefaults(v[key])
		}
		if reflect.DeepEqual(v["backoff"], defaultBackoff) {
			delete(v, "backoff")
		}
		for key, value := range map[string]any{"type": "string", "wire": "string", "internal": false} {
			if v[key] == value {
				delete(v, key)
			}
		}
		if v["hint"] == v["advice"] {
			delete(v, "hint")
		}
	}
	return v
}
