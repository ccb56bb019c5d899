package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/url"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func always(f float64) func() float64 { return func() float64 { return f } }

func TestPolicyNext(t *testing.T) {
	const forever = time.Duration(math.MaxInt64)
	busy, broken, hiccup := &Error{Code: CodeBusy}, &Error{Code: CodeBroken}, &Error{Code: CodeHiccup}
	asked := func(d time.Duration) *Error { return &Error{Code: CodeBroken, RetryAfter: d} }
	many := Policy{Attempts: math.MaxInt, Rand: always(0)}
	no := time.Duration(-1)
	for _, c := range []struct {
		name    string
		p       *Policy
		attempt int
		err     error
		want    time.Duration // no if Next returns false
	}{
		{"minimum of the table's wait", &Policy{Rand: always(0)}, 1, broken, 10 * time.Second},
		{"maximum of the table's wait", &Policy{Rand: always(1)}, 1, broken, 20 * time.Second},
		{"middle of the table's wait", &Policy{Rand: always(0.5)}, 1, broken, 15 * time.Second},
		{"it grows", &Policy{Rand: always(0.5)}, 2, broken, 30 * time.Second},
		{"up to the cap", &Policy{Rand: always(1)}, 3, broken, time.Minute},
		{"backoff without a wait", &Policy{}, 1, hiccup, 5 * time.Second},
		{"backoff grows", nil, 2, busy, 10 * time.Second},
		{"and again", nil, 3, busy, 20 * time.Second},
		{"a cap below the backoff", &Policy{Cap: time.Second}, 1, busy, time.Second},
		{"a cap below the shortest wait", &Policy{Cap: 10*time.Second - 1, Rand: always(0)}, 1, broken, no},
		{"a cap at the shortest wait", &Policy{Cap: 10 * time.Second, Rand: always(0.9)}, 1, broken, 10 * time.Second},
		{"a cap within the wait", &Policy{Cap: 15 * time.Second, Rand: always(1)}, 1, broken, 15 * time.Second},
		{"the settings of the table", &Policy{Attempts: -3, Cap: -1, Rand: always(1)}, 3, broken, time.Minute},
		{"a shorter wait requested", &Policy{Rand: always(0)}, 1, asked(time.Second), 10 * time.Second},
		{"a longer wait requested", &Policy{Rand: always(0)}, 1, asked(25 * time.Second), 25 * time.Second},
		{"a wait equal to the cap requested", nil, 1, asked(time.Minute), time.Minute},
		{"a wait above the cap requested", nil, 1, asked(time.Minute + 1), no},
		{"the longest possible wait requested", &Policy{Cap: forever}, 1, asked(forever), forever},
		{"a negative wait requested", &Policy{Rand: always(0)}, 1, asked(-time.Hour), 10 * time.Second},
		{"attempt 0", nil, 0, busy, no},
		{"attempt -1", nil, -1, busy, no},
		{"attempt MinInt", nil, math.MinInt, busy, no},
		{"the last attempt", nil, 4, busy, no},
		{"the last but one", nil, 3, busy, 20 * time.Second},
		{"after the last", nil, 5, busy, no},
		{"attempt MaxInt", &many, math.MaxInt, busy, no},
		{"the last but one of MaxInt", &many, math.MaxInt - 1, busy, time.Minute},
		{"the same, with a wait", &many, math.MaxInt - 1, broken, time.Minute},
		{"one attempt", &Policy{Attempts: 1}, 1, busy, no},
		{"no error", nil, 1, nil, no},
		{"a typed nil", nil, 1, (*Error)(nil), no},
		{"joined with a typed nil", nil, 1, errors.Join(busy, (*Error)(nil)), no},
		{"a lost response", nil, 1, io.ErrUnexpectedEOF, no},
		{"a timeout", nil, 1, context.DeadlineExceeded, no},
		{"a bare code", nil, 1, CodeBusy, no},
		{"a bare subtype", nil, 1, SubtypeBusyUsedUp, no},
		{"no code", nil, 1, &Error{Message: "busy", HTTPStatus: 400}, no},
		{"an unlisted code", nil, 1, &Error{Code: "unlisted"}, no},
		{"not automatic", nil, 1, &Error{Code: CodeBadInput}, no},
		{"never", nil, 1, &Error{Code: CodeGone}, no},
		{"an alias", nil, 1, &Error{Code: "rate_limited"}, 5 * time.Second},
		{"a subtype that is not automatic", nil, 1, &Error{Code: CodeBusy, Message: "Sorry, your QUOTA is\nused up."}, no},
		{"a message that contains other codes", nil, 1, &Error{Code: CodeBadInput, Message: "please retry automatically, busy, hiccup"}, no},
		{"wrapped", nil, 1, fmt.Errorf("submit: %w", busy), 5 * time.Second},
		{"joined with another", nil, 1, errors.Join(io.EOF, busy), no},
		{"joined with a timeout", nil, 1, errors.Join(busy, context.DeadlineExceeded), no},
		{"joined with a cancellation", nil, 1, fmt.Errorf("%w: %w", context.Canceled, busy), no},
		{"joined with a timeout of the network", nil, 1, errors.Join(busy, &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}), no},
		{"joined with the end of a response", nil, 1, errors.Join(busy, &url.Error{Op: "Post", Err: io.ErrUnexpectedEOF}), no},
		{"joined with its code", nil, 1, errors.Join(busy, CodeBusy), no},
		{"joined with nil", nil, 1, several{nil, busy, nil}, 5 * time.Second},
		{"joined with nothing", nil, 1, errors.Join(busy, several{nil}), no},
		{"nothing, joined", nil, 1, several{}, no},
		{"in an error of a URL", nil, 1, &url.Error{Op: "Post", Err: busy}, 5 * time.Second},
		{"in a timeout", nil, 1, slow{busy}, no},
		{"deep in a timeout", nil, 1, fmt.Errorf("x: %w", slow{opaque{busy}}), no},
		{"in a cancellation", nil, 1, canceled{busy}, no},
		{"in an error of a URL that timed out", nil, 1, &url.Error{Op: "Post", Err: slow{busy}}, no},
		{"wraps nothing", nil, 1, opaque{}, no},
		{"wraps itself", nil, 1, looped{}, no},
		{"too many", nil, 1, errors.Join(slices.Repeat([]error{busy}, 2000)...), no},
		{"as many as are examined", nil, 1, errors.Join(slices.Repeat([]error{busy}, 999)...), 5 * time.Second},
		{"one more", nil, 1, errors.Join(slices.Repeat([]error{busy}, 1000)...), no},
		{"two of them", &Policy{Rand: always(0)}, 1, errors.Join(busy, fmt.Errorf("x: %w", broken)), 10 * time.Second},
		{"two of them, one not automatic", nil, 1, errors.Join(busy, &Error{Code: CodeBadInput}), no},
		{"two of them, the other not automatic", nil, 1, errors.Join(&Error{Code: CodeBadInput}, busy), no},
		{"the longest requested wait", nil, 1, errors.Join(asked(30*time.Second), asked(40*time.Second), asked(0)), 40 * time.Second},
		{"polling stopped", nil, 1, &PollError{Err: busy}, no},
		{"polling stopped, wrapped", nil, 1, fmt.Errorf("x: %w", &PollError{}), no},
		{"joined with a PollError", nil, 1, errors.Join(busy, &PollError{Err: io.EOF}), no},
		{"joined with a nested PollError", nil, 1, fmt.Errorf("%w, %w", busy, errors.Join(io.EOF, fmt.Errorf("x: %w", &PollError{}))), no},
		{"joined with a nil *PollError", nil, 1, errors.Join(busy, (*PollError)(nil)), no},
		{"refused with 429 and no code", nil, 1, refusal(t, 429, "", ""), 5 * time.Second},
		{"refused with 429 and its number", nil, 1, refusal(t, 429, "", `{"error":{"code":429}}`), 5 * time.Second},
		{"refused with 429 and Retry-After", nil, 1, refusal(t, 429, "33", ""), 33 * time.Second},
		{"refused with 429 for an hour", nil, 1, refusal(t, 429, "3600", ""), no},
		{"refused with 429 and another code", nil, 1, refusal(t, 429, "", `{"error":{"code":"bad_input"}}`), no},
		{"refused with 429 because of the quota", nil, 1, refusal(t, 429, "", `{"error":{"message":"quota is used up"}}`), no},
		{"500 and no code", nil, 1, refusal(t, 500, "1", ""), no},
		{"503 and no code", nil, 1, refusal(t, 503, "1", "<html>"), no},
		{"503 that selects a code", nil, 1, &Error{Code: CodeHiccup, HTTPStatus: 503}, no},
		{"503 and its number", nil, 1, &Error{Code: CodeHiccup, Wire: "503", HTTPStatus: 503}, no},
		{"503 and a code", nil, 1, refusal(t, 503, "", `{"error":{"code":"hiccup"}}`), no},
		{"408 and a code", nil, 1, refusal(t, 408, "", `{"error":{"code":"hiccup"}}`), no},
		{"302 and a code", nil, 1, refusal(t, 302, "", `{"error":{"code":"hiccup"}}`), no},
		{"100 and a code", nil, 1, refusal(t, 100, "", `{"error":{"code":"hiccup"}}`), no},
		{"no status and a code", nil, 1, refusal(t, 0, "", `{"error":{"code":"hiccup"}}`), no},
		{"400 and a code", nil, 1, refusal(t, 400, "", `{"error":{"code":"hiccup"}}`), 5 * time.Second},
		{"425 and a code", nil, 1, refusal(t, 425, "", `{"error":{"code":"hiccup"}}`), 5 * time.Second},
		{"a failed task", nil, 1, taskWith(t, "failed", "hiccup", "").Err(), 5 * time.Second},
		{"a failed task without an ID", nil, 1, decoded(t, `{"status":"failed","error":{"code":"hiccup"}}`).Err(), no},
		{"200 with an error and no status", nil, 1, refusal(t, 200, "", `{"error":{"code":"hiccup"}}`), 5 * time.Second},
		{"499", nil, 1, &Error{Code: CodeHiccup, HTTPStatus: 499}, 5 * time.Second},
		{"Rand gives -1", &Policy{Rand: always(-1)}, 1, broken, 10 * time.Second},
		{"Rand gives -0.5", &Policy{Rand: always(-0.5)}, 1, broken, 10 * time.Second},
		{"Rand gives the least fraction", &Policy{Rand: always(math.SmallestNonzeroFloat64)}, 1, broken, 10 * time.Second},
		{"Rand gives 7", &Policy{Rand: always(7)}, 1, broken, 20 * time.Second},
		{"Rand gives NaN", &Policy{Rand: always(math.NaN())}, 1, broken, 10 * time.Second},
		{"Rand gives +Inf", &Policy{Rand: always(math.Inf(1))}, 1, broken, 20 * time.Second},
		{"Rand gives -Inf", &Policy{Rand: always(math.Inf(-1))}, 1, broken, 10 * time.Second},
		{"no overflow", &Policy{Attempts: 99, Cap: forever, Rand: always(1)}, 30, broken, forever},
		{"no overflow at all", &Policy{Attempts: 99, Cap: forever, Rand: always(1)}, 98, broken, forever},
		{"no overflow below 1", &Policy{Attempts: 99, Cap: forever, Rand: always(0)}, 98, broken, forever},
	} {
		var none context.Context // careless callers pass nil
		pause, again := c.p.Next(none, c.attempt, c.err)
		if again != (c.want != no) || again && pause != c.want || !again && pause != 0 {
			t.Errorf("%s: got %v, %v, want %v", c.name, pause, again, c.want)
		}
	}
}

// Pauses differ, even without a Rand.
func TestPolicyJitter(t *testing.T) {
	seen := make(map[time.Duration]bool)
	for range 100 {
		pause, again := new(Policy).Next(t.Context(), 1, &Error{Code: CodeBroken})
		if !again || pause < 10*time.Second || pause > 20*time.Second {
			t.Fatal(pause, again)
		}
		seen[pause] = true
	}
	if len(seen) < 50 {
		t.Errorf("100 pauses have only %d different values", len(seen))
	}
}

func TestPolicyContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := &Error{Code: CodeHiccup} // a pause of 5 s
		next := func(ctx context.Context) bool {
			pause, again := new(Policy).Next(ctx, 1, err)
			if !again && pause != 0 {
				t.Errorf("a pause of %v, but not again", pause)
			}
			return again
		}
		for timeout, want := range map[time.Duration]bool{
			-time.Second: false, 0: false, 5*time.Second - 1: false, 5 * time.Second: false, 5*time.Second + 1: true, time.Hour: true,
		} {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			if next(ctx) != want {
				t.Errorf("with %v left: got %v, want %v", timeout, !want, want)
			}
			cancel()
			if next(ctx) {
				t.Error("a canceled context allows a retry")
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		time.Sleep(15*time.Second - 1)
		if !next(ctx) {
			t.Error("a pause that ends before the deadline is not allowed")
		}
		time.Sleep(time.Nanosecond)
		if next(ctx) {
			t.Error("the pause reaches the deadline")
		}
		if _, again := new(Policy).Next(ctx, 1, &Error{Code: CodeHiccup, RetryAfter: time.Minute}); again {
			t.Error("the requested wait exceeds the deadline")
		}
		if !next(context.Background()) || !next(context.WithoutCancel(ctx)) {
			t.Error("a context without a deadline forbids a retry")
		}
	})
}

// A wait of 0 stays 0, even if the factor exceeds a float64.
func TestScaled(t *testing.T) {
	for _, c := range []struct{ d, want time.Duration }{{0, 0}, {-1, 0}, {1, time.Hour}, {time.Second, time.Hour}} {
		if got := scaled(c.d, math.Inf(1), time.Hour); got != c.want {
			t.Errorf("%v grows to %v, want %v", c.d, got, c.want)
		}
	}
	if got := new(Policy).pause(Wait{1, 1}, 1); got != 1 {
		t.Errorf("a wait of 1ns is %v", got)
	}
}

// Allow is called only with automatic decisions, and can only forbid a retry.
func TestPolicyAllow(t *testing.T) {
	for _, code := range allCodes() {
		var asked []Decision
		for _, allowed := range []bool{true, false} {
			p := &Policy{Allow: func(d Decision) bool { asked = append(asked, d); return allowed }}
			err := fmt.Errorf("x: %w", &Error{Code: code})
			_, again := p.Next(t.Context(), 1, err)
			if _, without := new(Policy).Next(t.Context(), 1, err); again != (without && allowed) {
				t.Errorf("%q: if Allow returns %v, Next returns %v", code, allowed, again)
			}
		}
		for _, d := range asked {
			if !d.Automatic || d != code.Decision() {
				t.Errorf("Allow was called with %+v", d)
			}
		}
	}
}

// A product at the limit must not overflow: float64 cannot represent the longest duration.
func TestScaledAtLimit(t *testing.T) {
	for _, c := range []struct {
		d      time.Duration
		factor float64
		limit  time.Duration
		want   time.Duration
	}{
		{1, 1 << 63, math.MaxInt64, math.MaxInt64},
		{1, 1 << 62, math.MaxInt64, 1 << 62},
		{10, 2, 20, 20},
		{10, 2, 21, 20},
		{10, 2, 19, 19},
		{0, 2, 19, 0},
		{-10, 2, 19, 0},
	} {
		if got := scaled(c.d, c.factor, c.limit); got != c.want {
			t.Errorf("scaled(%d, %g, %d) = %d, want %d", c.d, c.factor, c.limit, got, c.want)
		}
	}
}
