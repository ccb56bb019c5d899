package output

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "table.yaml")
	if err := Create(path, []byte("one")); err != nil {
		t.Fatal(err)
	}
	err := Create(path, []byte("two"))
	var failure *Error
	if !errors.Is(err, ErrRefused) || !errors.As(err, &failure) || failure.Help == "" {
		t.Errorf("a file that exists: %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "one" {
		t.Errorf("it holds %q", data)
	}
	if err := Create(filepath.Join(dir, "nowhere", "x"), nil); err == nil || errors.Is(err, ErrRefused) {
		t.Errorf("a folder that does not exist: %v", err)
	}
}

// What cannot be written whole is not left behind.
func TestCreateFails(t *testing.T) {
	for at, op := range []string{"create", "write", "close"} {
		path := filepath.Join(t.TempDir(), "table.yaml")
		err := create(&faultDisk{at: at + 1, err: errors.New("no space")}, path, []byte("one"))
		if failure := asError(t, err); !strings.Contains(failure.Error(), "no space") {
			t.Errorf("%s: %v", op, err)
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: something is left: %v", op, err)
		}
	}
}
