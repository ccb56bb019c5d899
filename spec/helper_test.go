package spec_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/validate"
)

var update = flag.Bool("update", false, "update the golden parts of testdata")

// head is the start of a table, without codes.
const head = "errspec: 1\nname: shop\ntitle: Shop errors\n"

// minimal is a table without findings.
const minimal = head + "codes:\n  - {code: busy, title: Busy, description: The shop is busy.}\n"

// read parses and validates a table.
func read(text string) (*spec.Table, diag.List) { return readIn("table.yaml", text, nil) }

func readIn(name, text string, dir fstest.MapFS) (*spec.Table, diag.List) {
	table, findings := spec.Parse(name, text, dir)
	if table != nil {
		findings = append(findings, validate.Run(table)...)
	}
	return table, findings
}

// accept parses a table, which must have no findings.
func accept(t *testing.T, text string) *spec.Table {
	t.Helper()
	table, findings := read(text)
	if len(findings) > 0 {
		t.Fatalf("findings in\n%s\n%s", text, print(t, diag.FormatLine, findings))
	}
	return table
}

func print(t *testing.T, format diag.Format, findings diag.List) string {
	t.Helper()
	var buf bytes.Buffer
	if err := diag.Print(&buf, format, findings); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// encode returns the export of a table. The export must be a table without findings, with the
// same export and the same revision.
func encode(t *testing.T, table *spec.Table, e export.Options) string {
	t.Helper()
	exported := string(export.JSON(table, e))
	again, findings := read(exported)
	if len(findings) > 0 {
		t.Fatalf("the export is not a valid table:\n%s\n%s", print(t, diag.FormatText, findings), exported)
	}
	if second := string(export.JSON(again, export.Options{Public: e.Public})); e.Names == nil && second != exported {
		t.Fatalf("the export of the export differs:\n%s\nfrom\n%s", second, exported)
	}
	if !e.Public && export.Revision(again) != export.Revision(table) {
		t.Fatalf("revision %s became %s in the export", export.Revision(table), export.Revision(again))
	}
	return exported
}

// An archive is a txtar file with the table, included files and golden parts. Invisible
// characters are written as <U+202E>, and single bytes as <0xFF>.
type archive struct {
	path string
	txtar.Archive
}

// archives calls f, as a subtest, with every archive in a directory of testdata.
func archives(t *testing.T, dir string, f func(t *testing.T, a *archive)) {
	paths, err := filepath.Glob(filepath.Join("testdata", dir, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives in %s (%v)", dir, err)
	}
	for _, path := range paths {
		parsed, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			f(t, &archive{path, *parsed})
		})
	}
}

var hidden = regexp.MustCompile(`<U\+[0-9A-F]{4,6}>|<0x[0-9A-F]{2}>`)

// reveal replaces the notation of invisible characters by the characters.
func reveal(s string) string {
	return hidden.ReplaceAllStringFunc(s, func(m string) string {
		n, err := strconv.ParseUint(m[3:len(m)-1], 16, 32)
		if err != nil {
			panic(err)
		}
		if m[1] == '0' {
			return string([]byte{byte(n)})
		}
		return string(rune(n))
	})
}

// conceal replaces invisible characters of a fixed table by their notation.
func conceal(s string) string {
	return strings.NewReplacer("\uFEFF", "<U+FEFF>", "\r", "<U+000D>").Replace(s)
}

// input returns the table, and all files of the archive.
func (a *archive) input(t *testing.T) (table string, dir fstest.MapFS) {
	dir = make(fstest.MapFS)
	for _, f := range a.Files {
		dir[f.Name] = &fstest.MapFile{Data: []byte(reveal(string(f.Data)))}
	}
	if dir["table.yaml"] == nil {
		t.Fatalf("%s: no table.yaml", a.path)
	}
	return string(dir["table.yaml"].Data), dir
}

// want compares got with a file of the archive, or updates the file.
func (a *archive) want(t *testing.T, name, got string) {
	t.Helper()
	for i := range a.Files {
		if a.Files[i].Name != name {
			continue
		}
		if want := string(a.Files[i].Data); got != want && !*update {
			t.Errorf("%s: %s is\n%s\nwant\n%s", a.path, name, got, want)
		}
		a.Files[i].Data = []byte(got)
		a.write(t)
		return
	}
	if !*update {
		t.Fatalf("%s: no %s; run with -update", a.path, name)
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(got)})
	a.write(t)
}

func (a *archive) write(t *testing.T) {
	t.Helper()
	if !*update {
		return
	}
	if err := os.WriteFile(a.path, txtar.Format(&a.Archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
