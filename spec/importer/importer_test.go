package importer_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/validate"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of cases")

// A case is a file testdata/cases/NAME.txtar. It contains the source as input.csv,
// input.md or input.mdx, options with a line KEY=VALUE for each, and the wanted report,
// findings and want.yaml. go test ./spec/importer -update writes the wanted parts.
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
		if !slices.Contains(wanted, f.Name) {
			kept = append(kept, f)
		}
	}
	result := importCase(t, parts)
	checkResult(t, result)
	got := resultParts(result)
	for range 5 {
		if again := resultParts(importCase(t, parts)); !maps.Equal(again, got) {
			t.Fatalf("two results of one source:\n%s\n%s", got, again)
		}
	}
	archive.Files = kept
	for _, name := range wanted {
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

// wanted are the parts of a case that -update writes.
var wanted = []string{"report", "findings", "want.yaml"}

func resultParts(r importer.Result) map[string]string {
	parts := map[string]string{"want.yaml": r.Table, "findings": printed(r.Findings)}
	if r.Report != nil {
		parts["report"] = strings.Join(r.Report.Lines(), "\n") + "\n"
	}
	return parts
}

func importCase(t *testing.T, parts map[string]string) importer.Result {
	t.Helper()
	o := importer.Options{Columns: make(map[string]string)}
	for option := range strings.Lines(parts["options"]) {
		switch key, value, _ := strings.Cut(strings.TrimSuffix(option, "\n"), "="); key {
		case "delimiter":
			o.Delimiter = []rune(value)[0]
		case "--name":
			o.Name = value
		case "--title":
			o.Title = value
		case "--tables":
			for number := range strings.SplitSeq(value, ",") {
				n, err := strconv.Atoi(number)
				if err != nil {
					t.Fatal(err)
				}
				o.Tables = append(o.Tables, n)
			}
		default:
			o.Columns[key] = value
		}
	}
	for _, name := range []string{"input.md", "input.mdx"} {
		if text, ok := parts[name]; ok {
			return importer.Markdown(name, text, o)
		}
	}
	text, ok := parts["input.csv"]
	if !ok {
		t.Fatal("no input")
	}
	return importer.CSV("input.csv", strings.ReplaceAll(text, "<BOM>", "\uFEFF"), o)
}

// printed returns findings in the line format, with their help.
func printed(findings diag.List) string {
	var b strings.Builder
	for _, d := range findings.Sorted() {
		b.WriteString(d.String() + "\n\thelp: " + d.Help + "\n")
	}
	return b.String()
}

// checkResult checks what is true of every import: a valid table in canonical form that
// is never automatic, or an error; findings with locations; and a report of every part.
func checkResult(t *testing.T, r importer.Result) {
	t.Helper()
	for _, d := range r.Findings {
		if d.File == nil || d.Start.Line < 1 || d.Start.Column < 1 || d.Message == "" {
			t.Errorf("finding without a location: %s", d)
		}
	}
	for _, e := range r.Report {
		if e.What == "" || e.Fact.Line < 1 || e.Used && e.Lost {
			t.Errorf("incomplete entry of the report: %+v of %+v", e, *e.Fact)
		}
	}
	if r.Table == "" && !r.Findings.HasErrors() || r.Report.Lost() && !r.Findings.HasErrors() {
		t.Fatalf("a table of %d bytes, findings\n%s", len(r.Table), printed(r.Findings))
	}
	if r.Table == "" {
		return
	}
	table, found := spec.Parse("table.yaml", r.Table, nil)
	if table != nil {
		found = append(found, validate.Run(table)...)
	}
	if found.HasErrors() {
		t.Fatalf("%s\n%s", printed(found), r.Table)
	}
	if len(table.Codes) == 0 {
		t.Errorf("no codes in\n%s", r.Table)
	}
	for _, c := range table.Codes {
		if c.Retry.Automatic {
			t.Errorf("%s is automatic", c.Wire)
		}
	}
	if formatted, _ := canonical.Format("table.yaml", r.Table); formatted != r.Table {
		t.Errorf("not in canonical form:\n%s\nwould be\n%s", r.Table, formatted)
	}
}

// The source of the table of EvoLink, written as Markdown and MDX, results in the codes,
// subtypes, causes, fixes, advice and classes of the page.
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
			result := importer.Markdown(name, string(page), importer.Options{})
			checkResult(t, result)
			if len(result.Findings) > 0 {
				t.Error(printed(result.Findings))
			}
			got, _ := spec.Parse("table.yaml", result.Table, nil)
			compareTables(t, got, want)
		})
	}
}

// compareTables compares the texts that the table repeats verbatim, and the number of
// causes and fixes, which the table has in other words.
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
			t.Errorf("%s is automatic, but no page can decide that", w.Wire)
		}
		// One sentence of the page has two fixes; the table lists them.
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
			t.Errorf("%s has %d subtypes, want %d", w.Wire, len(g.Subtypes), len(w.Subtypes))
			continue
		}
		for j := range w.Subtypes {
			g, w := g.Subtypes[j], w.Subtypes[j]
			same("subtype", g.Name, w.Name)
			same(w.Name+" title", g.Title, w.Title)
			same(w.Name+" description", g.Description, w.Description)
			same(w.Name+" examples", strings.Join(g.Examples, "\n"), strings.Join(w.Examples, "\n"))
		}
	}
}
