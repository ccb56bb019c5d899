package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

// decodeReply returns the reply of a Get that decodes a response with DecodeTask.
func decodeReply(status int, retryAfter, body string) reply {
	task, err := DecodeTask(status, retryAfterHeader(retryAfter), strings.NewReader(body))
	return reply{task, err}
}

// mismatches are bodies, with HTTP status 200, that are not tasks or are about another
// task.
var mismatches = []string{
	"", "{}", "null", "[]", `""`, "0", "true", "<html>ok</html>", `{"message":"maintenance"}`, `{"status":null}`, `{"status":{"id":"t1"}}`, `{"id":"","status":""}`,
	`[{"id":"t1","status":"completed"}]`, `{"data":{"id":"t1","status":"completed"}}`, `{"error":{"message":"m"}}`, `{"error":{"code":"busy"}}`, `{"error":{"code":"hiccup"},"status":7.5e}`,
	`{"id":"t2","status":"completed"}`, `{"id":"t2","status":"failed","error":{"code":"hiccup"}}`, `{"id":"t2","status":"pending"}`, `{"id":"t2"}`, `{"id":"T1","status":"completed"}`,
	`{"id":"t1 ","status":"completed"}`, `{"id":7,"status":"completed"}`, `{"status":"failed","error":{"code":"hiccup"}}`, `{"status":"failed"}`, `{"id":null,"status":"failed"}`,
	`{"id":"t1","status":"completed"`,
}

// A response that is not about the task is a failed poll. Repeated, it results in a
// PollError; between other responses it has no effect. It is never returned as the task.
func TestWaitMismatch(t *testing.T) {
	done := taskWith(t, "done", "", "")
	for _, body := range mismatches {
		wait(t, []reply{decodeReply(200, "", body)}, func(t *testing.T, s *script) {
			task, err := s.waiter().Wait(t.Context(), "t1")
			if stopped := pollErrorOf(t, err); task != stopped.Last || task != nil && task.err.Wire == "" || stopped.Err == nil {
				t.Errorf("%s: %+v, %v", body, task, err)
			}
			if _, again := new(Policy).Next(t.Context(), 1, err); again || errors.Is(err, CodeHiccup) {
				t.Errorf("%s: %v allows another submission", body, err)
			}
			s.checkCalls(0, 2*time.Second, 4*time.Second, 6*time.Second, 8*time.Second)
		})
		replies := append(slices.Repeat([]reply{decodeReply(200, "", body)}, 4), reply{done, nil})
		wait(t, replies, func(t *testing.T, s *script) {
			if task, err := s.waiter().Wait(t.Context(), "t1"); task != done || err != nil {
				t.Errorf("%s four times: %v, %v", body, task, err)
			}
			for _, task := range s.polled {
				if task.ID != "t1" && task.err.Wire == "" {
					t.Errorf("%s: OnPoll saw %+v", body, task)
				}
			}
		})
	}
	// Tasks that another implementation of Get may return.
	for _, r := range []reply{
		{new(Task), nil}, {&Task{ID: "t2", Status: "failed"}, nil}, {&Task{ID: "t2", Status: "done"}, io.EOF}, {&Task{Status: "failed"}, &Error{Code: CodeHiccup}}, {},
		{nil, &Error{Code: CodeHiccup, TaskID: "t2"}},
	} {
		wait(t, []reply{r}, func(t *testing.T, s *script) {
			task, err := s.waiter().Wait(t.Context(), "t1")
			if pollErrorOf(t, err); task != nil || len(s.calls) != 5 {
				t.Errorf("%+v: %+v, %v after %d calls", r, task, err, len(s.calls))
			}
		})
	}
}

// Incomplete responses about the task are accepted. A response with only an ID means
// that the task is running. A completed or running task need not repeat its ID.
func TestWaitIncomplete(t *testing.T) {
	for _, body := range []string{
		`{"id":"t1"}`, `{"id":"t1","status":null}`, `{"id":"t1","status":["failed"]}`, `{"status":"pending"}`, `{"id":"t1","status":"of another kind"}`, `{"id":"t1","status":7}`,
		`{"id":"t1","status":"Failed"}`, `{"id":"t1","status":"pending","error":{"code":"busy"}}`,
	} {
		replies := append(slices.Repeat([]reply{decodeReply(200, "", body)}, 20), decodeReply(200, "", `{"status":"completed"}`))
		wait(t, replies, func(t *testing.T, s *script) {
			task, err := s.waiter().Wait(t.Context(), "t1")
			if err != nil || task.Status != "completed" || len(s.calls) != 21 {
				t.Errorf("%s: %v, %v after %d calls", body, task, err, len(s.calls))
			}
		})
	}
}

// Some HTTP statuses of polls stop polling, and others are failed polls, with any body.
// HTTP 404 stops polling only after a response about the task.
func TestWaitRefused(t *testing.T) {
	pending := taskWith(t, "pending", "", "")
	bodies := []string{
		"", "<html>", `{"id":"t1","status":"completed"}`, `{"id":"t1","status":"failed","error":{"code":"hiccup"}}`, `{"error":{"code":"hiccup"}}`, `{"error":{"code":"gone","message":"m"}}`,
		`{"error":{"code":404}}`,
	}
	for status := range 600 {
		if status >= 200 && status <= 299 {
			continue
		}
		ends := status >= 400 && status <= 499 && status != 408 && status != 425 && status != 429
		for _, seen := range []bool{false, true} {
			body := bodies[status%len(bodies)]
			replies := []reply{decodeReply(status, "", body)}
			if status%3 == 0 {
				replies[0].err = fmt.Errorf("get: %w", replies[0].err)
			}
			polls, last := 5, (*Task)(nil)
			if ends && (status != 404 || seen) {
				polls = 1
			}
			if seen {
				replies, polls, last = append([]reply{{pending, nil}}, replies...), polls+1, pending
			}
			wait(t, replies, func(t *testing.T, s *script) {
				task, err := s.waiter().Wait(t.Context(), "t1")
				stopped := pollErrorOf(t, err)
				if task != last || stopped.Last != last || len(s.calls) != polls {
					t.Errorf("%d %s, seen %v: %v, %v after %d polls, want %d", status, body, seen, task, err, len(s.calls), polls)
				}
				if _, again := new(Policy).Next(t.Context(), 1, err); again || errors.Is(err, CodeHiccup) || errors.Is(err, CodeGone) {
					t.Errorf("%d %s: %v allows another submission", status, body, err)
				}
			})
		}
	}
	// HTTP 404 with a code, after every kind of response.
	missing := decodeReply(404, "", `{"error":{"code":"gone"}}`)
	for _, c := range []struct {
		before reply
		polls  int
	}{
		{reply{nil, io.EOF}, 5},
		{decodeReply(503, "", ""), 5},
		{decodeReply(200, "", "{}"), 5},
		{decodeReply(200, "", `{"id":"t2","status":"pending"}`), 5},
		{decodeReply(200, "", `{"error":{"code":"busy"}}`), 5},
		{decodeReply(200, "", `{"id":"t1"}`), 2},
		{decodeReply(200, "", `{"status":"pending"}`), 2},
	} {
		wait(t, []reply{c.before, missing}, func(t *testing.T, s *script) {
			_, err := s.waiter().Wait(t.Context(), "t1")
			if pollErrorOf(t, err); len(s.calls) != c.polls {
				t.Errorf("404 after %+v: %d polls, want %d", c.before, len(s.calls), c.polls)
			}
			if text := Explain(err); !strings.Contains(text, "The service refused the poll:\ngone: Gone\n") || strings.Contains(text, "Clients may") {
				t.Errorf("404 after %+v is explained as %s", c.before, text)
			}
		})
	}
}

// Without an ID, Wait does not poll: any task would match.
func TestWaitWithoutID(t *testing.T) {
	w := &Waiter{Get: func(context.Context, string) (*Task, error) {
		t.Error("Get was called")
		return taskWith(t, "failed", "hiccup", ""), nil
	}}
	task, err := w.Wait(t.Context(), "")
	var stopped *PollError
	if !errors.As(err, &stopped) || task != nil || stopped.Err == nil {
		t.Errorf("%v, %v", task, err)
	}
}
