//go:build unix

package gen

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errspec/errspec/gen/config"
)

// Reading a pipe would block forever.
func TestInjectIntoAPipe(t *testing.T) {
	dir := t.TempDir()
	files{config.FileName: "version: 1\ntables: [{table: t.yaml, inject: [x.md]}]\n", "t.yaml": injected}.writeTo(t, dir)
	if err := syscall.Mkfifo(filepath.Join(dir, "x.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	conf, _, err := config.Read(filepath.Join(dir, config.FileName))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Render(conf.Tables[0]); err == nil || !strings.Contains(err.Error(), "got a named pipe") {
		t.Errorf("got %v", err)
	}
}

// The path of the vectors may be a pipe, which Write must refuse.
func TestDecisionChangesOfPipe(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	files{config.FileName: "version: 1\ntables: [{table: t.yaml, go: {dir: t}}]\n", "t.yaml": injected}.writeTo(t, dir)
	vectors := filepath.Join(dir, "t", "testdata", "vectors.json")
	if err := os.MkdirAll(filepath.Dir(vectors), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(vectors, 0o644); err != nil {
		t.Fatal(err)
	}
	all := outputsOf(t, dir)
	if changes, err := all[0].DecisionChanges(); changes != nil || err != nil {
		t.Errorf("got %v, %v", changes, err)
	}
	if _, err := Write(t.Context(), all...); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("got %v", err)
	}
}
