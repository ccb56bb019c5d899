package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"
)

// Wait returns as soon as the context ends.
func TestWaitContext(t *testing.T) {
	pending := reply{taskWith(t, "pending", "", ""), nil}
	for _, c := range []struct {
		name  string
		reply reply
		after time.Duration
		calls int
	}{
		{"in the first pause", pending, time.Second, 1},
		{"in a later pause", pending, 9 * time.Second, 5},
		{"in a pause that the service requested", reply{nil, &Error{RetryAfter: time.Minute}}, 40 * time.Second, 1},
	} {
		wait(t, []reply{c.reply}, func(t *testing.T, s *script) {
			ctx, cancel := context.WithTimeout(t.Context(), c.after)
			defer cancel()
			task, err := s.waiter().Wait(ctx, "t1")
			if stopped := pollErrorOf(t, err); task != c.reply.task || stopped.Last != task || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v, %v", c.name, task, err)
			}
			if passed := time.Since(s.start); passed != c.after || len(s.calls) != c.calls {
				t.Errorf("%s: %d calls, over after %v", c.name, len(s.calls), passed)
			}
		})
		wait(t, []reply{c.reply}, func(t *testing.T, s *script) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(c.after, cancel)
			_, err := s.waiter().Wait(ctx, "t1")
			if passed := time.Since(s.start); passed != c.after || !errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v after %v", c.name, err, passed)
			}
		})
	}
}

func TestWaitContextAlreadyDone(t *testing.T) {
	for _, r := range []reply{{taskWith(t, "done", "", ""), nil}, {nil, io.EOF}, {}} {
		wait(t, []reply{r}, func(t *testing.T, s *script) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			task, err := s.waiter().Wait(ctx, "t1")
			if stopped := pollErrorOf(t, err); task != nil || stopped.Last != nil || !errors.Is(err, context.Canceled) || len(s.calls) > 0 || time.Since(s.start) > 0 {
				t.Errorf("%v, %v after %d calls", task, err, len(s.calls))
			}
		})
	}
}

// The context ends during a call of Get.
func TestWaitContextEndsInGet(t *testing.T) {
	done := taskWith(t, "done", "", "")
	for name, c := range map[string]struct {
		end  reply
		want error // nil if Wait returns the task
	}{
		"a task that has ended":      {reply{done, nil}, nil},
		"the error of the context":   {reply{nil, fmt.Errorf("get: %w", context.Canceled)}, context.Canceled},
		"another error":              {reply{nil, io.ErrUnexpectedEOF}, io.ErrUnexpectedEOF},
		"an *Error":                  {reply{nil, &Error{Code: CodeBusy, HTTPStatus: 429}}, context.Canceled},
		"a task that still runs":     {reply{taskWith(t, "pending", "", ""), nil}, context.Canceled},
		"a context's error and ours": {reply{nil, errors.Join(CodeBusy, context.Canceled)}, context.Canceled},
	} {
		for _, failures := range []int{0, 1} {
			wait(t, nil, func(t *testing.T, s *script) {
				ctx, cancel := context.WithCancel(t.Context())
				w := &Waiter{MaxFailures: failures, Get: func(context.Context, string) (*Task, error) {
					cancel()
					return c.end.task, c.end.err
				}}
				task, err := w.Wait(ctx, "t1")
				if c.want == nil {
					if task != done || err != nil {
						t.Errorf("%s: %v, %v", name, task, err)
					}
					return
				}
				if stopped := pollErrorOf(t, err); !errors.Is(err, c.want) || !errors.Is(err, context.Canceled) || errors.Is(err, CodeBusy) || stopped.Last != c.end.task {
					t.Errorf("%s, %d failures: %v", name, failures, err)
				}
			})
		}
	}
}

func TestWaiterWithoutGet(t *testing.T) {
	for _, w := range []*Waiter{nil, {}, {OnPoll: func(*Task) { t.Error("OnPoll was called") }}} {
		task, err := w.Wait(t.Context(), "t1")
		if stopped := pollErrorOf(t, err); task != nil || stopped.Err == nil || stopped.Last != nil {
			t.Errorf("%v, %v", task, err)
		}
		if _, again := new(Policy).Next(t.Context(), 1, err); again {
			t.Error("an invalid Waiter allows another submission")
		}
	}
	// Only Get is set.
	w := &Waiter{Get: func(context.Context, string) (*Task, error) { return &Task{ID: "t1", Status: "failed"}, nil }}
	if task, err := w.Wait(t.Context(), "t1"); task == nil || err == nil || err.(*Error).TaskID != "t1" {
		t.Errorf("%v, %v", task, err)
	}
}

func TestTaskEnd(t *testing.T) {
	var none *Task
	if none.Done() || none.Err() != nil {
		t.Error("a nil task has ended")
	}
	for _, c := range []struct {
		task         *Task
		done, failed bool
	}{
		{&Task{}, false, false},
		{&Task{Status: "pending"}, false, false},
		{&Task{Status: "completed"}, true, false},
		{&Task{Status: "done"}, true, false},
		{&Task{Status: "Done"}, false, false},
		{&Task{Status: "failed"}, true, true},
		{taskWith(t, "completed", "busy", "m"), true, true},
		{taskWith(t, "pending", "busy", "m"), false, false},
		{taskWith(t, "failed", "", ""), true, true},
		{taskWith(t, "", "busy", ""), true, true},
		{taskWith(t, "", "", ""), false, false},
	} {
		err := c.task.Err()
		if c.task.Done() != c.done || (err != nil) != c.failed {
			t.Errorf("%+v: done is %v, the error %#v", c.task, c.task.Done(), err)
		}
		if e, ok := err.(*Error); c.failed && (!ok || e.TaskID != c.task.ID) {
			t.Errorf("%+v has the error %#v", c.task, err)
		}
	}
	var e *Error
	if err := taskWith(t, "failed", "", "").Err(); !errors.As(err, &e) || e.Wire != "" || e.Code != "" || e.Decision().Action != ActionSupport || e.Decision().Known {
		t.Errorf("a task that failed without a code has the error %#v", err)
	}
}
