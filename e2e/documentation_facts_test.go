package e2e

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The table of commands in README must list each command, and only flags that it has.
func TestDocumentedListOfCommands(t *testing.T) {
	reference := documents(t)["docs/commands.md"]
	var want []string
	for _, name := range tableUnder(t, "docs/commands.md", "# Commands") {
		if strings.Count(name, " ") == 1 { // import csv is part of import
			want = append(want, name)
		}
	}
	var got []string
	for _, name := range tableUnder(t, "README.md", "## Commands") {
		got = append(got, strings.Join(strings.Fields(name)[:2], " "))
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("README lists\n%q, want\n%q", got, want)
	}
	for _, line := range strings.Split(documents(t)["README.md"], "\n") {
		if !strings.HasPrefix(line, "| `errspec ") {
			continue
		}
		name := strings.Fields(strings.Trim(line, "|` "))[1]
		wantFlags(t, line, reference, "errspec "+strings.Trim(name, "`"))
	}
}

// wantFlags fails unless a command has each flag in a text.
func wantFlags(t *testing.T, text, reference, command string) {
	t.Helper()
	_, section, found := strings.Cut(reference, "\n## "+command+"\n")
	if !found {
		t.Errorf("there is no command %q: %s", command, text)
		return
	}
	section, _, _ = strings.Cut(section, "\n## ")
	for _, flag := range regexp.MustCompile("(?:^|[\\s`])(--?[a-z][a-z-]*)").FindAllStringSubmatch(text, -1) {
		if name := flag[1]; name != "-vettool" && !strings.Contains(section, "`"+name+"`") && !strings.Contains(section, "`"+name+" ") {
			t.Errorf("%s has no flag %s: %s", command, name, text)
		}
	}
}

// Each command of errspec in the text of documentation must exist, with its flags.
func TestDocumentedMentions(t *testing.T) {
	all := documents(t)
	mentions := 0
	for file, text := range all {
		if file == "docs/commands.md" {
			continue
		}
		text = fenced.ReplaceAllString(text, "")
		for _, m := range regexp.MustCompile("`errspec ([^`]+)`").FindAllStringSubmatch(text, -1) {
			mentions++
			words := strings.Fields(m[1])
			if words[0] == "help" {
				continue
			}
			command := "errspec " + words[0]
			if len(words) > 1 && strings.Contains(all["docs/commands.md"], "\n## "+command+" "+words[1]+"\n") {
				command += " " + words[1]
			}
			wantFlags(t, m[1], all["docs/commands.md"], command)
		}
	}
	if mentions < 30 {
		t.Errorf("found only %d commands", mentions)
	}
}

// The page about vet must list its rules.
func TestDocumentedVetRules(t *testing.T) {
	got := tableUnder(t, "docs/vet.md", "# errspec vet")
	got = slices.DeleteFunc(got, func(s string) bool { return strings.ContainsAny(s, ` ."`) })
	want := tableUnder(t, "docs/rules.md", "## Go code")
	want = slices.DeleteFunc(want, func(s string) bool { return !regexp.MustCompile(`^[a-z]+-[a-z-]+$`).MatchString(s) })
	for _, rule := range want {
		if rule != "bad-ignore" && rule != "unused-ignore" && !slices.Contains(got, rule) {
			t.Errorf("docs/vet.md does not list %s", rule)
		}
	}
	for _, rule := range got {
		if !slices.Contains(want, rule) {
			t.Errorf("docs/vet.md lists %s, which is not a rule", rule)
		}
	}
}

// The page about responses must list all roles.
func TestDocumentedRoles(t *testing.T) {
	m := regexp.MustCompile("\nValues of `role`: (.*)\\.\n").FindStringSubmatch(documents(t)["docs/table-reference.md"])
	if m == nil {
		t.Fatal("the reference lists no roles")
	}
	want := strings.Split(strings.ReplaceAll(m[1], "`", ""), ", ")
	want = slices.DeleteFunc(want, func(role string) bool { return role == "none" })
	got := tableUnder(t, "docs/responses.md", "## Fields")
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("docs/responses.md lists %q, want %q", got, want)
	}
}

// The page about pages must list all blocks.
func TestDocumentedBlockNames(t *testing.T) {
	m := regexp.MustCompile(`name an available block: (.*)\.`).FindStringSubmatch(strings.ReplaceAll(string(errspec(t, "explain", "marker-name")), "\n", " "))
	if m == nil {
		t.Fatal("explain does not list the blocks")
	}
	var want, got []string
	for _, name := range strings.Split(m[1], ", ") {
		want = append(want, strings.Fields(name)[0])
	}
	for _, name := range tableUnder(t, "docs/pages.md", "## Blocks in your own files") {
		got = append(got, strings.Fields(name)[0])
	}
	slices.Sort(got)
	slices.Sort(want)
	if got = slices.Compact(got); !slices.Equal(got, slices.Compact(want)) {
		t.Errorf("docs/pages.md lists %q, want %q", got, want)
	}
}

// Each name in the tables about generated packages must be one of generated/evolink, and
// docs/go-package.md must list all of its types and functions.
func TestDocumentedAPI(t *testing.T) {
	names := exportedNames(t, "../generated/evolink")
	for _, where := range [][2]string{{"README.md", "## The generated package"}, {"docs/go-package.md", "# The generated package"}} {
		for _, span := range tableUnder(t, where[0], where[1]) {
			name, _, _ := strings.Cut(span, "(")
			if names[name] == "" && !strings.HasPrefix(name, "testdata/") {
				t.Errorf("%s: generated/evolink has no %s", where[0], name)
			}
		}
	}
	page := documents(t)["docs/go-package.md"]
	for name, kind := range names {
		if (kind == "type" || kind == "function") && ast.IsExported(name) && !regexp.MustCompile("`"+name+"[`(]").MatchString(page) {
			t.Errorf("docs/go-package.md does not name the %s %s", kind, name)
		}
	}
}

// exportedNames returns the names of a package and their kind: function, method, type or value.
// Methods have the name of their type, and also their own.
func exportedNames(t *testing.T, dir string) map[string]string {
	t.Helper()
	names := make(map[string]string)
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	check(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		check(t, err)
		for _, decl := range parsed.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				name, kind := decl.Name.Name, "function"
				if decl.Recv != nil {
					kind = "method"
					of := decl.Recv.List[0].Type
					if star, ok := of.(*ast.StarExpr); ok {
						of = star.X
					}
					name = of.(*ast.Ident).Name + "." + name
				}
				names[name] = kind
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						names[spec.Name.Name] = "type"
					case *ast.ValueSpec:
						for _, n := range spec.Names {
							names[n.Name] = "value"
						}
					}
				}
			}
		}
	}
	// A method may be named without its type if only one type has it.
	for name := range names {
		if _, method, ok := strings.Cut(name, "."); ok && names[method] == "" {
			names[method] = "method"
		}
	}
	return names
}

// fieldSteps are the files that name gRPC for another reason than the field grpc.
var fieldSteps = map[string]string{
	"spec/extract/mention.go":                      "words before numbers in text",
	"spec/names/identifiers.go":                    "a list of initialisms",
	"gen/internal/golang/runtime/standin_info.go":  "generated",
	"gen/internal/golang/runtime/standin_codes.go": "generated",
	"gen/internal/markdown/manual_keys.go":         "any key",
}

// CONTRIBUTING must name each file that a field of the table format takes, of which grpc is an
// example, and no file that does not exist.
func TestContributingNamesFiles(t *testing.T) {
	data, err := os.ReadFile("../CONTRIBUTING.md")
	check(t, err)
	for _, m := range regexp.MustCompile("`((?:spec|gen|cmd|internal|e2e|bench|docs|generated)/[A-Za-z0-9_./-]+)`").FindAllStringSubmatch(string(data), -1) {
		if _, err := os.Stat(filepath.Join("..", m[1])); err != nil {
			t.Error(err)
		}
	}
	_, section, _ := strings.Cut(string(data), "\n## How to add a field to the table format\n")
	section, _, _ = strings.Cut(section, "\n## ")
	found := 0
	for _, top := range []string{"spec", "gen", "cmd", "internal"} {
		check(t, fs.WalkDir(os.DirFS(".."), top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && d.Name() == "testdata" {
				return fs.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			text, err := os.ReadFile(filepath.Join("..", name))
			if err != nil || !regexp.MustCompile(`(?i)\bgrpc`).Match(text) || fieldSteps[name] != "" {
				return err
			}
			found++
			if !strings.Contains(section, "`"+name+"`") {
				t.Errorf("%s is about grpc, and no step names it", name)
			}
			return nil
		}))
	}
	if found < 10 {
		t.Errorf("only %d files", found)
	}
}
