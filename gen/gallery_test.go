package gen

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/longtest"
)

// TestGallery generates a package for each service of the gallery and reads the service's
// responses with it: their errors must be those that the gallery expects, and must be the
// same after they were stored as JSON. Responses with changes must mean what the reader of
// the table reads in them.
func TestGallery(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	tables, err := filepath.Glob("../spec/testdata/gallery/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatal("no gallery", err)
	}
	dir := t.TempDir()
	write := func(data []byte, elem ...string) {
		t.Helper()
		name := filepath.Join(append([]string{dir}, elem...)...)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte("module gallery\n\ngo 1.22\n"), "go.mod")
	for i, table := range tables {
		if i%longtest.Choose(3, 1) > 0 {
			continue
		}
		service := strings.TrimSuffix(filepath.Base(table), ".yaml")
		pkg := render(t, config.Entry{Table: table, Go: &config.Go{Dir: "go", Package: service}})
		for name, data := range pkg {
			write([]byte(data), service, strings.TrimPrefix(filepath.ToSlash(name), "go/"))
		}
		responses, err := os.ReadFile(strings.TrimSuffix(table, ".yaml") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		write(responses, service, "responses.json")
		write(mutatedResponses(t, table, responses), service, "mutated.json")
		replay := readText(t, "testdata/gallery/replay.txt")
		if strings.Contains(pkg["go/types.go"], "type Task struct") {
			replay += readText(t, "testdata/gallery/task.txt")
		} else {
			replay += readText(t, "testdata/gallery/notask.txt")
		}
		write([]byte(strings.ReplaceAll(replay, "PACKAGE", service)), service, "gallery_test.go")
	}
	for _, arg := range [][]string{{"vet", "./..."}, {"test", "./..."}} {
		cmd := exec.Command("go", arg...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath", "GOTOOLCHAIN=local")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(arg, " "), err, out)
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
