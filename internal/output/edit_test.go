package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// edit returns the edit that replaces a text of a file by another one.
func edit(path, held, text, by string) Edit {
	at := strings.Index(held, text)
	return Edit{path, []byte(held), []Part{{at, at + len(text), []byte(by)}}}
}

// Edits change their parts and nothing else: not the rest, nor the mode, nor a link
// to the file, nor what is right already.
func TestEdits(t *testing.T) {
	root := t.TempDir()
	const held = "\ufeffa [1] b\r\nc [2]\n\xff[3]"
	put(t, root, map[string]string{"README.md": held, "right.md": "is right", "far/x.txt": "old"})
	readme := filepath.Join(root, "README.md")
	if err := os.Chmod(readme, 0o600); err != nil {
		t.Fatal(err)
	}
	symlink(t, "far/x.txt", filepath.Join(root, "link.md"))
	before := infos(t, root)
	s := Set{Edits: []Edit{
		edit(readme, held, "3", "three"),
		edit(filepath.Join(root, "right.md"), "is right", "right", "right"),
		edit(filepath.Join(root, ".", "README.md"), held, "1", "one\r\n"),
		edit(filepath.Join(root, "link.md"), "old", "old", "new"),
	}}
	changes, err := Check(s)
	if err != nil || list(root, changes) != "changed README.md\nchanged link.md" || !strings.Contains(string(changes[1].Diff), "-old\n") {
		t.Fatalf("Check = %v, %v", changes, err)
	}
	sameTree(t, tree(t, root), map[string]string{"README.md": held, "right.md": "is right", "far/": "", "far/x.txt": "old", "link.md": "-> far/x.txt"})
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
		t.Error("what was right has been touched, or a mode has changed")
	}
}

// Whatever could lose what somebody has written is refused, all of it at once.
func TestEditsRefused(t *testing.T) {
	const held = "a [1] b"
	for _, test := range []struct {
		name, want string
		set        func(readme string) Set
	}{
		{"changed meanwhile", "file changed after it was read", func(f string) Set { return Set{Edits: []Edit{edit(f, "a [1] b and more", "1", "one")}} }},
		{"gone meanwhile", "file changed after it was read", func(f string) Set { return Set{Edits: []Edit{edit(f+".txt", held, "1", "one")}} }},
		{"read twice", "file changed after it was read", func(f string) Set {
			return Set{Edits: []Edit{edit(f, held, "1", "one"), edit(f, "other "+held, "1", "two")}}
		}},
		{"one part twice", "two tables write the same block", func(f string) Set { return Set{Edits: []Edit{edit(f, held, "1", "one"), edit(f, held, "1", "two")}} }},
		{"parts that meet", "two tables write the same block", func(f string) Set { return Set{Edits: []Edit{edit(f, held, "[1]", "one"), edit(f, held, "1", "two")}} }},
		{"an empty part twice", "two tables write the same block", func(f string) Set { return Set{Edits: []Edit{edit(f, held, "", "one"), edit(f, held, "", "two")}} }},
		{"an output as well", "two outputs write this file", func(f string) Set {
			return Set{Files: []File{file(filepath.Dir(f), filepath.Base(f), "x")}, Edits: []Edit{edit(f, held, "1", "one")}}
		}},
		{"a folder", "it is a directory", func(f string) Set { return Set{Edits: []Edit{edit(filepath.Dir(f), held, "1", "one")}} }},
		{"a name of a folder", "path is a directory", func(f string) Set { return Set{Edits: []Edit{edit(filepath.Dir(f)+"/", held, "1", "one")}} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			put(t, root, map[string]string{"README.md": held})
			s := test.set(filepath.Join(root, "README.md"))
			s.Files = append(s.Files, file(t.TempDir(), "other.md", "new"))
			_, err := Write(context.Background(), s)
			if err == nil || !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Write: %v", err)
			}
			sameTree(t, tree(t, root), map[string]string{"README.md": held})
			if _, checkErr := Check(s); checkErr == nil || checkErr.Error() != err.Error() {
				t.Errorf("Check: %v", checkErr)
			}
		})
	}
}

// What somebody has written is on the disk before it takes the place of the old
// file; what is generated need not be.
func TestEditsAreFlushed(t *testing.T) {
	root := t.TempDir()
	put(t, root, map[string]string{"README.md": "old"})
	d := &faultDisk{}
	s := Set{Files: []File{file(root, "a.md", "new")}, Edits: []Edit{edit(filepath.Join(root, "README.md"), "old", "old", "new")}}
	if _, err := write(context.Background(), d, s); err != nil {
		t.Fatal(err)
	}
	if trace := strings.Join(d.trace, " "); strings.Count(trace, "sync") != 1 || strings.Index(trace, "sync") > strings.Index(trace, "rename") {
		t.Errorf("the operations are %s", trace)
	}
}
