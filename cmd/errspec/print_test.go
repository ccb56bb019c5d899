package main

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

// Only print.go prints: no other file of the command writes to a stream, and no library
// prints.
func TestOnlyPrintPrints(t *testing.T) {
	printers := []string{
		"fmt.Fprint", "fmt.Fprintf", "fmt.Fprintln", "fmt.Print", "fmt.Printf", "fmt.Println",
		"io.WriteString", "io.Copy", "io.MultiWriter", "bufio.NewWriter", "log.Print", "log.Printf", "log.Println", "log.Fatal", "log.Fatalf",
	}
	methods := []string{"Write", "WriteTo", "Print", "Printf", "Println", "PrintErr", "PrintErrf", "PrintErrln"}
	for _, name := range sourceFiles(t, ".") {
		if name == "print.go" {
			continue
		}
		calls(t, name, func(at, pkg, function string, args int) {
			switch {
			case slices.Contains(printers, pkg+"."+function),
				slices.Contains(methods, function) && args > 0 && pkg != "gen" && pkg != "b",
				strings.HasPrefix(pkg+"."+function, "os.Std") && name != "main.go":
				t.Errorf("%s: %s.%s prints outside print.go", at, pkg, function)
			}
		})
	}
	for _, top := range []string{"gen", "internal", "spec"} {
		for _, name := range sourceFiles(t, filepath.Join("..", "..", top)) {
			calls(t, name, func(at, pkg, function string, _ int) {
				if pkg == "fmt" && strings.HasPrefix(function, "Print") || pkg == "log" {
					t.Errorf("%s: %s.%s prints, in a library", at, pkg, function)
				}
			})
		}
	}
}

// sourceFiles returns the Go files in a directory tree, without test files.
func sourceFiles(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go"):
			names = append(names, name)
		}
		return nil
	})
	if err != nil || len(names) == 0 {
		t.Fatal(dir, names, err)
	}
	return names
}

// calls calls f for each call pkg.function(…) in a file; pkg is "" if it is not an identifier.
func calls(t *testing.T, name string, f func(at, pkg, function string, args int)) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if s, ok := call.Fun.(*ast.SelectorExpr); ok {
			pkg := ""
			if x, ok := s.X.(*ast.Ident); ok {
				pkg = x.Name
			}
			f(files.Position(call.Pos()).String(), pkg, s.Sel.Name, len(call.Args))
		}
		return true
	})
}
