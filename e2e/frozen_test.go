package e2e

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// frozenFile lists the names that users depend on, one a line. docs/compatibility.md
// describes them.
const frozenFile = "testdata/frozen.txt"

// Names that users depend on must not be removed. -update adds new names to the list and
// keeps the others, so that a name can only be removed by hand.
func TestFrozenNames(t *testing.T) {
	data, err := os.ReadFile(frozenFile)
	check(t, err)
	frozen := make(map[string]bool)
	for line := range strings.Lines(string(data)) {
		frozen[strings.TrimSuffix(line, "\n")] = true
	}
	current := publicNames(t)
	for _, name := range slices.Sorted(maps.Keys(frozen)) {
		if !current[name] {
			t.Errorf("there is no %s anymore; docs/compatibility.md promises it", name)
		}
	}
	added := false
	for _, name := range slices.Sorted(maps.Keys(current)) {
		if !frozen[name] && !*update {
			t.Errorf("%s does not list %s; run with -update", frozenFile, name)
		}
		added = added || !frozen[name]
		frozen[name] = true
	}
	if *update && added {
		check(t, os.WriteFile(frozenFile, []byte(strings.Join(slices.Sorted(maps.Keys(frozen)), "\n")+"\n"), 0o666))
	}
}

// publicNames returns the keys of tables, of the configuration and of JSON, the rules,
// the commands with their flags and exit statuses, and the names in generated packages,
// without those of codes and classes.
func publicNames(t *testing.T) map[string]bool {
	t.Helper()
	names := make(map[string]bool)
	for _, schema := range []string{"table", "include", "config", "findings"} {
		var root map[string]any
		check(t, json.Unmarshal(errspec(t, "schema", schema), &root))
		schemaKeys(names, schema+" key", root)
	}
	jsonKeys(t, names, "vectors key", "../generated/vectors/evolink.json")
	for _, args := range [][]string{{"export", "builtin:evolink"}, {"export", "builtin:evolink", "--openapi"}} {
		for _, key := range regexp.MustCompile(`"(x-errspec-[a-z-]+)":`).FindAllStringSubmatch(string(errspec(t, args...)), -1) {
			names["export key "+key[1]] = true
		}
	}
	for _, match := range regexp.MustCompile(`(?m)^### (\S+)$`).FindAllStringSubmatch(documents(t)["docs/rules.md"], -1) {
		names["rule "+match[1]] = true
	}
	commandNames(names, documents(t)["docs/commands.md"])
	goNames(t, names)
	for _, pattern := range []struct{ language, file, names string }{
		{"TypeScript", "../generated/typescript/evolink.ts", `(?m)^export (?:declare )?(?:async )?(?:const|type|interface|class|function) (\w+)`},
		{"Python", "../generated/python/evolink/__init__.py", `(?m)^    "(\w+)",$`},
	} {
		source, err := os.ReadFile(pattern.file)
		check(t, err)
		text := string(source)
		if pattern.language == "Python" {
			_, text, _ = strings.Cut(text, "\n__all__ = (\n")
			text, _, _ = strings.Cut(text, "\n)\n")
		}
		for _, match := range regexp.MustCompile(pattern.names).FindAllStringSubmatch(text+"\n", -1) {
			names[pattern.language+" "+match[1]] = true
		}
	}
	return names
}

// goNames adds the names in the Go package that are not those of codes and classes.
func goNames(t *testing.T, names map[string]bool) {
	t.Helper()
	for name, kind := range exportedNames(t, "../generated/evolink") {
		ofTable := kind == "value" && regexp.MustCompile(`^(Code|Subtype|Class)[A-Z]`).MatchString(name)
		short := kind == "method" && !strings.Contains(name, ".")
		if !ofTable && !short && regexp.MustCompile(`^[A-Z]\w*(\.[A-Z]\w*)?$`).MatchString(name) {
			names["Go "+name] = true
		}
	}
	packages, err := filepath.Glob("../generated/evolink/*.go")
	check(t, err)
	for _, file := range packages {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		check(t, err)
		for node := range ast.Preorder(parsed) {
			spec, ok := node.(*ast.TypeSpec)
			if !ok || !spec.Name.IsExported() {
				continue
			}
			if of, ok := spec.Type.(*ast.StructType); ok {
				for _, field := range of.Fields.List {
					for _, name := range field.Names {
						if name.IsExported() {
							names["Go "+spec.Name.Name+"."+name.Name] = true
						}
					}
				}
			}
		}
	}
}

// jsonKeys adds the keys of the object in a file, and those of decisions in it.
func jsonKeys(t *testing.T, names map[string]bool, prefix, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	check(t, err)
	var object map[string]json.RawMessage
	check(t, json.Unmarshal(data, &object))
	for key := range object {
		names[prefix+" "+key] = true
	}
	for _, decision := range regexp.MustCompile(`"decision":(\{[^{}]*\})`).FindAllSubmatch(data, -1) {
		var keys map[string]any
		check(t, json.Unmarshal(decision[1], &keys))
		for key := range keys {
			names[prefix+" decision "+key] = true
		}
	}
}

// schemaKeys adds the keys of all objects of a JSON Schema, with the words that a key may
// have.
func schemaKeys(names map[string]bool, prefix string, schema any) {
	switch schema := schema.(type) {
	case map[string]any:
		for key, value := range schema {
			if key != "properties" && key != "$defs" {
				schemaKeys(names, prefix, value)
				continue
			}
			for name, property := range value.(map[string]any) {
				path := prefix + " " + name
				if key == "properties" {
					names[path] = true
					schemaWords(names, path, property)
				}
				schemaKeys(names, path, property)
			}
		}
	case []any:
		for _, value := range schema {
			schemaKeys(names, prefix, value)
		}
	}
}

// schemaWords adds the values of an enumeration. Rules are listed on their own.
func schemaWords(names map[string]bool, path string, property any) {
	words, _ := property.(map[string]any)["enum"].([]any)
	for _, word := range words {
		if text, ok := word.(string); ok && !strings.HasSuffix(path, "rule") {
			names[path+": "+text] = true
		}
	}
}

// commandNames adds the commands of docs/commands.md, their flags and exit statuses.
func commandNames(names map[string]bool, page string) {
	for _, section := range strings.Split(page, "\n## ")[1:] {
		command, text, _ := strings.Cut(section, "\n")
		names["command "+command] = true
		for _, flag := range regexp.MustCompile("(?m)^\\| `(--[a-z-]+)").FindAllStringSubmatch(text, -1) {
			names["command "+command+" "+flag[1]] = true
		}
		for _, status := range regexp.MustCompile(`(?m)^\| ([0-9]) `).FindAllStringSubmatch(text, -1) {
			names["command "+command+" exits with "+status[1]] = true
		}
	}
}

// Each test that docs/compatibility.md names must exist.
func TestCompatibilityTests(t *testing.T) {
	page := documents(t)["docs/compatibility.md"]
	tests := make(map[string]bool)
	check(t, filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && slices.Contains([]string{"testdata", "node_modules", ".git", "dist"}, d.Name()):
			return filepath.SkipDir
		case !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		data, err := os.ReadFile(name)
		for _, match := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(data), -1) {
			tests[match[1]] = true
		}
		return err
	}))
	found := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(page, -1)
	if len(found) < 10 {
		t.Errorf("docs/compatibility.md names only %d tests", len(found))
	}
	for _, match := range found {
		if !tests[match[1]] {
			t.Errorf("there is no test %s", match[1])
		}
	}
}
