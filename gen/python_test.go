package gen

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/golang"
	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/internal/pythontest"
)

// Python packages make the decisions of the vectors: those of the golden cases, of the
// gallery, and of the built-in table. They do so in every installed version of Python.
func TestPythonVectors(t *testing.T) {
	pythons := pythontest.All(t)
	replay, err := filepath.Abs("internal/python/testdata/replay.py")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	args := []string{replay}
	tables := pythonTables(t)
	for i, name := range slices.Sorted(maps.Keys(tables)) {
		table := tables[name]
		if i%longtest.Choose(8, 1) > 0 && table != "builtin:evolink" {
			continue
		}
		goDir := filepath.Join(dir, name+"_go")
		writePython(t, config.Entry{
			Table: table, Go: &config.Go{Dir: goDir, Package: "vectors"}, Python: &config.Python{Dir: filepath.Join(dir, name)},
		})
		args = append(args, name, filepath.Join(goDir, golang.VectorsFile))
	}
	for _, python := range pythons[:longtest.Choose(1, len(pythons))] {
		t.Run(python.Version, func(t *testing.T) { python.Run(t, dir, args...) })
	}
}

// pythonTables returns tables by the names of their packages.
func pythonTables(t *testing.T) map[string]string {
	t.Helper()
	tables := sendingGallery(t)
	tables["evolink"] = "builtin:evolink"
	galleries, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(galleries) == 0 {
		t.Fatal("no gallery", err)
	}
	for _, table := range append(galleries, "internal/golang/testdata/standin.yaml") {
		table, err := filepath.Abs(table)
		if err != nil {
			t.Fatal(err)
		}
		tables["gallery_"+strings.TrimSuffix(filepath.Base(table), ".yaml")] = table
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
	return tables
}

// writePython writes the outputs of an entry.
func writePython(t *testing.T, entry config.Entry) {
	t.Helper()
	rendered, findings, err := Render(entry)
	if err != nil || findings.HasErrors() {
		t.Fatalf("%s: %v\n%s", entry.Table, err, printed(findings))
	}
	if _, err := Write(t.Context(), rendered); err != nil {
		t.Fatal(err)
	}
}
