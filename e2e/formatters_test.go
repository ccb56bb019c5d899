package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/errspec/errspec/internal/displaywidth"
)

// runFormatters formats each file that it is given with Prettier, lints it with
// markdownlint and has it fixed by that, with the default settings of both, and prints
// their changes and findings.
const runFormatters = `
import {format} from "prettier";
import {applyFixes} from "markdownlint";
import {lint} from "markdownlint/promise";
import {readFileSync} from "node:fs";
const [except, ...paths] = process.argv.slice(1);
const report = (path, before, after, by) => {
	const [was, is] = [before.split("\n"), after.split("\n")];
	const i = was.findIndex((line, i) => line !== is[i]);
	console.log(path + ":" + (i + 1) + ": " + by + "\n-" + JSON.stringify(was[i]) + "\n+" + JSON.stringify(is[i]));
};
const config = {default: true, ...Object.fromEntries(except.split(" ").map(rule => [rule, false]))};
for (const path of paths) {
	const text = readFileSync(path, "utf8");
	try {
		const formatted = await format(text, {filepath: path});
		if (formatted !== text) report(path, text, formatted, "Prettier");
	} catch (e) {
		console.log(path + ": " + e);
	}
	if (path.endsWith(".mdx")) continue;
	for (const found of (await lint({strings: {text}, config}))["text"])
		console.log(path + ":" + found.lineNumber + ": " + found.ruleNames[0] + " " + (found.errorDetail ?? "") + " " + (found.errorContext ?? ""));
	const fixed = applyFixes(text, (await lint({strings: {text}, config: {default: true}}))["text"]);
	if (fixed !== text) report(path, text, fixed, "markdownlint --fix");
}
console.log(paths.length + " files");
`

// unmetRules are the rules of markdownlint that generated pages do not meet. It fixes
// none of them by itself.
var unmetRules = map[string]string{
	"MD013": "line-length: the rows of tables cannot be broken, and Prettier leaves prose as it is, so a paragraph is one line",
	"MD025": "single-title: pages have a heading besides the title of front matter, since GitHub, MkDocs and VitePress show only the former",
	"MD033": "no-inline-html: anchors, line breaks in cells and folded samples cannot be written in any other way",
}

// textRules are the rules that only the texts of a table can break.
var textRules = map[string]string{
	"MD024": "no-duplicate-heading: a class may have the title of another heading",
	"MD059": "descriptive-link-text: a link may be called “link”",
}

// widthRules are the rules that count columns otherwise than Prettier does.
var widthRules = map[string]string{
	"MD060": "table-column-style: it takes the clusters of Indic scripts for one character each",
}

func ruleList(all ...map[string]string) string {
	var names []string
	for _, m := range all {
		names = append(names, slices.Collect(maps.Keys(m))...)
	}
	return strings.Join(names, " ")
}

// formatters fails if Prettier or markdownlint has anything to say about files.
func formatters(t *testing.T, except string, paths []string) {
	t.Helper()
	if len(paths) == 0 {
		t.Fatal("no files")
	}
	node := exec.Command("node", append([]string{"--input-type=module", "-e", runFormatters, except}, paths...)...)
	node.Dir = filepath.Dir(filepath.Dir(npmFile(t, "prettier")))
	out, err := node.CombinedOutput()
	if want := fmt.Sprintf("%d files\n", len(paths)); err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
}

// formattedHost is a page by hand with blocks of a reference, as Prettier leaves it.
const formattedHost = `---
title: Guide
---

Text, and a list:

- one
%s
## After

Text
`

func hostWith(mdx bool, blocks ...string) string {
	before, after := "<!--", "-->"
	if mdx {
		before, after = "{/*", "*/}"
	}
	var b strings.Builder
	for _, name := range blocks {
		fmt.Fprintf(&b, "\n%[1]s errspec:begin %[2]s %[3]s\n%[1]s errspec:end %[3]s\n", before, name, after)
	}
	return fmt.Sprintf(formattedHost, b.String())
}

const formattedConfig = `version: 1
tables:
  - {table: %[1]q, markdown: {file: single.md}, inject: [guide.md]}
  - {table: %[1]q, markdown: {file: paged/index.md, pages: true, front_matter: %[2]s}}
  - {table: %[1]q, markdown: {file: mdx/index.mdx, pages: true, front_matter: %[2]s}, inject: [guide.mdx]}
  - {table: %[1]q, markdown: {file: single.mdx}}
`

const formattedFront = `{title: '{title}', 'about it': ["{description}", '{class} said "x"', it's], nav: {at: "{position}", of: "{table}", key: "{code} {page}"}, ` +
	`tags: [], "quoted": 'a "b" c', empty: '', none: null, long: a long text that is plain and does not fit in one line of eighty columns at all}`

// formattedSite generates a reference of every form in a folder, with its blocks in
// other files, and returns all files in Markdown and MDX.
func formattedSite(t *testing.T, dir, ref string, blocks ...string) []string {
	t.Helper()
	ref, err := filepath.Abs(ref)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"errspec.yaml": fmt.Sprintf(formattedConfig, ref, formattedFront),
		"guide.md":     hostWith(false, blocks...),
		"guide.mdx":    hostWith(true, blocks...),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	errspecIn(t, dir, "generate")
	var files []string
	for name := range filesIn(t, dir) {
		if strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".mdx") {
			files = append(files, filepath.Join(dir, filepath.FromSlash(name)))
		}
	}
	slices.Sort(files)
	return files
}

// Formatting a repository must not make generated pages stale.
func TestMarkdownIsFormatted(t *testing.T) {
	files, err := filepath.Glob("../gen/internal/markdown/testdata/*.md")
	if err != nil {
		t.Fatal(err)
	}
	paged, err := filepath.Glob("../gen/internal/markdown/testdata/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	files = append(append(files, paged...), "../generated/docs/evolink.md")
	for i, file := range files {
		if files[i], err = filepath.Abs(file); err != nil {
			t.Fatal(err)
		}
	}
	for name, table := range goldenTables(t) {
		if name == "package" {
			continue // its name is none of a Go package
		}
		blocks := []string{"overview", "retry"}
		if name == "evolink" {
			blocks = append(blocks, "response", "diagram", "subtypes", "program go", "program javascript", "code quota_exceeded")
		}
		files = append(files, formattedSite(t, t.TempDir(), table, blocks...)...)
	}
	formatters(t, ruleList(unmetRules, textRules), files)
}

// wideParts are words whose characters differ in width.
var wideParts = []string{
	"错误", "请求过多", "エラー", "ﾊﾝｶｸ", "오류", "ошибка", "σφάλμα", "خطأ", "त्रुटि", "ข้อผิดพลาด", "e\u0301", "Ａ", "　", "。", "「x」",
	"⚠️", "⚠", "✅", "❌", "🎉", "👍🏽", "👨‍👩‍👧", "🇩🇪", "1️⃣", "©️", "™", "→", "…", "“x”", "\u00a0", "\u200d", "\ufe0f", "𝒳", "🫠",
	"a", "code", " ", " ", ", ", "1",
}

func TestMarkdownIsFormattedHostile(t *testing.T) {
	var files []string
	blocks := []string{"overview", "retry", "response", "diagram", "subtypes", "code busy"}
	for seed := range int64(4) {
		for _, m := range markups() {
			for _, parts := range [][]string{hostileParts, wideParts} {
				r := rand.New(rand.NewSource(seed))
				bad := &texts{markup: m, next: func(int) string { return hostileOf(r, parts) }}
				made := table(bad)
				if seed%2 == 0 {
					made["response"].(object)["examples"] = examplesWith(randomJSON(r))
				}
				files = append(files, formattedSite(t, t.TempDir(), tableFile(t, made), blocks...)...)
			}
		}
	}
	formatters(t, ruleList(unmetRules, textRules, widthRules), files)
}

// randomJSON returns an object in the style of a hand-written file.
func randomJSON(r *rand.Rand) string {
	var value func(depth int) string
	many := func(open, end string, item func() string) string {
		var items []string
		for range r.Intn(4) {
			items = append(items, item())
		}
		space := []string{"", " ", "\n", "\n\n  "}
		return open + space[r.Intn(4)] + strings.Join(items, ","+space[r.Intn(4)]) + space[r.Intn(4)] + end
	}
	key := func() string {
		text, _ := json.Marshal(strings.Repeat(wideParts[r.Intn(10)], r.Intn(5)))
		return string(text)
	}
	value = func(depth int) string {
		switch n := r.Intn(8); {
		case n < 2 && depth > 0:
			return many("{", "}", func() string { return key() + ": " + value(depth-1) })
		case n < 4 && depth > 0:
			return many("[", "]", func() string { return value(depth - 1) })
		case n == 4:
			return "[" + strings.Repeat("-1.05e-30, ", r.Intn(20)) + "7]"
		case n == 5:
			return []string{"true", "null", "0", "-12"}[r.Intn(4)]
		}
		return key()
	}
	if r.Intn(10) == 0 {
		return `{"odd": [1.50, 1E05]}`
	}
	return many("{", "}", func() string { return key() + ":" + value(5) })
}

// A repository that formats all its files stays up to date: check passes after
// prettier --write, and formatting changes no generated file.
func TestCheckAfterPrettier(t *testing.T) {
	ref, err := filepath.Abs("../spec/evolink.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	formattedSite(t, dir, ref, "overview", "retry", "response", "diagram", "subtypes", "program javascript")
	before := filesIn(t, dir)
	cli := exec.Command("node", npmFile(t, "prettier/bin/prettier.cjs"), "--write", ".")
	cli.Dir = dir
	if out, err := cli.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	after := filesIn(t, dir)
	if string(after["errspec.yaml"]) == string(before["errspec.yaml"]) {
		t.Error("Prettier formats nothing here")
	}
	for name, text := range after {
		if name != "errspec.yaml" && string(text) != string(before[name]) {
			t.Errorf("Prettier has changed %s", name)
		}
	}
	errspecIn(t, dir, "generate", "--check")
	errspecIn(t, dir, "check")
}

// printWidths prints the width of each character as Prettier has it, a digit each.
const printWidths = `
import {util} from "prettier";
let all = "";
for (let c = 0; c < 0x110000; c++)
	all += c >= 0xD800 && c < 0xE000 ? "-" : util.getStringWidth(String.fromCodePoint(c));
for (let c = 0; c < 0x110000; c++)
	all += c >= 0xD800 && c < 0xE000 ? "-" : util.getStringWidth(String.fromCodePoint(c) + "\ufe0f");
console.log(all);
`

// Tables are aligned by the widths that Prettier counts, for every character of Unicode,
// with and without U+FE0F after it.
func TestDisplayWidth(t *testing.T) {
	node := exec.Command("node", "--input-type=module", "-e", printWidths)
	node.Dir = filepath.Dir(filepath.Dir(npmFile(t, "prettier")))
	want, err := node.Output()
	if err != nil || len(want) != 2*0x110000+1 {
		t.Fatal(err, len(want))
	}
	for i, width := range want[:2*0x110000] {
		r, selector := rune(i), ""
		if i >= 0x110000 {
			r, selector = r-0x110000, "\ufe0f"
		}
		switch known := unicode.In(r, unicode.Mn, unicode.Me); {
		case width == '-', displaywidth.Joins(r), unicode.Is(unicode.Cc, r):
			continue
		case (width == '0') != known: // Go and Node implement different versions of Unicode
			continue
		}
		if got := displaywidth.Of(string(r) + selector); got != int(width-'0') {
			t.Errorf("width of %U%s: got %d, want %c", r, selector, got, width)
		}
	}
}
