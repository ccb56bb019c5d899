package gen

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/config"
)

const injected = "errspec: 1\nname: t\ntitle: T\ncodes: [{code: 'a-->b', title: T, description: '<!-- errspec:end -->'}]\n"

// Injecting must not change text around the blocks. Blocks have the line ends of
// the file, and an unchanged file is not written.
func TestInjectPreservesOtherText(t *testing.T) {
	t.Chdir(t.TempDir())
	files{config.FileName: "version: 1\ntables: [{table: t.yaml, inject: [x.md]}]\n", "t.yaml": injected}.writeTo(t, ".")
	const block = "\n| Error Code | Description             | Retryable |\n| ---------- | ----------------------- | --------- |\n| `a-->b`    | &lt;!-- errspec:end --> |           |\n\n"
	for name, text := range map[string]string{
		"ordinary":      "a\n\n@b\n",
		"no line end":   "a\n@",
		"odd bytes":     "\xff\x00a  \t\n\n@\n\n\n\u2028 \xfe",
		"byte order":    "\ufeffa\n@",
		"long":          strings.Repeat("# A long text\n\nwith *marks* and\n", 2000) + "@" + strings.Repeat("\n- a\n", 2000),
		"front matter":  "---\ntitle: x\n---\n@\n",
		"three times":   "@@\n\n@",
		"after a table": "| a |\n| - |\n| b |\n@\n",
		"in an element": "<div>\n\n@\n</div>",
		"empty":         "",
	} {
		for _, eol := range []string{"\n", "\r\n"} {
			host := func(part string) string {
				marked := "<!-- errspec:begin overview -->\n" + part + "<!-- errspec:end -->\n"
				if name == "empty" {
					return strings.ReplaceAll("a\n"+marked, "\n", eol)
				}
				return strings.ReplaceAll(strings.ReplaceAll(text, "@", marked), "\n", eol)
			}
			for _, before := range []string{"", "old text\n\n- item\n", "| `a` |\n"} {
				files{"x.md": host(before)}.writeTo(t, ".")
				if changes := writeAll(t, outputsOf(t, ".")...); len(changes) != 1 {
					t.Fatalf("%s: %v", name, changes)
				}
				got, err := os.ReadFile("x.md")
				if err != nil {
					t.Fatal(err)
				}
				if want := host(block); string(got) != want {
					t.Errorf("%s: got %.300q, want %.300q", name, got, want)
				}
				if changes := writeAll(t, outputsOf(t, ".")...); len(changes) != 0 {
					t.Errorf("%s: the second write changed %v", name, changes)
				}
			}
		}
	}
}

// A file that changes after it was read must not be overwritten.
func TestInjectIntoChangedFile(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	const markers = "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"
	files{config.FileName: "version: 1\ntables: [{table: t.yaml, inject: [x.md], markdown: {file: t.md}}]\n", "t.yaml": injected, "x.md": markers}.writeTo(t, ".")
	all := outputsOf(t, ".")
	files{"x.md": markers + "More.\n"}.writeTo(t, ".")
	if _, err := Write(t.Context(), all...); err == nil || !strings.Contains(err.Error(), "x.md: file changed after it was read") {
		t.Errorf("got %v", err)
	}
	left := readTree(t, ".")
	if left["x.md"] != markers+"More.\n" || left["t.md"] != "" {
		t.Errorf("got %v", left)
	}
}

// Different paths of one file must be recognized as the same file.
func TestInjectSameFileByOtherPath(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Symlink(".", "link"); err != nil {
		t.Skip(err)
	}
	const host = "<!-- errspec:begin a:overview -->\n<!-- errspec:end -->\n<!-- errspec:begin b:overview -->\n<!-- errspec:end -->\n"
	for _, other := range []string{"./X.md", "link/x.md", filepath.ToSlash(filepath.Join(dir, "x.md"))} {
		files{
			config.FileName: "version: 1\ntables: [{table: a.yaml, inject: [x.md]}, {table: b.yaml, inject: ['" + other + "']}]\n",
			"a.yaml":        injected, "b.yaml": injected, "x.md": host, "X.md": host,
		}.writeTo(t, ".")
		conf, findings, err := config.Read(config.FileName)
		if err != nil || len(findings) > 0 {
			t.Fatal(findings, err)
		}
		for _, c := range conf.Tables {
			if _, findings, err := Render(c); err != nil || findings.HasErrors() {
				t.Errorf("%s: %v, %v", other, findings, err)
			}
		}
	}
}

// A code that a comment cannot contain is specified by its anchor.
func TestInjectByAnchor(t *testing.T) {
	t.Chdir(t.TempDir())
	files{
		config.FileName: "version: 1\ntables: [{table: t.yaml, inject: [x.md]}]\n", "t.yaml": injected,
		"x.md": "<!-- errspec:begin code a-b -->\n<!-- errspec:end -->\n",
	}.writeTo(t, ".")
	writeAll(t, outputsOf(t, ".")...)
	if got := readTree(t, ".")["x.md"]; !strings.Contains(got, "\n**Title:** T\n\n&lt;!-- errspec:end -->\n") {
		t.Errorf("got %s", got)
	}
}
