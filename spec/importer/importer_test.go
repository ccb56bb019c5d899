package importer_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/validate"
)

var update = flag.Bool("update", false, "rewrite what the cases want")

// A case is one file, testdata/cases/NAME.txtar: the source, as input.csv,
// input.md or input.mdx; options, a line KEY=VALUE for each; and what is wanted:
// want.yaml, findings, or both. go test ./spec/importer -update writes the wanted
// parts.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d cases (%v)", len(paths), err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { runCase(t, path, archive) })
	}
}

func runCase(t *testing.T, path string, archive *txtar.Archive) {
	parts := make(map[string]string)
	kept := archive.Files[:0:0]
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
		if f.Name != "want.yaml" && f.Name != "findings" {
			kept = append(kept, f)
		}
	}
	table, findings := importCase(t, parts)
	checkResult(t, table, findings)
	for range 5 {
		if again, found := importCase(t, parts); again != table || printed(found) != printed(findings) {
			t.Fatalf("imported as\n%s\nand then as\n%s", table, again)
		}
	}
	got := map[string]string{"want.yaml": table, "findings": printed(findings)}
	archive.Files = kept
	for _, name := range []string{"findings", "want.yaml"} {
		if got[name] != parts[name] && !*update {
			t.Errorf("%s is\n%s\nwanted\n%s", name, got[name], parts[name])
		}
		if got[name] != "" {
			archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got[name])})
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func importCase(t *testing.T, parts map[string]string) (string, diag.List) {
	t.Helper()
	o := importer.CSVOptions{Columns: make(map[string]string)}
	for option := range strings.Lines(parts["options"]) {
		switch key, value, _ := strings.Cut(strings.TrimSuffix(option, "\n"), "="); key {
		case "delimiter":
			o.Delimiter = []rune(value)[0]
		case "--name":
			o.Name = value
		case "--title":
			o.Title = value
		default:
			o.Columns[key] = value
		}
	}
	for _, name := range []string{"input.md", "input.mdx"} {
		if text, ok := parts[name]; ok {
			return importer.Markdown(name, text, o.Options)
		}
	}
	text, ok := parts["input.csv"]
	if !ok {
		t.Fatal("no input")
	}
	return importer.CSV("input.csv", strings.ReplaceAll(text, "<BOM>", "\uFEFF"), o)
}

// printed writes findings in the line form, with the mend.
func printed(findings diag.List) string {
	var b strings.Builder
	for _, d := range findings.Sorted() {
		b.WriteString(d.String() + "\n\thelp: " + d.Help + "\n")
	}
	return b.String()
}

// checkResult holds what is true of every import: a table without an error, in
// canonical form and never automatic, or an error with its place.
func checkResult(t *testing.T, text string, findings diag.List) {
	t.Helper()
	for _, d := range findings {
		if d.File == nil || d.Start.Line < 1 || d.Start.Column < 1 || d.Message == "" {
			t.Errorf("finding without a place: %s", d)
		}
	}
	if (text == "") != findings.HasErrors() {
		t.Fatalf("a table of %d bytes with findings\n%s", len(text), printed(findings))
	}
	if text == "" {
		return
	}
	table, found := spec.Parse("table.yaml", text, nil)
	if table != nil {
		found = append(found, validate.Run(table)...)
	}
	if found.HasErrors() {
		t.Fatalf("%s\n%s", printed(found), text)
	}
	if len(table.Codes) == 0 {
		t.Errorf("no codes in\n%s", text)
	}
	if formatted, _ := canonical.Format("table.yaml", text); formatted != text {
		t.Errorf("not in canonical form:\n%s\nwould be\n%s", text, formatted)
	}
}

// The page that the table of EvoLink was made from, written as the Markdown and
// the MDX of documentation sites, gives what the page shows.
func TestEvolinkPage(t *testing.T) {
	want, findings, err := spec.Load("builtin:evolink")
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	// The rest of the table is from other sources.
	want.Codes, want.Classes = want.Codes[:13], want.Classes[:2]
	if c, ok := want.Code("image_processing_error"); ok {
		c.Subtypes = nil
	}
	for _, name := range []string{"evolink.md", "evolink.mdx"} {
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("testdata", "docs", name))
			if err != nil {
				t.Fatal(err)
			}
			text, findings := importer.Markdown(name, string(page), importer.Options{})
			checkResult(t, text, findings)
			if len(findings) > 0 {
				t.Error(printed(findings))
			}
			got, _ := spec.Parse("table.yaml", text, nil)
			compareTables(t, got, want)
		})
	}
}

// compareTables holds what a page shows word for word, and how many causes and
// fixes there are: those are in words of their own.
func compareTables(t *testing.T, got, want *spec.Table) {
	t.Helper()
	if len(got.Codes) != len(want.Codes) || len(got.Classes) != len(want.Classes) {
		t.Fatalf("%d codes in %d classes, want %d in %d", len(got.Codes), len(got.Classes), len(want.Codes), len(want.Classes))
	}
	same := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %q, want %q", what, got, want)
		}
	}
	for i := range want.Classes {
		g, w := got.Classes[i], want.Classes[i]
		same("class", g.Name+" "+g.Title+" "+g.Fault.String(), w.Name+" "+w.Title+" "+w.Fault.String())
	}
	same("response", got.Response.Examples[0].Body, strings.TrimSuffix(want.Response.Examples[0].Body, "\n"))
	for i := range want.Codes {
		g, w := &got.Codes[i], &want.Codes[i]
		same("code", g.Wire, w.Wire)
		same(w.Wire+" title", g.Title, w.Title)
		same(w.Wire+" class", g.Class, w.Class)
		same(w.Wire+" description", g.Description, w.Description)
		same(w.Wire+" advice", g.Retry.Advice, w.Retry.Advice)
		same(w.Wire+" hint", g.Retry.Hint, w.Retry.Hint)
		same(w.Wire+" examples", strings.Join(g.Examples, "\n"), strings.Join(w.Examples, "\n"))
		if g.Retry.Automatic {
			t.Errorf("%s is automatic, which no page can decide", w.Wire)
		}
		// One sentence of the page has two ways to mend an image; the table lists them.
		fixes := len(w.Fixes)
		if w.Wire == "image_dimension_mismatch" {
			fixes = 1
		}
		if len(g.Causes) != len(w.Causes) || len(g.Avoid) != len(w.Avoid) || len(g.Fixes) != fixes {
			t.Errorf("%s has %d causes, %d avoid, %d fixes, want %d, %d, %d", w.Wire, len(g.Causes), len(g.Avoid), len(g.Fixes), len(w.Causes), len(w.Avoid), fixes)
		} else {
			for j := range w.Causes {
				same(w.Wire+" cause", g.Causes[j].Title, w.Causes[j].Title)
			}
		}
		if len(g.Subtypes) != len(w.Subtypes) {
			t.Errorf("%s has %d sub-types, want %d", w.Wire, len(g.Subtypes), len(w.Subtypes))
			continue
		}
		for j := range w.Subtypes {
			g, w := g.Subtypes[j], w.Subtypes[j]
			same("sub-type", g.Name, w.Name)
			same(w.Name+" title", g.Title, w.Title)
			same(w.Name+" description", g.Description, w.Description)
			same(w.Name+" examples", strings.Join(g.Examples, "\n"), strings.Join(w.Examples, "\n"))
		}
	}
}
