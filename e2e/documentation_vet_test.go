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

// vetTable is the table of the package that examples of vet rules use.
const vetTable = `errspec: 1
name: evolink
title: Errors
idempotency: {header: Idempotency-Key, for: 24h, replays: returns}
response:
  fields:
    id: {role: id}
    status: {role: status, completed: [completed], failed: [failed]}
    error.code: {role: code}
    error.message: {role: message}
codes:
  - {code: quota_exceeded, title: Quota, description: Quota exceeded., renamed_from: [too_fast]}
  - {code: service_error, title: Service, description: An error of the service.}
  - {code: unknown_error, title: Unknown, description: An unknown error.}
`

// vetNames declares the names that examples of vet rules use.
const vetNames = `
type request struct{ Header http.Header }

func newRequest(context.Context) *request { return &request{} }

func submit(args ...any) (*evolink.Task, error) {
	body := strings.NewReader(fmt.Sprint(args...))
	resp, err := http.Post("https://api.example.com/v1/images", "application/json", body)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return evolink.DecodeTask(resp.StatusCode, resp.Header, resp.Body)
}

func slowDown()    {}
func giveUp(error) {}
func report(error) {}

var _ = errors.Is
var _ = uuid.NewString
`

// vetStart starts the function that contains an example, by the rules that need another one
// than the last.
var vetStart = map[string]string{
	"empty-code":       "func example() error {\n",
	"blind-resubmit":   "func example(ctx context.Context, request *request, policy *evolink.Policy, order string) (task *evolink.Task, err error) {\n",
	"attempts-in-loop": "func example(ctx context.Context, request *request, policy *evolink.Policy, order string) (task *evolink.Task, err error) {\n",
	"unset-key":        "func example(ctx context.Context, request *request, policy *evolink.Policy, order string) (task *evolink.Task, err error) {\n",
	"fresh-key":        "func example(ctx context.Context, attempts *evolink.Attempts) (task *evolink.Task, err error) {\n",
	"":                 "func example(e *evolink.Error, err error, code evolink.Code, message string) {\n",
}

// In docs/rules.md, the first example of each rule for Go code must have the finding of the
// rule, and the second one must not. Both must compile.
func TestDocumentedVetExamples(t *testing.T) {
	dir := t.TempDir()
	check(t, os.MkdirAll(filepath.Join(dir, "uuid"), 0o777))
	for name, text := range map[string]string{
		"errors.yaml":  vetTable,
		"go.mod":       "module example.com/app\n\ngo 1.25\n\nrequire github.com/google/uuid v1.0.0\n\nreplace github.com/google/uuid => ./uuid\n",
		"uuid/go.mod":  "module github.com/google/uuid\n",
		"uuid/uuid.go": "package uuid\n\nfunc NewString() string { return \"\" }\n",
	} {
		check(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	errspecIn(t, dir, "generate", "--table", "errors.yaml", "--go", "evolink")
	rules := vetExamples(t)
	for rule, examples := range rules {
		for i, text := range examples {
			sub := filepath.Join(dir, rule, fmt.Sprint(i))
			check(t, os.MkdirAll(sub, 0o777))
			check(t, os.WriteFile(filepath.Join(sub, "example.go"), []byte(vetExample(rule, text)), 0o666))
		}
	}
	found := vetIn(t, dir, "./...") + vetIn(t, dir, "--missing-codes", "./missing-codes/...")
	for rule, examples := range rules {
		for i, text := range examples {
			finding := fmt.Sprintf(`(?m)^%s/%d/example\.go:.* \[%s\]$`, rule, i, rule)
			if regexp.MustCompile(finding).MatchString(found) != (i == 0) {
				t.Errorf("%s, example %d:\n%s", rule, i, text)
			}
		}
	}
	if t.Failed() {
		t.Log(found)
	}
}

// vetIn runs errspec vet in a directory, and returns its findings.
func vetIn(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command(command, append([]string{"vet"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	out, _ := cmd.CombinedOutput() // with findings, it fails
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("errspec vet %v: exit status %d\n%s", args, cmd.ProcessState.ExitCode(), out)
	}
	return string(out)
}

// vetExamples returns the blocks of Go in docs/rules.md by the rule of their section.
func vetExamples(t *testing.T) map[string][2]string {
	t.Helper()
	rules := make(map[string][2]string)
	ran := blocks(t)
	for _, section := range strings.Split(documents(t)["docs/rules.md"], "\n### ")[1:] {
		rule, _, _ := strings.Cut(section, "\n")
		var examples []string
		for _, m := range fenced.FindAllStringSubmatch(section, -1) {
			if m[1] == "go" {
				examples = append(examples, m[2])
			}
		}
		if len(examples) == 2 {
			rules[rule] = [2]string(examples)
		}
	}
	if len(ran) == 0 || 2*len(rules) != len(ran) {
		t.Fatalf("there are %d blocks and %d rules", len(ran), len(rules))
	}
	return rules
}

// vetExample returns the file of an example.
func vetExample(rule, text string) string {
	start := vetStart[rule]
	if start == "" {
		start = vetStart[""]
	}
	text += strings.Repeat("}\n", strings.Count(text, "{")-strings.Count(text, "}"))
	text = regexp.MustCompile(`(?m)^decision := .*$`).ReplaceAllString(text, "$0\n_ = decision")
	if strings.Contains(start, "(task ") {
		text += "return task, err\n"
	}
	return "package example\n\nimport (\n\t\"context\"\n\t\"errors\"\n\t\"fmt\"\n\t\"net/http\"\n\t\"strings\"\n\n\t\"example.com/app/evolink\"\n\t\"github.com/google/uuid\"\n)\n" +
		vetNames + "\n" + start + text + "}\n"
}
