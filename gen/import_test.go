package gen

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/prose"
)

// A page that errspec wrote comes back as the table that it was made from: in
// every field that the page shows, and so that it makes the same page again.
func TestImportOwnPages(t *testing.T) {
	tables := map[string]string{"rich": richTable}
	for _, pattern := range []string{"../spec/evolink.yaml", filepath.Join(goldenDir, "*.txtar")} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
			if filepath.Ext(path) == ".yaml" {
				tables[name] = readFile(t, path)
			} else if !strings.HasPrefix(name, "refused") && name != "include" {
				tables[name] = readGolden(t, path).input["table.yaml"]
			}
		}
	}
	if len(tables) < 10 {
		t.Fatalf("%d tables", len(tables))
	}
	for name, text := range tables {
		t.Run(name, func(t *testing.T) { checkImported(t, text) })
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Whatever the texts of a table are, they come back.
func TestImportHostilePages(t *testing.T) {
	for _, payload := range slices.Concat(payloads, paragraphs, hostileWords) {
		table, _ := hostileTable(t, "hostile", hostileIn(payload, everyField))
		t.Run(fmt.Sprintf("%.20q", payload), func(t *testing.T) { checkImported(t, table) })
	}
	r := rand.New(rand.NewSource(1))
	rounds := 300
	if testing.Short() {
		rounds = 50
	}
	for round := range rounds {
		table, _ := hostileTable(t, "hostile", func(field string) string { return hostileIn(hostileText(r), everyField)(field) })
		if !t.Run(fmt.Sprint(round), func(t *testing.T) { checkImported(t, table) }) {
			return
		}
	}
}

func checkImported(t *testing.T, text string) {
	t.Helper()
	table, page := pageOf(t, text)
	again, findings := importer.Markdown("table.md", page, importer.Options{Name: table.Name})
	if len(findings) > 0 {
		t.Fatalf("%s\n%s", printed(findings), page)
	}
	before, after := output.Mark(output.Markdown, "table.yaml")+"\n", output.MDXMark("table.yaml")+"\n"
	if of, _ := importer.Markdown("table.md", strings.Replace(page, before, after, 1), importer.Options{Name: table.Name}); of != again || !strings.Contains(page, before) {
		t.Errorf("as MDX, the page gives another table:\n%s", diff.Diff("Markdown", []byte(again), "MDX", []byte(of)))
	}
	imported, second := pageOf(t, again)
	if d := diff.Diff("page", []byte(page), "page of the imported table", []byte(second)); d != nil {
		t.Errorf("%s\nimported as\n%s", d, again)
	}
	want, got := shownFields(table), shownFields(imported)
	if d := diff.Diff("table", []byte(want), "imported", []byte(got)); d != nil {
		t.Errorf("%s\non the page\n%s", d, page)
	}
}

// pageOf returns a table and its page.
func pageOf(t *testing.T, text string) (*spec.Table, string) {
	t.Helper()
	table, findings := spec.Parse("table.yaml", text, nil)
	if table != nil {
		findings = append(findings, spec.Validate(table)...)
	}
	if len(findings) > 0 {
		t.Fatalf("%s\n%s", printed(findings), text)
	}
	p, _ := plan.New(table, plan.Options{Source: "table.yaml", Package: "p"})
	files, err := markdown.Emit(p, markdown.Options{File: "page.md", FrontMatter: frontMatterOf(t, "{title: '{title}', about: '{description}'}")})
	if err != nil {
		t.Fatal(err)
	}
	return table, string(files[0].Data)
}

// frontMatterOf reads front matter as a configuration has it.
func frontMatterOf(t *testing.T, text string) markdown.FrontMatter {
	t.Helper()
	config, findings := ParseConfig(ConfigName, "version: 1\ncatalogs: [{spec: t.yaml, markdown: {file: t.md, front_matter: "+text+"}}]\n")
	if len(findings) > 0 {
		t.Fatal(printed(findings))
	}
	return config.Catalogs[0].Markdown.FrontMatter
}

// shownFields returns what a page shows of a table, a line for each field.
func shownFields(t *spec.Table) string {
	var b strings.Builder
	put := func(path string, value any) { fmt.Fprintf(&b, "%s: %v\n", path, value) }
	put("title", shownProse(t.Title))
	put("description", shownProse(t.Description))
	public := func(wire string) bool { c, ok := t.Code(wire); return ok && !c.Internal }
	if public(t.Unknown) {
		put("unknown", t.Unknown)
	}
	if p := t.Polling; p != nil {
		put("polling", []any{p.URL, p.Auth, p.Interval})
	}
	if r := t.Response; r != nil {
		put("response example", shownMessage(r.Example))
		for _, f := range r.Fields {
			put("field "+f.Path, []any{prose.Inline(strings.TrimSpace(f.Description)), f.Completed, f.Failed}) // a cell is one paragraph
		}
		http := slices.SortedFunc(slices.Values(r.HTTP), func(a, b spec.HTTPCode) int { return a.Status - b.Status })
		for _, h := range http {
			if public(h.Code) {
				put(fmt.Sprint("status ", h.Status), h.Code)
			}
		}
	}
	for i := range t.Codes {
		if c := &t.Codes[i]; !c.Internal {
			shownCode(t, c, put)
		}
	}
	return b.String()
}

func shownCode(t *spec.Table, c *spec.Code, put func(path string, value any)) {
	field := func(name string, value any) { put(c.Wire+" "+name, value) }
	if t.Wire == spec.WireInteger {
		field("name", c.Name)
	}
	field("title", shownProse(c.Title))
	if class, ok := t.Class(c.Class); ok {
		field("class", []string{class.Name, shownProse(class.Title), shownProse(class.Description)})
	}
	field("description", shownProse(c.Description))
	field("details", shownProse(c.Details))
	field("retry", []any{c.Retry.Action, c.Retry.Automatic, c.Retry.Automatic && c.Retry.Throttle, c.Retry.Wait.Min, c.Retry.Wait.Max, shownProse(c.Retry.Advice), shownProse(c.Retry.Hint)})
	field("http", c.HTTP)
	field("grpc", c.GRPC)
	for _, s := range c.Subtypes {
		field("subtype "+s.Name, []any{shownProse(s.Title), shownProse(s.Description)})
		for _, e := range s.Examples {
			field("subtype "+s.Name+" example", shownMessage(e))
		}
		field("subtype "+s.Name+" retry", []any{s.Retry.Action, s.Retry.Automatic, s.Retry.Wait.Min, s.Retry.Wait.Max})
		if s.Retry.Action != c.Retry.Action || s.Retry.Automatic != c.Retry.Automatic {
			field("subtype "+s.Name+" advice", shownProse(s.Retry.Advice))
		}
	}
	for _, cause := range c.Causes {
		field("cause", []string{shownProse(cause.Title), shownProse(cause.Text)})
	}
	for _, s := range c.Avoid {
		field("avoid", shownProse(s))
	}
	for _, s := range c.Fixes {
		field("fix", shownProse(s))
	}
	for _, e := range c.Examples {
		field("example", shownMessage(e))
	}
	field("since", shownProse(c.Since))
	if d := c.Deprecated; d != nil {
		field("deprecated", []string{shownProse(d.Since), shownProse(d.Reason)})
	}
	field("aliases", c.Aliases)
	field("renamed from", c.RenamedFrom)
}

// shownProse returns prose as a page can show it: the white space in a paragraph
// is not.
func shownProse(s string) string {
	var paragraphs []string
	for _, p := range prose.Parse(strings.TrimSpace(s)) {
		paragraphs = append(paragraphs, fmt.Sprint(p))
	}
	return strings.Join(paragraphs, "\n")
}

// shownMessage returns a message as a page can show it: white space at the ends
// of its lines, and lines around it, are not.
func shownMessage(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// richTable has what no other case has.
const richTable = `
errspec: 1
name: rich
title: Rich "table" with \ and # in its title
description: "One.\n\nTwo, with [a link](https://e.test/a?b=c&d=e) and ` + "`code`" + `."
docs_url: https://e.test/{code}.html
unknown: other
response:
  example: '{"error": {"code": "{{busy}}"}}'
  http: {429: busy, 500: other, 503: busy}
  fields:
    id: {role: id}
    state: {role: status, completed: [ok, done], failed: [failed, lost, gone]}
    error.code: {role: code, description: The code.}
    extra: {type: boolean, description: "a | b"}
polling: {url: "https://e.test/{id}", interval: 1m30s}
backoff: {attempts: 6, initial: 2s, multiplier: 1.5, cap: 1m}
classes:
  - {name: transient, title: Transient errors, description: "They pass."}
  - {name: none, title: Nobody's}
codes:
  - code: busy
    title: Busy!
    class: transient
    description: Ends with a stop.
    details: "First | paragraph.\n\nSecond: **not bold** <b>."
    retry: {action: retry, automatic: true, throttle: true, wait: {min: 1s, max: 90s}, advice: Wait., hint: "Wait (but not long)"}
    http: 429
    grpc: UNAVAILABLE
    subtypes:
      - name: slow
        title: Slow | down
        description: Too fast
        examples: ["too fast: a|b", "two\n  lines\n\nand a third", "with ` + "`ticks`" + `", "{{x}}"]
        retry: {action: fix, advice: Slow down.}
      - {name: spent, title: Spent, retry: {automatic: false}}
    causes:
      - "One: two"
      - {title: "A title: with a colon", text: "text\n\nmore"}
    avoid: ["Do not.\n\nReally."]
    fixes: ["**Bold**?", "1. not a list", "- nor this"]
    examples: ["line one\nline two", "<br/>"]
    since: "1.2 · Since: ever"
    deprecated: {since: "1.4.", reason: "Use something. Instead.", replaced_by: other}
    aliases: [a, "b c", "d|e"]
    renamed_from: [old busy]
  - code: "error: 42 #1"
    title: Odd
    class: none
    description: Odd
    retry: {action: never}
    deprecated: {}
  - {code: other, title: Other, description: "Not ` + "`listed`" + `", retry: {action: support, advice: "Ask [us](https://e.test)"}}
`

// hostileWords mean something in Markdown, in HTML, or on the pages themselves.
var hostileWords = []string{
	"`", "``", "*", "**", "_", "__", "~~", "|", "\\", "\\|", "<", "<b>", "</code>", "<br/>", "<a id=\"x\">", "-->", "&amp;", "&", "&#42;",
	"[", "]", "](", "(", ")", "[x](https://e.test/y)", "`code`", "{", "}", "{{", "%}", "$", "#", "##", "- ", "1. ", "> ", "+", ":", ": ", ".", "!",
	"Retryable:", "**Retryable:**", "Common causes:", "How to fix:", " · ", " — ", " (but not ", "Since: ", "HTTP status: 404", "Deprecated.",
	"Use `x` instead.", "A program may send the same request again on its own.", "word", "two words", "É", "中文", "😀", "'", "\"", "http://a.b", "www.a.b", "a@b.c",
	"import x", "export y", "~~~", "```", "---", "===",
}

func hostileText(r *rand.Rand) string {
	for {
		var b strings.Builder
		for range 1 + r.Intn(5) {
			b.WriteString(hostileWords[r.Intn(len(hostileWords))])
			if r.Intn(3) == 0 {
				b.WriteByte(' ')
			}
		}
		if s := strings.TrimSpace(b.String()); s != "" {
			return s
		}
	}
}
