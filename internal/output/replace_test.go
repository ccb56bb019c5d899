package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// After any failure and any kill, the file must contain the complete old or new
// text. A failed run must leave no other file.
func TestReplaceIsAtomic(t *testing.T) {
	broken := errors.New("broken")
	done := false
	for at := 1; !done; at++ {
		if at > 50 {
			t.Fatal("no run succeeds")
		}
		for _, how := range []faultDisk{{err: broken}, {before: true}, {after: true}} {
			how.at = at
			root := t.TempDir()
			name := filepath.Join(root, "a.yaml")
			if err := os.WriteFile(name, []byte("old"), 0o640); err != nil {
				t.Fatal(err)
			}
			err := replaceOn(&how, name)
			data, readErr := os.ReadFile(name)
			if readErr != nil || string(data) != "old" && string(data) != "new" {
				t.Errorf("%s (%d): the file contains %q, %v", how.op, at, data, readErr)
			}
			if how.err != nil && how.op != "" {
				entries, _ := os.ReadDir(root)
				if err == nil || string(data) != "old" || len(entries) != 1 && how.op != "remove" {
					t.Errorf("%s (%d): %v, the file contains %q, the directory %v", how.op, at, err, data, entries)
				}
			}
			if how.op == "" {
				done = true
				info, _ := os.Stat(name)
				if err != nil || string(data) != "new" || info.Mode().Perm() != 0o640 {
					t.Errorf("%v, the file contains %q with mode %v", err, data, info.Mode())
				}
			}
		}
	}
}

func replaceOn(d *faultDisk, name string) (err error) {
	defer func() {
		if r := recover(); r != nil && r != killed {
			panic(r)
		}
	}()
	return replace(context.Background(), d, name, []byte("old"), []byte("new"))
}

func TestReplaceRefuses(t *testing.T) {
	root := t.TempDir()
	name := filepath.Join(root, "a.yaml")
	if err := os.WriteFile(name, []byte("newer"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Replace(t.Context(), name, []byte("old"), []byte("new")); !errors.Is(err, ErrRefused) {
		t.Errorf("changed file: %v", err)
	}
	if data, _ := os.ReadFile(name); string(data) != "newer" {
		t.Errorf("it contains %q", data)
	}
	if err := Replace(t.Context(), root, nil, []byte("new")); !errors.Is(err, ErrRefused) {
		t.Errorf("directory: %v", err)
	}
	if err := Replace(t.Context(), filepath.Join(root, "none.yaml"), nil, []byte("new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
	link := filepath.Join(root, "link.yaml")
	if err := os.Symlink("a.yaml", link); err != nil {
		t.Skip("cannot create symbolic links")
	}
	if err := Replace(t.Context(), link, []byte("newer"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	data, _ := os.ReadFile(name)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 || string(data) != "new" {
		t.Errorf("through a link: %v, %v, %q", err, info.Mode(), data)
	}
}
