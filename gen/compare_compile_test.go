package gen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/export"
)

// If breaking reports a change as compatible, a program that uses every exported
// name of the old package must compile with the new one. The decisions of the new
// package must be the same or stricter.
func TestCompatibleChangesCompile(t *testing.T) {
	t.Parallel()
	m := newModule(t)
	base := baseTable(t)
	all := append(variants(t), variant{"base", parsed(t, "base.yaml", base)})
	sources := make(map[string]files)
	for _, v := range all {
		sources[v.name] = goFilesOf(t, v)
	}
	sampled := 0
	for i, v := range all[:len(all)-1] {
		if i%longtest.Choose(3, 1) > 0 {
			continue
		}
		for _, way := range [][2]variant{{all[len(all)-1], v}, {v, all[len(all)-1]}} {
			old, new := way[0], way[1]
			verdict := compat.Judge(compared(t, old.table, new.table), nil)
			if verdict.Bump == compat.Major {
				continue
			}
			sampled++
			checkDecisions(t, old, new)
			name := fmt.Sprintf("c%d_%s", i, map[bool]string{true: "there", false: "back"}[new.name == v.name])
			dir := "p" + strings.ReplaceAll(new.name, "-", "_")
			m.write(files{name + "/consumer.go": consumer(name, dir, sources[old.name])})
			sources[new.name].under(dir).writeTo(t, m.dir)
		}
	}
	if sampled < longtest.Choose(10, 30) {
		t.Errorf("%d compatible changes", sampled)
	}
	m.run("build", "./...")
}

// goFilesOf returns the Go package of a table.
func goFilesOf(t *testing.T, v variant) files {
	t.Helper()
	text := string(export.JSON(v.table, export.Options{}))
	sources := make(files)
	for name, source := range renderText(t, text) {
		if in, ok := strings.CutPrefix(name, "go/"); ok && strings.HasSuffix(in, ".go") && !strings.HasSuffix(in, "_test.go") {
			sources[in] = source
		}
	}
	return sources
}

// under returns the files in a directory.
func (f files) under(dir string) files {
	out := make(files)
	for name, text := range f {
		out[dir+"/"+name] = text
	}
	return out
}

// checkDecisions replays the vectors of the old table on the new one.
func checkDecisions(t *testing.T, old, new variant) {
	t.Helper()
	before, err := classify.New(old.table)
	if err != nil {
		t.Fatal(err)
	}
	after, err := classify.New(new.table)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range classify.Cases(old.table) {
		was, is := before.Classify(c.Wire, c.Message), after.Classify(c.Wire, c.Message)
		if looser := spec.Looser(was.Retry, is.Retry); was.Code != nil && (is.Code == nil || len(looser) > 0) {
			t.Errorf("%s to %s: the decision for %q, %q is looser: %v", old.name, new.name, c.Wire, c.Message, looser)
		}
	}
}

// consumer returns a program that uses every exported name of a package, and the
// type of the name if it is a basic one.
func consumer(name, dir string, sources files) string {
	var uses []string
	use := func(format string, args ...any) { uses = append(uses, fmt.Sprintf(format, args...)) }
	fset := token.NewFileSet()
	for _, file := range sources.names() {
		parsed, err := parser.ParseFile(fset, file, sources[file], 0)
		if err != nil {
			panic(err)
		}
		for _, decl := range parsed.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				useFunc(d, use)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					useSpec(s, use)
				}
			}
		}
	}
	slices.Sort(uses)
	return fmt.Sprintf("package %s\n\nimport shop %q\n\nfunc _() {\n\t%s\n}\n", name, modulePath+"/"+dir, strings.Join(uses, "\n\t"))
}

func useFunc(d *ast.FuncDecl, use func(string, ...any)) {
	switch {
	case !d.Name.IsExported():
	case d.Recv == nil:
		use("_ = shop.%s", d.Name.Name)
	default:
		receiver := types.ExprString(d.Recv.List[0].Type)
		if base := strings.TrimPrefix(receiver, "*"); ast.IsExported(base) {
			use("_ = (%s).%s", strings.Replace(receiver, base, "shop."+base, 1), d.Name.Name)
		}
	}
}

func useSpec(s ast.Spec, use func(string, ...any)) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, n := range s.Names {
			if n.IsExported() {
				use("_ = shop.%s", n.Name)
			}
		}
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return
		}
		use("var _ shop.%s", s.Name.Name)
		fields, ok := s.Type.(*ast.StructType)
		if !ok {
			return
		}
		for _, f := range fields.Fields.List {
			for _, n := range f.Names {
				if !n.IsExported() {
					continue
				}
				typ := types.ExprString(f.Type)
				if id, basic := f.Type.(*ast.Ident); !basic || types.Universe.Lookup(id.Name) == nil {
					use("_ = shop.%s{}.%s", s.Name.Name, n.Name)
					continue
				}
				use("var _ %s = shop.%s{}.%s", typ, s.Name.Name, n.Name)
			}
		}
	}
}
