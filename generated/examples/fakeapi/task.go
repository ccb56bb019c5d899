package fakeapi

import (
	"fmt"
	"time"
)

// A task is a task that a submission created. It does no work.
type task struct {
	id      string
	record  *Record // of the submission
	created time.Time
	polled  int // polls so far
}

// create creates the task of a submission.
func (a *API) create(r *Record) *task {
	t := &task{id: fmt.Sprintf("task-%d", len(a.posts)-1), record: r, created: time.Now()}
	a.tasks = append(a.tasks, t)
	if r.Key != "" {
		if a.byKey == nil {
			a.byKey = make(map[string]*task)
		}
		a.byKey[r.Key] = t
	}
	if a.Callback != nil {
		time.AfterFunc(r.Runs, func() { a.Callback([]byte(t.end())) })
	}
	return t
}

// respond returns the response to a submission of the task.
func (t *task) respond(r Response) Response {
	if r.Body == "" && r.Status < 400 {
		r.Body = t.state("pending")
		if t.ended() {
			r.Body = t.end()
		}
	}
	return r
}

// poll returns the response to another poll.
func (t *task) poll() Response {
	var r Response
	if t.polled++; t.polled <= len(t.record.Polls) {
		r = t.record.Polls[t.polled-1]
		if r.Body == "" {
			r.Body = t.state("processing")
		}
		return r
	}
	if !t.ended() {
		return Response{Body: t.state("processing")}
	}
	t.record.Reported = true
	return Response{Body: t.end()}
}

// ended reports whether the task has ended, and polls return it.
func (t *task) ended() bool {
	return t.polled >= len(t.record.Polls) && time.Since(t.created) >= t.record.Runs && t.polled > 0
}

// end returns the JSON of the task when it has ended.
func (t *task) end() string {
	if t.record.Code != "" {
		return t.state("failed")
	}
	return t.state("completed")
}

// state returns the JSON of the task with a status.
func (t *task) state(status string) string {
	failure := ""
	if status == "failed" {
		failure = fmt.Sprintf(`,"error":{"code":%q,"message":%q}`, t.record.Code, t.record.Message)
	}
	return fmt.Sprintf(`{"id":%q,"object":"image.generation.task","status":%q,"model":"fake","progress":0%s}`, t.id, status, failure)
}
