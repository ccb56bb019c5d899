package spec_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoadFile(t *testing.T) {
	t.Chdir(write(t, map[string]string{
		"api/table.yaml":      head + "include: [errors/*.yaml]\ncodes: []\n",
		"api/errors/b.yaml":   "codes: [{code: busy, title: a, description: b}]\n",
		"api/errors/a.yaml":   "codes: [{code: late, titel: a, description: b}]\n",
		"api/errors/not.text": "?",
	}))
	for _, path := range []string{"api/table.yaml", "./api/table.yaml", filepath.FromSlash("api/table.yaml")} {
		table, findings, err := spec.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, d := range findings.Sorted() {
			lines = append(lines, d.String())
		}
		want := []string{
			`api/errors/a.yaml:1:9: error: missing key "title" in a code [missing-key]`,
			`api/errors/a.yaml:1:22: error: unknown key "titel" in a code [unknown-key]`,
		}
		if !slices.Equal(lines, want) {
			t.Errorf("%s: findings\n%s", path, strings.Join(lines, "\n"))
		}
		// The table contains the codes that could be decoded, for further checks.
		if table == nil || len(table.Codes) != 2 || table.Codes[0].Wire != "late" || table.Codes[1].Wire != "busy" {
			t.Errorf("%s: table %+v", path, table)
		}
	}
}

func TestLoadFails(t *testing.T) {
	dir := write(t, map[string]string{"empty.yaml": ""})
	if table, findings, err := spec.Load(filepath.Join(dir, "none.yaml")); table != nil || findings != nil || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v, %v, %v", table, findings, err)
	}
	if table, findings, err := spec.Load(dir); table != nil || findings != nil || err == nil {
		t.Errorf("directory: %v, %v, %v", table, findings, err)
	}
	if table, findings, err := spec.Load(filepath.Join(dir, "empty.yaml")); table != nil || !findings.HasErrors() || err != nil {
		t.Errorf("empty file: %v, %v, %v", table, findings, err)
	}
	for _, ref := range []string{"builtin:", "builtin:nothing", "builtin:../spec/evolink", "builtin:evolink.yaml", "builtin:/evolink"} {
		table, findings, err := spec.Load(ref)
		if table != nil || findings != nil || err == nil || !strings.Contains(err.Error(), "available: builtin:evolink") {
			t.Errorf("%s: %v, %v, %v", ref, table, findings, err)
		}
	}
	if got := spec.Builtins(); !slices.Equal(got, []string{"builtin:evolink"}) {
		t.Errorf("builtins are %q", got)
	}
}

// Findings use the given file name and do not depend on the system.
func TestLoadNames(t *testing.T) {
	_, findings := spec.Parse("x/y.yaml", head+"include: [a.yaml]\ncodes: []\n", nil)
	if got := print(t, diag.FormatLine, findings); got != "x/y.yaml:4:11: error: no file matches \"a.yaml\" [include]\n" {
		t.Errorf("without a directory: %s", got)
	}
	_, findings, err := spec.Load("builtin:evolink")
	if err != nil || findings != nil {
		t.Errorf("builtin: %v, %v", findings, err)
	}
}

// backwards is a file system that lists files in reverse order.
type backwards struct{ fstest.MapFS }

func (b backwards) Glob(pattern string) ([]string, error) {
	names, err := b.MapFS.Glob(pattern)
	slices.Reverse(names)
	return names, err
}

func TestIncludeOrder(t *testing.T) {
	dir := backwards{fstest.MapFS{}}
	for _, name := range []string{"a", "b", "c"} {
		dir.MapFS[name+".yaml"] = &fstest.MapFile{Data: []byte("codes: [{code: " + name + ", title: a, description: b}]\n")}
	}
	table, findings := spec.Parse("table.yaml", head+"include: [\"[abc].yaml\"]\ncodes: []\n", dir)
	if len(findings) > 0 || len(table.Codes) != 3 || table.Codes[0].Wire != "a" || table.Codes[2].Wire != "c" {
		t.Errorf("findings %v", findings)
	}
}

func TestLookups(t *testing.T) {
	table := accept(t, head+`response: {fields: {task.id: {role: id}, x: {type: any}}}
classes: [{name: client, title: a}]
codes:
  - {code: busy, title: a, description: b, aliases: [hectic], renamed_from: [rush], class: client}
`)
	if c, ok := table.Code("busy"); !ok || c != &table.Codes[0] {
		t.Errorf("Code: %v, %v", c, ok)
	}
	for _, wire := range []string{"hectic", "rush", "", "BUSY"} {
		if c, ok := table.Code(wire); ok || c != nil {
			t.Errorf("Code(%q): %v", wire, c)
		}
	}
	if c, ok := table.Class("client"); !ok || c != &table.Classes[0] {
		t.Errorf("Class: %v, %v", c, ok)
	}
	if c, ok := table.Class(""); ok || c != nil {
		t.Errorf(`Class(""): %v`, c)
	}
	if f, ok := table.Response.Field(spec.RoleID); !ok || f.Path != "task.id" {
		t.Errorf("Field: %v, %v", f, ok)
	}
	if f, ok := table.Response.Field(spec.RoleStatus); ok {
		t.Errorf("Field of a missing role: %v", f)
	}
	var none *spec.Response
	if f, ok := none.Field(spec.RoleID); ok || f != nil {
		t.Errorf("Field of a nil response: %v", f)
	}
}

func TestEnums(t *testing.T) {
	var actions, faults []string
	for i, a := range spec.Actions() {
		if int(a) != i {
			t.Errorf("action %d is %d", i, a)
		}
		actions = append(actions, a.String())
		if want := a == spec.ActionRetry || a == spec.ActionWait; a.Repeats() != want {
			t.Errorf("%s.Repeats() is %v", a, a.Repeats())
		}
	}
	for _, f := range spec.Faults() {
		faults = append(faults, f.String())
	}
	if got := strings.Join(actions, " "); got != "unknown fix retry wait resubmit check support never" {
		t.Errorf("actions are %s", got)
	}
	if got := strings.Join(faults, " "); got != "unknown client server" {
		t.Errorf("faults are %s", got)
	}
	for got, want := range map[string]string{
		spec.Action(8).String(): "Action(8)", spec.Fault(3).String(): "Fault(3)", spec.Wire(2).String(): "Wire(2)",
		spec.Role(13).String(): "Role(13)", spec.Charged(3).String(): "Charged(3)", spec.FieldType(5).String(): "FieldType(5)", spec.Auth(255).String(): "Auth(255)",
		spec.WireInteger.String(): "integer", spec.RoleMessage.String(): "message", spec.TypeAny.String(): "any", spec.AuthBearer.String(): "bearer",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestLooser(t *testing.T) {
	wait := func(low, high time.Duration) spec.Retry {
		return spec.Retry{Action: spec.ActionWait, Wait: spec.Wait{Min: low, Max: high}}
	}
	automatic := func(r spec.Retry) spec.Retry { r.Automatic = true; return r }
	action := func(a spec.Action) spec.Retry { return spec.Retry{Action: a} }
	for _, c := range []struct {
		before, after spec.Retry
		keys          string
	}{
		{spec.Retry{}, spec.Retry{}, ""},
		{wait(5, 9), wait(5, 9), ""},
		{wait(5, 9), wait(6, 9), ""},
		{wait(5, 9), wait(5, 10), ""},
		{wait(5, 9), wait(4, 9), "wait"},
		{wait(5, 9), wait(5, 8), "wait"},
		{wait(5, 9), wait(9, 8), "wait"},
		{wait(5, 9), action(spec.ActionRetry), "wait"},
		{wait(5, 9), action(spec.ActionFix), ""},
		{action(spec.ActionWait), wait(1, 1), ""},
		{wait(5, 9), automatic(wait(5, 9)), "automatic"},
		{automatic(wait(5, 9)), wait(5, 9), ""},
		{automatic(wait(5, 9)), automatic(wait(4, 9)), "wait"},
		{action(spec.ActionNever), action(spec.ActionNever), ""},
		{action(spec.ActionNever), action(spec.ActionUnknown), "action"},
		{action(spec.ActionNever), automatic(action(spec.ActionRetry)), "action automatic"},
		{action(spec.ActionRetry), action(spec.ActionNever), ""},
		{action(spec.ActionFix), action(spec.ActionWait), ""},
	} {
		var keys []string
		for _, l := range spec.Looser(c.before, c.after) {
			keys = append(keys, l.Key)
			if l.Why == "" {
				t.Errorf("%+v to %+v: no reason", c.before, c.after)
			}
		}
		if got := strings.Join(keys, " "); got != c.keys {
			t.Errorf("%+v to %+v: looser in %q, want %q", c.before, c.after, got, c.keys)
		}
	}
}
