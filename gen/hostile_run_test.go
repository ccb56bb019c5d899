package gen

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/output"
)

// Packages of hostile tables must compile, with every file, and contain the texts
// of their tables unchanged. In each package every field contains another payload.
func TestHostileTextsAreUnchanged(t *testing.T) {
	t.Parallel()
	m := newModule(t)
	all := slices.Concat(payloads, paragraphs)
	texts := []text{hostileIn(strings.Join(all, " "), everyField), hostileIn(strings.Join(all, "\n"), everyField)}
	for start := 0; start < len(all); start += 7 {
		next := start
		texts = append(texts, func(field string) string {
			next++
			return hostileIn(all[next%len(all)], everyField)(field)
		})
	}
	put := make(map[string]map[string]string) // by package, then by field
	sources := make(map[string][]string)      // Go files by package
	for i, text := range texts {
		pkg := fmt.Sprintf("p%02d", i)
		table, values := hostileTable(t, pkg, text)
		put[pkg] = values
		for name, source := range renderText(t, table) {
			if in, ok := strings.CutPrefix(name, "go/"); ok {
				m.write(files{pkg + "/" + in: source})
				if filepath.Ext(in) == ".go" {
					sources[modulePath+"/"+pkg] = append(sources[modulePath+"/"+pkg], in)
				}
			}
		}
	}
	checkNoFileIsIgnored(m, sources)

	m.write(files{"dump/main.go": dumpProgram(put)})
	var dumped map[string]dump
	decode(t, m.run("run", "./dump"), &dumped)
	for pkg, values := range put {
		got, want := dumped[pkg], wantedDump(values)
		if strings.ContainsAny(got.Error, "\n\r\t") || len(got.Error) > 1000 || !strings.HasPrefix(got.Error, pkg+": plain") {
			t.Errorf("%.100q: the error text is %q", values["title"], got.Error)
		}
		got.Error = ""
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%.100q: got\n%+v\nwant\n%+v", values["title"], got, want)
		}
	}
}

// checkNoFileIsIgnored checks that the go command builds every file of every
// package.
func checkNoFileIsIgnored(m *module, sources map[string][]string) {
	m.t.Helper()
	dec := json.NewDecoder(strings.NewReader(m.run("list", "-json=ImportPath,GoFiles,TestGoFiles", "./...")))
	for range sources {
		var p struct {
			ImportPath           string
			GoFiles, TestGoFiles []string
		}
		if err := dec.Decode(&p); err != nil {
			m.t.Fatal(err)
		}
		got, want := slices.Sorted(slices.Values(append(p.GoFiles, p.TestGoFiles...))), slices.Sorted(slices.Values(sources[p.ImportPath]))
		if !slices.Equal(got, want) || len(want) == 0 {
			m.t.Errorf("%s: the go command builds %q, want %q", p.ImportPath, got, want)
		}
	}
}

// dump contains the values that a package returns for the hostile codes of its
// table.
type dump struct {
	Codes     []string
	Parsed    []string // the code for the alias and for the former name
	Code      map[string]any
	Subtype   map[string]any
	CodeConst string
	Decided   string // subtype of the example
	Error     string // text of the error with the example as its message
}

// dumpProgram returns a program that prints a dump for each package.
func dumpProgram(packages map[string]map[string]string) string {
	var imports, body strings.Builder
	for pkg, values := range packages {
		fmt.Fprintf(&imports, "\t%q\n", modulePath+"/"+pkg)
		fmt.Fprintf(&body, `
	{
		codes := %[1]s.Codes()
		alias, _ := %[1]s.ParseCode(%[2]q)
		old, _ := %[1]s.ParseCode(%[3]q)
		all[%[1]q] = map[string]any{
			"Codes": codes, "Parsed": []any{alias, old}, "Code": codes[1].Info(), "Subtype": codes[1].Info().Subtypes[0].Info(), "CodeConst": %[1]s.CodeStem,
			"Decided": %[1]s.Classify(codes[1], %[4]q).Subtype, "Error": (&%[1]s.Error{Code: codes[0], Message: %[4]q}).Error(),
		}
	}`, pkg, values["alias!"], values["renamed!"], values["sub.example*"])
	}
	return "package main\n\nimport (\n\t\"encoding/json\"\n\t\"os\"\n\n" + imports.String() + ")\n\nfunc main() {\n\tall := map[string]any{}" + body.String() +
		"\n\tif err := json.NewEncoder(os.Stdout).Encode(all); err != nil {\n\t\tpanic(err)\n\t}\n}\n"
}

// wantedDump returns the dump that a package with the given values must print.
func wantedDump(values map[string]string) dump {
	code, named := values["code!"], values["code.named!"]
	list := func(texts ...string) []any {
		var out []any
		for _, s := range texts {
			out = append(out, trimEnd(s))
		}
		return out
	}
	url := "https://e.test/*/;//go:build/+build/--/](javascript:alert(1))'{x}#"
	return dump{
		Codes:     []string{"plain", code, named},
		Parsed:    []string{code, code},
		CodeConst: named,
		Decided:   code + "/one",
		Code: map[string]any{
			"Code": code, "Class": "c", "Title": values["code.title"], "Description": values["code.description"], "Details": trimEnd(values["code.details*"]),
			"Advice": values["code.advice"], "Hint": values["code.hint"], "Causes": list(values["cause*"], values["cause.title"]+": "+values["cause.text*"]),
			"Avoid": list(values["avoid*"]), "Fixes": list(values["fix*"]), "Examples": list(values["example*"]),
			"Subtypes": []any{code + "/one", code + "/two"}, "URL": url, "HTTP": 0.0, "GRPC": "", "Since": values["since"],
			"Deprecation": map[string]any{"Since": values["deprecated.since"], "Reason": values["deprecated.reason"], "ReplacedBy": "plain"},
		},
		Subtype: map[string]any{
			"Subtype": code + "/one", "Code": code, "Title": values["sub.title"], "Description": values["sub.description"],
			"Examples": list(values["sub.example*"]), "Advice": values["sub.advice"], "Hint": values["sub.hint"], "URL": url,
		},
	}
}

// trimEnd removes line ends at the end of a text, as reading a table does.
func trimEnd(s string) string { return strings.TrimRight(s, "\n") }

func decode(t *testing.T, text string, into *map[string]dump) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	for pkg, d := range *into {
		for _, entry := range []map[string]any{d.Code, d.Subtype} {
			url, _ := entry["URL"].(string)
			base, _, _ := strings.Cut(url, "#") // other tests check the anchor
			entry["URL"] = base + "#"
		}
		(*into)[pkg] = d
	}
}

// The first line of every output, and no other line, contains the file name of the
// table, which may contain any characters. Outputs must be recognized by that line.
func TestHostileFileNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such names")
	}
	for _, name := range []string{
		"a b.yaml", `a"b'c.yaml`, "a\nfunc init() { panic(1) }\n.yaml", "a\r.yaml", "a-->b.yaml", "<script>.yaml", "`x`.yaml", "a. DO NOT EDIT.yaml",
		"x. DO NOT EDIT.\n.yaml", "\u202ea.yaml", "\xff.yaml", "$(x).yaml", "+build ignore.yaml", "go:build ignore.yaml", "%s%!d.yaml", ".yaml", "名 é.yaml",
		"no-ending", "*.yaml", "a\u2028b.yaml", `a\b.yaml`,
	} {
		t.Run(fmt.Sprintf("%q", name), func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile(name, []byte("errspec: 1\nname: p\ntitle: T\ncodes: [{code: a, title: A, description: A}]\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			c := config.Entry{Table: name, Go: &config.Go{Dir: "go"}, Markdown: &config.Markdown{File: "page.md"}}
			rendered, findings, err := Render(c)
			if err != nil || len(findings) > 0 {
				t.Fatal(findings, err)
			}
			for path, text := range rendered.outputs() {
				kind := output.Go
				switch filepath.Ext(path) {
				case ".md":
					kind = output.Markdown
				case ".json":
					continue // the mark is a key
				}
				first, rest, _ := strings.Cut(text, "\n")
				if first != output.Mark(kind, name) || strings.Contains(rest, "DO NOT EDIT") || strings.Contains(rest, "panic") && kind == output.Go {
					t.Errorf("%s starts with %q", path, first)
				}
				inside := strings.TrimSuffix(strings.TrimPrefix(first, "<!-- "), " -->")
				if strings.ContainsAny(inside, "<>") || strings.ContainsFunc(first, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("%s starts with %q", path, first)
				}
			}
			for range 2 { // the second time, the outputs exist
				writeAll(t, rendered)
			}
			if changes, err := Check(rendered); err != nil || len(changes) > 0 {
				t.Errorf("written outputs are not recognized: %v, %v", changes, err)
			}
		})
	}
}
