package upload

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"example.com/upload/client"
	"example.com/upload/uploaderr"
)

// start starts a service that allows two uploads in each minute, of which 40 seconds are
// left. Its directory contains the directory "broken", which cannot be read as a file.
func start(t *testing.T) (url string, log *bytes.Buffer) {
	t.Helper()
	dir, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { dir.Close() })
	if err := dir.Mkdir("broken", 0o777); err != nil {
		t.Fatal(err)
	}
	log = new(bytes.Buffer)
	times := []time.Time{time.Unix(100, 0)} // then 20 seconds later
	service := &Service{Dir: dir, PerMinute: 2, Log: slog.New(slog.NewTextHandler(log, nil)), Now: func() time.Time {
		now := times[len(times)-1]
		times = []time.Time{time.Unix(120, 0)}
		return now
	}}
	server := httptest.NewServer(service.Handler())
	t.Cleanup(server.Close)
	return server.URL, log
}

// The client reads each error as the service has sent it.
func TestErrors(t *testing.T) {
	url, log := start(t)
	c := client.Client{HTTP: http.DefaultClient, Base: url, Policy: uploaderr.Policy{Attempts: 1}}
	upload := func(name, content string) error { return c.Upload(t.Context(), name, content) }
	file := func(name string) error { _, err := c.File(t.Context(), name); return err }
	for _, name := range []string{"a.txt", "b.txt"} {
		if err := upload(name, "text"); err != nil {
			t.Fatal(err)
		}
	}
	if content, err := c.File(t.Context(), "a.txt"); err != nil || string(content) != "text" {
		t.Errorf("got %q, %v", content, err)
	}
	for _, test := range []struct {
		name        string
		err, is     error
		param       string
		value       string // as NAME=VALUE
		delay       time.Duration
		isAutomatic bool
	}{
		{name: "no name", err: upload("", "x"), is: uploaderr.CodeInvalidRequest, param: "name"},
		{name: "name", err: upload("../etc", "x"), is: uploaderr.SubtypeInvalidRequestNameNotAllowed, param: "name", value: "name=../etc"},
		{name: "size", err: upload("c", strings.Repeat("x", MaxFile+1)), is: uploaderr.SubtypeInvalidRequestFileTooLarge, param: "content", value: "limit_kb=64"},
		{name: "limit", err: upload("c", "x"), is: uploaderr.CodeTooManyUploads, delay: 40 * time.Second, isAutomatic: true},
		{name: "missing", err: file("c"), is: uploaderr.CodeNotFound, param: "name"},
		{name: "internal", err: file("broken"), is: uploaderr.CodeServiceError},
	} {
		var e *uploaderr.Error
		if !errors.As(test.err, &e) || !errors.Is(e, test.is) {
			t.Errorf("%s: %v, want %v", test.name, test.err, test.is)
			continue
		}
		if e.Param != test.param || e.RetryAfter != test.delay || e.RequestID == "" || e.Decision().Automatic != test.isAutomatic {
			t.Errorf("%s: %+v", test.name, e)
		}
		if name, value, ok := strings.Cut(test.value, "="); ok {
			if got, _ := e.Value(name); got != value {
				t.Errorf("%s: %s is %q, want %q", test.name, name, got, value)
			}
		}
		if !strings.Contains(log.String(), "error.request_id="+e.RequestID) {
			t.Errorf("%s: request %s is not in the log", test.name, e.RequestID)
		}
	}
	if !strings.Contains(log.String(), "error.code=storage_failed") || !strings.Contains(log.String(), "error.cause=") {
		t.Errorf("the log contains no internal code with its cause:\n%s", log)
	}
}

// An internal code and its cause are not sent. The request ID is that of the client.
func TestInternalError(t *testing.T) {
	url, _ := start(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/files/broken", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Request-Id", "r-17")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"error":{"code":"service_error","message":"the service failed"}}`; string(body) != want || resp.StatusCode != 500 {
		t.Errorf("HTTP %d, %s, want %s", resp.StatusCode, body, want)
	}
	if id := resp.Header.Get("X-Request-Id"); id != "r-17" {
		t.Errorf("request ID %q", id)
	}
}

// The client in TypeScript reads the same errors. It needs Node.js 22.18 or later, in PATH
// or in the variable NODE.
func TestTypeScript(t *testing.T) {
	node := os.Getenv("NODE")
	if node == "" {
		node = "node"
	}
	if exec.Command(node, "--input-type=module-typescript", "--eval", "let a: number").Run() != nil {
		t.Skip("there is no Node.js that runs TypeScript")
	}
	url, _ := start(t)
	cmd := exec.Command(node, "--no-warnings", "--test", "client/client.test.ts")
	cmd.Env = append(os.Environ(), "UPLOAD_URL="+url)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
