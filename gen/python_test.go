package gen

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
)

// Python packages make the decisions of the vectors: those of the golden cases, of the
// gallery, and of the built-in table.
func TestPythonVectors(t *testing.T) {
	python := findPython(t)
	replay, err := filepath.Abs("internal/python/testdata/replay.py")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]string{"evolink": "builtin:evolink"}
	galleries, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(galleries) == 0 {
		t.Fatal("no gallery", err)
	}
	for _, table := range append(galleries, "internal/golang/testdata/standin.yaml") {
		table, err := filepath.Abs(table)
		if err != nil {
			t.Fatal(err)
		}
		tables[strings.TrimSuffix(filepath.Base(table), ".yaml")] = table
	}
	cases, err := filepath.Glob(filepath.Join(goldenDir, "*.txtar"))
	if err != nil || len(cases) < 2 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range cases {
		c := readGolden(t, path)
		if strings.HasPrefix(c.name, "refused") {
			continue
		}
		dir := t.TempDir()
		c.input.writeTo(t, dir)
		tables["golden_"+strings.ReplaceAll(c.name, "-", "_")] = filepath.Join(dir, "table.yaml")
	}
	for i, name := range slices.Sorted(maps.Keys(tables)) {
		if table := tables[name]; i%longtest.Choose(8, 1) > 0 && table != "builtin:evolink" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			rendered, findings, err := Render(config.Entry{
				Table: tables[name], Go: &config.Go{Dir: filepath.Join(dir, "go"), Package: "vectors"}, Python: &config.Python{Dir: filepath.Join(dir, name)},
			})
			if err != nil || findings.HasErrors() {
				t.Fatalf("%v\n%s", err, printed(findings))
			}
			if _, err := Write(t.Context(), rendered); err != nil {
				t.Fatal(err)
			}
			out, err := runPython(python, dir, replay, name, filepath.Join(dir, "go", "testdata", "vectors.json"))
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// findPython returns the path of an interpreter that is new enough.
func findPython(t *testing.T) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed; Python packages are not tested")
	}
	if err := exec.Command(python, "-c", "import sys; sys.exit(sys.version_info < (3, 9))").Run(); err != nil {
		t.Skipf("%s is older than Python 3.9; Python packages are not tested", python)
	}
	return python
}

// runPython runs a script with the packages of a directory. Warnings are errors.
func runPython(python, dir string, args ...string) (string, error) {
	cmd := exec.Command(python, append([]string{"-W", "error"}, args...)...)
	cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1")
	out, err := cmd.CombinedOutput()
	return string(out), err
}
