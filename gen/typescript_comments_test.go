package gen

import (
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
)

// looseComment matches a documentation comment before another one or the end of a block.
var looseComment = regexp.MustCompile(`/\*\*(?:[^*]|\*+[^*/])*\*+/\s*(?:\}|/\*\*)`)

// Every documentation comment of a module describes a declaration, whatever the table omits.
func TestTypeScriptComments(t *testing.T) {
	tables := differentialTables(t)
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		dir := t.TempDir()
		rendered, findings, err := Render(config.Entry{Table: tables[name],
			TypeScript: &config.File{File: filepath.Join(dir, name+".ts")}, JavaScript: &config.File{File: filepath.Join(dir, name+".mjs")}})
		if err != nil || findings.HasErrors() {
			t.Fatalf("%s: %v\n%s", name, err, printed(findings))
		}
		for _, f := range rendered.set.Files {
			_, source, _ := strings.Cut(string(f.Data), "@module\n */") // the comment of the module has no declaration
			for _, loose := range looseComment.FindAllString(source, -1) {
				t.Errorf("%s: %s", filepath.Base(f.Path), loose)
			}
		}
	}
}
