package runtime

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// maxBody is the maximum size of a response body.
const maxBody = 16 << 20

// An responseError describes a response that is not a task. As a constant, it needs
// no initialization at program start.
type responseError string

const (
	errTooLong  responseError = "response is larger than 16 MiB"
	errNoObject responseError = "not a JSON object"
)

// Error returns the text.
func (e responseError) Error() string { return string(e) }

// DecodeTask reads the service's answer to a submission or a poll: its HTTP
// status, its Retry-After header ("" if there was none) and its body.
//
// A status outside of 200 to 299 gives an [Error] with the code that the body
// names, or else the one that the table has for the status. Unless the status is
// from 400 to 499, and not 408, the outcome of the request is unknown. An answer
// that cannot be read gives another kind of error: it says nothing about the task.
func DecodeTask(status int, retryAfter string, body io.Reader) (*Task, error) {
	if body == nil {
		body = strings.NewReader("")
	}
	data, err := io.ReadAll(io.LimitReader(body, maxBody+1))
	if err == nil && len(data) > maxBody {
		err = errTooLong
	}
	refused := status < 200 || status > 299
	if err != nil && !refused {
		return nil, fmt.Errorf("%s: cannot read response: %w", tableName, err)
	}
	var doc document
	err = json.Unmarshal(data, &doc)
	if err == nil && doc == nil {
		err = errNoObject
	}
	if err != nil && !refused {
		return nil, fmt.Errorf("%s: response is not a task: %w", tableName, err)
	}
	task := doc.task()
	if !refused {
		return task, nil
	}
	e := task.err
	e.HTTPStatus, e.unsettled = status, status == 0
	e.RetryAfter, _ = ParseRetryAfter(retryAfter, time.Now())
	var none Code
	if code := codeOfStatus(status); code != none && !e.named() {
		e.Code = code
	}
	return nil, &e
}

// settles reports whether an HTTP status says for certain that a request was not,
// or is no longer, being carried out: from 400 to 499 it was refused, unless it
// timed out; from 200 to 299 the body tells.
func settles(status int) bool {
	return 400 <= status && status <= 499 && status != 408 || 200 <= status && status <= 299
}

// Done reports whether the task has ended, completed or failed. A task with a status
// that the table does not list has not ended.
func (t *Task) Done() bool {
	return t != nil && (slices.Contains(completedStatuses[:], t.status()) || t.failed())
}

// failed reports whether the task has failed. A response with an error and without
// a status is also a failure.
func (t *Task) failed() bool {
	return slices.Contains(failedStatuses[:], t.status()) || t.status() == "" && t.err.Wire != ""
}

// Err returns the [Error] of a failed task, or nil if the task has not failed. A
// failed task is final: polling it again does not change it, and a retry is a new
// submission.
func (t *Task) Err() error {
	if t == nil || !t.failed() {
		return nil
	}
	e := t.err
	//errspec:if id
	e.TaskID = t.id()
	e.unsettled = e.TaskID == "" && t.status() != "" // it may be of any task
	//errspec:end
	return &e
}

// A document is a JSON object with undecoded values. A value of an unexpected type is
// ignored and does not affect the other values.
type document map[string]json.RawMessage

// at returns the value at a path of keys.
func (d document) at(path ...string) json.RawMessage {
	for _, key := range path[:len(path)-1] {
		var inner document
		if json.Unmarshal(d[key], &inner) != nil {
			return nil
		}
		d = inner
	}
	value := d[path[len(path)-1]]
	if string(value) == "null" {
		return nil
	}
	return value
}

// text returns the value of a JSON string, or the digits of a JSON number.
func (d document) text(path ...string) string {
	value := d.at(path...)
	var s string
	if json.Unmarshal(value, &s) == nil {
		return s
	}
	var n json.Number
	if json.Unmarshal(value, &n) == nil {
		return n.String()
	}
	return ""
}

//errspec:if typed

// decode returns a value that is not a string.
func decode[T any](value json.RawMessage) T {
	var v, zero T
	if json.Unmarshal(value, &v) != nil {
		return zero
	}
	return v
}

//errspec:end
