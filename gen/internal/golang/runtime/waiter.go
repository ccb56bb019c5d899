package runtime

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// Waiter polls a task until it ends. Only Get is required.
type Waiter struct {
	// Get requests the status of the task once.
	Get func(ctx context.Context, id string) (*Task, error)

	// Every is the interval between polls, plus or minus 10%; 0 means the
	// table's interval.
	Every time.Duration

	// MaxFailures is the number of consecutive failed calls of Get after which
	// polling stops; 0 means 5.
	MaxFailures int

	// OnPoll is called with every response about the task, including the last one.
	OnPoll func(*Task)
}

const defaultMaxFailures = 5

// Wait polls the task until it has ended: immediately, and then at every interval. It
// returns the task and, if the task failed, its [Error]. A failed task is final.
//
// If polling stops before the task has ended, the error is a [PollError]; the task may
// be polled again. Polling stops when ctx is done, after MaxFailures consecutive failed
// polls, and when the service refuses a poll with an HTTP status from 400 to 499.
// HTTP 408, 425 and 429 are failed polls, and so is 404 before any response about the
// task. Other errors of Get, and responses that are not about the task, are failed polls.
func (w *Waiter) Wait(ctx context.Context, id string) (*Task, error) {
	switch {
	case w == nil || w.Get == nil:
		return nil, &PollError{TaskID: id, Err: errors.New("Waiter.Get is nil")}
	case id == "":
		return nil, &PollError{Err: errors.New("the task has no ID")}
	}
	var last *Task
	var err error
	seen := false // whether a response was about the task
	for failures := 0; ctx.Err() == nil; sleep(ctx, w.pause(err)) {
		var task *Task
		if task, err = w.poll(ctx, id); task != nil {
			last = task
			if task.Done() && task.status() != "" {
				return task, task.Err()
			}
		}
		if err == nil {
			failures, seen = 0, true
		} else if failures++; failures >= positive(w.MaxFailures, defaultMaxFailures) || isRefused(err, seen) {
			break
		}
	}
	if stop := ctx.Err(); stop != nil && !errors.Is(err, stop) {
		err = errors.Join(stop, err)
	}
	return last, &PollError{TaskID: id, Last: last, Err: err}
}

// poll calls Get once. It fails if the response is not about the task, or is an error
// without the status of the task, which may be running.
func (w *Waiter) poll(ctx context.Context, id string) (*Task, error) {
	task, err := w.Get(ctx, id)
	if mismatch := task.mismatch(id); mismatch != "" {
		if err == nil {
			err = errors.New(mismatch)
		}
		return nil, err
	}
	if w.OnPoll != nil {
		w.OnPoll(task)
	}
	if err == nil && task.status() == "" {
		err = task.Err()
	}
	return task, err
}

// mismatch returns the reason why a response is not about the task with an ID, or "".
func (t *Task) mismatch(id string) string {
	switch {
	case t == nil:
		return "Get returned neither a task nor an error"
	case t.id() != "" && t.id() != id:
		return "the response is about another task, " + oneLine(t.id())
	case t.id() == "" && t.failed() && t.status() != "":
		return "the response is about a failed task without an ID"
	case t.id() == "" && t.status() == "" && t.err == nil:
		return "the response is not a task: it has neither an ID nor a status"
	}
	return ""
}

// isRefused reports whether the service refused the poll and would refuse another one.
// HTTP 404 before any response about the task may mean that the task is not visible yet.
func isRefused(err error, seen bool) bool {
	e := refusalIn(err)
	return e != nil && (e.HTTPStatus != 404 || seen)
}

// refusalIn returns the [Error] of a request that the service refused, or nil. A request
// that was only too early or too slow is not refused.
func refusalIn(err error) *Error {
	var e *Error
	if !errors.As(err, &e) || e == nil || e.HTTPStatus < 400 || e.HTTPStatus > 499 {
		return nil
	}
	switch e.HTTPStatus {
	case 408, 425, 429:
		return nil
	}
	return e
}

// pause returns the delay before the next poll: the interval with a jitter, or a longer
// delay that the service requested, up to the cap of the table.
func (w *Waiter) pause(err error) time.Duration {
	every := min(positive(w.Every, pollInterval), math.MaxInt64/2)
	pause := every - every/10 + time.Duration(rand.Int64N(int64(every/5)+1))
	var e *Error
	if errors.As(err, &e) && e != nil && e.RetryAfter <= backoffCap {
		pause = max(pause, e.RetryAfter)
	}
	return pause
}

// PollError means that polling stopped before the task ended. The outcome of the task
// is unknown: it may still be running, may have finished, and may have been charged.
// Poll it again; do not submit it again. A PollError therefore matches no [Code], even
// if the error of Get does.
type PollError struct {
	TaskID string
	Last   *Task // last response, nil if none
	Err    error // why polling stopped
}

// Error returns one line.
func (e *PollError) Error() string {
	if e == nil {
		return tableName + ": no error"
	}
	text := tableName + ": stopped polling task " + oneLine(e.TaskID)
	if e.Err != nil {
		text += ": " + oneLine(fmt.Sprint(e.Err))
	}
	return text
}

// Unwrap returns the reason, such as a context or connection error. The error that it
// returns contains no [Error] and no [Code]: those would describe the poll, not the task.
func (e *PollError) Unwrap() error {
	if e == nil {
		return nil
	}
	return withoutCodes(e.Err)
}

// withoutCodes returns err without errors and codes of the table.
func withoutCodes(err error) error {
	if !containsCode(err) {
		return err
	}
	switch wrapper := err.(type) {
	case interface{ Unwrap() error }:
		return withoutCodes(wrapper.Unwrap())
	case interface{ Unwrap() []error }:
		var rest []error
		for _, err := range wrapper.Unwrap() {
			rest = append(rest, withoutCodes(err))
		}
		return errors.Join(rest...)
	}
	return nil
}

func containsCode(err error) bool {
	var e *Error
	var code Code
	var subtype Subtype
	return errors.As(err, &e) || errors.As(err, &code) || errors.As(err, &subtype)
}
