package importer_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec/importer"
)

// maxFuzzed limits the size of sources.
const maxFuzzed = 1 << 14

// addInputs seeds a fuzz target with the sources of the cases.
func addInputs(f *testing.F, ending string) {
	paths, _ := filepath.Glob("testdata/cases/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if ok, _ := filepath.Match("input"+ending, file.Name); ok {
				f.Add(string(file.Data))
			}
		}
	}
	f.Add("")
	f.Add("|\n-|")
}

func FuzzCSV(f *testing.F) {
	addInputs(f, ".csv")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			t.Skip("too large")
		}
		checkResult(t, importer.CSV("fuzz.csv", text, importer.Options{}))
	})
}

func FuzzMarkdown(f *testing.F) {
	addInputs(f, ".md*")
	paths, _ := filepath.Glob("testdata/docs/*")
	for _, path := range append(paths, "../../generated/docs/evolink.md") {
		page, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(page))
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > maxFuzzed {
			t.Skip("too large")
		}
		checkResult(t, importer.Markdown("fuzz.mdx", text, importer.Options{}))
	})
}
