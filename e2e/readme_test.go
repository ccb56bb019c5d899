package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A block is a fenced block of README.md or of a page in docs.
type block struct{ file, language, text string }

var fenced = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

// documentation returns the fenced blocks of README.md and docs. The reference of commands
// is left out: its examples are those of the help, which the scripts of cmd/errspec run.
func documentation(t *testing.T) []block {
	t.Helper()
	files, err := filepath.Glob("../docs/*.md")
	check(t, err)
	var all []block
	for _, file := range append(files, "../README.md") {
		if name := filepath.Base(file); name == "commands.md" || name == "rules.md" {
			continue
		}
		data, err := os.ReadFile(file)
		check(t, err)
		for _, m := range fenced.FindAllStringSubmatch(string(data), -1) {
			all = append(all, block{filepath.Base(file), m[1], m[2]})
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d blocks", len(all))
	}
	return all
}

// notRun are the documented command lines that no script runs, and why.
var notRun = map[string]string{
	"go run ./cmd/errspec explain service_error": "run by TestDocumentedCommands",
	"go generate ./...":                          "CI runs it in this repository",
	"go install ./cmd/errspec":                   "TestMain builds the command",
	"errspec init":                               "run by TestDocumentedCommands",
	"errspec generate":                           "run by TestDocumentedCommands",
}

// Every documented command line is run by one of the scripts of TestConsumers, or by this
// test.
func TestDocumentedCommands(t *testing.T) {
	found, err := filepath.Glob("testdata/consumers/*.txtar")
	check(t, err)
	scripts := ""
	for _, name := range found {
		data, err := os.ReadFile(name)
		check(t, err)
		scripts += "\n" + string(data)
	}
	commands := 0
	for _, b := range documentation(t) {
		if b.language != "sh" {
			continue
		}
		for line := range strings.Lines(b.text) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), " #")
			line = strings.TrimSpace(line)
			if line == "" {
				continue
			}
			commands++
			if notRun[line] == "" && !strings.Contains(scripts, "\nexec "+strings.ReplaceAll(line, "../errspec", "$CLONE")+"\n") {
				t.Errorf("%s: no script runs %q", b.file, line)
			}
		}
	}
	if commands < 15 {
		t.Errorf("found %d commands only", commands)
	}
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/app\n\ngo 1.25\n"), 0o666))
	errspecIn(t, dir, "init")
	errspecIn(t, dir, "generate")
	errspecIn(t, dir, "check")
	if out := string(errspec(t, "explain", "service_error")); !strings.Contains(out, "Internal service error") {
		t.Errorf("explain prints %s", out)
	}
}

// fragments are the documented blocks of YAML that are part of a table or of errspec.yaml:
// what to write around them to have a whole file.
var fragments = map[string]struct{ name, before string }{
	"- code: service_error":             {"errors.yaml", "errspec: 1\nname: t\ntitle: T\nclasses: [{name: server, title: S}]\ncodes:\n"},
	"retry:":                            {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- code: a\n  title: A\n  description: A.\n"},
	"subtypes:":                         {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- code: a\n  title: A\n  description: A.\n"},
	"# errspec:ignore no-fixes the ser": {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n"},
	"breaking:":                         {"errspec.yaml", "version: 1\ntables:\n- table: errors.yaml\n"},
	"markdown:":                         {"errspec.yaml", "version: 1\ntables:\n- table: errors.yaml\n"},
}

// Every documented table is valid, and every errspec.yaml can be read.
func TestDocumentedTables(t *testing.T) {
	const table = "errspec: 1\nname: t\ntitle: T\ncodes:\n- {code: a, title: A, description: A.}\n"
	tables := 0
	for _, b := range documentation(t) {
		if b.language != "yaml" || strings.HasPrefix(b.text, "jobs:") { // a workflow of GitHub
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
				if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "#") {
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
	if tables < 10 {
		t.Errorf("found %d tables only", tables)
	}
}

// Every link of README.md and docs to a file of the repository leads to one.
func TestDocumentationLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)(#[^)]*)?\)`)
	files, err := filepath.Glob("../docs/*.md")
	check(t, err)
	links := 0
	for _, file := range append(files, "../README.md", "../CONTRIBUTING.md") {
		data, err := os.ReadFile(file)
		check(t, err)
		text := fenced.ReplaceAllString(string(data), "")
		for _, m := range link.FindAllStringSubmatch(regexp.MustCompile("`[^`\n]*`").ReplaceAllString(text, "x"), -1) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), filepath.FromSlash(m[1]))); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	if links < 30 {
		t.Errorf("found %d links only", links)
	}
}
