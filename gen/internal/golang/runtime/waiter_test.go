package runtime

import (
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// A reply is the result of one call of Get.
type reply struct {
	task *Task
	err  error
}

// A script replies to calls of Get and records their times. It repeats the last reply.
type script struct {
	t       *testing.T
	replies []reply
	start   time.Time
	calls   []time.Duration
	polled  []*Task
}

func (s *script) get(ctx context.Context, id string) (*Task, error) {
	if id != "t1" || ctx == nil {
		s.t.Errorf("Get(%v, %q)", ctx, id)
	}
	r := s.replies[min(len(s.calls), len(s.replies)-1)]
	s.calls = append(s.calls, time.Since(s.start))
	return r.task, r.err
}

func (s *script) waiter() *Waiter {
	s.start = time.Now()
	return &Waiter{Get: s.get, OnPoll: func(task *Task) { s.polled = append(s.polled, task) }}
}

// checkCalls fails the test unless Get was called at these times, with a tolerance of a
// tenth of each interval.
func (s *script) checkCalls(want ...time.Duration) {
	s.t.Helper()
	if len(s.calls) != len(want) {
		s.t.Fatalf("Get was called at %v, want %v", s.calls, want)
	}
	for i := 1; i < len(want); i++ {
		got, interval := s.calls[i]-s.calls[i-1], want[i]-want[i-1]
		if got < interval-interval/10 || got > interval+interval/10 {
			s.t.Errorf("%v passed before call %d, want %v", got, i+1, interval)
		}
	}
	if s.calls[0] != 0 {
		s.t.Errorf("the first call came after %v", s.calls[0])
	}
}

// wait runs f in a separate synctest bubble.
func wait(t *testing.T, replies []reply, f func(t *testing.T, s *script)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, &script{t: t, replies: replies}) })
}

func pollErrorOf(t *testing.T, err error) *PollError {
	t.Helper()
	stopped, ok := err.(*PollError)
	if !ok || stopped.TaskID != "t1" {
		t.Fatalf("the error is %#v", err)
	}
	return stopped
}

func TestWaitCompleted(t *testing.T) {
	pending, done := taskWith(t, "pending", "", ""), taskWith(t, "done", "", "")
	for n := range 4 {
		replies := append(slices.Repeat([]reply{{pending, nil}}, n), reply{done, nil})
		wait(t, replies, func(t *testing.T, s *script) {
			task, err := s.waiter().Wait(t.Context(), "t1")
			if task != done || err != nil {
				t.Errorf("%v, %v", task, err)
			}
			s.checkCalls([]time.Duration{0, 2 * time.Second, 4 * time.Second, 6 * time.Second}[:n+1]...)
			if len(s.polled) != n+1 || s.polled[n] != done {
				t.Errorf("OnPoll saw %v", s.polled)
			}
		})
	}
}

// A failed task is final: it is polled once, even if its code is automatic.
func TestWaitFailed(t *testing.T) {
	for _, code := range append(allCodes(), "") {
		failed := taskWith(t, "failed", string(code), "m")
		wait(t, []reply{{failed, nil}}, func(t *testing.T, s *script) {
			task, err := s.waiter().Wait(t.Context(), "t1")
			e, ok := err.(*Error)
			if task != failed || !ok || e.TaskID != "t1" || e.Code != code.listed() {
				t.Errorf("%v, %#v", task, err)
			}
			s.checkCalls(0)
		})
	}
}

func TestWaitUnlistedStatus(t *testing.T) {
	replies := []reply{
		{taskWith(t, "queued", "", ""), nil}, {taskWith(t, "error", "busy", "m"), nil}, {taskWith(t, "FAILED", "", ""), nil}, {taskWith(t, "", "", ""), nil},
		{taskWith(t, "cancelled", "gone", ""), nil}, {taskWith(t, "completed", "", "m"), nil},
	}
	wait(t, replies, func(t *testing.T, s *script) {
		task, err := s.waiter().Wait(t.Context(), "t1")
		if task != replies[5].task || err != nil {
			t.Errorf("%v, %v", task, err)
		}
		s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second, 10*time.Second)
	})
}

// A response with an error and without a status does not mean that the task has failed:
// the service may have refused only the poll.
func TestWaitErrorWithoutStatus(t *testing.T) {
	refused := taskWith(t, "", "busy", "too many requests")
	if !errors.Is(refused.Err(), CodeBusy) || !refused.Done() {
		t.Fatal("the response to a submission is not a refusal")
	}
	wait(t, []reply{{refused, nil}}, func(t *testing.T, s *script) {
		task, err := s.waiter().Wait(t.Context(), "t1")
		if stopped := pollErrorOf(t, err); task != refused || stopped.Last != refused || errors.Is(err, CodeBusy) {
			t.Errorf("%v, %v", task, err)
		}
		s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second)
	})
	done := taskWith(t, "done", "", "")
	wait(t, []reply{{refused, nil}, {done, nil}}, func(t *testing.T, s *script) {
		if task, err := s.waiter().Wait(t.Context(), "t1"); task != done || err != nil {
			t.Errorf("%v, %v", task, err)
		}
	})
}

// Consecutive failures stop polling. A success resets the count.
func TestWaitFailures(t *testing.T) {
	eof, pending, done := reply{nil, io.ErrUnexpectedEOF}, reply{taskWith(t, "pending", "", ""), nil}, reply{taskWith(t, "done", "", ""), nil}
	for _, c := range []struct {
		name    string
		max     int
		replies []reply
		calls   int
		last    *Task
		stopped bool
	}{
		{"five", 0, []reply{eof}, 5, nil, true},
		{"five again", -1, []reply{eof}, 5, nil, true},
		{"one", 1, []reply{eof}, 1, nil, true},
		{"after a success", 2, []reply{pending, eof}, 3, pending.task, true},
		{"a success between", 2, []reply{eof, pending, eof, pending, eof, done}, 6, done.task, false},
		{"four of five", 0, []reply{eof, eof, eof, eof, done}, 5, done.task, false},
		{"four, one, five", 0, []reply{eof, eof, eof, eof, pending, eof}, 10, pending.task, true},
		{"neither task nor error", 2, []reply{{}}, 2, nil, true},
		{"a task and an error", 2, []reply{{pending.task, io.ErrUnexpectedEOF}}, 2, pending.task, true},
		{"a task that is done and an error", 2, []reply{{done.task, io.ErrUnexpectedEOF}}, 1, done.task, false},
	} {
		wait(t, c.replies, func(t *testing.T, s *script) {
			w := s.waiter()
			w.MaxFailures = c.max
			task, err := w.Wait(t.Context(), "t1")
			if task != c.last || len(s.calls) != c.calls || (err != nil) != c.stopped {
				t.Errorf("%s: %v, %v after %d calls", c.name, task, err, len(s.calls))
			}
			if c.stopped {
				stopped := pollErrorOf(t, err)
				if stopped.Last != c.last || c.replies[len(c.replies)-1].err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || stopped.Err == nil {
					t.Errorf("%s: %#v", c.name, stopped)
				}
			}
			for i, polled := range s.polled {
				if polled == nil {
					t.Errorf("%s: OnPoll %d got nil", c.name, i)
				}
			}
		})
	}
}

func TestWaitRetryAfter(t *testing.T) {
	ask := func(seconds string) reply {
		_, err := DecodeTask(429, retryAfterHeader(seconds), nil)
		return reply{nil, errors.Join(io.EOF, err)}
	}
	done := reply{taskWith(t, "done", "", ""), nil}
	wait(t, []reply{ask("60"), ask("1"), {nil, (*Error)(nil)}, {nil, &Error{RetryAfter: -time.Hour}}, done}, func(t *testing.T, s *script) {
		if _, err := s.waiter().Wait(t.Context(), "t1"); err != nil {
			t.Error(err)
		}
		s.checkCalls(0, 60*time.Second, 62*time.Second, 64*time.Second, 66*time.Second)
		if s.calls[1] != 60*time.Second {
			t.Errorf("the service requested 60 s, the next poll came after %v", s.calls[1])
		}
	})
	// No wait is longer than the cap of the table, one minute.
	for _, seconds := range []string{"61", "99999999", "99999999999999999999", "60.001", "Fri, 31 Dec 9999 23:59:59 GMT"} {
		wait(t, []reply{ask(seconds), done}, func(t *testing.T, s *script) {
			if _, err := s.waiter().Wait(context.Background(), "t1"); err != nil {
				t.Error(err)
			}
			s.checkCalls(0, 2*time.Second)
		})
		wait(t, []reply{ask(seconds)}, func(t *testing.T, s *script) {
			_, err := s.waiter().Wait(context.Background(), "t1")
			pollErrorOf(t, err)
			s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second)
		})
	}
}

// Each interval is random, from nine to eleven tenths of Every.
func TestWaitInterval(t *testing.T) {
	pending := reply{taskWith(t, "pending", "", ""), nil}
	for _, every := range []time.Duration{0, -1, time.Nanosecond, time.Millisecond, time.Minute, 365 * 24 * time.Hour} {
		wait(t, append(slices.Repeat([]reply{pending}, 200), reply{taskWith(t, "done", "", ""), nil}), func(t *testing.T, s *script) {
			w := s.waiter()
			if w.Every = every; every <= 0 {
				every = 2 * time.Second
			}
			if _, err := w.Wait(t.Context(), "t1"); err != nil {
				t.Fatal(err)
			}
			low, high, different := every, every, make(map[time.Duration]bool)
			for i := range 200 {
				d := s.calls[i+1] - s.calls[i]
				low, high, different[d] = min(low, d), max(high, d), true
			}
			if low < every-every/10 || high > every+every/10 {
				t.Errorf("every %v became %v to %v", every, low, high)
			}
			if every >= time.Millisecond && (len(different) < 100 || high-low < every/10) {
				t.Errorf("every %v has %d different intervals, from %v to %v", every, len(different), low, high)
			}
		})
	}
	w := &Waiter{Every: math.MaxInt64}
	for range 1000 {
		if d := w.pause(nil); d < 100*365*24*time.Hour {
			t.Fatalf("the longest interval became %v", d)
		}
	}
}

// The jitter covers a tenth in both directions. A wait that the service requested is the
// lower bound.
func TestPauseBetweenPolls(t *testing.T) {
	for every, want := range map[time.Duration]time.Duration{0: pollInterval, -1: pollInterval, 7 * time.Minute: 7 * time.Minute} {
		w := &Waiter{Every: every}
		least, most := w.pause(nil), w.pause(nil)
		for range 2000 {
			d := w.pause(errors.New("no Error"))
			least, most = min(least, d), max(most, d)
		}
		if least < want-want/10 || least > want-want*9/100 || most > want+want/10 || most < want+want*9/100 {
			t.Errorf("Every %v: pauses from %v to %v", every, least, most)
		}
		if d := w.pause(&Error{RetryAfter: time.Minute}); d != max(time.Minute, d) || every <= 0 && d != time.Minute {
			t.Errorf("Every %v: a minute was requested, the pause is %v", every, d)
		}
		if d := w.pause(&Error{RetryAfter: time.Hour}); d > want+want/10 {
			t.Errorf("Every %v: an hour was requested, the pause is %v", every, d)
		}
		if d := w.pause(&Error{RetryAfter: time.Nanosecond}); d < want-want/10 {
			t.Errorf("Every %v: a nanosecond was requested, the pause is %v", every, d)
		}
		if d := w.pause((*Error)(nil)); d < want-want/10 {
			t.Errorf("Every %v: after a typed nil, the pause is %v", every, d)
		}
	}
}
