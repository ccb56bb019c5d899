package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// A golden case is one file, testdata/golden/NAME.txtar. It holds
//
//   - table.yaml, and what that includes;
//   - package, if the Go package has another name than the table;
//   - want/, the whole Go package, and want.md, the page; or findings, when the
//     table is refused, in the form of printed;
//   - tests in files X_test.go of their own, which run in the package.
//
// The files of everywhere are the same in every package but for its name. One
// case wants them, the others have to agree.
//
// A new case needs its input only: go test ./gen -run TestGolden -update writes
// the rest.
const goldenDir = "testdata/golden"

var (
	everywhere     = []string{"want/actions.go", "want/codes_test.go"}
	everywhereCase = "minimal"
)

func TestGolden(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(goldenDir, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var accepted []goldenCase
	for _, path := range paths {
		path, err = filepath.Abs(path) // the cases change the folder
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			c := readGolden(t, path)
			got := c.render(t)
			if *update {
				c.rewrite(t, got)
			}
			wantSame(t, got, c.want)
			if _, refused := got["findings"]; !refused {
				checkPackage(t, got, "table.yaml")
				accepted = append(accepted, goldenCase{name: c.name, input: c.input, want: got})
			}
		})
	}
	if len(accepted) > 0 {
		t.Run("compiled", func(t *testing.T) { compileAll(t, accepted) })
	}
}

// goldenCase is a case as its file has it.
type goldenCase struct {
	path, name string
	archive    *txtar.Archive
	input      files // what is rendered, and tests
	want       files
}

func readGolden(t *testing.T, path string) goldenCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := goldenCase{path: path, name: strings.TrimSuffix(filepath.Base(path), ".txtar"), archive: archive, input: files{}, want: files{}}
	for _, f := range archive.Files {
		if isWanted(f.Name) {
			c.want[f.Name] = string(f.Data)
		} else {
			c.input[f.Name] = string(f.Data)
		}
	}
	if c.name != everywhereCase && c.want["findings"] == "" {
		shared := readGoldenShared(t, c.packageName())
		for name, text := range shared {
			c.want[name] = text
		}
	}
	return c
}

func isWanted(name string) bool {
	return strings.HasPrefix(name, "want/") || name == "want.md" || name == "findings"
}

// readGoldenShared returns the files of everywhere, for a package of the name.
func readGoldenShared(t *testing.T, pkg string) files {
	t.Helper()
	c := readGolden(t, filepath.Join(goldenDir, everywhereCase+".txtar"))
	shared := make(files)
	for _, name := range everywhere {
		clause := "\npackage " + c.packageName() + "\n"
		text := c.want[name]
		if strings.Count(text, clause) != 1 && !*update {
			t.Fatalf("%s of %s has no package clause", name, everywhereCase)
		}
		shared[name] = strings.Replace(text, clause, "\npackage "+pkg+"\n", 1)
	}
	return shared
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

// render renders the case twice, in two folders, which must not show.
func (c goldenCase) render(t *testing.T) files {
	t.Helper()
	var first files
	for i := range 2 {
		dir := t.TempDir()
		c.input.writeTo(t, dir)
		t.Chdir(dir)
		got := c.renderHere(t)
		for name, text := range got {
			if strings.Contains(text, filepath.Base(filepath.Dir(dir))) {
				t.Errorf("%s names the folder it was made in", name)
			}
		}
		if i > 0 {
			wantSame(t, got, first)
		}
		first = got
	}
	return first
}

func (c goldenCase) renderHere(t *testing.T) files {
	t.Helper()
	rendered, findings, err := Render(Catalog{
		Table:    "table.yaml",
		Go:       &GoOutput{Dir: "want", Package: strings.TrimSpace(c.input["package"])},
		Markdown: &MarkdownOutput{File: "want.md"},
	})
	switch {
	case err != nil:
		t.Fatal(err)
	case findings.HasErrors() && rendered != nil:
		t.Error("a table with errors was rendered")
	case len(findings) > 0:
		return files{"findings": printed(findings)}
	}
	return rendered.outputs()
}

// rewrite makes the case want what it got.
func (c goldenCase) rewrite(t *testing.T, got files) {
	t.Helper()
	archive := &txtar.Archive{Comment: c.archive.Comment}
	for _, f := range c.archive.Files {
		if !isWanted(f.Name) {
			archive.Files = append(archive.Files, f)
		}
	}
	for _, name := range got.names() {
		if c.name == everywhereCase || name != everywhere[0] && name != everywhere[1] {
			archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got[name])})
		}
	}
	clear(c.want)
	for name, text := range got {
		c.want[name] = text
	}
	if err := os.WriteFile(c.path, txtar.Format(archive), 0o666); err != nil {
		t.Fatal(err)
	}
}
