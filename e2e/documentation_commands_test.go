package e2e

import (
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
	"go run ./cmd/errspec explain service_error":                                    "the first lines of README are for a clone of this repository: TestMain builds the command, and the line errspec explain service_error is run",
	"go generate ./...":                                                             "CI runs it in this repository, and scripts of TestConsumers in others",
	"go install ./cmd/errspec":                                                      "TestMain builds the command",
	"curl -is https://api.example.com/v1/tasks/1 | errspec explain -":               "it needs the network; TestDocumentedResponses explains the output of curl -i",
	"curl -sf https://example.com/errors.md | errspec drift errors.yaml --source -": "it needs the network; TestScripts/drift of cmd/errspec reads standard input",
	"curl -s https://example.com/errors.md | errspec drift --source -":              "it needs the network; TestScripts/drift of cmd/errspec reads standard input",
	"curl -s https://api.example.com/openapi.json | errspec import openapi -":       "it needs the network; TestScripts/import_openapi of cmd/errspec reads standard input",
	"tail -f client.log | errspec classify":                                         "it does not end; the scripts of cmd/errspec read standard input",
}

// sampleModule are the files of a module in which documented commands are run.
var sampleModule = map[string]string{
	"go.mod":           "module example.com/app\n\ngo 1.25\n",
	"main.go":          "package main\n\nfunc main() {}\n",
	"errors.yaml":      "errspec: 1\nname: apierr\ntitle: Errors\nresponse: {send: own, fields: {error.code: {role: code}, error.message: {role: message}}}\ncodes:\n  - code: busy\n    title: Busy\n    description: The shop is busy.\n    http: 503\n    retry:\n      action: wait\n      advice: Retry later\n    fixes:\n      - Retry later.\n",
	"errspec.yaml":     "version: 1\ntables:\n  - table: errors.yaml\n    go: {dir: internal/apierr, package: apierr}\n    lint: {no-class: off}\n",
	"responses.ndjson": `{"error":{"code":"busy","message":"The shop is busy."}}` + "\n",
	"response.json":    `{"id":"task-1","status":"failed","error":{"code":"service_error","message":"Internal error"}}` + "\n",
	"recorded.har":     `{"log":{"version":"1.2","entries":[{"response":{"status":503,"headers":[],"content":{"text":"{\"error\":{\"code\":\"busy\"}}"}}}]}}` + "\n",
	"client.log":       "apierr: busy: The shop is busy. (task t-1)\nevolink: service_error: The model is overloaded. (task t-1)\n",
	"docs/errors.mdx":  "# Errors\n\n| Code | Description |\n| --- | --- |\n| `busy` | The shop is busy. |\n",
	"openapi.yaml":     "openapi: 3.1.0\ninfo: {title: Shop}\npaths: {/a: {get: {responses: {\"429\": {description: Busy, content: {application/json: {example: {error: {code: too_busy, message: Wait}}}}}}}}}\n",
	"docs/errors.md":   "# Errors\n\n| Code | Description |\n| --- | --- |\n| `busy` | The shop is busy. |\n",
	"codes.csv":        "code,Error ID,Error,Meaning,What to do\nbusy,busy,busy,The shop is busy.,Wait.\n",
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
