package output

import (
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
)

func created(t *testing.T) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]string)
	for _, e := range entries {
		data, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		all[e.Name()] = string(data)
	}
	return all
}

func TestCreate(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := Create(map[string][]byte{"a": []byte("1"), "b": nil}); err != nil {
		t.Fatal(err)
	}
	if got := created(t); len(got) != 2 || got["a"] != "1" {
		t.Errorf("got %v", got)
	}
}

// All existing files must be reported, and nothing written.
func TestCreateRefuses(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"b", "c"} {
		if err := os.WriteFile(name, []byte("mine"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	err := Create(map[string][]byte{"a": nil, "b": nil, "c": nil, "d": nil})
	if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), "overwrite b") || !strings.Contains(err.Error(), "overwrite c") {
		t.Errorf("got error %v", err)
	}
	if got := created(t); len(got) != 2 || got["b"] != "mine" {
		t.Errorf("got %v", got)
	}
}

// If any operation fails, no file must remain.
func TestCreateFails(t *testing.T) {
	files := map[string][]byte{"a": []byte("1"), "b": []byte("2")}
	for at := 1; ; at++ {
		t.Chdir(t.TempDir())
		d := &faultDisk{at: at, err: syscall.ENOSPC}
		err := create(d, files)
		if d.op == "" {
			if err != nil {
				t.Error(err)
			}
			return // after the last operation
		}
		var failure *Error
		if got := created(t); !errors.As(err, &failure) || failure.Help == "" || len(got) > 0 && d.op != "remove" {
			t.Errorf("%s failed: error %v, left %v", d.op, err, got)
		}
	}
}
