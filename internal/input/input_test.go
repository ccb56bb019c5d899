package input_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/internal/input"
)

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.yaml")
	write(t, name, "a: 1\n")
	if data, err := input.ReadFile(name); string(data) != "a: 1\n" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	if _, err := input.ReadFile(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	for _, open := range opens {
		err := open(dir)
		var kind *input.KindError
		if !errors.As(err, &kind) || !strings.Contains(err.Error(), dir) || !strings.HasSuffix(err.Error(), "got a directory") {
			t.Errorf("a directory: %v", err)
		}
	}
}

// opens are the ways to open a file.
var opens = map[string]func(name string) error{
	"ReadFile": func(name string) error { _, err := input.ReadFile(name); return err },
	"Regular":  func(name string) error { _, err := input.Regular(name); return err },
	"Stream":   func(name string) error { _, err := input.Stream(name); return err },
}

// endless is a stream without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestReadAllLimit(t *testing.T) {
	if data, err := input.ReadAll(endless{}); data != nil || err == nil || err.Error() != "larger than 64 MiB, the limit" {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	name := filepath.Join(t.TempDir(), "large")
	write(t, name, "")
	if err := os.Truncate(name, input.MaxSize+1); err != nil { // uses no space on the disk
		t.Skip(err)
	}
	if data, err := input.ReadFile(name); data != nil || err == nil || err.Error() != "read "+name+": larger than 64 MiB, the limit" {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

func TestDir(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.yaml"), "a")
	if err := os.Mkdir(filepath.Join(dir, "below"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "below", "b.yaml"), "b")
	if err := fstest.TestFS(input.Dir(dir), "a.yaml", "below/b.yaml"); err != nil {
		t.Error(err)
	}
}

func TestInside(t *testing.T) {
	top := t.TempDir()
	dir, out := filepath.Join(top, "table"), filepath.Join(top, "tables") // table is a prefix of tables
	for _, d := range []string{filepath.Join(dir, "below"), out} {
		if err := os.MkdirAll(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "below", "in.yaml"), "")
	write(t, filepath.Join(out, "out.yaml"), "")
	link := func(target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(top, name)); err != nil {
			t.Skip(err)
		}
	}
	link(filepath.Join("below", "in.yaml"), "table/inner.yaml")
	link(filepath.Join("..", "tables", "out.yaml"), "table/outer.yaml")
	link(filepath.Join("..", "tables"), "table/outer")
	link("outer.yaml", "table/twice.yaml")
	link("nothing", "table/dangling.yaml")
	link("table", "same")
	for name, want := range map[string]bool{
		"table/below/in.yaml": true, "table/inner.yaml": true, "same/below/in.yaml": true, "table/../table/inner.yaml": true,
		"tables/out.yaml": false, "table/outer.yaml": false, "table/outer/out.yaml": false, "table/twice.yaml": false,
		"table/dangling.yaml": false, "table/none": false,
	} {
		for _, root := range []string{"table", "same"} {
			if got := input.Inside(filepath.Join(top, root), filepath.Join(top, filepath.FromSlash(name))); got != want {
				t.Errorf("Inside: %s in %s = %v, want %v", name, root, got, want)
			}
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
