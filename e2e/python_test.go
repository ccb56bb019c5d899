package e2e

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/internal/pythontest"
)

// TestPythonPackages generates the packages of the built-in table, of the stand-in, of the
// gallery and of the golden cases. Type checkers in their strictest modes, formatters and
// linters report nothing, also without the lines that switch them off.
func TestPythonPackages(t *testing.T) {
	dir := t.TempDir()
	packages, bare := filepath.Join(dir, "packages"), filepath.Join(dir, "bare")
	var sources []string // of packages without those lines
	tables := pythonTables(t)
	for i, name := range slices.Sorted(maps.Keys(tables)) {
		table := tables[name]
		if i%longtest.Choose(4, 1) > 0 && name != "golden_evolink" {
			continue
		}
		pkg := filepath.Join(packages, name)
		errspec(t, "generate", "--table", table, "--python", pkg)
		source, err := os.ReadFile(filepath.Join(pkg, "__init__.py"))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, filepath.Join(bare, name+".py"))
		writeFile(t, sources[len(sources)-1], withoutSwitches(t, string(source)))
	}
	strict := `{"typeCheckingMode": "strict", "pythonVersion": "3.9", "pythonPlatform": "All"}`
	writeFile(t, filepath.Join(packages, "pyrightconfig.json"), strict)
	check := func(name string, arg ...string) {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath(arg[0]); err != nil {
				t.Skip(arg[0], " is not installed")
			}
			if out, err := exec.Command(arg[0], arg[1:]...).CombinedOutput(); err != nil || name == "ruff" && len(out) > 0 {
				t.Errorf("%v\n%.8000s", err, out)
			}
		})
	}
	check("pyright", "node", npmFile(t, "pyright/index.js"), "-p", packages)
	check("ruff", slices.Concat([]string{"node", "testdata/python/ruff.cjs", npmFile(t, "@astral-sh/ruff-wasm-nodejs")}, sources)...)
	check("mypy", slices.Concat([]string{"mypy", "--strict", "--python-version", "3.9", "--cache-dir", filepath.Join(dir, "cache")}, sources)...)
	// ruff formats all packages as black does, which takes much longer.
	few := slices.DeleteFunc(slices.Clone(sources), func(name string) bool {
		return !strings.Contains(name, "integers") && !strings.Contains(name, "evolink")
	})
	check("black", slices.Concat([]string{"black", "--quiet", "--diff", "--check"}, few)...)
	// The parser of each version accepts no newer syntax, and a newer one knows that of 3.9.
	syntax := "import ast, pathlib, sys\nfor f in sys.argv[1:]: ast.parse(pathlib.Path(f).read_bytes(), f, feature_version=(3, 9))"
	check("syntax", slices.Concat([]string{pythontest.One(t).Path, "-c", syntax}, sources)...)
}

// withoutSwitches returns a module without the lines that switch tools off.
func withoutSwitches(t *testing.T, source string) string {
	t.Helper()
	for _, line := range []string{"# ruff: noqa\n", "# flake8: noqa\n", "# fmt: off\n"} {
		if strings.Count(source, line) != 1 {
			t.Errorf("no line %q", line)
		}
		source = strings.Replace(source, line, "", 1)
	}
	return source
}

// pythonTables returns tables by the names of their packages.
func pythonTables(t *testing.T) map[string]string {
	t.Helper()
	tables := map[string]string{"standin": "../gen/internal/golang/testdata/standin.yaml"}
	for name, table := range goldenTables(t) {
		if name == "package" { // whose name is no name for a Go package
			continue
		}
		tables["golden_"+strings.ReplaceAll(name, "-", "_")] = table
	}
	gallery, _ := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if len(gallery) == 0 {
		t.Fatal("no gallery")
	}
	for _, table := range gallery {
		tables["gallery_"+strings.TrimSuffix(filepath.Base(table), ".yaml")] = table
	}
	return tables
}
