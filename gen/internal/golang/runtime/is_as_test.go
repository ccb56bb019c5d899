package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
)

// errors.Is and errors.As find the code and the subtype of an error, and nothing else.
func TestIsAs(t *testing.T) {
	for _, c := range []struct {
		e       Error
		is      []error // the only matching targets
		subtype Subtype
	}{
		{Error{Code: CodeBusy, Wire: "busy"}, []error{CodeBusy, CodeTooFast, Code("rate_limited"), Code("too_fast")}, ""},
		{Error{Code: "rate_limited"}, []error{CodeBusy, CodeTooFast, Code("rate_limited"), Code("too_fast")}, ""},
		{Error{Code: CodeTooFast}, []error{CodeBusy, Code("too_fast"), Code("rate_limited")}, ""},
		{Error{Code: CodeBusy, Message: "quota is used up"}, []error{CodeBusy, Code("too_fast"), Code("rate_limited"), SubtypeBusyUsedUp}, SubtypeBusyUsedUp},
		{Error{Code: CodeBadInput, Message: "file exceeds 10MB"}, []error{CodeBadInput, SubtypeBadInputTooBig}, SubtypeBadInputTooBig},
		{Error{Code: CodeBadInput, Message: "whatever"}, []error{CodeBadInput, SubtypeBadInputOther}, SubtypeBadInputOther},
		{Error{Code: CodeBadInput, Message: " \n"}, []error{CodeBadInput}, ""},
		{Error{Code: CodeHiccup, Message: "quota is used up"}, []error{CodeHiccup}, ""},
		{Error{Code: "unlisted", Message: "quota is used up"}, []error{Code("unlisted")}, ""},
		{Error{Code: "BUSY"}, []error{Code("BUSY")}, ""},
		{Error{Code: CodeMystery}, []error{CodeMystery}, ""},
		{Error{Message: "quota is used up", HTTPStatus: 500}, nil, ""},
		{Error{}, nil, ""},
	} {
		targets := []error{
			Subtype(""), SubtypeBusyUsedUp, SubtypeBadInputTooBig, SubtypeBadInputField, SubtypeBadInputOther, Subtype("busy"), Subtype("busy/none"),
			io.EOF, context.Canceled, new(Error), (*Error)(nil), (*PollError)(nil), new(Code), new(Subtype),
		}
		for _, code := range allCodes() {
			targets = append(targets, code)
		}
		for _, wrap := range wraps {
			e := c.e
			err := wrap(&e)
			for _, target := range targets {
				want := false
				for _, is := range c.is {
					want = want || is == target
				}
				if got := errors.Is(err, target); got != want {
					t.Errorf("errors.Is(%#v, %T(%v)) = %v", err, target, target, got)
				}
			}
			if !errors.Is(err, &e) {
				t.Errorf("%v is not itself", err)
			}
			wrapped(t, err, &e, c.subtype)
		}
	}
}

// wrapped checks the errors that are found in err, which wraps e.
func wrapped(t *testing.T, err error, e *Error, wantSubtype Subtype) {
	t.Helper()
	code, subtype, found := Code("untouched"), Subtype("untouched"), new(Error)
	if ok := errors.As(err, &code); ok != (e.Code != "") || ok && code != e.Code || !ok && code != "untouched" {
		t.Errorf("errors.As finds the code %q in %v: %v", code, err, ok)
	}
	if ok := errors.As(err, &subtype); ok != (wantSubtype != "") || ok && subtype != wantSubtype || !ok && subtype != "untouched" {
		t.Errorf("errors.As finds the subtype %q in %v: %v", subtype, err, ok)
	}
	if !errors.As(err, &found) || found != e {
		t.Errorf("errors.As does not find the *Error in %v", err)
	}
	if got, ok := CodeOf(err); got != e.Code.listed() || ok != (e.Code != "") {
		t.Errorf("CodeOf(%v) = %q, %v", err, got, ok)
	}
	want := e.Decision()
	if _, again := new(Policy).Next(t.Context(), 1, err); !again {
		want.Automatic = false // there may be another error
	}
	if got, ok := DecisionOf(err); !ok || got != want || e.Decision() != Classify(e.Code, e.Message) || got.Subtype != wantSubtype {
		t.Errorf("DecisionOf(%v) = %+v, %v", err, got, ok)
	}
	var other *PollError
	var eof interface{ Timeout() bool }
	if errors.As(err, &other) || errors.As(err, &eof) {
		t.Errorf("errors.As finds an error that %v does not contain", err)
	}
}

// A bare code or subtype is an error. It is never automatic, because the outcome of the
// submission is unknown.
func TestBareCode(t *testing.T) {
	for _, wrap := range wraps {
		for _, code := range allCodes() {
			err := wrap(code)
			got, ok := CodeOf(err)
			if got != code.listed() || ok != (code != "") {
				t.Errorf("CodeOf(%#v) = %q, %v", err, got, ok)
			}
			want := code.Decision()
			want.Automatic = false
			if d, ok := DecisionOf(err); ok != (code != "") || ok && d != want {
				t.Errorf("DecisionOf(%#v) = %+v, %v", err, d, ok)
			}
		}
		err := wrap(SubtypeBusyUsedUp)
		if code, ok := CodeOf(err); code != CodeBusy || !ok {
			t.Errorf("CodeOf(%#v) = %q, %v", err, code, ok)
		}
		if d, ok := DecisionOf(err); !ok || d.Automatic || d.Subtype != SubtypeBusyUsedUp || d.Action != ActionSupport || d.Code != CodeBusy {
			t.Errorf("DecisionOf(%#v) = %+v, %v", err, d, ok)
		}
	}
}

// Every subtype returns its code and decision, including the first and the last.
func TestBareSubtype(t *testing.T) {
	for subtype, code := range map[Subtype]Code{
		SubtypeBadInputTooBig: CodeBadInput, SubtypeBadInputField: CodeBadInput, SubtypeBadInputVersion: CodeBadInput,
		SubtypeBadInputOther: CodeBadInput, SubtypeBusyUsedUp: CodeBusy,
	} {
		for _, wrap := range wraps {
			if got, ok := CodeOf(wrap(subtype)); got != code || !ok {
				t.Errorf("CodeOf(%s) = %q, %v", subtype, got, ok)
			}
			if d, ok := DecisionOf(wrap(subtype)); d.Subtype != subtype || d.Code != code || !d.Known || !ok {
				t.Errorf("DecisionOf(%s) = %+v, %v", subtype, d, ok)
			}
		}
	}
	for _, unlisted := range []Subtype{"", "busy/", "bad_input/too_bigger", "nothing/at_all"} {
		if got, ok := CodeOf(unlisted); got != "" || ok {
			t.Errorf("CodeOf(%q) = %q, %v", unlisted, got, ok)
		}
		if d, ok := DecisionOf(unlisted); d != (Decision{}) || ok {
			t.Errorf("DecisionOf(%q) = %+v, %v", unlisted, d, ok)
		}
	}
}

// An *Error precedes bare codes, and of several the first one counts. The decision is
// automatic only if all of them are.
func TestDecisionOfJoin(t *testing.T) {
	busy, gone := &Error{Code: CodeBusy, Message: "quota is used up"}, &Error{Code: CodeGone}
	hiccup, broken := &Error{Code: CodeHiccup}, &Error{Code: CodeBroken}
	byHand := func(d Decision) Decision { d.Automatic = false; return d }
	for _, c := range []struct {
		err  error
		want Decision
	}{
		{errors.Join(busy, gone), busy.Decision()},
		{errors.Join(gone, busy), gone.Decision()},
		{errors.Join(io.EOF, CodeBroken, busy), busy.Decision()},
		{errors.Join((*Error)(nil), busy), busy.Decision()},
		{errors.Join(CodeBroken, CodeGone), byHand(CodeBroken.Decision())},
		{errors.Join(hiccup, fmt.Errorf("x: %w", broken)), hiccup.Decision()},
		{errors.Join(hiccup, gone), byHand(hiccup.Decision())},
		{errors.Join(hiccup, CodeHiccup), byHand(hiccup.Decision())},
		{errors.Join(hiccup, io.ErrUnexpectedEOF), byHand(hiccup.Decision())},
		{errors.Join(hiccup, context.DeadlineExceeded), byHand(hiccup.Decision())},
		{errors.Join(hiccup, &PollError{TaskID: "t1"}), byHand(hiccup.Decision())},
		{slow{hiccup}, byHand(hiccup.Decision())},
	} {
		if got, ok := DecisionOf(c.err); !ok || got != c.want {
			t.Errorf("DecisionOf(%v) = %+v, %v", c.err, got, ok)
		}
	}
}
