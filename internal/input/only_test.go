package input_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Only this package may open files, because other functions can wait forever and
// read without a limit. Only package output creates files.
func TestOnlyInputOpensFiles(t *testing.T) {
	openers := []string{
		"os.Open", "os.OpenFile", "os.ReadFile", "os.DirFS", "os.OpenRoot", "os.NewFile", "ioutil.ReadFile", "syscall.Open",
		"parser.ParseDir", "parser.ParseFile",
	}
	allowed := map[string][]string{
		"internal/input/input.go":      {"os.Open", "os.DirFS"},
		"internal/input/open_unix.go":  {"os.OpenFile"},
		"internal/input/open_other.go": {"os.Open"},
		"internal/output/disk.go":      {"os.OpenFile"},      // with O_EXCL
		"cmd/errspec/init.go":          {"parser.ParseFile"}, // of text
	}
	root := filepath.Join("..", "..")
	for _, top := range []string{"cmd", "gen", "internal", "spec"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			rel, err := filepath.Rel(root, name)
			if err != nil {
				return err
			}
			for _, used := range selectors(t, name) {
				if slices.Contains(openers, used) && !slices.Contains(allowed[filepath.ToSlash(rel)], used) {
					t.Errorf("%s uses %s; package internal/input opens files", rel, used)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// selectors returns the package members that a file uses, such as os.Open.
func selectors(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				all = append(all, x.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	return all
}
