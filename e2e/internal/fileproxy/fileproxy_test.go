package fileproxy

import (
	"archive/zip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A release contains the files that git tracks or would add, without those of nested
// modules, and with the license of the repository.
func TestPublishWorkTree(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	root := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":        "module example.com/Root\n",
		"LICENSE":       "licence",
		".gitignore":    "ignored\n",
		"a.go":          "package a\n",
		"ignored":       "x",
		"removed.go":    "package a\n",
		"b/b.go":        "package b\n",
		"nested/go.mod": "module example.com/Root/nested\n",
		"nested/n.go":   "package n\n",
	} {
		write(t, filepath.Join(root, name), text)
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "a.go", "removed.go"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	if err := os.Remove(filepath.Join(root, "removed.go")); err != nil {
		t.Fatal(err)
	}
	proxy := Dir(t.TempDir())
	for _, version := range []string{"v0.10.0", "v0.9.0"} {
		if err := proxy.PublishWorkTree(root, ".", version); err != nil {
			t.Fatal(err)
		}
	}
	if err := proxy.PublishWorkTree(root, "nested", "v0.1.0"); err != nil {
		t.Fatal(err)
	}

	wantFiles(t, proxy, "example.com/!root/@v/v0.9.0.zip", "example.com/Root@v0.9.0/",
		".gitignore", "LICENSE", "a.go", "b/b.go", "go.mod")
	wantFiles(t, proxy, "example.com/!root/nested/@v/v0.1.0.zip", "example.com/Root/nested@v0.1.0/",
		"LICENSE", "go.mod", "n.go")
	for name, want := range map[string]string{
		"@v/list":        "v0.9.0\nv0.10.0\n",
		"@v/v0.9.0.info": `{"Time":"2026-01-01T00:00:00Z","Version":"v0.9.0"}`,
		"@v/v0.9.0.mod":  "module example.com/Root\n",
		"@latest":        `{"Time":"2026-01-01T00:00:00Z","Version":"v0.10.0"}`,
	} {
		got, err := os.ReadFile(filepath.Join(string(proxy), "example.com/!root", name))
		if err != nil || string(got) != want {
			t.Errorf("%s contains %q (%v), want %q", name, got, err, want)
		}
	}
}

// wantFiles compares the sorted file names of an archive with the expected names.
func wantFiles(t *testing.T, proxy Dir, archive, prefix string, want ...string) {
	t.Helper()
	r, err := zip.OpenReader(filepath.Join(string(proxy), archive))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var got []string
	for _, f := range r.File {
		got = append(got, strings.TrimPrefix(f.Name, prefix))
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s contains %q, want %q", archive, got, want)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
