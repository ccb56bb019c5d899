package response

import (
	"encoding/json"
	"fmt"
	goformat "go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCopied makes packages as the generator does, of copied files and static tables, in a module
// of the oldest Go that they are for, and compares their results with this package. None of them
// may have anything to initialize.
func TestCopied(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module copied\n\ngo 1.22\n")
	cases := copiedCases(t)
	for _, c := range cases {
		c.write(t, filepath.Join(dir, c.name))
	}
	goCommand(t, dir, "vet", "./...")
	goCommand(t, dir, "test", "./...")
	symbols := symbolsOf(t, dir, cases)
	for _, c := range cases {
		switch {
		case !strings.Contains(symbols, " copied/"+c.name+".responseFormat"):
			t.Errorf("%s: the program does not have the table", c.name)
		case strings.Contains(symbols, " copied/"+c.name+".init"):
			t.Errorf("%s: the package has something to initialize", c.name)
		}
	}
}

// symbolsOf returns the symbols of a program with the tables of the packages.
func symbolsOf(t *testing.T, dir string, cases []copiedCase) string {
	t.Helper()
	var imports, uses strings.Builder
	for _, c := range cases {
		write(t, filepath.Join(dir, c.name, "use.go"), "package copied\n\nfunc Table() *format { return &responseFormat }\n")
		fmt.Fprintf(&imports, "import %s \"copied/%s\"\n", c.name, c.name)
		fmt.Fprintf(&uses, "\tprintln(%s.Table())\n", c.name)
	}
	if err := os.Mkdir(filepath.Join(dir, "program"), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "program", "main.go"), "package main\n\n"+imports.String()+"\nfunc main() {\n"+uses.String()+"}\n")
	goCommand(t, dir, "build", "-o", "program.exe", "./program")
	return goCommand(t, dir, "tool", "nm", "program.exe")
}

type copiedCase struct {
	name      string
	reader    *Reader
	responses []galleryResponse
}

// copiedCases are some services of the gallery, a table of two fields, and one with every feature.
func copiedCases(t *testing.T) []copiedCase {
	plain := compileTable(t, Description{Fields: []Field{{Path: "code", Role: RoleCode}, {Path: "message", Role: RoleMessage}}, Codes: []Code{{Wire: "a"}}})
	if features := plain.Features(); len(features) > 0 {
		t.Errorf("a table of two fields has the features %q", features)
	}
	cases := []copiedCase{
		{"plain", plain, mutations(json.RawMessage(`{"code":"a","message":"m"}`))},
		{"everything", compileTable(t, everything()), mutations(json.RawMessage(everythingBody))},
	}
	seen := make(map[string]bool)
	for _, feature := range cases[1].reader.Features() {
		seen[feature] = true
	}
	for _, name := range Sources(cases[1].reader.Features()) {
		for _, mark := range regexp.MustCompile(`//errspec:if (\w+)`).FindAllStringSubmatch(string(Source(name)), -1) {
			if !seen[mark[1]] && mark[1] != "origin" {
				t.Errorf("%s: no table has the feature %s", name, mark[1])
			}
		}
	}
	for _, name := range []string{"evolink", "graphql", "minimax", "stripe"} {
		table := gallery + "/" + name + ".yaml"
		cases = append(cases, copiedCase{name, compileTable(t, readTable(t, table)), readResponses(t, table)})
	}
	return cases
}

// everything is a table that needs every feature of the copied files.
func everything() Description {
	return Description{
		Fields: []Field{
			{Path: "ok", Role: RoleSuccess},
			{Path: "errors[]", Role: RoleFailure},
			{Path: "errors[].code", Role: RoleCode, OK: []string{"0"}, CutBefore: ":", CutAfter: "#"},
			{Path: "errors[].message", Role: RoleMessage},
			{Path: "errors[].path", Role: RoleParam},
			{Path: "errors[].details[].kind", Role: RoleSubtype},
			{Path: "id", Role: RoleID, When: []Condition{{Name: "x-kind", Values: []string{"task"}}}},
			{Path: "status", Role: RoleStatus, Completed: []string{"done"}, Failed: []string{"failed"}},
			{Path: "model", Role: RoleModel},
			{Path: "hint", Role: RoleRetryAfter, Match: "in <num> s"},
			{Path: "request", Role: RoleRequestID},
		},
		Headers: []Field{
			{Path: "x-kind"},
			{Path: "x-retry", Role: RoleRetryable},
			{Path: "x-reset", Role: RoleRetryAfter, Unit: "epoch"},
			{Path: "x-ms", Role: RoleRetryAfter, Unit: "ms"},
		},
		HTTP: []HTTPCode{{429, "limit"}},
		Codes: []Code{
			{Wire: "limit", Automatic: true, Aliases: []string{"8"}, Subtypes: []Subtype{
				{Name: "slow", Automatic: true},
				{Name: "spent", When: []Condition{{Name: "http", Values: []string{"402"}}}},
				{Name: "other", Fallback: true, Automatic: true},
			}},
			{Wire: "gone", When: []Condition{{Name: "status", Values: []string{"failed"}}}},
			{Wire: "bad", Prefixes: []string{"bad_"}, Match: []string{"is bad"}},
		},
	}
}

const everythingBody = `{"ok":false,"id":"t1","status":"failed","model":"m1","request":"r1","hint":"in 3 s",
	"errors":[{"message":"first","path":["a",1]},{"code":"x#limit:y","message":"this is bad","path":"b","details":[{"kind":"slow"},{"kind":"new"}]}]}`

// mutations are responses with a body and with parts of it, under several statuses and headers.
func mutations(body json.RawMessage) []galleryResponse {
	var bodies []any
	bodies = append(bodies, body, "", "{}", "no JSON", string(body[:len(body)/2]), json.RawMessage("["+string(body)+"]"))
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		panic(err)
	}
	for name := range fields {
		for _, value := range []string{"null", `""`, "{}", "[]", `"8"`, "8", "true", `{"x":1}`, `["x",2]`, `[{"code":"bad_y"},{"code":"8"}]`} {
			changed := make(map[string]json.RawMessage)
			for n, v := range fields {
				changed[n] = v
			}
			changed[name] = json.RawMessage(value)
			bodies = append(bodies, changed)
		}
	}
	var out []galleryResponse
	for i, b := range bodies {
		raw, err := json.Marshal(b)
		if err != nil {
			panic(err)
		}
		for _, status := range []int{200, 204, 402, 429, 500} {
			r := galleryResponse{Name: fmt.Sprint(i, " ", status), HTTP: status, Body: raw, Headers: map[string]string{"X-Kind": "task"}}
			switch status {
			case 429:
				r.Headers = map[string]string{"retry-after": "2", "x-ms": "2500", "x-reset": "1800000000", "Date": "Fri, 15 Jan 2027 08:00:10 GMT"}
			case 500:
				r.Headers = map[string]string{"X-RETRY": "false"}
			}
			out = append(out, r)
		}
	}
	return out
}

// write writes the package to dir, with a test of its readings.
func (c copiedCase) write(t *testing.T, dir string) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range Sources(c.reader.Features()) {
		write(t, filepath.Join(dir, name), repackage(t, name, c.reader.Features()))
	}
	type vector struct {
		Task   bool
		Status int
		Header map[string][]string
		Body   []byte
		Want   string
	}
	var vectors []vector
	messages := make(map[string]bool)
	for _, r := range c.responses {
		for _, call := range []Call{TaskCall, PlainCall} {
			got, m := c.reader.raw(call, r.HTTP, r.header(), r.body())
			messages[m] = true
			vectors = append(vectors, vector{call == TaskCall, r.HTTP, r.header(), r.body(), got})
		}
	}
	out, err := json.Marshal(vectors)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "vectors.json"), string(out))
	source, err := goformat.Source([]byte(c.tableSource(messages)))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "table.go"), string(source))
	test := copiedTest
	if !slices.Contains(c.reader.Features(), "task") {
		test = strings.NewReplacer(", isTask: v.Task && responseFormat.tasks", "", "s.text(s.first(roleID, -1))", `""`).Replace(test)
	}
	write(t, filepath.Join(dir, "copied_test.go"), test)
}

// raw returns the decision of the copied code, and the message.
func (r *Reader) raw(call Call, status int, header map[string][]string, body []byte) (string, string) {
	s := facts{format: &r.format, status: status, header: header, isTask: call == TaskCall && r.format.tasks}
	s.scan(body)
	got := s.decide(&r.table)
	id := s.text(s.first(roleID, -1))
	request := s.text(s.first(roleRequestID, -1))
	return fmt.Sprint(got.outcome == outcomeOK, got.outcome == outcomeUnreadable, got.outcome == outcomeError, got.outcome > outcomeError,
		got.code, got.wire, got.prefix, got.standIn, got.subtype, got.strictest, got.manual, got.message, got.retryAfter, id, request), got.message
}

const copiedTest = `package copied

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct {
		Task   bool
		Status int
		Header map[string][]string
		Body   []byte
		Want   string
	}
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		s := facts{format: &responseFormat, status: v.Status, header: v.Header, isTask: v.Task && responseFormat.tasks}
		s.scan(v.Body)
		got := s.decide(codeTable{})
		id := s.text(s.first(roleID, -1))
		request := s.text(s.first(roleRequestID, -1))
		text := fmt.Sprint(got.outcome == outcomeOK, got.outcome == outcomeUnreadable, got.outcome == outcomeError, got.outcome > outcomeError,
			got.code, got.wire, got.prefix, got.standIn, got.subtype, got.strictest, got.manual, got.message, got.retryAfter, id, request)
		if text != v.Want {
			t.Errorf("%d %v %s: %s, want %s", v.Status, v.Header, v.Body, text, v.Want)
		}
	}
}
`

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// goCommand returns the standard output of a go command.
func goCommand(t *testing.T, dir string, arg ...string) string {
	t.Helper()
	cmd := exec.Command("go", arg...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath", "GOTOOLCHAIN=local")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s%s", strings.Join(arg, " "), err, out, stderr.String())
	}
	return string(out)
}

// repackage returns a copied file with the features, as the generator leaves it: formatted.
func repackage(t *testing.T, name string, features []string) string {
	t.Helper()
	lines := strings.Split(string(Source(name)), "\n")
	lines = lines[slices.Index(lines, "package response"):]
	lines[0] = "package copied"
	var kept []string
	skip, wasMark := false, false
	for _, line := range lines {
		code, feature, marked := strings.Cut(line, "//errspec:if ")
		has := slices.Contains(features, feature)
		end := strings.TrimSpace(line) == "//errspec:end"
		alone := end || marked && strings.TrimSpace(code) == ""
		switch {
		case end:
			skip = false
		case alone:
			skip = !has
		case skip, marked && !has:
		case marked:
			kept = append(kept, strings.TrimRight(code, " \t"))
		case wasMark && line == "" && kept[len(kept)-1] == "":
		default:
			kept = append(kept, line)
		}
		wasMark = alone
	}
	text := strings.Join(kept, "\n")
	formatted, err := goformat.Source([]byte(text))
	if err != nil {
		t.Fatalf("%s with %q: %v", name, features, err)
	}
	if string(formatted) != text {
		t.Errorf("%s is not formatted with %q:\n%s", name, features, text)
	}
	return text
}
