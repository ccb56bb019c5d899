package gen

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
)

var pythonCases = flag.Int("python", 1, "multiply the random cases that compare Python with Go")

// Python packages decide about changed responses and random messages as Go does.
func TestPythonDifferential(t *testing.T) {
	python := findPython(t)
	replay, err := filepath.Abs("internal/python/testdata/replay.py")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatal("no gallery", err)
	}
	for i, file := range append([]string{"internal/golang/testdata/standin.yaml", "../spec/evolink.yaml"}, tables...) {
		if i%longtest.Choose(16, 1) > 1 {
			continue
		}
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			pkg := "py_" + name
			rendered, findings, err := Render(config.Entry{Table: file, Python: &config.Python{Dir: filepath.Join(dir, pkg)}})
			if err != nil || findings.HasErrors() {
				t.Fatalf("%v\n%s", err, printed(findings))
			}
			if _, err := Write(t.Context(), rendered); err != nil {
				t.Fatal(err)
			}
			cases := filepath.Join(dir, "cases.json")
			s := readService(t, file, responsesOf(t, file))
			if err := os.WriteFile(cases, s.differentialCases(t, *pythonCases, isAnyBody), 0o666); err != nil {
				t.Fatal(err)
			}
			out, err := runPython(python, dir, replay, pkg, cases)
			if err != nil {
				t.Errorf("%v\n%.8000s", err, out)
			}
		})
	}
}
