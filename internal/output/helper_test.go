package output

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const table = "evolink.yaml"

// TestMain keeps lock files out of the user's cache. It is also the entry point of
// child processes.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(child())
	}
	cache, err := os.MkdirTemp("", "errspec-output-test-")
	if err != nil {
		panic(err)
	}
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData"} {
		os.Setenv(name, cache)
	}
	code := m.Run()
	os.RemoveAll(cache)
	os.Exit(code)
}

// page returns a small file of the given kind.
func page(kind Kind, source, body string) string {
	switch mark := Mark(kind, source); kind {
	case HTML:
		return "<!doctype html>\n" + mark + "\n" + body + "\n"
	case JSON:
		data, err := json.Marshal(map[string]string{"a": "{}", jsonKey: mark, "z": body})
		if err != nil {
			panic(err)
		}
		return string(data) + "\n"
	default:
		return mark + "\n\n" + body + "\n"
	}
}

// file returns a File of the table at root/rel. Its kind is derived from the name.
func file(root, rel, body string) File {
	kind := kindOf(rel)
	return File{filepath.Join(root, filepath.FromSlash(rel)), kind, table, []byte(page(kind, table, body))}
}

func kindOf(name string) Kind {
	for k := Go; k.valid(); k++ {
		if k.fits(name) {
			return k
		}
	}
	panic("no kind for " + name)
}

// put writes the files of a tree. A path with a slash at the end is a directory.
func put(t testing.TB, root string, files map[string]string) {
	t.Helper()
	for rel, data := range files {
		path := filepath.Join(root, filepath.FromSlash(rel))
		dir := filepath.Dir(path)
		if strings.HasSuffix(rel, "/") {
			dir = path
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if dir == path {
			continue
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// tree returns everything in root: contents of files, "-> target" for links, and
// names of directories with a slash at the end.
func tree(t testing.TB, root string) map[string]string {
	t.Helper()
	got := make(map[string]string)
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		rel = filepath.ToSlash(rel)
		switch {
		case e.IsDir():
			got[rel+"/"] = ""
		case e.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(path)
			got[rel] = "-> " + to
			return err
		case e.Type().IsRegular():
			data, err := os.ReadFile(path)
			got[rel] = string(data)
			return err
		default:
			got[rel] = e.Type().String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func sameTree(t testing.TB, got, want map[string]string) {
	t.Helper()
	for _, rel := range slices.Sorted(maps.Keys(want)) {
		if data, ok := got[rel]; !ok {
			t.Errorf("%s is missing", rel)
		} else if data != want[rel] {
			t.Errorf("%s contains %.80q, want %.80q", rel, data, want[rel])
		}
	}
	for _, rel := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[rel]; !ok {
			t.Errorf("unexpected file %s", rel)
		}
	}
}

// infos returns the file information that shows whether a file was touched.
func infos(t testing.TB, root string) map[string]fs.FileInfo {
	t.Helper()
	got := make(map[string]fs.FileInfo)
	for rel := range tree(t, root) {
		info, err := os.Lstat(filepath.Join(root, filepath.FromSlash(rel)))
		if err != nil {
			t.Fatal(err)
		}
		got[rel] = info
	}
	return got
}

func untouched(before, after fs.FileInfo) bool {
	return os.SameFile(before, after) && before.ModTime().Equal(after.ModTime()) &&
		before.Mode() == after.Mode() && before.Size() == after.Size()
}

func mustWrite(t testing.TB, s Set) []Change {
	t.Helper()
	changes, err := Write(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

// list prints changes as "status rel" lines.
func list(root string, changes []Change) string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Status.String()+" "+strings.TrimPrefix(c.Path, filepath.ToSlash(root)+"/"))
	}
	return strings.Join(lines, "\n")
}

// symlink creates a link, or skips the test if that requires a privilege.
func symlink(t testing.TB, to, link string) {
	t.Helper()
	if err := os.Symlink(to, link); err != nil {
		t.Skipf("SKIPPED: cannot create symbolic links: %v", err)
	}
}

// asError returns the first *Error in err.
func asError(t testing.TB, err error) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error is %v (%T), want an *Error", err, err)
	}
	if e.Path == "" || e.Op == "" || e.Help == "" || strings.Contains(e.Help, "\n") {
		t.Errorf("incomplete error: %#v", e)
	}
	return e
}
