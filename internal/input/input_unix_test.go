//go:build unix

package input_test

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errspec/errspec/internal/input"
)

// Files that are not regular must be refused without waiting for a writer. A stream
// may be a pipe or a terminal.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir) // socket names have a maximum length
	if err := syscall.Mkfifo("pipe", 0o666); err != nil {
		t.Fatal(err)
	}
	socket, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	if err := os.Symlink("/dev/zero", "link"); err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]string{"pipe": "a named pipe", "socket": "a socket", "/dev/zero": "a device", "link": "a device"} {
		for way, open := range opens {
			if way == "Stream" && kind != "a socket" {
				continue
			}
			if err := open(name); err == nil || !strings.HasSuffix(err.Error(), "got "+kind) {
				t.Errorf("%s of %s: %v", way, name, err)
			}
		}
		if kind == "a socket" {
			continue
		}
		if _, err := input.Dir(dir).Open(filepath.Base(name)); !filepath.IsAbs(name) && err == nil {
			t.Errorf("the file system of the directory opens %s", name)
		}
	}
}

func TestStreamOfAPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o666); err != nil {
		t.Fatal(err)
	}
	wrote := make(chan error, 1)
	go func() { wrote <- os.WriteFile(name, []byte("line\n"), 0) }()
	f, err := input.Stream(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); string(data) != "line\n" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	if err := <-wrote; err != nil {
		t.Error(err)
	}
}

// A pipe that replaces a file between the check and the open must be refused
// without waiting.
func TestOpenDoesNotWait(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := input.OpenUnseen(name)
	var kind *input.KindError
	if !errors.As(err, &kind) {
		t.Errorf("got %v", err)
	}
}
