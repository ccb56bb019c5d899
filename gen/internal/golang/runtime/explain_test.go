package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// isText fails the test unless s is safe for a terminal.
func isText(t testing.TB, s string) {
	t.Helper()
	for i, r := range s {
		if r != '\n' && !unicode.IsGraphic(r) {
			t.Errorf("%q at %d of %q", r, i, s[:min(len(s), 500)])
			return
		}
	}
	if !utf8.ValidString(s) || s != "" && (!strings.HasSuffix(s, "\n") || strings.HasSuffix(s, "\n\n")) {
		t.Errorf("not a text: %q", s[:min(len(s), 500)])
	}
}

func TestExplain(t *testing.T) {
	stopped := &PollError{TaskID: "t9", Err: fmt.Errorf("get: %w", &Error{Code: CodeBusy, HTTPStatus: 429})}
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"listed, with a subtype", &Error{Code: CodeBadInput, Wire: "bad_input", Message: "file exceeds 10MB\nsee above", TaskID: "t1"}, `
bad_input: Bad input
The request is not what it should be
Subtype: Too big
Task: t1
Message: file exceeds 10MB see above
Advice: Change it
Change the request before submitting it again.
How to avoid:
  - Read the manual
How to fix:
  - Send less
`},
		{"a subtype that is stricter", &Error{Code: CodeBusy, Message: "quota is used up"}, `
busy: Busy
Too many requests
Subtype: Used up
Message: quota is used up
Advice: Buy more
Contact the service's support; clients must not retry the same request automatically.
`},
		{"a bare subtype", fmt.Errorf("x: %w", SubtypeBusyUsedUp), `
busy: Busy
Too many requests
Subtype: Used up
Advice: Buy more
Clients must not retry the same request automatically.
`},
		{"listed, with a wait", fmt.Errorf("x: %w", &Error{Code: CodeBroken}), `
broken: Broken
Something inside broke
Advice: Wait
Clients may retry the same request automatically after 10s to 20s.
`},
		{"joined with an error of another package", errors.Join(io.EOF, &Error{Code: CodeHiccup}), `
hiccup: Hiccup
No result this time
Clients must not retry the same request automatically.
`},
		{"joined with one that is not automatic", errors.Join(&Error{Code: CodeHiccup}, &Error{Code: CodeGone}), `
hiccup: Hiccup
No result this time
Clients must not retry the same request automatically.
`},
		{"joined with a timeout", errors.Join(&Error{Code: CodeGone}, context.DeadlineExceeded), `
gone: Gone
It is not there any more
Clients must not retry the same request automatically.
`},
		{"listed and wrapped", fmt.Errorf("x: %w", &Error{Code: CodeGone}), `
gone: Gone
It is not there any more
The same request will never succeed.
`},
		{"joined with one that has a longer wait", errors.Join(&Error{Code: CodeHiccup}, &Error{Code: CodeBroken}), `
hiccup: Hiccup
No result this time
Clients may retry the same request automatically after 10s to 20s.
`},
		{"two bare codes", errors.Join(CodeHiccup, CodeBusy), `
hiccup: Hiccup
No result this time
Clients must not retry the same request automatically.
`},
		{"the service requested a wait", &Error{Code: CodeBroken, RetryAfter: 15 * time.Second}, `
broken: Broken
Something inside broke
Advice: Wait
Clients may retry the same request automatically after 15s to 20s.
`},
		{"the service requested a longer wait", &Error{Code: CodeHiccup, RetryAfter: time.Minute}, `
hiccup: Hiccup
No result this time
Clients may retry the same request automatically after 1m.
`},
		{"the service requested a wait above the cap", &Error{Code: CodeHiccup, RetryAfter: time.Minute + 1}, `
hiccup: Hiccup
No result this time
Clients must not retry the same request automatically.
`},
		{"HTTP 503 with a code", refusal(t, 503, "", `{"error":{"code":"hiccup"}}`), `
hiccup: Hiccup
No result this time
The outcome of the request is unknown: it may still be running, may have finished, and may have been charged. Clients must not retry the same request automatically.
`},
		{"HTTP 500 that selects a code", &Error{Code: CodeHiccup, HTTPStatus: 500}, `
hiccup: Hiccup
No result this time
The outcome of the request is unknown: it may still be running, may have finished, and may have been charged. Clients must not retry the same request automatically.
`},
		{"HTTP 429", refusal(t, 429, "", ""), `
busy: Busy
Too many requests
Advice: Slow down
Clients may retry the same request automatically after a delay.
`},
		{"a failed task without an ID", decoded(t, `{"status":"failed","error":{"code":"hiccup"}}`).Err(), `
hiccup: Hiccup
No result this time
The outcome of the request is unknown: it may still be running, may have finished, and may have been charged. Clients must not retry the same request automatically.
`},
		{"listed, without a wait", &Error{Code: CodeHiccup}, `
hiccup: Hiccup
No result this time
Clients may retry the same request automatically.
`},
		{"a bare code", CodeGone, `
gone: Gone
It is not there any more
Clients must not retry the same request automatically.
`},
		{"an alias", &Error{Code: "rate_limited"}, `
rate_limited: Busy
Too many requests
Advice: Slow down
Clients may retry the same request automatically after a delay.
`},
		{"unlisted", &Error{Code: "upstream_error", Wire: "upstream_error", Message: "no route"}, `
upstream_error: not listed in the table standin
Message: no route
Advice: Ask
Contact the service's support; clients must not retry the same request automatically.
How to fix:
  - Ask again
`},
		{"a bare unlisted code", Code("a b"), `
"a b": not listed in the table standin
Advice: Ask
Clients must not retry the same request automatically.
How to fix:
  - Ask again
`},
		{"no code", &Error{Message: "boom", TaskID: "t1"}, `
no code
Task: t1
Message: boom
Advice: Ask
Contact the service's support; clients must not retry the same request automatically.
How to fix:
  - Ask again
`},
		{"no code, but a status", &Error{HTTPStatus: 502}, `
HTTP 502
Advice: Ask
The outcome of the request is unknown: it may still be running, may have finished, and may have been charged. Clients must not retry the same request automatically.
How to fix:
  - Ask again
`},
		{"polling stopped", fmt.Errorf("wrapped: %w", stopped), `
wrapped: standin: stopped polling task t9: get: standin: busy
The task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.
`},
		{"polling stopped, joined with an error", errors.Join(&Error{Code: CodeHiccup}, &PollError{TaskID: "t9", Err: context.Canceled}), `
standin: hiccup
standin: stopped polling task t9: context canceled
The task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.
`},
		{"polling stopped because the poll was refused", &PollError{TaskID: "t9", Err: refusal(t, 410, "", "")}, `
standin: stopped polling task t9: standin: gone
The task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.
The service refused the poll:
gone: Gone
It is not there any more
`},
		{"polling stopped because the poll was refused without a code", &PollError{TaskID: "t9", Err: refusal(t, 401, "", "")}, `
standin: stopped polling task t9: standin: HTTP 401
The task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.
`},
		{"polling stopped because polls failed", &PollError{TaskID: "t9", Err: refusal(t, 503, "", `{"error":{"code":"hiccup"}}`)}, `
standin: stopped polling task t9: standin: hiccup
The task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.
`},
		{"another error", io.ErrUnexpectedEOF, "\nunexpected EOF\n"},
		{"several other errors", errors.Join(io.EOF, errors.New("b\n")), "\nEOF\nb\n"},
		{"a nil *PollError", (*PollError)(nil), "\nstandin: no error\n"},
		{"nothing", nil, "\n"},
	} {
		if got := Explain(c.err); got != c.want[1:] {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want[1:])
		}
	}
}

// No text from a service can control a terminal.
func TestExplainHostile(t *testing.T) {
	for _, s := range hostile {
		for _, err := range []error{
			&Error{Code: Code(s), Message: s, TaskID: s, Model: s}, &Error{Wire: s}, Code(s), Subtype(s), errors.New(s + "x"),
			&PollError{TaskID: s, Err: errors.New(s)}, fmt.Errorf("%s: %w", s, &PollError{}), &PollError{Err: &Error{Message: s}},
		} {
			isText(t, Explain(err))
		}
	}
	if got := Explain(errors.New("a\x1b[31mb\r\nc\u202e")); got != "a [31mb \nc \n" {
		t.Errorf("a plain error is explained as %q", got)
	}
}
