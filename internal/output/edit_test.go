package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// edit returns the edit that replaces old by new in a file with the given content.
func edit(path, content, old, new string) Edit {
	at := strings.Index(content, old)
	return Edit{path, []byte(content), []Part{{at, at + len(old), []byte(new)}}}
}

// Edits must change only their parts. They must preserve the rest, the mode and
// links to the file, and must not touch unchanged files.
func TestEdits(t *testing.T) {
	root := t.TempDir()
	const content = "\ufeffa [1] b\r\nc [2]\n\xff[3]"
	put(t, root, map[string]string{"README.md": content, "right.md": "is right", "far/x.txt": "old"})
	readme := filepath.Join(root, "README.md")
	if err := os.Chmod(readme, 0o600); err != nil {
		t.Fatal(err)
	}
	symlink(t, "far/x.txt", filepath.Join(root, "link.md"))
	before := infos(t, root)
	s := Set{Edits: []Edit{
		edit(readme, content, "3", "three"),
		edit(filepath.Join(root, "right.md"), "is right", "right", "right"),
		edit(filepath.Join(root, ".", "README.md"), content, "1", "one\r\n"),
		edit(filepath.Join(root, "link.md"), "old", "old", "new"),
	}}
	changes, err := Check(s)
	if err != nil || list(root, changes) != "changed README.md\nchanged link.md" || !strings.Contains(string(changes[1].Diff), "-old\n") {
		t.Fatalf("Check = %v, %v", changes, err)
	}
	sameTree(t, tree(t, root), map[string]string{"README.md": content, "right.md": "is right", "far/": "", "far/x.txt": "old", "link.md": "-> far/x.txt"})
	for range 2 {
		if _, err := Write(context.Background(), s); err != nil {
			t.Fatal(err)
		}
		sameTree(t, tree(t, root), map[string]string{
			"README.md": "\ufeffa [one\r\n] b\r\nc [2]\n\xff[three]", "right.md": "is right", "far/": "", "far/x.txt": "new", "link.md": "-> far/x.txt",
		})
	}
	after := infos(t, root)
	if !untouched(before["right.md"], after["right.md"]) || after["README.md"].Mode() != before["README.md"].Mode() {
		t.Error("an unchanged file was touched, or a mode was changed")
	}
}

// Edits that could lose text of a user must be refused, all of them together.
func TestEditsRefused(t *testing.T) {
	const content = "a [1] b"
	for _, test := range []struct {
		name, want string
		set        func(readme string) Set
	}{
		{"changed", "file changed after it was read", func(f string) Set { return Set{Edits: []Edit{edit(f, "a [1] b and more", "1", "one")}} }},
		{"deleted", "file changed after it was read", func(f string) Set { return Set{Edits: []Edit{edit(f+".txt", content, "1", "one")}} }},
		{"read twice", "file changed after it was read", func(f string) Set {
			return Set{Edits: []Edit{edit(f, content, "1", "one"), edit(f, "other "+content, "1", "two")}}
		}},
		{"same part", "two tables write the same block", func(f string) Set {
			return Set{Edits: []Edit{edit(f, content, "1", "one"), edit(f, content, "1", "two")}}
		}},
		{"overlapping parts", "two tables write the same block", func(f string) Set {
			return Set{Edits: []Edit{edit(f, content, "[1]", "one"), edit(f, content, "1", "two")}}
		}},
		{"same empty part", "two tables write the same block", func(f string) Set {
			return Set{Edits: []Edit{edit(f, content, "", "one"), edit(f, content, "", "two")}}
		}},
		{"also an output", "two outputs write this file", func(f string) Set {
			return Set{Files: []File{file(filepath.Dir(f), filepath.Base(f), "x")}, Edits: []Edit{edit(f, content, "1", "one")}}
		}},
		{"directory", "it is a directory", func(f string) Set { return Set{Edits: []Edit{edit(filepath.Dir(f), content, "1", "one")}} }},
		{"directory name", "path is a directory", func(f string) Set { return Set{Edits: []Edit{edit(filepath.Dir(f)+"/", content, "1", "one")}} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			put(t, root, map[string]string{"README.md": content})
			s := test.set(filepath.Join(root, "README.md"))
			s.Files = append(s.Files, file(t.TempDir(), "other.md", "new"))
			_, err := Write(context.Background(), s)
			if err == nil || !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Write: %v", err)
			}
			sameTree(t, tree(t, root), map[string]string{"README.md": content})
			if _, checkErr := Check(s); checkErr == nil || checkErr.Error() != err.Error() {
				t.Errorf("Check: %v", checkErr)
			}
		})
	}
}

// An edited file must be flushed before it replaces the old one. Generated files
// need not be.
func TestEditsAreFlushed(t *testing.T) {
	root := t.TempDir()
	put(t, root, map[string]string{"README.md": "old"})
	d := &faultDisk{}
	s := Set{Files: []File{file(root, "a.md", "new")}, Edits: []Edit{edit(filepath.Join(root, "README.md"), "old", "old", "new")}}
	if _, err := write(context.Background(), d, s); err != nil {
		t.Fatal(err)
	}
	if trace := strings.Join(d.trace, " "); strings.Count(trace, "sync") != 1 || strings.Index(trace, "sync") > strings.Index(trace, "rename") {
		t.Errorf("operations: %s", trace)
	}
}
