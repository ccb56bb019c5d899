package runtime

import (
	"encoding/json"
	"slices"
)

// settles reports whether the outcome of a request with an HTTP status is known. With
// 400 to 499 it was refused, unless it timed out (408). With 200 to 299 the body
// specifies the outcome.
func settles(status int) bool {
	return 400 <= status && status <= 499 && status != 408 || 200 <= status && status <= 299
}

// Done reports whether the task has ended, completed or failed. A task with a status
// that the table does not list has not ended.
func (t *Task) Done() bool {
	return t != nil && (t.failed() || hasStatus(t.status(), func(f *field) []string { return f.completed }))
}

// failed reports whether the task has failed.
func (t *Task) failed() bool {
	return t.err != nil || hasStatus(t.status(), func(f *field) []string { return f.failed })
}

// hasStatus reports whether the table lists a status in one of its lists.
func hasStatus(status string, list func(*field) []string) bool {
	return slices.ContainsFunc(responseFormat.fields, func(f field) bool { return slices.Contains(list(&f), status) })
}

// Err returns the [Error] of a failed task, or nil if the task has not failed. A
// failed task is final: polling it again does not change it, and a retry is a new
// submission.
func (t *Task) Err() error {
	if t == nil || !t.failed() {
		return nil
	}
	e := new(Error)
	if t.err != nil {
		*e = *t.err
	}
	//errspec:if id
	e.TaskID = t.id()
	e.unsettled = e.TaskID == "" && t.status() != "" // may be about any task
	//errspec:end
	return e
}

// task returns the task that the response describes.
func (r *response) task() *Task {
	t := r.newTask()
	t.source = r.source()
	if r.reading.outcome == outcomeFailed {
		t.err = r.failure()
	}
	return t
}

// MarshalJSON returns the response as the service sent it, with the HTTP status and
// headers added under the key "x-errspec". For a task that the program created, it
// returns only the ID and the status.
func (t Task) MarshalJSON() ([]byte, error) {
	if t.source != nil {
		return t.source.MarshalJSON()
	}
	return json.Marshal(t.members())
}

// UnmarshalJSON decodes a task that MarshalJSON returned, or a body about a task, such
// as that of a webhook request.
func (t *Task) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	r, _, err := restore(data)
	switch {
	case err != nil:
		return err
	case r == nil || r.reading.outcome == outcomeUnreadable || r.reading.outcome == outcomeError:
		return reason("the JSON is not a task")
	}
	*t = *r.task()
	return nil
}
