package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// notRun are the documented command lines that neither a test here nor a script of
// TestConsumers runs, and why.
var notRun = map[string]string{
	"go run ./cmd/errspec explain service_error": "the first lines of README are for a clone of this repository: TestMain builds the command, and the line errspec explain service_error is run",
	"go generate ./...":                          "CI runs it in this repository, and scripts of TestConsumers in others",
	"go install ./cmd/errspec":                   "TestMain builds the command",
	"tail -f client.log | errspec classify":      "it does not end; the scripts of cmd/errspec read standard input",
}

// sampleModule are the files of a module in which documented commands are run.
var sampleModule = map[string]string{
	"go.mod":           "module example.com/app\n\ngo 1.25\n",
	"main.go":          "package main\n\nfunc main() {}\n",
	"errors.yaml":      "errspec: 1\nname: apierr\ntitle: Errors\nresponse: {fields: {error.code: {role: code}, error.message: {role: message}}}\ncodes:\n  - code: busy\n    title: Busy\n    description: The shop is busy.\n    retry:\n      action: wait\n      advice: Retry later\n    fixes:\n      - Retry later.\n",
	"errspec.yaml":     "version: 1\ntables:\n  - table: errors.yaml\n    go: {dir: internal/apierr, package: apierr}\n    lint: {no-class: off}\n",
	"responses.ndjson": `{"error":{"code":"busy","message":"The shop is busy."}}` + "\n",
	"response.json":    `{"id":"task-1","status":"failed","error":{"code":"service_error","message":"Internal error"}}` + "\n",
	"client.log":       "apierr: busy: The shop is busy. (task t-1)\n",
	"docs/errors.mdx":  "# Errors\n\n| Code | Description |\n| --- | --- |\n| `busy` | The shop is busy. |\n",
	"docs/errors.md":   "# Errors\n\n| Code | Description |\n| --- | --- |\n| `busy` | The shop is busy. |\n",
	"codes.csv":        "code,Error ID,Error,What it means,What to do\nbusy,busy,busy,The shop is busy.,Wait.\n",
}

// Each documented command line must succeed.
func TestDocumentedCommands(t *testing.T) {
	found, err := filepath.Glob("testdata/consumers/*.txtar")
	check(t, err)
	scripts := ""
	for _, name := range found {
		data, err := os.ReadFile(name)
		check(t, err)
		scripts += "\n" + string(data)
	}
	commands, unused := 0, make(map[string]bool)
	for line := range notRun {
		unused[line] = true
	}
	for _, b := range blocks(t, "sh") {
		for line := range strings.Lines(b.text) {
			line = strings.TrimSpace(regexp.MustCompile(`\s#.*`).ReplaceAllString(line, ""))
			if line == "" {
				continue
			}
			commands++
			delete(unused, line)
			switch {
			case notRun[line] != "":
			case strings.Contains(scripts, "\nexec "+strings.ReplaceAll(line, "../errspec", "$CLONE")+"\n"):
			case regexp.MustCompile(`(^|\| )errspec |=\$\(which errspec\)`).MatchString(line):
				t.Run(line, func(t *testing.T) {
					t.Parallel()
					runInSandbox(t, line)
				})
			default:
				t.Errorf("%s: nothing runs %q", b.file, line)
			}
		}
	}
	if commands < 40 {
		t.Errorf("found only %d commands", commands)
	}
	for line := range unused {
		t.Errorf("no page has the command %q", line)
	}
}

// runInSandbox runs a command line in a module with a table, in a git repository whose
// branches and tags have the table.
func runInSandbox(t *testing.T, line string) {
	dir := t.TempDir()
	for name, text := range sampleModule {
		name = filepath.Join(dir, filepath.FromSlash(name))
		check(t, os.MkdirAll(filepath.Dir(name), 0o777))
		check(t, os.WriteFile(name, []byte(text), 0o666))
	}
	for _, args := range [][]string{{"fmt", "-w"}, {"generate"}} {
		errspecIn(t, dir, args...)
	}
	bin := t.TempDir() // with the command under its name
	check(t, os.Symlink(command, filepath.Join(bin, "errspec")))
	run := func(command string) {
		t.Helper()
		cmd := exec.Command("bash", "-euo", "pipefail", "-c", command)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GOWORK=off", "GOPROXY=off",
			"GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GITHUB_ACTIONS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
	}
	run("git init -q -b main && git add . && git -c user.name=n -c user.email=n@example.com commit -qm 'Add errors' && git tag v1.2.0 && git update-ref refs/remotes/origin/main HEAD")
	if regexp.MustCompile(`errspec init| -o errors\.yaml`).MatchString(line) { // which create files
		for _, name := range []string{"errors.yaml", "errspec.yaml"} {
			check(t, os.Remove(filepath.Join(dir, name)))
		}
	}
	if strings.Contains(line, "errspec explain ") { // of codes of the EvoLink table
		check(t, os.Remove(filepath.Join(dir, "errspec.yaml")))
	}
	for _, page := range []string{"errors.md", "errors.mdx"} {
		if strings.Contains(line, "--markdown docs/"+page) {
			check(t, os.Remove(filepath.Join(dir, "docs", page))) // by hand, so it would be refused
		}
	}
	run(line)
}

// fragments are the documented blocks of YAML that are part of a table or of errspec.yaml:
// what to write around them to have a whole file.
var fragments = map[string]struct{ name, before string }{
	"- code: service_error":             {"errors.yaml", "errspec: 1\nname: t\ntitle: T\nclasses: [{name: server, title: S}]\ncodes:\n"},
	"retry:":                            {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- code: a\n  title: A\n  description: A.\n"},
	"subtypes:":                         {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- code: a\n  title: A\n  description: A.\n"},
	"codes:\n  - code: too_many_reques": {"errors.yaml", "errspec: 1\nname: t\ntitle: T\n"},
	"# errspec:ignore no-fixes the ser": {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n"},
	"breaking:":                         {"errspec.yaml", "version: 1\ntables:\n- table: errors.yaml\n"},
	"markdown:":                         {"errspec.yaml", "version: 1\ntables:\n- table: errors.yaml\n"},
}

// notLoaded are the starts of blocks of YAML that errspec does not read.
var notLoaded = map[string]string{"jobs:\n": "a workflow of GitHub; TestDocumentedWorkflow"}

// Each documented table must be valid, and each errspec.yaml must generate its outputs.
func TestDocumentedTables(t *testing.T) {
	const table = "errspec: 1\nname: t\ntitle: T\ncodes:\n- {code: a, title: A, description: A.}\n"
	tables := 0
	for _, b := range blocks(t, "yaml") {
		if start, _, _ := strings.Cut(b.text, "\n"); notLoaded[start+"\n"] != "" {
			continue
		}
		dir := t.TempDir()
		name, text := "errors.yaml", b.text
		if strings.HasPrefix(text, "version: 1\n") {
			name = "errspec.yaml"
		}
		for start, f := range fragments {
			if strings.HasPrefix(text, start) {
				indent := "  "
				if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "codes:") {
					indent = ""
				}
				name, text = f.name, f.before+indent+strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n"+indent)+"\n"
			}
		}
		tables++
		check(t, os.WriteFile(filepath.Join(dir, "errors.yaml"), []byte(table), 0o666))
		check(t, os.WriteFile(filepath.Join(dir, "README.md"), []byte("<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"), 0o666))
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
		t.Run(b.file, func(t *testing.T) {
			if name == "errspec.yaml" {
				errspecIn(t, dir, "generate")
				return
			}
			errspecIn(t, dir, "lint", "errors.yaml")
			errspecIn(t, dir, "generate", "--table", "errors.yaml", "--go", "go")
		})
	}
	if tables < 12 {
		t.Errorf("found only %d tables", tables)
	}
}

// The tables in docs/examples must be valid and have no warnings, and generate their outputs.
func TestDocumentedExamples(t *testing.T) {
	dir := t.TempDir()
	check(t, os.CopyFS(dir, os.DirFS("../docs/examples")))
	check(t, os.WriteFile(filepath.Join(dir, "guide.md"), []byte("<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"), 0o666))
	errspecIn(t, dir, "fmt", "--check")
	errspecIn(t, dir, "lint", "--fail-on", "warning")
	errspecIn(t, dir, "generate")
	check(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/app\n\ngo 1.22\n"), 0o666))
	goIn(t, dir, "test", "./...")
}

// The commands of the workflow for GitHub must exist, with their flags.
func TestDocumentedWorkflow(t *testing.T) {
	found := 0
	for _, b := range blocks(t, "yaml") {
		for _, m := range regexp.MustCompile(`run: (errspec (\w+).*)`).FindAllStringSubmatch(b.text, -1) {
			found++
			wantFlags(t, m[1], documents(t)["docs/commands.md"], "errspec "+m[2])
		}
	}
	if found != 1 {
		t.Errorf("found %d commands", found)
	}
}

// goIn runs the go command in a directory.
func goIn(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// goImports are the imports that a block of Go may need, and what shows that it does.
var goImports = map[string]string{
	"context": "context.", "errors": "errors.", "io": "io.", "log": "log.", "net/http": "http.", "time": "time.",
}

// Each documented block of Go must compile with the package of the EvoLink table.
func TestDocumentedGo(t *testing.T) {
	generated, err := filepath.Abs("../generated")
	check(t, err)
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/app\n\ngo 1.25\n\nrequire github.com/errspec/errspec/generated v0.0.0\n\n"+
		fmt.Sprintf("replace github.com/errspec/errspec/generated => %q\n", generated)), 0o666))
	found := 0
	for _, b := range blocks(t, "go") {
		if b.file == "docs/rules.md" {
			continue
		}
		found++
		var file strings.Builder
		fmt.Fprintf(&file, "package block%d\n\n", found)
		body := b.text
		if !strings.HasPrefix(body, "func ") {
			body = "func _(ctx context.Context, waiter evolink.Waiter, policy evolink.Policy, attempt int, id string) {\n" + body + "\n_, _, _ = task, pause, again\n}\n"
		}
		for path, use := range goImports {
			if regexp.MustCompile(`\b` + regexp.QuoteMeta(use)).MatchString(body) {
				fmt.Fprintf(&file, "import %q\n", path)
			}
		}
		name := "evolink"
		if strings.Contains(body, "apierr.") {
			name = "apierr"
		}
		fmt.Fprintf(&file, "import %s %q\n\n%s", name, "github.com/errspec/errspec/generated/evolink", body)
		sub := filepath.Join(dir, fmt.Sprintf("block%d", found))
		check(t, os.Mkdir(sub, 0o777))
		check(t, os.WriteFile(filepath.Join(sub, "block.go"), []byte(file.String()), 0o666))
	}
	if found < 4 {
		t.Errorf("found only %d blocks", found)
	}
	goIn(t, dir, "vet", "./...")
	cmd := exec.Command(command, "vet", "./...") // no finding of our own, either
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("errspec vet: %v\n%s", err, out)
	}
}

// The finding in docs/cli.md must be one that lint prints.
func TestDocumentedFinding(t *testing.T) {
	for _, b := range blocks(t, "text") {
		if b.file != "docs/cli.md" {
			continue
		}
		dir := t.TempDir()
		table := "errspec: 1\nname: shop\ntitle: Shop\ncodes:\n  - code: a\n    title: A\n    description: A.\n  - code: b\n    title: B\n    description: B.\n" +
			"  - code: busy\n    tittle: Busy\n    description: The shop is busy.\n"
		check(t, os.WriteFile(filepath.Join(dir, "errors.yaml"), []byte(table), 0o666))
		cmd := exec.Command(command, "lint", "errors.yaml", "--format", "text")
		cmd.Dir = dir
		out, _ := cmd.Output() // there are findings, so it fails
		if !strings.Contains(string(out), b.text) {
			t.Errorf("lint prints\n%s\nand docs/cli.md shows\n%s", out, b.text)
		}
		return
	}
	t.Error("docs/cli.md shows no finding")
}

// The body of the response in docs/responses.md must be that of the example below it, which
// TestDocumentedTables decodes.
func TestDocumentedResponse(t *testing.T) {
	page := documents(t)["docs/responses.md"]
	for _, b := range blocks(t, "text") {
		if b.file == "docs/responses.md" {
			_, body, _ := strings.Cut(b.text, "\n\n")
			if !strings.Contains(page, "body: '"+strings.TrimSpace(body)+"'\n") {
				t.Errorf("no example has the body %s", body)
			}
			return
		}
	}
	t.Error("docs/responses.md shows no response")
}

// The markers in docs/pages.md must work in files with them.
func TestDocumentedMarkers(t *testing.T) {
	for language, name := range map[string]string{"markdown": "guide.md", "mdx": "guide.mdx"} {
		for _, b := range blocks(t, language) {
			dir := t.TempDir()
			check(t, os.WriteFile(filepath.Join(dir, name), []byte(b.text), 0o666))
			errspecIn(t, dir, "generate", "--table", "builtin:evolink", "--inject", name)
			data, err := os.ReadFile(filepath.Join(dir, name))
			check(t, err)
			if !strings.Contains(string(data), "quota_exceeded") {
				t.Errorf("%s: nothing is between the markers:\n%s", b.file, data)
			}
		}
	}
}

// The tests that CONTRIBUTING has contributors run must exist.
func TestContributingNamesTests(t *testing.T) {
	data, err := os.ReadFile("../CONTRIBUTING.md")
	check(t, err)
	tests := ""
	for _, dir := range []string{"*", "../gen", "../gen/internal/golang"} {
		files, err := filepath.Glob(filepath.Join(strings.TrimPrefix(dir, "*"), "*_test.go"))
		check(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			check(t, err)
			tests += string(text)
		}
	}
	found := 0
	for _, m := range regexp.MustCompile(`-(?:run|bench|fuzz)[ =]'?([A-Za-z]\w*)`).FindAllStringSubmatch(string(data), -1) {
		found++
		if !regexp.MustCompile(`func (Test|Benchmark|Fuzz)?\w*` + m[1]).MatchString(tests) {
			t.Errorf("there is no test %s", m[1])
		}
	}
	if found < 8 {
		t.Errorf("found only %d tests", found)
	}
}
