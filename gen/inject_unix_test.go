//go:build unix

package gen

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Reading a pipe would wait for ever.
func TestInjectIntoAPipe(t *testing.T) {
	dir := t.TempDir()
	files{ConfigName: "version: 1\ncatalogs: [{spec: t.yaml, inject: [x.md]}]\n", "t.yaml": injected}.writeTo(t, dir)
	if err := syscall.Mkfifo(filepath.Join(dir, "x.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	config, _, err := ReadConfig(filepath.Join(dir, ConfigName))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := Render(config.Catalogs[0]); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("got %v", err)
	}
}
