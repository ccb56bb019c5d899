package typescript

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

// node returns the path of a Node that runs TypeScript.
func node(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed")
	}
	out, err := exec.Command(path, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`^v(\d+)\.(\d+)\.`).FindSubmatch(out)
	if found == nil {
		t.Fatalf("unexpected version %q", out)
	}
	major, _ := strconv.Atoi(string(found[1]))
	minor, _ := strconv.Atoi(string(found[2]))
	if major < 22 || major == 22 && minor < 18 {
		t.Skipf("node 22.18 or later is required to run TypeScript, found %s", bytes.TrimSpace(out))
	}
	return path
}

// replay runs the cases of all subjects with Node.
func replay(t *testing.T, program string, all []*subject) {
	t.Helper()
	dir := t.TempDir()
	args := []string{"--no-warnings", "testdata/replay.ts"}
	for i, s := range all {
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, fmt.Sprintf("%d.json", i))
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

// The run time returns the same results as the Go packages for the vectors of all tables.
func TestVectors(t *testing.T) {
	program := node(t)
	all := subjects(t)
	for _, s := range all {
		for _, c := range classify.Cases(s.loaded) {
			s.message(c.Wire, c.Message)
			for _, hostile := range hostileMessages(c.Message) {
				s.message(c.Wire, hostile)
			}
		}
		for _, e := range append(s.bodies, s.gallery(t)...) {
			for _, call := range []response.Call{response.TaskCall, response.PlainCall} {
				s.response(call, e.HTTP, headersOf(&e), e.Body)
			}
		}
	}
	for _, text := range delays {
		all[0].response(response.PlainCall, 429, map[string][]string{"Retry-After": {text}}, "")
	}
	replay(t, program, all)
}

// gallery returns the responses that are collected for a table of the gallery.
func (s *subject) gallery(t *testing.T) []spec.Example {
	t.Helper()
	data, err := os.ReadFile(strings.TrimSuffix(s.Name, ".yaml") + ".json")
	if err != nil {
		return nil
	}
	var responses []struct {
		HTTP    int
		Headers map[string]string
		Body    json.RawMessage
	}
	if err := json.Unmarshal(data, &responses); err != nil {
		t.Fatal(err)
	}
	var all []spec.Example
	for _, r := range responses {
		body := string(r.Body)
		var text string
		if json.Unmarshal(r.Body, &text) == nil {
			body = text
		}
		e := spec.Example{HTTP: r.HTTP, Body: body}
		for name, value := range r.Headers {
			e.Headers = append(e.Headers, spec.HeaderValue{Name: name, Value: value})
		}
		all = append(all, e)
	}
	return all
}

func headersOf(e *spec.Example) map[string][]string {
	all := make(map[string][]string)
	for _, h := range e.Headers {
		name := http.CanonicalHeaderKey(h.Name)
		all[name] = append(all[name], h.Value)
	}
	return all
}

// strange are characters that languages treat differently: white space, letters that
// lower case or ignoring it confuses with those of ASCII, digits and halves of pairs.
var strange = []string{"\u0085", "\ufeff", "\u001c", "\u212a", "\u017f", "\u0663", "\u00a0", "\u2028", "\u0130", "é", "😀", "\v", "\x00", "\n", "  ", ".", "_", "7"}

// hostileMessages returns variants of a message.
func hostileMessages(message string) []string {
	all := []string{strings.ToUpper(message), "é" + message, "_" + message, message + "\u0085", strings.Repeat("x ", match.MaxMessage/2) + message}
	for _, c := range strange {
		all = append(all, strings.ReplaceAll(message, " ", c), strings.ReplaceAll(message, "k", c))
	}
	return all[:min(len(all), 5+len(strange))]
}

// delays are values of the header Retry-After.
var delays = []string{
	"", "0", "3", "3 ", "\t7\t", "1.5", "1.", ".5", "1e3", "1e400", "-1", "+1", "²", "٣", "3\n", "1.5s", "1h2m3.5s", "5ms", "1us", "1µs", "1μs", "3x", "0s",
	"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
	"Sun, 06 Nov 1994 08:49:37 UTC", "1994-11-06", "Mon, 06 Nov 9999 08:49:37 GMT", "99999999999999999999", "Infinity", "NaN", "0x10",
}
