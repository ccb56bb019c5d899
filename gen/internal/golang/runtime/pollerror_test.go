package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// custom is an error type of a program, with a code as a field.
type custom struct{ code Code }

func (c custom) Error() string { return "custom" }
func (c custom) As(target any) bool {
	if code, ok := target.(*Code); ok {
		*code = c.code
		return true
	}
	return false
}

// getErrors returns errors that Get may return, each with the errors that a PollError
// must wrap.
func getErrors() map[error][]error {
	op := &net.OpError{Op: "read", Net: "tcp", Err: io.ErrUnexpectedEOF}
	e := &Error{Code: CodeBusy, Message: "quota is used up", HTTPStatus: 429}
	return map[error][]error{
		e:                                        nil,
		&Error{}:                                 nil,
		(*Error)(nil):                            nil,
		CodeBusy:                                 nil,
		Code("rate_limited"):                     nil,
		Code("unlisted"):                         nil,
		Code(""):                                 nil,
		SubtypeBusyUsedUp:                        nil,
		Subtype("busy/unlisted"):                 nil,
		custom{CodeBusy}:                         nil,
		fmt.Errorf("x: %w", e):                   nil,
		fmt.Errorf("x: %w", custom{"unlisted"}):  nil,
		io.ErrUnexpectedEOF:                      {io.ErrUnexpectedEOF},
		op:                                       {op, io.ErrUnexpectedEOF},
		fmt.Errorf("x: %w", op):                  {op, io.ErrUnexpectedEOF},
		context.Canceled:                         {context.Canceled},
		errors.Join(e, context.Canceled):         {context.Canceled},
		errors.Join(context.DeadlineExceeded, e): {context.DeadlineExceeded},
		errors.Join(context.Canceled, context.DeadlineExceeded, CodeBusy):           {context.Canceled, context.DeadlineExceeded},
		errors.Join(SubtypeBusyUsedUp, op):                                          {op, io.ErrUnexpectedEOF},
		fmt.Errorf("%w: %w: %w", e, op, context.Canceled):                           {op, io.ErrUnexpectedEOF, context.Canceled},
		fmt.Errorf("x: %w", errors.Join(io.EOF, fmt.Errorf("%w %w", CodeGone, op))): {io.EOF, op, io.ErrUnexpectedEOF},
		opaque{errors.Join(opaque{e}, opaque{io.EOF})}:                              {io.EOF},
		opaque{opaque{e}}: nil,
		opaque{}:          {opaque{}},
		&PollError{TaskID: "t2", Err: errors.Join(e, io.EOF)}:                      {io.EOF},
		fmt.Errorf("x: %w", &PollError{TaskID: "t2", Err: errors.Join(e, io.EOF)}): {io.EOF},
	}
}

func TestPollErrorMatchesNoCode(t *testing.T) {
	targets := []error{SubtypeBusyUsedUp, SubtypeBadInputTooBig, Subtype("busy/unlisted"), Subtype("")}
	for _, code := range allCodes() {
		targets = append(targets, code)
	}
	for cause, through := range getErrors() {
		for _, wrap := range wraps {
			stopped := &PollError{TaskID: "t1", Err: cause}
			err := wrap(stopped)
			for _, target := range targets {
				if errors.Is(err, target) {
					t.Errorf("polling stopped because of %#v, it is %T(%v)", cause, target, target)
				}
			}
			var code Code
			var subtype Subtype
			var e *Error
			var decider interface{ Decision() Decision }
			var found *PollError
			if errors.As(err, &code) || errors.As(err, &subtype) || errors.As(err, &e) || errors.As(err, &decider) {
				t.Errorf("polling stopped because of %#v, it contains %q, %q, %v, %v", cause, code, subtype, e, decider)
			}
			if !errors.As(err, &found) || found != stopped {
				t.Errorf("polling stopped because of %#v, it is %#v", cause, found)
			}
			if code, ok := CodeOf(err); ok {
				t.Errorf("polling stopped because of %#v, its code is %q", cause, code)
			}
			if _, ok := DecisionOf(err); ok {
				t.Errorf("polling stopped because of %#v, it has a decision", cause)
			}
			for _, target := range through {
				if !errors.Is(err, target) {
					t.Errorf("polling stopped because of %#v, %v is not found", cause, target)
				}
			}
			var op *net.OpError
			if errors.As(err, &op) != errors.As(cause, &op) {
				t.Errorf("polling stopped because of %#v, its *net.OpError is not found", cause)
			}
			for _, p := range []*Policy{nil, {Allow: func(Decision) bool { return true }, Attempts: 100, Cap: 1 << 62}} {
				if _, again := p.Next(t.Context(), 1, err); again {
					t.Errorf("polling stopped because of %#v, it may be submitted again", cause)
				}
			}
			text := Explain(err)
			if !strings.Contains(text, "Poll it again") || strings.Contains(text, "Clients may") {
				t.Errorf("polling stopped because of %#v, it is explained as %s", cause, text)
			}
		}
	}
}

func TestPollErrorText(t *testing.T) {
	for want, e := range map[string]*PollError{
		"standin: no error":                             nil,
		"standin: stopped polling task t1":              {TaskID: "t1"},
		"standin: stopped polling task t1: EOF":         {TaskID: "t1", Err: io.EOF},
		"standin: stopped polling task t 1: a b":        {TaskID: "t\n1", Err: errors.Join(errors.New("a"), errors.New("b"))},
		"standin: stopped polling task t1: standin: no": {TaskID: "t1", Err: errors.New("standin: no")},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if (*PollError)(nil).Unwrap() != nil || new(PollError).Unwrap() != nil {
		t.Error("an empty PollError has a cause")
	}
	for _, s := range hostile {
		isLine(t, "the text", (&PollError{TaskID: s, Err: errors.New(s)}).Error(), 1000)
	}
}
