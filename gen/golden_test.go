package gen

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/gen/config"
)

// A golden case is a file testdata/golden/NAME.txtar. It contains
//
//   - table.yaml and the files that it includes;
//   - package, if the name of the Go package is not that of the table;
//   - tests in files X_test.go, which run in the package;
//   - findings, in the form of printed, if the table is invalid;
//   - want.md, the page, and want/, the Go package, if it is valid. Many files of a
//     package do not depend on the table. same lists the files that are equal to
//     those of the case minimal, except for the package name.
//
// A new case requires only its input: go test ./gen -run TestGolden -update writes
// the rest.
const (
	goldenDir = "testdata/golden"
	minimal   = "minimal"
)

func TestGolden(t *testing.T) {
	dir, err := filepath.Abs(goldenDir) // the cases change the directory
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil || len(paths) < 2 {
		t.Fatalf("no cases: %v", err)
	}
	base := readGolden(t, filepath.Join(dir, minimal+".txtar"))
	if *update {
		base.want = base.render(t)
	}
	var accepted []goldenCase
	for _, path := range paths {
		c := readGolden(t, path)
		t.Run(c.name, func(t *testing.T) {
			got := c.render(t)
			shared := base.sharedWith(c)
			if *update {
				c.rewrite(t, got, shared)
			}
			wantSame(t, got, c.wanted(t, shared))
			if refused := got["findings"] != ""; refused != strings.HasPrefix(c.name, "refused") {
				t.Errorf("is refused: %v, with\n%s", refused, got["findings"])
			} else if !refused {
				checkPackage(t, got, "table.yaml")
				c.want = got
				accepted = append(accepted, c)
			}
		})
	}
	if len(accepted) > 0 {
		t.Run("compiled", func(t *testing.T) { compileAll(t, accepted) })
	}
}

// goldenCase is the content of the file of a case.
type goldenCase struct {
	path, name string
	comment    []byte
	input      files // the table, and tests
	same       []string
	want       files // without those in same
}

func readGolden(t *testing.T, path string) goldenCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := goldenCase{path: path, name: strings.TrimSuffix(filepath.Base(path), ".txtar"), comment: archive.Comment, input: files{}, want: files{}}
	for _, f := range archive.Files {
		switch {
		case f.Name == "same":
			c.same = strings.Fields(string(f.Data))
		case f.Name == "findings" || f.Name == "want.md" || strings.HasPrefix(f.Name, "want/"):
			c.want[f.Name] = string(f.Data)
		default:
			c.input[f.Name] = string(f.Data)
		}
	}
	return c
}

// packageName returns the name of the case's Go package.
func (c goldenCase) packageName() string {
	if pkg := strings.TrimSpace(c.input["package"]); pkg != "" {
		return pkg
	}
	_, rest, _ := strings.Cut("\n"+c.input["table.yaml"], "\nname: ")
	name, _, _ := strings.Cut(rest, "\n")
	return name
}

// sharedWith returns the Go files of a case with the package clause of another
// case.
func (c goldenCase) sharedWith(other goldenCase) files {
	shared := make(files)
	for name, text := range c.want {
		clause := "\npackage " + c.packageName() + "\n"
		if c.name != other.name && strings.Count(text, clause) == 1 {
			shared[name] = strings.Replace(text, clause, "\npackage "+other.packageName()+"\n", 1)
		}
	}
	return shared
}

// wanted returns all expected outputs of the case.
func (c goldenCase) wanted(t *testing.T, shared files) files {
	t.Helper()
	want := maps.Clone(c.want)
	for _, name := range c.same {
		text, ok := shared[name]
		if !ok {
			t.Errorf("%s is listed in same, but the case %s has no such file", name, minimal)
		}
		want[name] = text
	}
	return want
}

// render renders the case in two directories and compares the outputs.
func (c goldenCase) render(t *testing.T) files {
	t.Helper()
	var first files
	for range 2 {
		dir := t.TempDir()
		c.input.writeTo(t, dir)
		t.Chdir(dir)
		got := c.renderHere(t)
		for name, text := range got {
			if strings.Contains(text, filepath.Base(filepath.Dir(dir))) {
				t.Errorf("%s contains the directory of its table", name)
			}
		}
		if first != nil {
			wantSame(t, got, first)
		}
		first = got
	}
	return first
}

func (c goldenCase) renderHere(t *testing.T) files {
	t.Helper()
	rendered, findings, err := Render(config.Entry{
		Table:    "table.yaml",
		Go:       &config.Go{Dir: "want", Package: strings.TrimSpace(c.input["package"]), Server: strings.Contains(c.input["table.yaml"], "\n  send: ")},
		Markdown: &config.Markdown{File: "want.md"},
	})
	switch {
	case err != nil:
		t.Fatal(err)
	case findings.HasErrors() && rendered != nil:
		t.Error("a table with errors has outputs")
	case len(findings) > 0:
		return files{"findings": printed(findings)}
	}
	return rendered.outputs()
}

// rewrite replaces the expectations of the case by its results.
func (c *goldenCase) rewrite(t *testing.T, got, shared files) {
	t.Helper()
	c.same, c.want = nil, files{}
	for _, name := range got.names() {
		if got[name] == shared[name] {
			c.same = append(c.same, name)
		} else {
			c.want[name] = got[name]
		}
	}
	archive := &txtar.Archive{Comment: c.comment}
	add := func(f files, first ...string) {
		for _, name := range append(first, slices.DeleteFunc(f.names(), func(name string) bool { return slices.Contains(first, name) })...) {
			if text, ok := f[name]; ok {
				archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
			}
		}
	}
	add(c.input, "package", "table.yaml")
	if len(c.same) > 0 {
		add(files{"same": strings.Join(c.same, "\n") + "\n"})
	}
	add(c.want)
	if err := os.WriteFile(c.path, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}
