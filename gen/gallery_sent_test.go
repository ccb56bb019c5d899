package gen

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
)

// TestGallerySent generates the service's half for each service of the gallery. The tests of the
// packages send every code and subtype, with hostile texts, and read it.
func TestGallerySent(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	module := files{"go.mod": "module gallery\n\ngo 1.22\n"}
	tables := sendingGallery(t)
	for i, name := range slices.Sorted(maps.Keys(tables)) {
		if i%longtest.Choose(5, 1) > 0 {
			continue
		}
		for file, data := range render(t, config.Entry{Table: tables[name], Go: &config.Go{Dir: name, Package: name, Server: true}}) {
			module[file] = data
		}
	}
	module.writeTo(t, dir)
	for _, arg := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
		cmd := exec.Command("go", arg...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath", "GOTOOLCHAIN=local")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(arg, " "), err, out)
		}
	}
}

// sendingGallery returns the tables of the gallery as those of services that send their errors, by
// name. In two of them nothing without a condition contains the code, so no service could.
func sendingGallery(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no gallery", err)
	}
	dir := t.TempDir()
	tables := make(map[string]string)
	var refused []string
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".yaml")
		text := strings.Replace(readText(t, path), "\nresponse:\n", "\nresponse:\n  send: own\n", 1)
		if _, findings := Parse(path, text, nil); findings.HasErrors() {
			refused = append(refused, name)
			continue
		}
		tables["sent_"+name] = filepath.Join(dir, name+".yaml")
		files{name + ".yaml": text}.writeTo(t, dir)
	}
	if want := []string{"kubernetes", "replicate"}; !slices.Equal(refused, want) {
		t.Errorf("these tables cannot be sent: %v, want %v", refused, want)
	}
	return tables
}
