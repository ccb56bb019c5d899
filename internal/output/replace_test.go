package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// At any failure, and at any end of the process, file contains the old or the
// new text whole, and a failed run leaves nothing beside it.
func TestReplaceIsAtomic(t *testing.T) {
	broken := errors.New("broken")
	done := false
	for at := 1; !done; at++ {
		if at > 50 {
			t.Fatal("no run gets through")
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
				t.Errorf("%s (%d): file contains %q, %v", how.op, at, data, readErr)
			}
			if how.err != nil && how.op != "" {
				entries, _ := os.ReadDir(root)
				if err == nil || string(data) != "old" || len(entries) != 1 && how.op != "remove" {
					t.Errorf("%s (%d): %v, file contains %q, beside it %v", how.op, at, err, data, entries)
				}
			}
			if how.op == "" {
				done = true
				info, _ := os.Stat(name)
				if err != nil || string(data) != "new" || info.Mode().Perm() != 0o640 {
					t.Errorf("%v, file contains %q with %v", err, data, info.Mode())
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
		t.Errorf("a file that has changed: %v", err)
	}
	if data, _ := os.ReadFile(name); string(data) != "newer" {
		t.Errorf("it holds %q", data)
	}
	if err := Replace(t.Context(), root, nil, []byte("new")); !errors.Is(err, ErrRefused) {
		t.Errorf("a folder: %v", err)
	}
	if err := Replace(t.Context(), filepath.Join(root, "none.yaml"), nil, []byte("new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	link := filepath.Join(root, "link.yaml")
	if err := os.Symlink("a.yaml", link); err != nil {
		t.Skip("no symbolic links here")
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
