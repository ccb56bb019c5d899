package extract_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/extract"
)

// renderings are the forms of an error in a line of text.
var renderings = []struct {
	name   string
	render func(appError) string
}{
	{"text", appError.Error},
	{"wrapped", func(e appError) string { return fmt.Errorf("generating: %w", e).Error() }},
	{"in a log line", func(e appError) string { return "2026-03-01T10:00:00Z ERROR [worker-3] generating: " + e.Error() }},
	{"text handler", func(e appError) string { return logged(e, false, "err") }},
	{"text handler, as text", func(e appError) string { return logged(fmt.Errorf("generating: %w", e), false, "err") }},
	{"text handler, in groups", func(e appError) string { return logged(e, false, "request", "cause") }},
	{"JSON handler", func(e appError) string { return logged(e, true, "err") }},
	{"JSON handler, as text", func(e appError) string { return logged(fmt.Errorf("generating: %w", e), true, "err") }},
	{"JSON handler, in groups", func(e appError) string { return logged(e, true, "request", "cause") }},
}

// logged returns the line that slog writes for an error.
func logged(err error, json bool, keys ...string) string {
	var buf bytes.Buffer
	var handler slog.Handler = slog.NewTextHandler(&buf, nil)
	if json {
		handler = slog.NewJSONHandler(&buf, nil)
	}
	logger := slog.New(handler)
	for _, group := range keys[:len(keys)-1] {
		logger = logger.WithGroup(group)
	}
	logger.Error("generation failed", "attempt", 2, keys[len(keys)-1], err)
	return strings.TrimSuffix(buf.String(), "\n")
}

// read reads a line like a stream.
func read(x *extract.Extractor, line string) extract.Match {
	if strings.HasPrefix(line, "{") {
		if f, _, err := x.Object(line); err == nil {
			return f
		}
	}
	return x.Line(line)
}

// checkRoundTrip compares an error with the match of its text: the code and the task ID
// must be the same, and the decision must not be looser.
func checkRoundTrip(t *testing.T, x *extract.Extractor, table *spec.Table, e appError) {
	t.Helper()
	classifier, err := classify.New(table)
	if err != nil {
		t.Fatal(err)
	}
	own := classifier.Classify(e.code, e.message)
	code := e.code
	if own.Code != nil {
		code = own.Code.Wire
		e.code = code // the package replaces aliases with the listed code
	}
	for _, r := range renderings {
		if strings.HasPrefix(r.name, "JSON") && !utf8.ValidString(code) {
			continue // JSON cannot contain it
		}
		line := r.render(e)
		f := read(x, line)
		got := x.Decide(f)
		if !f.Failure() || got.Code != code || (got.Entry != nil) != (own.Code != nil) {
			t.Errorf("%s: %q: code %q (found: %v), want %q", r.name, line, got.Code, f.Source, code)
			continue
		}
		if loose := spec.Looser(own.Retry, got.Retry); len(loose) > 0 {
			t.Errorf("%s: %q: looser than the error: %v\nerror %#v\ngot %+v", r.name, line, loose, e, got.Retry)
		}
		if got.Task != oneLine(e.task) && taskIsClear(e) {
			t.Errorf("%s: %q: task %q, want %q", r.name, line, got.Task, oneLine(e.task))
		}
	}
}

// taskIsClear reports whether the text of the error identifies the task. A bracket in
// the ID, or a message that contains another task ID, makes it ambiguous.
func taskIsClear(e appError) bool {
	id := oneLine(e.task)
	return !strings.ContainsAny(id, "()") && !strings.Contains(oneLine(e.message), " (task ")
}

var roundTrips = []appError{
	{code: "busy"},
	{code: "busy", message: "slow down", task: "t-1"},
	{code: "rate_limited", message: "slow down", task: "t-1"},
	{code: "too_fast"},
	{code: "busy", message: "Your QUOTA  is\nused up", task: "t-1"},
	{code: "busy", message: strings.Repeat("x", 400) + " quota is used up", task: "t-1"},
	{code: "busy", message: strings.Repeat("é", 200) + " quota is used up"},
	{code: "busy", message: "come back later please\x01do"},
	{code: "busy", message: "come back later please\u00a0do"},
	{code: "busy", message: "stop it now, quota is used up", task: "t"},
	{code: "busy", message: "slow down (task quota is used up)"},
	{code: "busy", message: "slow down (task t-9)", task: "t-1"},
	{code: "busy", message: `said "no", \really\`, task: `t"1`},
	{code: "busy", message: "shop: broken: as it were", task: "t-1"},
	{code: "broken", message: "shop: bad_input: as it were", task: "t-1"},
	{code: "broken", message: "code=bad_input [bad_input] quota is used up"},
	{code: "gap", message: "field  is wrong"},
	{code: "gap", message: "field x is wrong"},
	{code: "slow", message: "all is fine"},
	{code: "slow", message: "all\x01is fine"},
	{code: "slow", message: "\x01"},
	{code: "slow", message: "all is bad"},
	{code: "bad_input", message: "file exceeds 10MB", task: "t-1"},
	{code: "odd code", message: "m", task: "t-1"},
	{code: "a:b"},
	{code: "HTTP", message: "m"},
	{code: "HTTP", task: "t-1"},
	{code: "no", message: "m"},
	{code: "no", task: "code"},
	{message: "slow down", task: "t-1"},
	{message: "quota is used up", status: 429},
	{status: 503, task: "t-1"},
	{status: -21, message: "m"},
	{},
	{code: "brand_new", message: "quota is used up", task: "t-1"},
	{code: "busy,"},
	{code: "busy,", message: "m", task: "t"},
	{code: "(x)"}, {code: "\x1b[31m"}, {code: "\xff"}, {code: "…"}, {code: "\u00a0"}, {code: `\`}, {code: "=x"}, {code: "x="}, {code: "null"}, {code: "0"}, {code: "429"},
	{code: "error", message: "stopped polling task t-1: no"},
	{code: "stopped", message: "polling of task t-1: no"},
	{code: "busy", message: "err.code=broken err.table=shop", task: "t-1"},
	{code: "busy", message: `{"error":{"code":"broken"}}`},
	{code: "busy", message: `="shop: broken`},
	{code: "busy", message: "\"shop: broken", task: "="},
}

func TestRoundTrip(t *testing.T) {
	x, table := extractorOf(t, shop), tableOf(t, shop)
	for _, e := range roundTrips {
		checkRoundTrip(t, x, table, e)
	}
}

func FuzzRoundTrip(f *testing.F) {
	for _, e := range roundTrips {
		f.Add(e.code, e.message, e.task, e.status)
	}
	x, table := extractorOf(f, shop), tableOf(f, shop)
	f.Fuzz(func(t *testing.T, code, message, task string, status int) {
		if len(code) > maxText || !truncationVisible(message) {
			t.Skip()
		}
		checkRoundTrip(t, x, table, appError{code, message, task, status})
	})
}

// truncationVisible reports whether the text of an error shows that its message is
// truncated. It does not if more than three quarters of the start of the message are
// invisible.
func truncationVisible(message string) bool {
	return len(message) <= 4*maxText || strings.HasSuffix(oneLine(message), "…")
}
