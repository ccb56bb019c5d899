package gen

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
)

// goFacts returns the declarations of a package, sorted, each with its type and
// whether it is deprecated. It also checks the comments of files that differ from
// those of another table.
func goFacts(t *testing.T, rendered, another files) string {
	t.Helper()
	checkPackage(t, rendered, "table.yaml")
	var facts []string
	for name, source := range rendered {
		if path.Ext(name) != ".go" || strings.HasPrefix(path.Base(name), "match_") {
			continue // phrases determine which parts of the matcher a package contains
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
		if err != nil {
			t.Fatalf("%v\n%s", err, source)
		}
		if source != another[name] {
			checkComments(t, name, file)
			checkBuilt(t, name, source)
		}
		facts = append(facts, name+" package "+file.Name.Name+strings.Repeat(" deprecated", deprecations(file.Doc)))
		for _, spec := range file.Imports {
			facts = append(facts, name+" import "+spec.Path.Value)
		}
		for _, decl := range file.Decls {
			facts = append(facts, declFacts(name, decl)...)
		}
	}
	slices.Sort(facts)
	return strings.Join(facts, "\n") + "\n"
}

func declFacts(name string, decl ast.Decl) (facts []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		facts = append(facts, fmt.Sprintf("%s func %s recv %d, %d statements%s", name, d.Name, d.Recv.NumFields(), len(d.Body.List), strings.Repeat(" deprecated", deprecations(d.Doc))))
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				facts = append(facts, fmt.Sprintf("%s type %s %T%s", name, s.Name, s.Type, strings.Repeat(" deprecated", deprecations(d.Doc, s.Doc))))
			case *ast.ValueSpec:
				facts = append(facts, fmt.Sprintf("%s %s %v %v = %d values%s", name, d.Tok, s.Names, s.Type, len(s.Values), strings.Repeat(" deprecated", deprecations(d.Doc, s.Doc))))
			}
		}
	}
	return facts
}

// deprecations counts the paragraphs that mark a declaration as deprecated.
func deprecations(docs ...*ast.CommentGroup) (n int) {
	for _, doc := range docs {
		for _, paragraph := range strings.Split(doc.Text(), "\n\n") {
			if strings.HasPrefix(paragraph, "Deprecated:") {
				n++
			}
		}
	}
	return n
}

// checkBuilt checks that the go command builds the file on every system.
func checkBuilt(t *testing.T, name, source string) {
	t.Helper()
	context := build.Default
	context.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(source)), nil }
	if ok, err := context.MatchFile("", path.Base(name)); !ok || err != nil {
		t.Errorf("%s is not built: %v", name, err)
	}
}

// checkComments checks that every comment is on one line, has a space after the
// slashes, is not a directive and contains only paragraphs. Directives that errspec
// writes are exceptions.
func checkComments(t *testing.T, name string, file *ast.File) {
	t.Helper()
	for _, group := range file.Comments {
		for _, c := range group.List {
			words := strings.Fields(strings.TrimPrefix(c.Text, "//"))
			switch {
			case c.Text == "//go:fix inline" || c.Text == "//go:noinline" || c.Text == "//":
			case !strings.HasPrefix(c.Text, "// "):
				t.Errorf("%s has the comment %q", name, c.Text)
			case len(words) > 0 && slices.Contains([]string{"+build", "#", "-", "*", "//"}, words[0]):
				t.Errorf("%s has the comment %q", name, c.Text)
			}
		}
		doc := new(comment.Parser).Parse(group.Text())
		for _, block := range doc.Content {
			if _, ok := block.(*comment.Paragraph); !ok {
				t.Errorf("%s has a %T in the comment\n%s", name, block, group.Text())
			}
		}
		if len(doc.Links) > 0 {
			t.Errorf("%s defines links in the comment\n%s", name, group.Text())
		}
	}
}

// wantRefused checks that there are findings with location and help, and no
// outputs.
func wantRefused(t *testing.T, payload, table string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "table.yaml")
	if err := os.WriteFile(name, []byte(table), 0o666); err != nil {
		t.Fatal(err)
	}
	rendered, findings, err := Render(config.Entry{Table: name, Go: &config.Go{Dir: "go"}})
	if rendered != nil || !findings.HasErrors() || err != nil {
		t.Errorf("%s: %d findings, outputs %v, %v", payload, len(findings), rendered != nil, err)
	}
	for _, f := range findings {
		if f.Start.Line == 0 || f.Start.Column == 0 || f.Help == "" || f.File == nil {
			t.Errorf("%s: %v, help %q", payload, f, f.Help)
		}
	}
}
