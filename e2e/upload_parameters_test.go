package e2e

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// A parameter of a constructor has the type of its value: programs with text for a number
// do not compile.
func TestConstructorTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	s := newUploadService(t)
	for argument, want := range map[string]string{
		`NewInvalidRequestFileTooLarge(64)`:         "",
		`NewInvalidRequestNameNotAllowed("a")`:      "",
		`NewInvalidRequestFileTooLarge("64")`:       `cannot use "64"`,
		`NewInvalidRequestFileTooLarge("64 or so")`: `cannot use "64 or so"`,
		`NewInvalidRequestNameNotAllowed(64)`:       "cannot use 64",
		`NewInvalidRequestFileTooLarge()`:           "not enough arguments",
		`NewInvalidRequestFileTooLarge(64, "x")`:    "too many arguments",
	} {
		dir := filepath.Join(s.dir, "types")
		check(t, os.MkdirAll(dir, 0o777))
		writeFile(t, filepath.Join(dir, "types.go"), "package types\n\nimport \"example.com/upload/uploaderr\"\n\nvar _ = uploaderr."+argument+"\n")
		cmd := exec.Command("go", "vet", "./types")
		cmd.Dir = s.dir
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOPROXY=off")
		out, err := cmd.CombinedOutput()
		if (err == nil) != (want == "") || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v, want %q\n%s", argument, err, want, out)
		}
	}
}

// hostileTexts are texts that a request may contain.
func hostileTexts() []string {
	long := strings.Repeat("x", 1<<20)
	return []string{
		long, strings.Repeat("\"", 1<<20), strings.Repeat("é", 1<<19), strings.Repeat("\xff", 1<<20), strings.Repeat("is not allowed ", 1<<16),
		"\xff\xfe", "a\xc3", "\xed\xa0\x80", "a\x00b", "\x1b[2J", "\u2028\u2029", "\ufeff", "\u202e", "a\r\nX-Request-Id: r2\r\n\r\nb", "\n", "\t \t.",
		`"`, `\`, `\"`, `"}}`, `","code":"not_found`, `\u0000`, `{name}`, `{limit_kb}`, `{}`, `<num>`, `<any:name>`, "</script>", "%00", "%s%n",
		"a is not allowed", "file size exceeds 64 KB", "a is not allowed file size exceeds 64 KB", "is not allowed", " is not allowed ", "file name b is not allowed",
		"too many uploads", "the file does not exist", "64", "64 KB", "Ünïcödé", "ﬁle", "\u212a", "😀", strings.Repeat("a ", 300), "x is", "not allowed",
	}
}

// Texts of requests do not change the code, the subtype or the other parts of a response, and
// clients in Go and TypeScript read the same.
func TestUploadParameters(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	s := newUploadService(t)
	check(t, os.RemoveAll(filepath.Join(s.dir, "cmd", "all"))) // of the next version
	service, _ := s.serve("upload", "-dir", t.TempDir())
	var names, params []sentRequest
	for i, text := range hostileTexts() {
		id := fmt.Sprint("r", i)
		names = append(names, sentRequest{"POST", "/files", "name=" + url.QueryEscape("#"+text), id})
		params = append(params, sentRequest{"POST", "/files", "name=a&" + url.QueryEscape(text) + "=", id})
	}
	for i, e := range s.read(service, append(names, params...)) {
		text := hostileTexts()[i%len(names)]
		want := readError{Status: 400, Wire: "invalid_request", Code: "invalid_request", Known: true, Values: map[string]string{}, Message: e.Message, RequestID: fmt.Sprint("r", i%len(names))}
		if i < len(names) {
			want.Subtype, want.Param, want.Values = "invalid_request/name_not_allowed", "name", e.Values
			if value := e.Values["name"]; e.Message != "file name "+value+" is not allowed" {
				t.Errorf("%.100q: values %.100q, message %.100q", text, e.Values, e.Message)
			}
			if isPlain(text) && e.Values["name"] != "#"+text {
				t.Errorf("name is %q, want %q", e.Values["name"], "#"+text)
			}
		} else {
			want.Param = e.Param
			if short := strings.ToValidUTF8(text, ""); len(text) < 1<<10 && strings.Trim(short, " \t\r\n\ufeff") == short && utf8.ValidString(text) && e.Param != text {
				t.Errorf("param is %q, want %q", e.Param, text)
			}
		}
		if got := fmt.Sprintf("%+v", e); got != fmt.Sprintf("%+v", want) || len(got) > 8<<10 {
			t.Errorf("%.100q: read %.2000s, want %.2000s", text, got, fmt.Sprintf("%+v", want))
		}
	}
}

// isPlain reports whether clients must read a text unchanged: it cannot be taken for another
// part of the message.
func isPlain(text string) bool {
	return len(text) < 1000 && utf8.ValidString(text) && !strings.Contains(text, "allowed") && strings.TrimSpace(text) == text
}
