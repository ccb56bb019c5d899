package lint_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/lint"
)

// Lint does not panic for any table. Findings have a location, applying fixes ends and
// produces valid YAML, and compared with itself a table has no new findings except
// those that make it invalid.
func FuzzLint(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data))
	}
	evolink, err := os.ReadFile("../evolink.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(evolink))
	f.Fuzz(func(t *testing.T, text string) {
		dir := fstest.MapFS{"table.yaml": {Data: []byte(text)}}
		findings := run(dir, nil)
		for _, d := range findings {
			if d.File == nil || d.Start.Line < 1 || d.Start.Column < 1 || d.End.Line != d.Start.Line || d.End.Column < d.Start.Column {
				t.Errorf("%s: from %v to %v", d, d.Start, d.End)
			}
		}
		printed(t, findings)
		own := make(map[string]bool)
		for _, r := range lint.Rules() {
			own[r.ID] = true
		}
		since, err := lint.Since(findings, func(file *diag.File) (string, bool, error) { return file.Text, true, nil })
		for _, d := range since {
			if err != nil || own[d.Rule] {
				t.Errorf("new since itself: %s (%v)", d, err)
			}
		}
		for rounds := 0; ; rounds++ {
			file := findings.FileNamed("table.yaml")
			if file == nil {
				return
			}
			fixed, n := findings.Edited(file)
			if n == 0 {
				return
			}
			dir["table.yaml"].Data = []byte(fixed)
			findings = run(dir, nil)
			for _, d := range findings {
				if d.Rule == "syntax" || rounds > 50 {
					t.Fatalf("after %d rounds of fixing %q: %s\n%s", rounds, text, d, fixed)
				}
			}
		}
	})
}
