package logstream

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/extract"
)

// The most reliable match of a pasted text is returned.
func TestBest(t *testing.T) {
	busy := failed("t-1", "busy", "slow down")
	for name, c := range map[string]struct {
		text                string
		source              extract.Source
		code, message, task string
		count               int
	}{
		"nothing":               {"all is well\n", extract.None, "", "", "", 0},
		"no text":               {"", extract.None, "", "", "", 0},
		"a response":            {busy, extract.Response, "busy", "slow down", "t-1", 1},
		"an indented response":  {"got:\n" + indented(busy, "  "), extract.Response, "busy", "slow down", "t-1", 1},
		"two responses":         {busy + failed("t-2", "bad_input", ""), extract.Response, "busy", "slow down", "t-1", 2},
		"a response after text": {"[bad_input]\nupload: file exceeds 10MB\n" + busy, extract.Response, "busy", "slow down", "t-1", 3},
		"JSON that is cut off":  {indented(busy, "")[:len(indented(busy, ""))-10], extract.Mention, "busy", "", "", 1},
		"a phrase over lines":   {"the file\nexceeds\n10MB", extract.Phrase, "bad_input", "the file exceeds 10MB", "", 1},
		"completed":             {`{"id":"t-1","status":"completed"}`, extract.None, "", "", "", 0},
	} {
		f, count := Best(extractorOf(t), c.text)
		if f.Source != c.source || f.Code != c.code || count != c.count || f.Task != c.task || c.message != "" && f.Message != c.message {
			t.Errorf("%s: Best(%q) = %+v, %d", name, c.text, f, count)
		}
	}
	long := strings.Repeat("x ", 1<<20) + "\n" + busy
	if f, _ := Best(extractorOf(t), long); f.Code != "busy" {
		t.Errorf("after a long line: %+v", f)
	}
}

// Lines that leave the outcome unknown, or contain another code, affect the error next
// to them.
func TestBestIsNotAutomatic(t *testing.T) {
	busy := failed("t-1", "busy", "slow down")
	for text, want := range map[string]bool{
		busyText:                                      true,
		busyText + "\nall is well":                    true,
		busyText + "\ncontext deadline exceeded":      false,
		"unexpected EOF\n" + busyText:                 false,
		busyText + "\nshop: bad_input: y (task t-2)":  false,
		"HTTP/1.1 200 OK\n\n" + busy:                  true,
		"HTTP/1.1 503 Service Unavailable\n\n" + busy: false,
		"< HTTP/2 408\n" + busy:                       false,
		"curl: (52) Empty reply from server\n" + busy: false,
		failed("t-1", "busy", "HTTP 503: EOF"):        true, // a message of the service
	} {
		x := extractorOf(t)
		f, _ := Best(x, text)
		if d := x.Decide(f); d.Retry.Automatic != want {
			t.Errorf("Best(%q): automatic is %v", text, d.Retry.Automatic)
		}
	}
}
