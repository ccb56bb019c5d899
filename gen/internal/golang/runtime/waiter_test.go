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

// A reply is what one call of Get returns.
type reply struct {
	task *Task
	err  error
}

// A script answers the calls of Get in turn, the last reply again and again, and
// notes when they came.
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

// checkCalls fails the test unless Get was called at these times, give or take a
// tenth of each interval.
func (s *script) checkCalls(want ...time.Duration) {
	s.t.Helper()
	if len(s.calls) != len(want) {
		s.t.Fatalf("Get was called at %v, not at %v", s.calls, want)
	}
	for i := 1; i < len(want); i++ {
		got, interval := s.calls[i]-s.calls[i-1], want[i]-want[i-1]
		if got < interval-interval/10 || got > interval+interval/10 {
			s.t.Errorf("%v passed before call %d, not %v", got, i+1, interval)
		}
	}
	if s.calls[0] != 0 {
		s.t.Errorf("the first call came after %v", s.calls[0])
	}
}

// wait runs f in a bubble of its own.
func wait(t *testing.T, replies []reply, f func(t *testing.T, s *script)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, &script{t: t, replies: replies}) })
}

func lostSight(t *testing.T, err error) *PollError {
	t.Helper()
	lost, ok := err.(*PollError)
	if !ok || lost.TaskID != "t1" {
		t.Fatalf("the error is %#v", err)
	}
	return lost
}

func TestWaitCompleted(t *testing.T) {
	pending, done := answer(t, "pending", "", ""), answer(t, "done", "", "")
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

// A failed task is final: it is asked for once, whatever its code says.
func TestWaitFailed(t *testing.T) {
	for _, code := range append(allCodes(), "") {
		failed := answer(t, "failed", string(code), "m")
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
		{answer(t, "queued", "", ""), nil}, {answer(t, "error", "busy", "m"), nil}, {answer(t, "FAILED", "", ""), nil}, {answer(t, "", "", ""), nil},
		{answer(t, "cancelled", "gone", ""), nil}, {answer(t, "completed", "", "m"), nil},
	}
	wait(t, replies, func(t *testing.T, s *script) {
		task, err := s.waiter().Wait(t.Context(), "t1")
		if task != replies[5].task || err != nil {
			t.Errorf("%v, %v", task, err)
		}
		s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second, 10*time.Second)
	})
}

// If a response has an error and no status does not say that the task has failed:
// the service may have refused to tell.
func TestWaitRefusedToTell(t *testing.T) {
	refused := answer(t, "", "busy", "too many requests")
	if !errors.Is(refused.Err(), CodeBusy) || !refused.Done() {
		t.Fatal("the answer to a submission would be no refusal")
	}
	wait(t, []reply{{refused, nil}}, func(t *testing.T, s *script) {
		task, err := s.waiter().Wait(t.Context(), "t1")
		if lost := lostSight(t, err); task != refused || lost.Last != refused || errors.Is(err, CodeBusy) {
			t.Errorf("%v, %v", task, err)
		}
		s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second)
	})
	done := answer(t, "done", "", "")
	wait(t, []reply{{refused, nil}, {done, nil}}, func(t *testing.T, s *script) {
		if task, err := s.waiter().Wait(t.Context(), "t1"); task != done || err != nil {
			t.Errorf("%v, %v", task, err)
		}
	})
}

// Failures in a row end it; a success begins the count anew.
func TestWaitFailures(t *testing.T) {
	eof, pending, done := reply{nil, io.ErrUnexpectedEOF}, reply{answer(t, "pending", "", ""), nil}, reply{answer(t, "done", "", ""), nil}
	for _, c := range []struct {
		name    string
		max     int
		replies []reply
		calls   int
		last    *Task
		lost    bool
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
			if task != c.last || len(s.calls) != c.calls || (err != nil) != c.lost {
				t.Errorf("%s: %v, %v after %d calls", c.name, task, err, len(s.calls))
			}
			if c.lost {
				lost := lostSight(t, err)
				if lost.Last != c.last || c.replies[len(c.replies)-1].err != nil && !errors.Is(err, io.ErrUnexpectedEOF) || lost.Err == nil {
					t.Errorf("%s: %#v", c.name, lost)
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
	done := reply{answer(t, "done", "", ""), nil}
	wait(t, []reply{ask("60"), ask("1"), {nil, (*Error)(nil)}, {nil, &Error{RetryAfter: -time.Hour}}, done}, func(t *testing.T, s *script) {
		if _, err := s.waiter().Wait(t.Context(), "t1"); err != nil {
			t.Error(err)
		}
		s.checkCalls(0, 60*time.Second, 62*time.Second, 64*time.Second, 66*time.Second)
		if s.calls[1] != 60*time.Second {
			t.Errorf("asked for 60 s, polled after %v", s.calls[1])
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
			lostSight(t, err)
			s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second)
		})
	}
}

// The interval is drawn anew each time, from nine to eleven tenths.
func TestWaitInterval(t *testing.T) {
	pending := reply{answer(t, "pending", "", ""), nil}
	for _, every := range []time.Duration{0, -1, time.Nanosecond, time.Millisecond, time.Minute, 365 * 24 * time.Hour} {
		wait(t, append(slices.Repeat([]reply{pending}, 200), reply{answer(t, "done", "", ""), nil}), func(t *testing.T, s *script) {
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

// The jitter takes all of a tenth to either side, and no more; what the service
// asks for is a lower bound.
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
			t.Errorf("Every %v: asked for a minute, it waits %v", every, d)
		}
		if d := w.pause(&Error{RetryAfter: time.Hour}); d > want+want/10 {
			t.Errorf("Every %v: asked for an hour, it waits %v", every, d)
		}
		if d := w.pause(&Error{RetryAfter: time.Nanosecond}); d < want-want/10 {
			t.Errorf("Every %v: asked for nearly nothing, it waits %v", every, d)
		}
		if d := w.pause((*Error)(nil)); d < want-want/10 {
			t.Errorf("Every %v: after a typed nil, it waits %v", every, d)
		}
	}
}
