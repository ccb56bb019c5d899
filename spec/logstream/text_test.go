package logstream

import (
	"fmt"
	"slices"
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

// The other errors of a text are listed. Text around them, and errors that may be joined
// with them, make them stricter.
func TestPasteOthers(t *testing.T) {
	busy := failed("t-1", "busy", "slow down")
	for name, c := range map[string]struct {
		text   string
		others []string
	}{
		"one error":       {busy, nil},
		"two responses":   {busy + failed("t-2", "busy", ""), []string{"busy t-2 true"}},
		"after a mention": {"[bad_input]\n" + busy, []string{"bad_input  false"}},
		"doubtful text":   {busy + failed("t-2", "busy", "") + "\ncontext deadline exceeded", []string{"busy t-2 false"}},
		"joined errors":   {"shop: bad_input: y (task t-1)\n" + busyText, []string{"busy t-1 false"}},
		"polling stopped": {busy + "\nshop: stopped polling task t-2: EOF\n", []string{"busy t-1 false"}},
		"curl twice":      {"HTTP/2 503\na: b\n\n" + busy + "\nHTTP/2 200\na: b\n\n" + busy, []string{"busy t-1 true"}},
		"curl and a line": {"shop: bad_input: y (task t-1)\nHTTP/2 200\na: b\n\n" + busy + "\nHTTP/2 200\na: b\n\n" + busy, []string{"busy t-1 false", "bad_input t-1 false"}},
	} {
		x := extractorOf(t)
		var got []string
		for _, f := range Paste(x, c.text).Others {
			d := x.Decide(f)
			got = append(got, fmt.Sprintf("%s %s %t", d.Code, d.Task, d.Retry.Automatic))
		}
		if !slices.Equal(got, c.others) {
			t.Errorf("%s: got %q, want %q", name, got, c.others)
		}
	}
	p := Paste(extractorOf(t), strings.Repeat(busy, 300))
	if p.Count != 300 || len(p.Others) != MaxOthers {
		t.Errorf("got %d errors and %d others", p.Count, len(p.Others))
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
