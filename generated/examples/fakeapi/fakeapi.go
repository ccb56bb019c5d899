// Package fakeapi is a fake of the EvoLink API. It accepts submissions, runs tasks that
// do no work, and fails as configured.
package fakeapi

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Response is one HTTP response. The zero Response reports the status of the task.
type Response struct {
	Status     int    // 0 means 200
	RetryAfter string // value of the header, "" for none
	Body       string // "" means the status of the task
	Drop       bool   // whether to process the request and close the connection without a response
	Delay      time.Duration
}

// Submission configures the outcome of one submission.
type Submission struct {
	Response Response   // to the submission; a Status of 400 or more creates no task
	Polls    []Response // to the first polls of the task; later polls return its end
	Code     string     // code with which the task fails; "" if it is completed
	Message  string     // message of the failed task
}

// API is a fake of the API. It uses its submissions in order; the last one applies to
// all further submissions.
type API struct {
	Submissions []Submission

	mu    sync.Mutex
	posts []*Record
	polls int
}

// Record describes a received submission.
type Record struct {
	Submission
	Reported bool // whether a poll returned the end of the task

	polled int
}

// Posted returns a record of each submission so far.
func (a *API) Posted() []Record {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []Record
	for _, r := range a.posts {
		all = append(all, *r)
	}
	return all
}

// Polls returns the number of polls so far.
func (a *API) Polls() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.polls
}

// ServeHTTP implements [http.Handler].
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var response Response
	var body string
	switch id, isPoll := strings.CutPrefix(r.URL.Path, "/v1/tasks/"); {
	case r.Method == http.MethodPost:
		response, body = a.submit()
	case isPoll && r.Method == http.MethodGet:
		response, body = a.poll(id)
	default:
		response = Response{Status: http.StatusNotFound}
	}
	write(w, r, response, body)
}

func (a *API) submit() (Response, string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.Submissions[min(len(a.posts), len(a.Submissions)-1)]
	a.posts = append(a.posts, &Record{Submission: s})
	if s.Response.Status >= 400 {
		return s.Response, ""
	}
	return s.Response, state(len(a.posts)-1, "pending", "", "")
}

func (a *API) poll(id string) (Response, string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.polls++
	n, err := strconv.Atoi(strings.TrimPrefix(id, "task-"))
	if err != nil || n < 0 || n >= len(a.posts) {
		return Response{Status: http.StatusNotFound, Body: `{"error":{"code":"resource_not_found","message":"no such task"}}`}, ""
	}
	t := a.posts[n]
	t.polled++
	if t.polled <= len(t.Polls) {
		return t.Polls[t.polled-1], state(n, "processing", "", "")
	}
	t.Reported = true
	if t.Code != "" {
		return Response{}, state(n, "failed", t.Code, t.Message)
	}
	return Response{}, state(n, "completed", "", "")
}

// state returns the JSON of a task.
func state(n int, status, code, message string) string {
	failure := ""
	if code != "" {
		failure = fmt.Sprintf(`,"error":{"code":%q,"message":%q}`, code, message)
	}
	return fmt.Sprintf(`{"id":"task-%d","object":"image.generation.task","status":%q,"model":"fake","progress":0%s}`, n, status, failure)
}

func write(w http.ResponseWriter, r *http.Request, a Response, body string) {
	if a.Delay > 0 {
		select {
		case <-time.After(a.Delay):
		case <-r.Context().Done():
			return
		}
	}
	if a.Drop {
		panic(http.ErrAbortHandler)
	}
	if a.RetryAfter != "" {
		w.Header().Set("Retry-After", a.RetryAfter)
	}
	if a.Status == 0 {
		a.Status = http.StatusOK
	}
	w.WriteHeader(a.Status)
	if a.Body != "" {
		body = a.Body
	}
	_, _ = w.Write([]byte(body)) // fails if the client closed the connection
}
