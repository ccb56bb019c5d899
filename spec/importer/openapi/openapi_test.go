package openapi

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/draft"
)

var update = flag.Bool("update", false, "rewrite the tables and reports in testdata")

// TestCases imports the files in testdata and compares their tables and reports.
func TestCases(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.txtar")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			source := archive.Files[0]
			got := Read(source.Name, string(source.Data), importer.Options{})
			report := strings.Join(got.Report.Lines(), "\n") + "\n"
			for _, f := range got.Findings {
				report += f.String() + "\n"
			}
			want := append(archive.Files[:1:1], txtar.File{Name: "table.yaml", Data: []byte(got.Table)}, txtar.File{Name: "report", Data: []byte(report)})
			if *update {
				if err := os.WriteFile(name, txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: want}), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(archive.Files) != len(want) {
				t.Fatalf("got %d files, want %d; run go test -update", len(archive.Files), len(want))
			}
			for i, f := range want {
				if string(archive.Files[i].Data) != string(f.Data) {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, f.Data, archive.Files[i].Data)
				}
			}
			if got.Table != "" {
				if _, findings := draft.Check(got.Table); len(findings) > 0 {
					t.Errorf("invalid table: %v", findings)
				}
			}
		})
	}
}

// TestBounds imports files whose references form cycles, or multiply.
func TestBounds(t *testing.T) {
	const head = "openapi: 3.0.0\ninfo: {title: T}\npaths: {/a: {get: {responses: {'400': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/s0'}}}}}}}}\ncomponents:\n  schemas:\n"
	wide := head
	for i := range 40 {
		wide += fmt.Sprintf("    s%d: {type: object, properties: {error: {$ref: '#/components/schemas/s%[2]d'}, errors: {$ref: '#/components/schemas/s%[2]d'}}}\n", i, i+1)
	}
	for name, text := range map[string]string{
		"cycle":     head + "    s0: {$ref: '#/components/schemas/s0'}\n",
		"alias":     head + "    s0: &a {type: object, properties: {error: *a, code: {enum: [too_fast]}}}\n",
		"wide":      wide,
		"no target": head + "    s1: {}\n",
		"empty":     "",
		"scalar":    "x",
		"broken":    "openapi: 3.0.0\n  paths: [",
		"swagger":   "swagger: '2.0'\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := Read("openapi.yaml", text, importer.Options{})
			if got.Table == "" && len(got.Findings) == 0 {
				t.Error("neither a table nor a finding")
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(archive.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Read("openapi.yaml", text, importer.Options{})
		if got.Table == "" && len(got.Findings) == 0 {
			t.Error("neither a table nor a finding")
		}
		for _, d := range got.Findings {
			if strings.Contains(d.Help, "bug of errspec") {
				t.Error(d)
			}
		}
	})
}
