package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// files are texts by path, with slashes.
type files map[string]string

// writeTo writes the files to a directory.
func (f files) writeTo(t *testing.T, dir string) {
	t.Helper()
	for name, text := range f {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEntryName(t *testing.T) {
	for table, want := range map[string]string{
		"evolink.yaml": "evolink", "spec/evolink.yaml": "evolink", "../a.b.yaml": "a.b", "builtin:evolink": "evolink", "noending": "noending", "x.json": "x",
	} {
		if got := (Entry{Table: table}).Name(); got != want {
			t.Errorf("the entry of %s has the name %q, want %q", table, got, want)
		}
	}
}

// Paths in a configuration are relative to its directory. Read must resolve them.
func TestReadPaths(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	absolute := filepath.ToSlash(filepath.Join(dir, "elsewhere", "t.yaml"))
	files{"sub/errspec.yaml": "version: 1\ntables:\n" +
		"  - {table: a/t.yaml, go: {dir: ../go}, markdown: {file: docs/t.md}, html: {file: docs/t.html}}\n" +
		"  - {table: '" + absolute + "', go: {dir: '" + absolute + "'}}\n" +
		"  - {table: 'builtin:evolink', x-note: kept}\n"}.writeTo(t, dir)
	c, findings, err := Read("sub/errspec.yaml")
	if err != nil || len(findings) > 0 || len(c.Tables) != 3 {
		t.Fatal(findings, err)
	}
	first, second, third := c.Tables[0], c.Tables[1], c.Tables[2]
	got := []string{first.Table, first.Go.Dir, first.Markdown.File, first.HTML.File, second.Table, second.Go.Dir, third.Table}
	for i, want := range []string{"sub/a/t.yaml", "go", "sub/docs/t.md", "sub/docs/t.html", absolute, absolute, "builtin:evolink"} {
		if filepath.ToSlash(got[i]) != want {
			t.Errorf("got %q, want %q", got[i], want)
		}
	}
	if first.Outputs() != 3 || second.Outputs() != 1 || third.Outputs() != 0 || len(third.Extensions) != 1 {
		t.Errorf("%d, %d and %d outputs, extensions %v", first.Outputs(), second.Outputs(), third.Outputs(), third.Extensions)
	}
	if _, _, err := Read("nowhere/errspec.yaml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing configuration: %v", err)
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	files{"errspec.yaml": "", "repo/.git/HEAD": "", "repo/a/b/c": "", "repo/d/errspec.yaml": "", "repo/d/e/f": ""}.writeTo(t, dir)
	if err := os.MkdirAll(filepath.Join(dir, "repo", "d", "e", FileName), 0o777); err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]string{"repo/a/b": "", "repo": "", "repo/d/e": "repo/d/errspec.yaml", "repo/d": "repo/d/errspec.yaml", ".": "errspec.yaml"} {
		got, err := Find(filepath.Join(dir, filepath.FromSlash(from)))
		if want != "" {
			want = filepath.Join(dir, filepath.FromSlash(want))
		}
		if err != nil || got != want {
			t.Errorf("from %s: %q, %v, want %q", from, got, err, want)
		}
	}
}

// Read must not return a configuration with errors.
func TestReadInvalidConfig(t *testing.T) {
	t.Chdir(t.TempDir())
	files{FileName: "version: 1\ntables: [{table: a.yaml, go: {dir: a}}, {table: b.yaml, go: {dir: a}}]\n"}.writeTo(t, ".")
	if c, findings, err := Read(FileName); c != nil || len(findings) != 1 || findings[0].Rule != "duplicate-output" || err != nil {
		t.Errorf("a configuration: %v, %v, %v", c != nil, findings, err)
	}
}

func TestFolder(t *testing.T) {
	for file, want := range map[string]string{
		"docs/errors.md": "errors", "index.md": ".", "docs/_index.md": ".", "README.md": ".", "errors": "errors-pages", ".md": ".md-pages", "a.b.mdx": "a.b",
	} {
		if got := (&Markdown{File: file}).Folder(); got != want {
			t.Errorf("the pages of %s are in %q, want %q", file, got, want)
		}
	}
}

// The settings of a table must be found by any path to it. A removal may be
// accepted in any entry. A nil configuration must have no entries.
func TestTables(t *testing.T) {
	t.Chdir(t.TempDir())
	files{FileName: `version: 1
tables:
  - {table: a.yaml, go: {dir: a}}
  - table: a.yaml
    lint: {no-fixes: off}
    breaking:
      accept:
        - {rule: code-removed, subject: busy, reason: It was never sent}
        - {rule: table-removed, subject: b.yaml, reason: It moved}
  - {table: 'builtin:evolink', lint: {no-fixes: error}}
`}.writeTo(t, ".")
	c, findings, err := Read(FileName)
	if err != nil || len(findings) > 0 {
		t.Fatal(findings, err)
	}
	if got := c.Refs(); !slices.Equal(got, []string{"a.yaml", "builtin:evolink"}) {
		t.Errorf("the tables are %v", got)
	}
	absolute, err := filepath.Abs("a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for table, want := range map[string]struct{ entries, rules, accepted int }{
		"a.yaml": {2, 1, 1}, "./x/../a.yaml": {2, 1, 1}, absolute: {2, 1, 1}, "b.yaml": {}, "builtin:evolink": {1, 1, 0}, "evolink": {},
	} {
		if len(c.Of(table)) != want.entries || len(c.Lint(table)) != want.rules || len(c.Accepted(table)) != want.accepted {
			t.Errorf("%s: %d entries, lint %v, accepted %v", table, len(c.Of(table)), c.Lint(table), c.Accepted(table))
		}
	}
	if got := c.Removals(); len(got) != 1 || got[0].Rule != "table-removed" {
		t.Errorf("accepted removals: %v", got)
	}
	var none *Config
	if none.Refs() != nil || none.Of("a.yaml") != nil || none.Lint("a.yaml") != nil || none.Accepted("a.yaml") != nil || none.Removals() != nil {
		t.Error("a nil configuration has entries")
	}
}
