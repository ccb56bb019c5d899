package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
)

// fragments are the documented blocks of YAML that are part of a table or of errspec.yaml:
// the text that completes a file, and whether the block is indented after it.
var fragments = map[string]struct {
	name, before string
	indented     bool
}{
	"- code: service_error":             {"errors.yaml", "errspec: 1\nname: t\ntitle: T\nclasses: [{name: server, title: S}]\ncodes:\n", false},
	"retry:":                            {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- code: a\n  title: A\n  description: A.\n", true},
	"subtypes:":                         {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- code: a\n  title: A\n  description: A.\n", true},
	"codes:\n  - code: too_many_reques": {"errors.yaml", "errspec: 1\nname: t\ntitle: T\n", false},
	"# errspec:ignore no-fixes the ser": {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n", false},
	"idempotency:":                      {"errors.yaml", "errspec: 1\nname: t\ntitle: T\ncodes:\n- {code: in_progress, title: A, description: A.}\n", false},
	"breaking:":                         {"errspec.yaml", "version: 1\ntables:\n- table: errors.yaml\n", true},
	"markdown:":                         {"errspec.yaml", "version: 1\ntables:\n- table: errors.yaml\n", true},
}

// Each documented table must be valid, and each errspec.yaml must generate its outputs.
func TestDocumentedTables(t *testing.T) {
	const table = "errspec: 1\nname: t\ntitle: T\ncodes:\n- {code: a, title: A, description: A.}\n"
	tables := 0
	for _, b := range blocks(t) {
		dir := t.TempDir()
		name, text := "errors.yaml", b.text
		if strings.HasPrefix(text, "version: 1\n") {
			name = "errspec.yaml"
		}
		for start, f := range fragments {
			if strings.HasPrefix(text, start) {
				indent := ""
				if f.indented {
					indent = "  "
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

// goImports are the imports that a block of Go may need, and the text that shows the need.
var goImports = map[string]string{
	"context": "context.", "errors": "errors.", "io": "io.", "log": "log.", "net/http": "http.", "net/http/httptest": "httptest.", "net/url": "url.", "time": "time.",
	"github.com/errspec/errspec/generated/examples/fakeapi": "fakeapi.",
}

// Each documented block of Go must compile with the package of the EvoLink table.
func TestDocumentedGo(t *testing.T) {
	generated, err := filepath.Abs("../generated")
	check(t, err)
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/app\n\ngo 1.25\n\nrequire github.com/errspec/errspec/generated v0.0.0\n\n"+
		fmt.Sprintf("replace github.com/errspec/errspec/generated => %q\n", generated)), 0o666))
	found := 0
	for _, b := range blocks(t) {
		found++
		var file strings.Builder
		fmt.Fprintf(&file, "package block%d\n\n", found)
		body := b.text
		if !strings.HasPrefix(body, "func ") {
			body = "func _(ctx context.Context, waiter evolink.Waiter, attempts *evolink.Attempts, id string) {\n" + body + "\n_, _ = task, again\n}\n"
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
	dir := t.TempDir()
	table := "errspec: 1\nname: shop\ntitle: Shop\ncodes:\n  - code: a\n    title: A\n    description: A.\n  - code: b\n    title: B\n    description: B.\n" +
		"  - code: busy\n    tittle: Busy\n    description: The shop is busy.\n"
	check(t, os.WriteFile(filepath.Join(dir, "errors.yaml"), []byte(table), 0o666))
	cmd := exec.Command(command, "lint", "errors.yaml", "--format", "text")
	cmd.Dir = dir
	out, _ := cmd.Output() // there are findings, so it fails
	for _, b := range blocks(t) {
		if !strings.Contains(string(out), b.text) {
			t.Errorf("lint prints\n%s\nand docs/cli.md shows\n%s", out, b.text)
		}
	}
}

// docs/responses.md must describe responses as the command reads them. Each of its tables
// follows responses, which are its examples and the contents of a file of the same name, and
// each command prints what the page shows.
func TestDocumentedResponses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	var responses []string
	tables, commands := 0, 0
	for _, b := range blocks(t) {
		switch text := b.text; b.language {
		case "text":
			responses = append(responses, text)
		case "yaml":
			tables++
			table, findings := spec.Parse("table.yaml", text, nil)
			if findings.HasErrors() {
				t.Fatal(findings)
			}
			for _, r := range responses {
				if !isExample(table, r) {
					t.Errorf("table %s has no example of\n%s", table.Name, r)
				}
			}
			write(table.Name+".yaml", text)
			errspecIn(t, dir, "lint", table.Name+".yaml")
			errspecIn(t, dir, "generate", "--table", table.Name+".yaml", "--go", table.Name)
			write(table.Name+".txt", responses[0])
			responses = nil
		case "json":
			write("video.ndjson", text)
		case "console":
			commands++
			line, want, _ := strings.Cut(text, "\n")
			cmd := exec.Command("bash", "-c", strings.Replace(line, "$ errspec", command, 1))
			cmd.Dir = dir
			got, err := cmd.CombinedOutput()
			if err != nil || string(got) != want {
				t.Errorf("%s: %v\n%s\nwant\n%s", line, err, got, want)
			}
		default:
			t.Errorf("%s: nothing runs this block of %q", b, b.language)
		}
	}
	if tables < 5 || commands < 6 {
		t.Errorf("found %d tables and %d commands", tables, commands)
	}
}

// The command in docs/cli.md must print the JSON that follows it, and the table of keys must list only keys of
// the schema.
func TestDocumentedExplanation(t *testing.T) {
	text := documents(t)["docs/cli.md"]
	_, rest, _ := strings.Cut(text, "```console\n$ errspec")
	block, rest, ok := strings.Cut(rest, "```\n")
	args, want, _ := strings.Cut(block, "\n")
	cmd := exec.Command("bash", "-c", command+args)
	cmd.Dir = t.TempDir()
	if got, err := cmd.Output(); !ok || err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	schema := string(errspec(t, "schema", "explanation"))
	keys, _, _ := strings.Cut(rest, "`x-errspec-acts` is derived")
	rows := regexp.MustCompile("(?m)^\\| (`.*?) +\\|").FindAllStringSubmatch(keys, -1)
	for _, row := range rows {
		for key := range strings.SplitSeq(row[1], ", ") {
			if !strings.Contains(schema, `"`+strings.Trim(key, "`")+`": {`) {
				t.Errorf("the schema has no key %s", key)
			}
		}
	}
	if len(rows) < 9 {
		t.Errorf("found only %d keys", len(rows))
	}
}

// isExample reports whether the response is an example of the table.
func isExample(table *spec.Table, text string) bool {
	head, body, _ := strings.Cut(text, "\n\n")
	return slices.ContainsFunc(table.Response.Examples, func(e spec.Example) bool {
		return e.Body == strings.TrimSpace(body) && strings.Contains(head, fmt.Sprintf(" %d", e.Status()))
	})
}

// The tests that CONTRIBUTING has contributors run must exist.
func TestContributingNamesTests(t *testing.T) {
	data, err := os.ReadFile("../CONTRIBUTING.md")
	check(t, err)
	tests := ""
	check(t, filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		tests += string(text)
		return err
	}))
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

// The documented report must be that of the documented page.
func TestDocumentedReport(t *testing.T) {
	content := make(map[string]string)
	for _, b := range blocks(t) {
		content[b.language] += b.text
	}
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "errors.md"), []byte(content["markdown"]), 0o666))
	cmd := exec.Command(command, "import", "markdown", "errors.md")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("exit status %d, want 1 (%v)", cmd.ProcessState.ExitCode(), err)
	}
	if content["text"] == "" || !strings.HasPrefix(stderr.String(), content["text"]) {
		t.Errorf("the report is\n%s\nwant\n%s", stderr.String(), content["text"])
	}
}
