package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"gopkg.in/yaml.v3"
)

// No text of a table may change the structure of its page. A table with hostile texts
// is compared with a table of harmless words: both pages must render to the same
// elements with the same links, and the text between them must be that of the tables.

// hostileParts are joined at random. Each has, or had, a special meaning in CommonMark,
// GFM, MDX, template engines, HTML or Go.
var hostileParts = []string{
	"`", "``", "```", "~", "~~", "~~~", "*", "**", "***", "_", "__", "|", "||", "|---|", "\\", "\\\\", "\\|", "\\`",
	"<script>", "</script>", "</pre>", "<b>", "<", ">", "-->", "<!--", "<?php", "<![CDATA[", "*/", "//", "/*",
	"](javascript:x)", "[", "]", "[x](y)", "![", "![a](b)", "(", ")", "[^1]", "[^1]:", "[ ]", "[x]", "[TOC]", "[a]: b",
	"{{", "}}", "{%", "%}", "{#", "{", "}", "{id}", "${x}", "$", "$x$",
	"&", "&amp;", "&#42;", "&#x2a;", "&copy", "&lt;", ";",
	"#", "##", "# ", "- ", "-", "---", "===", "+ ", "1. ", "1) ", "12", "1.", ".", ":", ": ", ":::", "> ", "=", "!", "?",
	"http://", "https://a.b/c", "www.", "www.a.b", "ftp://x.y", "mailto:", "a@b.c", "<https://x.y>", "@", "://",
	"import ", "export ", "a", "bc", "0", "é", "中", "。", "…", "😀", " ", "  ", "\t", "'", "\"", "“", "^", ",", "%",
}

// hostile returns a text that is plain prose: it contains no code and no link.
func hostile(r *rand.Rand) string { return hostileOf(r, hostileParts) }

// A texts returns the texts of a table in the order of calls.
type texts struct {
	markup
	next  func(i int) string
	given []string // returned texts, without markup
}

func (t *texts) text() string {
	s := t.avoid.Replace(t.next(len(t.given)))
	t.given = append(t.given, s)
	return t.before + s + t.after
}

// A markup surrounds every text of a table.
type markup struct {
	name          string
	before, after string
	avoid         *strings.Replacer // removes text that would end the markup
}

func markups() []markup {
	return []markup{
		{"text", "", "", strings.NewReplacer()},
		{"code", "in `", "` code", strings.NewReplacer("`", "'")},
		{"link", "look![", "](https://example.org/a_b?c&lt;*d*)!", strings.NewReplacer("`", "'", "[", "(", "]", ")")},
	}
}

// message returns two lines of verbatim text.
func (t *texts) message() string { return "says " + t.text() + "\nand " + t.text() }

// harmless returns the word in place of text i.
func harmless(i int) string { return fmt.Sprintf("zq%dx", i) }

type object map[string]any

// table returns a table with text in every key that can have text.
func table(t *texts) object {
	return object{
		"errspec": 1, "name": "t", "title": t.text(), "description": t.text() + "\n\n" + t.text(),
		"docs_url": "https://example.org/(a)?b=c&copy;d=*e*",
		"unlisted": "lost",
		"response": object{
			"examples": examplesWith("{\"" + t.text() + "\n" + t.text() + "}"),
			"http":     object{"429": "busy"},
			"fields": object{
				"status":     object{"role": "status", "completed": []string{t.text()}, "failed": []string{t.text()}, "description": t.text()},
				"error.code": object{"role": "code", "description": t.text() + "\n\n" + t.text()},
			},
		},
		"polling": object{"url": "https://example.org/{id}", "auth": "bearer", "interval": "3s"},
		"classes": []object{{"name": "all", "title": t.text(), "description": t.text(), "fault": "server"}},
		"codes": []object{
			tableCode(t, "bad_request", object{"action": "fix", "advice": t.text(), "hint": t.text()}),
			tableCode(t, "busy", object{"action": "wait", "automatic": true, "throttle": true, "wait": object{"min": "1s", "max": "2s"}, "advice": t.text()}),
			{"code": "lost", "title": t.text(), "description": t.text(), "retry": object{"action": "support", "advice": t.text()},
				"deprecated": object{"since": t.text(), "reason": t.text(), "replaced_by": "busy"}},
		},
	}
}

// examplesWith returns examples of responses. Pages show the first.
func examplesWith(body string) []object {
	return []object{{"name": "shown", "http": 400, "body": body, "gives": object{"outcome": "error"}}, {"name": "code", "body": `{"error": {"code": "busy"}}`}}
}

func tableCode(t *texts, wire string, retry object) object {
	return object{
		"code": wire, "title": t.text(), "class": "all", "description": t.text(),
		"details": t.text() + "\n\n" + t.text() + "\n" + t.text(), "retry": retry,
		"subtypes": []object{
			{"name": "one", "title": t.text(), "description": t.text(), "examples": []string{"eins " + t.message()}},
			{"name": "two", "title": t.text(), "description": t.text(), "examples": []string{"zwei " + t.message(), "zwo " + t.message()},
				"retry": object{"automatic": false}},
		},
		"causes":   []any{t.text(), object{"title": t.text(), "text": t.text()}, t.text() + "\n\n" + t.text()},
		"avoid":    []string{t.text(), t.text() + "\n\n" + t.text()},
		"fixes":    []string{t.text(), t.text()},
		"examples": []string{t.text(), t.message()},
		"since":    t.text(),
	}
}

// tableFile writes a table to a file.
func tableFile(t *testing.T, table object) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(table); err != nil {
		t.Fatal(err)
	}
	spec := filepath.Join(t.TempDir(), "t.yaml")
	if err := os.WriteFile(spec, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return spec
}

func pageOf(t *testing.T, ref string, outputs ...string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.md")
	errspec(t, append([]string{"generate", "--table", ref, "--markdown", file}, outputs...)...)
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestMarkdownHostileText(t *testing.T) {
	for _, m := range markups() {
		t.Run(m.name, func(t *testing.T) {
			words := &texts{markup: m, next: harmless}
			plain := renderAll(t, siteOf(t, tableFile(t, table(words))))
			for seed := range int64(15) {
				r := rand.New(rand.NewSource(seed))
				bad := &texts{markup: m, next: func(int) string { return hostile(r) }}
				got := renderAll(t, siteOf(t, tableFile(t, table(bad))))
				if !slices.Equal(slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(plain))) {
					t.Errorf("the files are %v", slices.Sorted(maps.Keys(got)))
				}
				for name := range plain {
					comparePages(t, name, got[name], plain[name], bad)
				}
				checkLinks(t, got)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

// host is a handwritten page with injected blocks, between elements that the blocks
// could change if they were not separate.
const host = `# Host

Text
<!-- errspec:begin overview -->
<!-- errspec:end -->
1. a list

- <b>
<!-- errspec:begin compact -->
<!-- errspec:end -->
<!-- errspec:begin retry -->
<!-- errspec:end -->

| a |
| - |
<!-- errspec:begin diagram -->
<!-- errspec:end -->
> quote
<!-- errspec:begin subtypes -->
<!-- errspec:end -->
***
`

// siteOf generates every form of reference in one directory, and returns its files
// without front matter: single.md, one with pages, one with pages next to index.md, and
// blocks in hosts/own.md.
func siteOf(t *testing.T, ref string) map[string][]byte {
	t.Helper()
	front := `{title: "{title}", about: ["{description}", "{class}"], nav: {at: "{position}", of: "{table}", key: "{code} {page}"}}`
	dir := t.TempDir()
	config := fmt.Sprintf(`version: 1
tables:
  - {table: %[1]q, markdown: {file: single.md, front_matter: %[2]s}}
  - {table: %[1]q, markdown: {file: "all of (them)#1.md", pages: true, front_matter: %[2]s}}
  - {table: %[1]q, markdown: {file: site/index.md, pages: true}, inject: [hosts/own.md]}
`, ref, front)
	if err := os.Mkdir(filepath.Join(dir, "hosts"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"errspec.yaml": config, "hosts/own.md": host} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	errspecIn(t, dir, "generate")
	errspecIn(t, dir, "generate", "--check") // must find the injected blocks
	pages := make(map[string][]byte)
	for name, page := range filesIn(t, dir) {
		if name == "errspec.yaml" {
			continue
		}
		if rest, ok := bytes.CutPrefix(page, []byte("---\n")); ok {
			front, body, closed := bytes.Cut(rest, []byte("\n---\n"))
			var facts map[string]any
			if err := yaml.Unmarshal(front, &facts); err != nil || !closed || facts["title"] == "" {
				t.Fatalf("the front matter of %s is %s: %v", name, front, err)
			}
			page = body
		} else if path.Dir(name) == "." {
			t.Errorf("%s has no front matter", name)
		}
		pages[name] = page
	}
	return pages
}

// filesIn returns the files of a directory by their names with forward slashes.
func filesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := make(map[string][]byte)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[name], err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func renderAll(t *testing.T, pages map[string][]byte) map[string]rendered {
	t.Helper()
	all := make(map[string]rendered)
	for name, page := range pages {
		all[name] = render(t, page)
	}
	return all
}

// comparePages compares the page of a hostile table with that of a harmless one.
func comparePages(t *testing.T, name string, got, plain rendered, bad *texts) {
	t.Helper()
	if i := firstDifference(got.tags, plain.tags); i >= 0 {
		t.Errorf("%s: element %d differs:\n got %q\nwant %q\nnear the text %q", name, i, around(got.tags, i), around(plain.tags, i), around(got.texts, i))
		return
	}
	want := substitute(plain.texts, bad)
	if i := firstDifference(got.texts, want); i >= 0 {
		t.Errorf("%s: text %d differs:\n got %q\nwant %q", name, i, around(got.texts, i), around(want, i))
	}
}

// substitute replaces harmless words with the texts of a hostile table. A sentence that
// already ends with a period does not get a second one.
func substitute(plain []string, bad *texts) []string {
	var pairs []string
	for i, text := range bad.given {
		if bad.after == "" && endsSentence(text) {
			pairs = append(pairs, harmless(i)+".", text)
		}
		pairs = append(pairs, harmless(i), text)
	}
	replacer := strings.NewReplacer(pairs...)
	want := make([]string, len(plain))
	for i, s := range plain {
		want[i] = normal(replacer.Replace(s))
	}
	return want
}

func endsSentence(s string) bool {
	for _, end := range []string{".", "!", "?", ":", "…", "。"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// Wire values can have any text. They are shown verbatim, and links to them work.
func TestMarkdownHostileCodes(t *testing.T) {
	wires := []string{
		"a|b", "1. x", "# y", "<b>", "`x`", "x](javascript:y)|", "{{z}}", "{% z %}", "https://w", "_v_", "a  b", "\\", "- u", "***", "t #", "&lt;", "é",
	}
	var codes []object
	for i, wire := range wires {
		codes = append(codes, object{"code": wire, "name": fmt.Sprintf("c%d", i), "title": "T", "description": "D"})
	}
	codes[0]["subtypes"] = []object{{"name": "one", "title": "T", "examples": []string{"it says one thing"}}}
	site := renderAll(t, siteOf(t, tableFile(t, object{"errspec": 1, "name": "t", "title": "T", "codes": codes})))
	checkLinks(t, site)
	shown := make(map[string]bool) // headings of sections and of pages
	for name, html := range site {
		for i, tag := range html.tags {
			if tag == "<h3>" && name == "single.md" || tag == "<h1>" && strings.Contains(name, "/") && name != "site/index.md" && name != "hosts/own.md" {
				shown[path.Dir(name)+html.texts[i+1]] = true
			}
		}
	}
	for _, wire := range wires {
		for _, in := range []string{".", "all of (them)#1", "site"} {
			if !shown[in+normal(wire)] {
				t.Errorf("no heading %q in %s", wire, in)
			}
		}
	}
	if n := strings.Count(strings.Join(site["single.md"].tags, ""), `<a href="#`); n != 2*len(wires) {
		t.Errorf("%d links to codes, want two for each of %d", n, len(wires))
	}
	for name := range site {
		if err := module.CheckFilePath(name); err != nil && name != "all of (them)#1.md" {
			t.Error(err)
		}
	}
}

func TestMarkdownEvoLink(t *testing.T) {
	site := renderAll(t, siteOf(t, "builtin:evolink"))
	checkLinks(t, site)
	var table any
	if err := json.Unmarshal(errspec(t, "export", "builtin:evolink"), &table); err != nil {
		t.Fatal(err)
	}
	// Pages show the first example of a response, without its meaning.
	response := table.(map[string]any)["response"].(map[string]any)
	response["examples"] = response["examples"].([]any)[0].(map[string]any)["body"]
	// Without white space, because code is in a separate element.
	texts := make(map[string]string)
	for name, html := range site {
		texts[path.Dir(name)] += dense(strings.Join(html.texts, ""))
	}
	for _, s := range tableTexts(table, "") {
		for _, in := range []string{".", "site"} {
			if !strings.Contains(texts[in], dense(strings.ReplaceAll(s, "`", ""))) {
				t.Errorf("the pages of %s do not contain %q", in, s)
			}
		}
	}
}

// tableTexts returns the texts of an exported table that a page must contain.
func tableTexts(value any, key string) []string {
	shown := []string{"code", "title", "description", "details", "text", "advice", "hint", "examples", "causes", "avoid", "fixes"}
	var all []string
	switch v := value.(type) {
	case map[string]any:
		for k, inner := range v {
			all = append(all, tableTexts(inner, k)...)
		}
	case []any:
		for _, inner := range v {
			all = append(all, tableTexts(inner, key)...)
		}
	case string:
		if slices.Contains(shown, key) {
			all = append(all, v)
		}
	}
	return all
}

// checkLinks checks that every link between pages has a target, and that each ID is
// unique.
func checkLinks(t *testing.T, pages map[string]rendered) {
	t.Helper()
	type place struct{ file, id string }
	places := make(map[place]int)
	for name, html := range pages {
		places[place{name, ""}]++
		for _, tag := range html.tags {
			if id, ok := attribute(tag, "id"); ok {
				places[place{name, id}]++
			}
		}
	}
	for at, n := range places {
		if n > 1 {
			t.Errorf("%d elements of %s have the ID %q", n, at.file, at.id)
		}
	}
	for name, html := range pages {
		for _, tag := range html.tags {
			href, ok := attribute(tag, "href")
			to, err := url.Parse(href)
			if !ok || err == nil && to.IsAbs() {
				continue
			}
			at := place{file: name}
			if err == nil && to.Path != "" {
				at.file = path.Join(path.Dir(name), to.Path)
			}
			if err == nil {
				at.id = to.Fragment
			}
			if err != nil || places[at] == 0 {
				t.Errorf("%s: no target %q: %v", name, href, err)
			}
		}
	}
}
