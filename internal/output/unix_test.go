//go:build unix

package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// New files must have permissions according to the umask. Existing files must keep
// theirs.
func TestPermissionBits(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0o027))
	root := t.TempDir()
	bits := map[string]fs.FileMode{"private.go": 0o600, "shared.go": 0o666, "script.go": 0o755, "readonly.go": 0o444}
	s := Set{Files: []File{file(root, "dir/new.go", "new")}}
	for rel, perm := range bits {
		put(t, root, map[string]string{rel: page(Go, table, "old")})
		if err := os.Chmod(filepath.Join(root, rel), perm); err != nil {
			t.Fatal(err)
		}
		s.Files = append(s.Files, file(root, rel, "new"))
	}
	mustWrite(t, s)
	bits["dir/new.go"], bits["dir/"] = 0o640, 0o750
	for rel, info := range infos(t, root) {
		if got := info.Mode().Perm(); got != bits[rel] {
			t.Errorf("%s has mode %v, want %v", rel, got, bits[rel])
		}
	}
}

// createDisk records the permissions that files are created with.
type createDisk struct {
	osDisk
	perms map[string]fs.FileMode // by directory
}

func (d createDisk) Create(name string, perm fs.FileMode) (tempFile, error) {
	d.perms[filepath.Base(filepath.Dir(name))] = perm
	if f, err := os.Create(name); err == nil { // as if the name existed
		f.Close()
	}
	if _, err := d.osDisk.Create(name, perm); !errors.Is(err, fs.ErrExist) {
		return nil, errors.New("create used a file that was there")
	}
	os.Remove(name)
	return d.osDisk.Create(name, perm)
}

// A private file must be private while it is staged. Existing files with a
// temporary name must not be changed.
func TestTempFilesArePrivate(t *testing.T) {
	root := t.TempDir()
	put(t, root, map[string]string{"private/a.go": page(Go, table, "old")})
	if err := os.Chmod(filepath.Join(root, "private", "a.go"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := createDisk{perms: make(map[string]fs.FileMode)}
	s := Set{Files: []File{file(root, "private/a.go", "new"), file(root, "new/a.go", "new")}}
	if _, err := write(context.Background(), d, s); err != nil {
		t.Fatal(err)
	}
	if d.perms["private"] != 0o600 || d.perms["new"] != 0o644 {
		t.Errorf("temporary files are created with %v", d.perms)
	}
}

// Opening a pipe would block, so this test hangs if one is opened.
func TestPipesAreNotOpened(t *testing.T) {
	root := t.TempDir()
	for _, rel := range []string{"target.go", "candidate.go", "real.go"} {
		if err := syscall.Mkfifo(filepath.Join(root, rel), 0o644); err != nil {
			t.Skipf("SKIPPED: cannot make a pipe: %v", err)
		}
	}
	symlink(t, "real.go", filepath.Join(root, "link.go"))
	s := Set{Owned: []Owned{{root, table, []Kind{Go}}}}
	if changes := mustWrite(t, s); len(changes) != 0 {
		t.Errorf("changes: %v", changes)
	}
	for _, rel := range []string{"target.go", "link.go"} {
		s.Files = []File{file(root, rel, "x")}
		if _, err := Write(context.Background(), s); !errors.Is(err, ErrRefused) {
			t.Errorf("%s: error = %v, want a refusal", rel, err)
		}
	}
}
