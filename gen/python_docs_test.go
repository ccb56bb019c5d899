package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/internal/pythontest"
)

// The programs of docs/python.md do what the page says: testdata/python/docs.py runs its
// blocks with stand-ins for requests and for retry libraries.
func TestPythonDocs(t *testing.T) {
	python := pythontest.One(t)
	page := readText(t, "../docs/python.md")
	script, err := filepath.Abs("testdata/python/docs.py")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	writePython(t, config.Entry{Table: "builtin:evolink", Python: &config.Python{Dir: filepath.Join(dir, "evolink")}})
	var blocks []string
	for _, part := range strings.Split(page, "\n```python\n")[1:] {
		block, _, _ := strings.Cut(part, "\n```")
		name := filepath.Join(dir, "block"+string(rune('0'+len(blocks)))+".py")
		if err := os.WriteFile(name, []byte(block+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, name)
	}
	python.Run(t, dir, append([]string{script}, blocks...)...)
}
