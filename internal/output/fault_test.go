// Tests use a disk that fails or kills the run at its nth operation, and a tree that
// such runs write.

package output

import (
	"context"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// killed is the panic that simulates the end of a process.
const killed = "killed"

// A faultDisk injects a fault at operation number at, counted from 1.
type faultDisk struct {
	osDisk
	at     int
	err    error  // error of the operation; a write fails after half of its bytes
	before bool   // kill the run before the operation; a write ends after half of its bytes
	after  bool   // kill the run after the operation
	call   func() // called after the operation

	n       int
	dead    bool
	op      string   // operation with the fault
	renamed bool     // a rename succeeded
	trace   []string // all operations
}

// do runs one operation. After the kill it does nothing, so that deferred functions
// of the tested code cannot clean up.
func (d *faultDisk) do(op, name string, half, act func() error) error {
	if d.dead {
		panic(killed)
	}
	d.n++
	d.trace = append(d.trace, op)
	if d.n != d.at {
		err := act()
		d.renamed = d.renamed || op == "rename" && err == nil
		return err
	}
	d.op = op
	if d.before || d.err != nil {
		half()
	}
	if d.err != nil && op == "rename" {
		return &os.LinkError{Op: op, Old: name, New: name, Err: d.err}
	}
	if d.err != nil {
		return &fs.PathError{Op: op, Path: name, Err: d.err}
	}
	d.dead = d.before
	if !d.dead {
		err := act()
		if d.call != nil {
			d.call()
			return err
		}
		d.dead = true
	}
	panic(killed)
}

// get is like do, for an operation with a result.
func get[T any](d *faultDisk, op, name string, act func() (T, error)) (result T, err error) {
	err = d.do(op, name, nothing, func() (err error) { result, err = act(); return err })
	return result, err
}

func nothing() error { return nil }

func (d *faultDisk) Lstat(name string) (fs.FileInfo, error) {
	return get(d, "lstat", name, func() (fs.FileInfo, error) { return d.osDisk.Lstat(name) })
}

func (d *faultDisk) EvalSymlinks(name string) (string, error) {
	return get(d, "evalsymlinks", name, func() (string, error) { return d.osDisk.EvalSymlinks(name) })
}

func (d *faultDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	return get(d, "readdir", name, func() ([]fs.DirEntry, error) { return d.osDisk.ReadDir(name) })
}

func (d *faultDisk) Mkdir(name string) error {
	return d.do("mkdir", name, nothing, func() error { return d.osDisk.Mkdir(name) })
}

func (d *faultDisk) Rename(from, to string) error {
	return d.do("rename", from, nothing, func() error { return d.osDisk.Rename(from, to) })
}

func (d *faultDisk) Remove(name string) error {
	return d.do("remove", name, nothing, func() error { return d.osDisk.Remove(name) })
}

func (d *faultDisk) Open(name string) (io.ReadCloser, error) {
	f, err := get(d, "open", name, func() (io.ReadCloser, error) { return d.osDisk.Open(name) })
	if err != nil {
		return nil, err
	}
	return faultReader{f, d, name}, nil
}

type faultReader struct {
	io.ReadCloser
	d    *faultDisk
	name string
}

func (r faultReader) Read(p []byte) (int, error) {
	return get(r.d, "read", r.name, func() (int, error) { return r.ReadCloser.Read(p) })
}

func (d *faultDisk) Create(name string, perm fs.FileMode) (tempFile, error) {
	f, err := get(d, "create", name, func() (tempFile, error) { return d.osDisk.Create(name, perm) })
	if err != nil {
		return nil, err
	}
	return faultTemp{f, d, name}, nil
}

type faultTemp struct {
	tempFile
	d    *faultDisk
	name string
}

func (f faultTemp) Write(p []byte) (n int, err error) {
	half := func() error { n, err = f.tempFile.Write(p[:len(p)/2]); return err }
	err = f.d.do("write", f.name, half, func() error { n, err = f.tempFile.Write(p); return err })
	return n, err
}

func (f faultTemp) Sync() error {
	return f.d.do("sync", f.name, nothing, func() error { return f.tempFile.Sync() })
}

func (f faultTemp) Chmod(perm fs.FileMode) error {
	return f.d.do("chmod", f.name, nothing, func() error { return f.tempFile.Chmod(perm) })
}

// Close closes the file even if it fails, as the system call does.
func (f faultTemp) Close() error {
	return f.d.do("close", f.name, f.tempFile.Close, func() error { return f.tempFile.Close() })
}

// A world is a tree with all kinds of files, and a set to write to it.
type world struct {
	root     string
	set      Set
	old, new map[string]string // the trees before and after Write
}

func newWorld(t *testing.T) *world {
	root := t.TempDir()
	old := map[string]string{
		"gen/": "", "docs/": "", "far/": "",
		"gen/codes.go":     page(Go, table, "old"),
		"gen/same.go":      page(Go, table, "same"),
		"gen/orphan1.go":   page(Go, table, "gone"),
		"gen/orphan2.go":   page(Go, table, "gone"),
		"gen/hand.go":      "package gen\n",
		"gen/other.go":     page(Go, "other.yaml", "x"),
		"gen/kept.go":      page(Go, table, "kept"),
		"docs/page.md":     page(Markdown, table, "old "+strings.Repeat("text ", 3000)),
		"docs/page.html":   page(HTML, table, "old"),
		"far/linked.md":    page(Markdown, table, "old"),
		"far/neighbour.go": page(Go, table, "x"),
		"far/README.md":    "By hand.\r\n[old]\nBy hand.",
	}
	put(t, root, old)
	put(t, root, map[string]string{"gen/.errspec-left.tmp": "half"})
	age(t, filepath.Join(root, "gen", ".errspec-left.tmp"))
	w := &world{root: root, old: old, new: maps.Clone(old)}
	want := map[string]string{
		"gen/codes.go":              "new",
		"gen/same.go":               "same",
		"gen/more.go":               "new",
		"gen/testdata/vectors.json": "new",
		"docs/page.md":              strings.Repeat("new text ", 3000),
		"docs/page.html":            "new",
		"far/linked.md":             "new",
		"deep/er/still/page.md":     "new",
	}
	delete(w.new, "gen/orphan1.go")
	delete(w.new, "gen/orphan2.go")
	maps.Copy(w.new, map[string]string{"gen/testdata/": "", "deep/": "", "deep/er/": "", "deep/er/still/": ""})
	for rel, body := range want {
		f := file(root, rel, body)
		w.new[rel] = string(f.Data)
		if rel == "far/linked.md" {
			f.Path = filepath.Join(root, "docs", "link.md")
			if os.Symlink("../far/linked.md", f.Path) == nil {
				w.old["docs/link.md"] = "-> ../far/linked.md"
				w.new["docs/link.md"] = "-> ../far/linked.md"
			} else {
				f.Path = filepath.Join(root, "far", "linked.md")
			}
		}
		w.set.Files = append(w.set.Files, f)
	}
	w.new["far/README.md"] = "By hand.\r\n[new]\nBy hand."
	w.set.Edits = []Edit{edit(filepath.Join(root, "far", "README.md"), old["far/README.md"], "old", "new")}
	w.set.Owned = []Owned{{filepath.Join(root, "gen"), table, []Kind{Go}}}
	w.set.Keep = []string{filepath.Join(root, "gen", "kept.go")}
	return w
}

// whole reports files that are neither old nor new. It ignores temporary files and
// directories.
func (w *world) whole(t *testing.T) {
	t.Helper()
	got := tree(t, w.root)
	for rel, data := range got {
		if isTemp(rel) || strings.HasSuffix(rel, "/") {
			continue
		}
		old, isOld := w.old[rel]
		wanted, isNew := w.new[rel]
		if !(isOld && data == old) && !(isNew && data == wanted) {
			t.Errorf("%s is neither old nor new: %.60q", rel, data)
		}
	}
	for rel := range w.old {
		if _, stays := w.new[rel]; stays {
			if _, there := got[rel]; !there {
				t.Errorf("%s is missing", rel)
			}
		}
	}
}

// heals runs Write without faults and checks that it results in the expected tree.
func (w *world) heals(t *testing.T) {
	t.Helper()
	if _, err := write(context.Background(), &faultDisk{}, w.set); err != nil {
		t.Error(err)
	}
	sameTree(t, tree(t, w.root), w.new)
}

func isTemp(rel string) bool {
	return strings.HasSuffix(rel, tempAfter)
}
