package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// compileMDX compiles the given files as MDX, with tables and front matter like
// documentation sites, and prints those that are invalid.
const compileMDX = `
import {compile} from "@mdx-js/mdx";
import gfm from "remark-gfm";
import frontmatter from "remark-frontmatter";
import {readFileSync} from "node:fs";
let compiled = 0;
for (const path of process.argv.slice(1)) {
	try {
		const code = String(await compile({value: readFileSync(path), path}, {remarkPlugins: [gfm, frontmatter]}));
		compiled++;
		if (/errspec:(begin|end)/.test(code.replace(/\/\*.*?\*\//g, ""))) console.log(path + ": a marker is text");
		if (/children: ".*DO NOT EDIT/.test(code)) console.log(path + ": a comment is text");
		if (path.endsWith("guide.mdx") && !/_components\.table/.test(code)) console.log(path + ": no table");
	} catch (e) {
		console.log(path + ":" + e.line + ": " + (e.reason || e.message));
	}
}
console.log(compiled + " compiled");
`

// mdxTable has texts with a special meaning in MDX in every key that can have text.
const mdxTable = `errspec: 1
name: mdx
title: Codes {of} <the> shop
description: Uses {braces} and <angle>, ` + "`a {b} <c>`" + `, $x$ and <https://a.b>.
response:
  examples: [{name: failed, body: '{"status":"failed","error":{"code":"a","message":"{x} <b>"}}'}]
  fields:
    status: {role: status, completed: [done], failed: [failed]}
    error.code: {role: code, description: "like {code} or <Code> */}"}
    error.message: {role: message}
classes:
  - {name: client, title: "Client {c} <br>", fault: client}
codes:
  - code: "a{b}<c>"
    title: A {title} <Title>
    class: client
    description: "import x from 'y'"
    details: |-
      export const a = 1

      {a} <div> </div> <!-- c --> {/* d */}
    retry: {action: fix, advice: "Fix {it} <now>"}
    subtypes:
      - {name: s, title: "S {x}", examples: ["value <num> must be {x} | {y}"], match: ["value <any> must be"]}
    causes: ["import foo", "{cause}", "<Cause/>", {title: "T {t}", text: "x {y} <z>"}]
    fixes: ["export default 1", "a: b"]
    examples: ["GET /a/{id}/<x>"]
  - {code: b-c, title: B, class: client, description: "plain", fixes: [x], retry: {action: fix, advice: y}}
`

// References in MDX, and MDX files with injected blocks, are valid MDX.
func TestMDXCompiles(t *testing.T) {
	modules := filepath.Dir(npmFile(t, "@mdx-js/mdx"))
	dir := t.TempDir()
	hostile := filepath.Join(dir, "mdx.yaml")
	if err := os.WriteFile(hostile, []byte(mdxTable), 0o644); err != nil {
		t.Fatal(err)
	}
	tables := goldenTables(t)
	tables["mdx"] = hostile
	const guide = "---\ntitle: Guide\n---\n\nimport x from \"y\"\n\n{/* errspec:begin overview */}\n{/* errspec:end */}\n\n" +
		"<Tabs>\n\n{/* errspec:begin retry */}\n{/* errspec:end */}\n\n</Tabs>\n"
	args := []string{"--input-type=module", "-e", compileMDX}
	for name, table := range tables {
		at := filepath.Join(dir, name)
		injected := filepath.Join(at, "guide.mdx")
		if err := os.MkdirAll(at, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(injected, []byte(guide), 0o644); err != nil {
			t.Fatal(err)
		}
		flags := []string{"generate", "--table", table, "--markdown", filepath.Join(at, "errors.mdx"), "--go", filepath.Join(at, "p"), "--package", "p"}
		if name == "evolink" || name == "mdx" {
			flags = append(flags, "--inject", injected)
			args = append(args, injected)
		}
		if out, err := exec.Command(command, flags...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		args = append(args, filepath.Join(at, "errors.mdx"))
	}
	node := exec.Command("node", args...)
	node.Dir = filepath.Dir(filepath.Dir(modules))
	out, err := node.CombinedOutput()
	if want := fmt.Sprintf("%d compiled\n", len(tables)+2); err != nil || strings.ReplaceAll(string(out), dir, "") != want {
		t.Errorf("%v\n%s", err, out)
	}
}
