package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sampleModule are the files of a module in which documented commands are run.
var sampleModule = map[string]string{
	"go.mod":           "module example.com/app\n\ngo 1.25\n",
	"main.go":          "package main\n\nfunc main() {}\n",
	"errors.yaml":      "errspec: 1\nname: apierr\ntitle: Errors\nresponse: {fields: {error.code: {role: code}, error.message: {role: message}}}\ncodes:\n  - code: busy\n    title: Busy\n    description: The shop is busy.\n    retry:\n      action: wait\n      advice: Retry later\n    fixes:\n      - Retry later.\n",
	"errspec.yaml":     "version: 1\ntables:\n  - table: errors.yaml\n    go: {dir: internal/apierr, package: apierr}\n    lint: {no-class: off}\n",
	"responses.ndjson": `{"error":{"code":"busy","message":"The shop is busy."}}` + "\n",
	"response.json":    `{"id":"task-1","status":"failed","error":{"code":"service_error","message":"Internal error"}}` + "\n",
	"response.txt":     "HTTP/2 200\ncontent-type: application/json\n\n" + `{"id":"task-1","status":"failed","error":{"code":"service_error","message":"Internal error"}}` + "\n",
	"recorded.har":     `{"log":{"version":"1.2","entries":[{"response":{"status":503,"headers":[],"content":{"text":"{\"error\":{\"code\":\"busy\"}}"}}}]}}` + "\n",
	"client.log":       "apierr: busy: The shop is busy. (task t-1)\nevolink: service_error: The model is overloaded. (task t-1)\n",
	"docs/errors.mdx":  "# Errors\n\n| Code | Description |\n| --- | --- |\n| `busy` | The shop is busy. |\n",
	"openapi.yaml":     "openapi: 3.1.0\ninfo: {title: Shop}\npaths: {/a: {get: {responses: {\"429\": {description: Busy, content: {application/json: {example: {error: {code: too_busy, message: Wait}}}}}}}}}\n",
	"docs/errors.md":   "# Errors\n\n| Code | Description |\n| --- | --- |\n| `busy` | The shop is busy. |\n",
	"codes.csv":        "code,Error ID,Error,Meaning,What to do\nbusy,busy,busy,The shop is busy.,Wait.\n",
}

// inClone are the documented command lines that are run in this repository.
var inClone = regexp.MustCompile(`^go (run|install) \./cmd/errspec`)

// Each documented command line must succeed.
func TestDocumentedCommands(t *testing.T) {
	scripts := ""
	found, err := filepath.Glob("testdata/consumers/*.txtar")
	check(t, err)
	for _, name := range found {
		data, err := os.ReadFile(name)
		check(t, err)
		scripts += "\n" + string(data)
	}
	commands := 0
	for _, b := range blocks(t) {
		for _, line := range commandLines(b) {
			commands++
			switch {
			case notRun[line] != "":
			case strings.Contains(scripts, "\nexec "+strings.ReplaceAll(line, "../errspec", "$CLONE")+"\n"): // TestConsumers
			case inClone.MatchString(line):
				cmd := exec.Command("bash", "-c", line)
				cmd.Dir = ".."
				cmd.Env = append(os.Environ(), "GOBIN="+t.TempDir())
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", line, err, out)
				}
			case regexp.MustCompile(`(^|\| )errspec |=\$\(which errspec\)`).MatchString(line):
				t.Run(line, func(t *testing.T) {
					t.Parallel()
					workplaceFor(t, line).mustRun(line)
				})
			default:
				t.Errorf("%s: nothing runs %q", b.file, line)
			}
		}
	}
	if commands < 40 {
		t.Errorf("found only %d commands", commands)
	}
}

// commandLines returns the command lines of a block, without comments.
func commandLines(b block) []string {
	var all []string
	for line := range strings.Lines(b.text) {
		if line = strings.TrimSpace(regexp.MustCompile(`\s#.*`).ReplaceAllString(line, "")); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// workplaceFor returns a module with a table, in a git repository whose branches and tags have
// the table, as a command line requires it.
func workplaceFor(t *testing.T, line string) *workplace {
	t.Helper()
	s := newWorkplace(t)
	for name, text := range sampleModule {
		s.write(name, text)
	}
	s.mustRun("errspec fmt -w && errspec generate && git add . && git commit -qm 'Add errors' && git tag v1.2.0 && git update-ref refs/remotes/origin/main HEAD")
	if regexp.MustCompile(`errspec init| -o errors\.yaml`).MatchString(line) { // which create files
		s.remove("errors.yaml", "errspec.yaml")
	}
	if strings.Contains(line, "errspec explain ") { // of codes of the EvoLink table
		s.remove("errspec.yaml")
	}
	for _, page := range []string{"docs/errors.md", "docs/errors.mdx"} {
		if strings.Contains(line, "--markdown "+page) { // by hand, so it would be refused
			s.remove(page)
		}
	}
	return s
}
