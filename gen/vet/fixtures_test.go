package vet_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/gen/config"
)

var update = flag.Bool("update", false, "regenerate the packages that the fixtures import")

// The packages that the fixtures import are equal to those that errspec generates, so
// that the analyzer is tested with them.
func TestFixturesAreGenerated(t *testing.T) {
	for table, dir := range map[string]string{
		"shop":   "example.com/shop",
		"broker": "example.com/broker",
		"tiny":   "vendored/vendor/example.com/tiny",
	} {
		dir = filepath.Join("testdata", "src", filepath.FromSlash(dir))
		rendered, findings, err := gen.Render(config.Entry{
			Table: filepath.Join("testdata", table+".yaml"), Go: &config.Go{Dir: dir, Package: table},
		})
		if err != nil || findings.HasErrors() {
			t.Fatal(err, findings)
		}
		if *update {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			if _, err := gen.Write(t.Context(), rendered); err != nil {
				t.Fatal(err)
			}
		}
		changes, err := gen.Check(rendered)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range changes {
			t.Errorf("%s is stale; run go test ./gen/vet -update", c.Path)
		}
	}
}
