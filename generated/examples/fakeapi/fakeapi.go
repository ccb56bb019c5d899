// Package fakeapi is a fake of the EvoLink API for tests of clients. It accepts
// submissions, runs tasks that do no work, fails as configured, and counts charges:
//
//	api := &fakeapi.API{
//		Submissions: []fakeapi.Submission{
//			{Response: fakeapi.Response{Drop: true}}, // accepted and charged, but the response is lost
//			{}, // succeeds
//		},
//		Keys: fakeapi.Keys{Header: evolink.IdempotencyHeader, For: time.Hour},
//	}
//	server := httptest.NewServer(api)
//	// run the client, then:
//	for request, n := range api.Charges() {
//		if n > 1 {
//			t.Errorf("%s is paid %d times", request, n)
//		}
//	}
package fakeapi

import (
	"io"
	"net/http"
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
	Response Response      // to the submission
	Effect   Effect        // whether it creates a task
	Polls    []Response    // to the first polls of the task; later polls return its status
	Runs     time.Duration // how long the task runs
	Code     string        // code with which the task fails; "" if it is completed
	Message  string        // message of the failed task
}

// Effect is whether a submission creates a task.
type Effect uint8

const (
	EffectOfStatus Effect = iota // a task, unless the response has a Status of 400 or more
	EffectTask                   // a task, whatever the response
	EffectNone                   // no task, whatever the response
)

// API is a fake of the API. It uses its submissions in order; the last one applies to
// all further submissions.
type API struct {
	Submissions []Submission

	// Next replaces Submissions, if it is not nil. Its arguments are the numbers of
	// submissions and tasks so far.
	Next func(submissions, tasks int) Submission

	// Keys configures idempotency keys. The zero Keys ignores them.
	Keys Keys

	// ChargesFailed reports whether a task that fails with a code is charged. If it is
	// nil, none is.
	ChargesFailed func(code string) bool

	// Callback is called with the status of each task when it ends, if it is not nil.
	Callback func(task []byte)

	mu    sync.Mutex
	posts []*Record
	tasks []*task
	byKey map[string]*task
	polls int
}

// Record describes a received submission.
type Record struct {
	Submission
	Request  string // its body
	Key      string // its idempotency key, "" for none
	TaskID   string // ID of the task that it created, or that its key belongs to
	Replayed bool   // whether its key was known
	Reported bool   // whether a poll returned the end of the task that it created
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

// Charges returns how often each work was charged, by the body of its submissions. A
// task is charged once, or not at all if it fails and ChargesFailed does not report it.
func (a *API) Charges() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	charges := make(map[string]int)
	for _, t := range a.tasks {
		if code := t.record.Code; code == "" || a.ChargesFailed != nil && a.ChargesFailed(code) {
			charges[t.record.Request]++
		}
	}
	return charges
}

// ServeHTTP implements [http.Handler].
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var response Response
	switch id, isPoll := strings.CutPrefix(r.URL.Path, "/v1/tasks/"); {
	case r.Method == http.MethodPost:
		var request strings.Builder
		if r.Body != nil {
			if _, err := io.Copy(&request, r.Body); err != nil {
				return // the client closed the connection
			}
		}
		response = a.submit(w.Header(), r.Header, request.String())
	case isPoll && r.Method == http.MethodGet:
		response = a.poll(id)
	default:
		response = Response{Status: http.StatusNotFound}
	}
	write(w, r, response)
}

// submit processes a submission. It returns the response, and sets its headers.
func (a *API) submit(header, received http.Header, request string) Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	s := a.next()
	record := &Record{Submission: s, Request: request}
	a.posts = append(a.posts, record)
	if a.Keys.Header != "" {
		record.Key = received.Get(a.Keys.Header)
	}
	if s.Effect == EffectNone || s.Effect == EffectOfStatus && s.Response.Status >= 400 {
		return s.Response
	}
	t := a.known(record.Key)
	if t != nil {
		record.TaskID, record.Replayed = t.id, true
		if body := a.Keys.refusal(t, request); body != "" {
			return Response{Status: http.StatusConflict, Body: body, Drop: s.Response.Drop, Delay: s.Response.Delay}
		}
		header.Set("Idempotency-Replayed", "true")
	} else {
		t = a.create(record)
		record.TaskID = t.id
	}
	return t.respond(s.Response)
}

func (a *API) next() Submission {
	if a.Next != nil {
		return a.Next(len(a.posts), len(a.tasks))
	}
	return a.Submissions[min(len(a.posts), len(a.Submissions)-1)]
}

// poll returns the response to a poll.
func (a *API) poll(id string) Response {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.polls++
	for _, t := range a.tasks {
		if t.id == id {
			return t.poll()
		}
	}
	return Response{Status: http.StatusNotFound, Body: `{"error":{"code":"resource_not_found","message":"no such task"}}`}
}

func write(w http.ResponseWriter, r *http.Request, a Response) {
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
	_, _ = io.WriteString(w, a.Body) // fails if the client closed the connection
}
