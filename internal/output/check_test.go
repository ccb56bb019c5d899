package output

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	put(t, root, map[string]string{
		"gen/codes.go":       page(Go, table, "a\nold\nz"),
		"gen/crlf.go":        strings.ReplaceAll(page(Go, table, "a\nold\nz"), "\n", "\r\n"),
		"gen/same.go":        strings.ReplaceAll(page(Go, table, "same"), "\n", "\r\n"),
		"gen/gone.go":        page(Go, table, "gone"),
		"gen/.errspec-1.tmp": "left",
	})
	before, beforeInfos := tree(t, root), infos(t, root)
	s := Set{
		Files: []File{
			file("", "gen/same.go", "same"), file("", "new/a.md", "new"),
			file("", "gen/crlf.go", "a\nnew\nz"), file("", "gen/codes.go", "a\nnew\nz"),
		},
		Owned: []Owned{{"gen", table, []Kind{Go}}},
	}
	changes, err := Check(s)
	if err != nil {
		t.Fatal(err)
	}
	mark := Mark(Go, table)
	replace := " " + mark + "\n \n a\n-old\n+new\n z\n"
	want := []Change{
		{"gen/codes.go", Changed, []byte("diff a/gen/codes.go b/gen/codes.go\n--- a/gen/codes.go\n+++ b/gen/codes.go\n@@ -1,5 +1,5 @@\n" + replace)},
		{"gen/crlf.go", Changed, []byte("diff a/gen/crlf.go b/gen/crlf.go\n--- a/gen/crlf.go\n+++ b/gen/crlf.go\n@@ -1,5 +1,5 @@\n" + replace)},
		{"gen/gone.go", Orphaned, []byte("diff a/gen/gone.go /dev/null\n--- a/gen/gone.go\n+++ /dev/null\n@@ -1,3 +0,0 @@\n-" + mark + "\n-\n-gone\n")},
		{"new/a.md", Missing, []byte("diff /dev/null b/new/a.md\n--- /dev/null\n+++ b/new/a.md\n@@ -0,0 +1,3 @@\n+" + Mark(Markdown, table) + "\n+\n+new\n")},
	}
	if len(changes) != len(want) {
		t.Fatalf("changes:\n%s", list("", changes))
	}
	for i, c := range changes {
		if c.Path != want[i].Path || c.Status != want[i].Status || string(c.Diff) != string(want[i].Diff) {
			t.Errorf("change %d: %s %s\n%s\nwant %s %s\n%s", i, c.Status, c.Path, c.Diff, want[i].Status, want[i].Path, want[i].Diff)
		}
	}
	sameTree(t, tree(t, root), before)
	for rel, info := range infos(t, root) {
		if !untouched(beforeInfos[rel], info) {
			t.Errorf("Check touched %s", rel)
		}
	}

	// Check must return the changes that Write makes, and none afterwards.
	if got, want := list("", mustWrite(t, s)), list("", changes); got != want {
		t.Errorf("Write = \n%s\nCheck = \n%s", got, want)
	}
	if changes, err := Check(s); len(changes) != 0 || err != nil {
		t.Errorf("Check after Write = %v, %v", changes, err)
	}
}

// The name of an absolute path in a diff must not start with "a//".
func TestCheckAbsolutePath(t *testing.T) {
	root := t.TempDir()
	changes, err := Check(Set{Files: []File{file(root, "a.go", "x")}})
	if err != nil || len(changes) != 1 || changes[0].Path != filepath.ToSlash(filepath.Join(root, "a.go")) {
		t.Fatalf("Check = %v, %v", changes, err)
	}
	if name := "+++ b/" + strings.TrimLeft(changes[0].Path, "/") + "\n"; !strings.Contains(string(changes[0].Diff), name) {
		t.Errorf("diff does not contain %q:\n%s", name, changes[0].Diff)
	}
}

// Check must not lock, or write files to the cache.
func TestCheckWritesNoLock(t *testing.T) {
	cache := t.TempDir()
	for _, name := range []string{"HOME", "XDG_CACHE_HOME", "LocalAppData", "TMPDIR", "TMP"} {
		t.Setenv(name, cache)
	}
	root := filepath.Join(cache, "work")
	put(t, root, map[string]string{"a.go": page(Go, table, "old")})
	before := tree(t, cache)
	if _, err := Check(Set{Files: []File{file(root, "a.go", "x")}}); err != nil {
		t.Fatal(err)
	}
	sameTree(t, tree(t, cache), before)

	mustWrite(t, Set{Files: []File{file(root, "a.go", "x")}})
	sameTree(t, tree(t, root), map[string]string{"a.go": page(Go, table, "x")})
	if dir, _ := os.UserCacheDir(); len(tree(t, filepath.Join(dir, "errspec", "locks"))) != 2 {
		t.Error("the cache does not contain one lock file and the name of its directory")
	}
}
