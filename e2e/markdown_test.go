package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// No text of a table may change the structure of the page that is made from it.
// A hostile table is compared with the same table of harmless words: both pages
// must render to the same elements, with the same links, and the text between
// them must be the tables' own.

// hostileParts are joined at random. Each has, or had, a meaning to somebody who
// reads the page: CommonMark, GFM, MDX, template engines, HTML, Go.
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

// hostile returns a text that is plain as prose: it has no code and no link.
func hostile(r *rand.Rand) string { return hostileOf(r, hostileParts) }

// A texts hands out the texts of a table, in the order in which they are asked
// for.
type texts struct {
	markup
	next  func(i int) string
	given []string // without their markup
}

func (t *texts) text() string {
	s := t.avoid.Replace(t.next(len(t.given)))
	t.given = append(t.given, s)
	return t.before + s + t.after
}

// A markup is what every text of a table stands in.
type markup struct {
	name          string
	before, after string
	avoid         *strings.Replacer // of what would end it
}

func markups() []markup {
	return []markup{
		{"text", "", "", strings.NewReplacer()},
		{"code", "in `", "` code", strings.NewReplacer("`", "'")},
		{"link", "look![", "](https://example.org/a_b?c&lt;*d*)!", strings.NewReplacer("`", "'", "[", "(", "]", ")")},
	}
}

// message returns two lines that are taken as they stand.
func (t *texts) message() string { return "says " + t.text() + "\nand " + t.text() }

// harmless is the word that stands for text i.
func harmless(i int) string { return fmt.Sprintf("zq%dx", i) }

type object map[string]any

// table writes a table with text wherever a table can have any.
func table(t *texts) object {
	return object{
		"errspec": 1, "name": "t", "title": t.text(), "description": t.text() + "\n\n" + t.text(),
		"docs_url": "https://example.org/(a)?b=c&copy;d=*e*",
		"unknown":  "lost",
		"response": object{
			"example": "{\"" + t.text() + "\n" + t.text() + "}",
			"http":    object{"429": "busy"},
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

func tableCode(t *texts, wire string, retry object) object {
	return object{
		"code": wire, "title": t.text(), "class": "all", "description": t.text(),
		"details": t.text() + "\n\n" + t.text() + "\n" + t.text(), "retry": retry,
		"subtypes": []object{
			{"name": "one", "title": t.text(), "description": t.text(), "examples": []string{"eins " + t.message()}},
			{"name": "two", "title": t.text(), "description": t.text(), "examples": []string{"zwei " + t.message(), "zwo " + t.message()}},
		},
		"causes":   []any{t.text(), object{"title": t.text(), "text": t.text()}, t.text() + "\n\n" + t.text()},
		"avoid":    []string{t.text(), t.text() + "\n\n" + t.text()},
		"fixes":    []string{t.text(), t.text()},
		"examples": []string{t.text(), t.message()},
		"since":    t.text(),
	}
}

// page generates the Markdown page of a table.
func page(t *testing.T, table object) []byte {
	t.Helper()
	return pageOf(t, tableFile(t, table))
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

func pageOf(t *testing.T, ref string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), "out.md")
	errspec(t, "generate", "--spec", ref, "--markdown", file)
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
			plain := render(t, page(t, table(words)))
			for seed := range int64(15) {
				r := rand.New(rand.NewSource(seed))
				bad := &texts{markup: m, next: func(int) string { return hostile(r) }}
				comparePages(t, page(t, table(bad)), plain, bad)
				if t.Failed() {
					t.Fatalf("seed %d", seed)
				}
			}
		})
	}
}

// comparePages compares the page of a hostile table with that of a harmless one.
func comparePages(t *testing.T, page []byte, plain rendered, bad *texts) {
	t.Helper()
	got := render(t, page)
	if i := firstDifference(got.tags, plain.tags); i >= 0 {
		t.Errorf("element %d differs:\n got %q\nwant %q\nnear the text %q", i, around(got.tags, i), around(plain.tags, i), around(got.texts, i))
		return
	}
	want := substitute(plain.texts, bad)
	if i := firstDifference(got.texts, want); i >= 0 {
		t.Errorf("text %d differs:\n got %q\nwant %q", i, around(got.texts, i), around(want, i))
	}
}

// substitute puts the texts of a hostile table in the place of harmless words.
// A sentence that ends with a full stop of its own gets no second one.
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

// Wire values are anything at all. They are shown as they stand, and what leads
// to them arrives.
func TestMarkdownHostileCodes(t *testing.T) {
	wires := []string{
		"a|b", "1. x", "# y", "<b>", "`x`", "x](javascript:y)|", "{{z}}", "{% z %}", "https://w", "_v_", "a  b", "\\", "- u", "***", "t #", "&lt;", "é",
	}
	var codes []object
	for i, wire := range wires {
		codes = append(codes, object{"code": wire, "name": fmt.Sprintf("c%d", i), "title": "T", "description": "D"})
	}
	html := render(t, page(t, object{"errspec": 1, "name": "t", "title": "T", "codes": codes}))

	var headings []string
	for i, tag := range html.tags {
		if tag == "<h3>" {
			headings = append(headings, html.texts[i+1])
		}
	}
	for _, wire := range wires {
		if !slices.Contains(headings, normal(wire)) {
			t.Errorf("no heading %q in %q", wire, headings)
		}
	}
	if n := strings.Count(strings.Join(html.tags, ""), `<a href="#`); n != 2*len(wires) {
		t.Errorf("%d links to codes, want two for each of %d", n, len(wires))
	}
	checkLinks(t, html)
}

func TestMarkdownEvoLink(t *testing.T) {
	html := render(t, pageOf(t, "builtin:evolink"))
	checkLinks(t, html)
	var table any
	if err := json.Unmarshal(errspec(t, "export", "builtin:evolink"), &table); err != nil {
		t.Fatal(err)
	}
	// Without white space, since code stands in an element of its own.
	text := dense(strings.Join(html.texts, ""))
	for _, s := range tableTexts(table, "") {
		if !strings.Contains(text, dense(strings.ReplaceAll(s, "`", ""))) {
			t.Errorf("the page does not hold %q", s)
		}
	}
}

// tableTexts returns the texts of an exported table that a page has to hold.
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

// checkLinks checks that every link within the page leads to a place on it, and
// that each place is there once.
func checkLinks(t *testing.T, html rendered) {
	t.Helper()
	places := make(map[string]int)
	for _, tag := range html.tags {
		if id, ok := attribute(tag, "id"); ok {
			places[id]++
		}
	}
	for id, n := range places {
		if n > 1 {
			t.Errorf("%d places are called %q", n, id)
		}
	}
	for _, tag := range html.tags {
		href, _ := attribute(tag, "href")
		if id, ok := strings.CutPrefix(href, "#"); ok && places[id] == 0 {
			t.Errorf("nothing is called %q", id)
		}
	}
}
