package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A tree is a random error and its known properties.
type tree struct {
	err error
	// stopped: contains a PollError; open: another error leaves the outcome open;
	// forbidden: contains an *Error that is not automatic.
	stopped, open, forbidden bool
	min, max, asked          time.Duration
}

// opaque is an error that wraps another one, whose text it omits.
type opaque struct{ inner error }

func (o opaque) Error() string { return "opaque" }
func (o opaque) Unwrap() error { return o.inner }

// slow is a timeout that wraps another error.
type slow struct{ inner error }

func (s slow) Error() string { return "slow" }
func (s slow) Timeout() bool { return true }
func (s slow) Unwrap() error { return s.inner }

// canceled is a cancellation that wraps another error.
type canceled struct{ inner error }

func (c canceled) Error() string        { return "canceled" }
func (c canceled) Is(target error) bool { return target == context.Canceled }
func (c canceled) Unwrap() error        { return c.inner }

// several joins errors, nil included, as programs may do without errors.Join.
type several []error

func (s several) Error() string   { return "several" }
func (s several) Unwrap() []error { return s }

// looped wraps itself.
type looped struct{}

func (l looped) Error() string   { return "looped" }
func (l looped) Unwrap() []error { return []error{&Error{Code: CodeBusy}, l, l} }

// others are errors that leave the outcome of a submission open.
var others = []error{
	io.EOF, io.ErrUnexpectedEOF, CodeBusy, CodeHiccup, SubtypeBusyUsedUp, errors.New("busy"), opaque{}, several{}, several{nil},
	fmt.Errorf("not wrapped: %v", &Error{Code: CodeBusy}), context.Canceled, context.DeadlineExceeded, os.ErrDeadlineExceeded,
	&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, &url.Error{Op: "Post", URL: "x", Err: io.EOF}, slow{}, canceled{}, syscall.ETIMEDOUT,
}

func randomTree(r *rand.Rand, depth int) tree {
	kind := r.IntN(20)
	if depth == 0 {
		kind = r.IntN(10)
	}
	switch kind {
	case 0:
		return tree{err: others[r.IntN(len(others))], open: true}
	case 1:
		if r.IntN(3) == 0 {
			return tree{err: &PollError{TaskID: "t", Err: randomError(r).err}, stopped: true}
		}
	case 10, 11, 12, 13:
		t := randomTree(r, depth-1)
		t.err = []error{fmt.Errorf("wrapped: %w", t.err), opaque{t.err}, &url.Error{Op: "Post", URL: "x", Err: t.err}, several{nil, t.err}}[r.IntN(4)]
		return t
	case 14:
		t := randomTree(r, depth-1)
		t.err, t.open = []error{slow{t.err}, canceled{t.err}}[r.IntN(2)], true
		return t
	case 15, 16, 17, 18, 19:
		return randomJoin(r, depth)
	}
	return randomError(r)
}

func randomJoin(r *rand.Rand, depth int) tree {
	var all tree
	var parts []error
	for range 1 + r.IntN(3) {
		t := randomTree(r, depth-1)
		all.stopped, all.open, all.forbidden = all.stopped || t.stopped, all.open || t.open, all.forbidden || t.forbidden
		all.min, all.max, all.asked = max(all.min, t.min), max(all.max, t.max), max(all.asked, t.asked)
		parts = append(parts, t.err)
	}
	switch kind := r.IntN(3); {
	case kind == 0:
		all.err = several(append(parts, nil))
	case kind == 1 && len(parts) > 1:
		all.err = fmt.Errorf("%w and %w", parts[0], errors.Join(parts[1:]...))
	default:
		all.err = errors.Join(parts...)
	}
	return all
}

// automatic repeats the automatic codes and aliases of the stand-in's table.
var automatic = map[Code]Wait{
	CodeBusy: {}, "rate_limited": {}, "too_fast": {}, CodeHiccup: {}, CodeTurnedAway: {}, CodeBroken: {10 * time.Second, 20 * time.Second},
}

func randomError(r *rand.Rand) tree {
	codes := append(allCodes(), CodeBusy, CodeBusy, CodeBroken, CodeBroken, CodeHiccup, CodeHiccup, "too_fast")
	e := &Error{Code: codes[r.IntN(len(codes))]}
	t := tree{err: e}
	wait, ok := automatic[e.Code]
	t.min, t.max, t.forbidden = wait.Min, wait.Max, !ok
	if r.IntN(4) == 0 {
		e.Message = "quota is used up"
		t.forbidden = t.forbidden || e.Code.listed() == CodeBusy
	}
	if r.IntN(3) == 0 {
		e.RetryAfter = []time.Duration{-1, 1, time.Second, 15 * time.Second, time.Minute, 2 * time.Minute, math.MaxInt64}[r.IntN(7)]
		t.asked = max(e.RetryAfter, 0)
	}
	if r.IntN(3) == 0 {
		e.HTTPStatus = []int{400, 429, 499, 200, 100, 302, 408, 500, 503, 599, -1}[r.IntN(11)]
		if r.IntN(2) == 0 {
			e.Wire = string(e.Code)
		}
		switch e.HTTPStatus {
		case 400, 429, 499, 200:
		default: // with any code, unless the service does not charge for it
			t.forbidden = t.forbidden || e.Code != CodeTurnedAway || e.Wire == ""
		}
	}
	if r.IntN(20) == 0 {
		e.unsettled, t.forbidden = true, true
	}
	return t
}

// Next returns true if and only if all of its conditions are true. The pause is within
// its bounds.
func TestPolicyRandom(t *testing.T) {
	yes := 0
	for seed := range uint64(50_000) {
		r := rand.New(rand.NewPCG(seed, 2))
		attempts := []int{0, 1, 2, 4, 100, math.MaxInt}[r.IntN(6)]
		attempt := []int{1, 1, 1, 2, 3, 4, 99, math.MaxInt - 1, math.MaxInt, 0, -1}[r.IntN(11)]
		limit := []time.Duration{0, 0, 9 * time.Second, 15 * time.Second, time.Hour, math.MaxInt64}[r.IntN(6)]
		fraction := []float64{0, 0.999, 1, math.NaN(), -1, math.Inf(1), 2}[r.IntN(7)]
		if checkPolicy(t, seed, attempts, attempt, limit, fraction) {
			yes++
		}
	}
	if yes < 4_000 {
		t.Errorf("only %d of the errors allow a retry", yes)
	}
}

func FuzzPolicy(f *testing.F) {
	f.Add(uint64(1), 0, 1, int64(0), 0.5)
	f.Add(uint64(2), 100, 99, int64(math.MaxInt64), math.NaN())
	f.Fuzz(func(t *testing.T, seed uint64, attempts, attempt int, limit int64, fraction float64) {
		checkPolicy(t, seed, attempts, attempt, time.Duration(limit), fraction)
	})
}

// checkPolicy compares the result of Next for a random error with its known properties.
// The policy has a source of random numbers unless fraction is 2.
func checkPolicy(t *testing.T, seed uint64, attempts, attempt int, limit time.Duration, fraction float64) bool {
	t.Helper()
	tree := randomTree(rand.New(rand.NewPCG(seed, 1)), 4)
	p := &Policy{Attempts: attempts, Cap: limit}
	if fraction != 2 {
		p.Rand = always(fraction)
	}
	pause, again := p.Next(t.Context(), attempt, tree.err)
	if attempts <= 0 {
		attempts = 4
	}
	if limit <= 0 {
		limit = time.Minute
	}
	allowed := !tree.stopped && !tree.open && !tree.forbidden
	want := allowed && attempt >= 1 && attempt < attempts && max(tree.min, tree.asked) <= limit
	if again != want {
		t.Fatalf("seed %d: got %v for %+v after %d of %d, up to %v: %#v", seed, again, tree, attempt, attempts, limit, tree.err)
	}
	if d, _ := DecisionOf(tree.err); d.Automatic != allowed {
		t.Fatalf("seed %d: automatic is %v: %+v", seed, d.Automatic, tree)
	}
	_, first := new(Policy).Next(t.Context(), 1, tree.err)
	if text := Explain(tree.err); strings.Contains(text, "Clients may") != first {
		t.Fatalf("seed %d: again is %v, but Explain returns %s", seed, first, text)
	}
	if !again {
		return false
	}
	if low, high := bounds(tree, attempt, limit); pause < low || pause > high {
		t.Fatalf("seed %d: a pause of %v, not from %v to %v: %+v", seed, pause, low, high, tree)
	}
	return true
}

// bounds returns the minimum and the maximum of a pause.
func bounds(t tree, attempt int, limit time.Duration) (low, high time.Duration) {
	if t.max == 0 {
		t.min, t.max = 5*time.Second, 5*time.Second
	}
	for range min(attempt-1, 70) {
		t.min, t.max = double(t.min, limit), double(t.max, limit)
	}
	return max(min(t.min, limit), t.asked), max(min(t.max, limit), t.asked)
}

func double(d, limit time.Duration) time.Duration {
	if d > limit/2 {
		return limit
	}
	return 2 * d
}
