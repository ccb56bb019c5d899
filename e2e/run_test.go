// Runs of a client with the fake API. Like schedule_test.go, the file is also copied
// next to the sample in Go.

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// A run is one call of a client that submits a request and waits for its task.
type run struct {
	Name        string
	Submissions []fakeapi.Submission
	Timeout     float64 // seconds
	Want        *want   // nil for random schedules, for which only the general checks apply
}

// want is the expected end of a run.
type want struct {
	Posts, Polls int    // Polls is -1 if it is random
	Error        string // as in outcome
	Code         string
	Pauses       []bounds // bounds of the first waits
}

type bounds struct{ Min, Max float64 }

// An outcome contains the actions of a client, "post", "poll" and "pause", and its
// end: "" for a completed task, or TaskError, OutcomeUnknown, PollError.
type outcome struct {
	Events []event
	Error  string
	Code   string // of a TaskError
	TaskID string // of a PollError
	Text   string // of the error
	Task   json.RawMessage
}

type event struct {
	Kind    string
	Seconds float64 // of a pause
}

// allRuns returns the runs of every sample.
func allRuns() []run { return append(wantedRuns(), randomRuns(400)...) }

// checked is the fake API, with checks of the requests.
type checked struct {
	tb  testing.TB
	api *fakeapi.API
}

func (c checked) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if got := r.Header.Get("Authorization"); got != "Bearer key" {
		c.tb.Errorf("%s %s: Authorization is %q", r.Method, r.URL, got)
	}
	if r.Method == http.MethodPost {
		body, err := io.ReadAll(r.Body)
		if err != nil || strings.ReplaceAll(string(body), " ", "") != `{"prompt":"a"}` || r.Header.Get("Content-Type") != "application/json" {
			c.tb.Errorf("submitted is %q, of type %q, %v", body, r.Header.Get("Content-Type"), err)
		}
	}
	c.api.ServeHTTP(w, r)
}

// randomRuns returns runs with random schedules. No response is delayed, because the
// clock of the fake API is not that of the client.
func randomRuns(n uint64) []run {
	var all []run
	for seed := range n {
		rng := rand.New(rand.NewPCG(seed, 1))
		r := run{Name: fmt.Sprint("seed ", seed), Submissions: randomSchedule(rng), Timeout: float64(1 + rng.IntN(3600))}
		for i := range r.Submissions {
			s := &r.Submissions[i]
			s.Response.Delay = 0
			for j := range s.Polls {
				s.Polls[j].Delay = 0
			}
		}
		all = append(all, r)
	}
	return all
}

// wantedRuns returns a run for each frequent mistake of clients. The clock of the
// client starts in the year 2000.
func wantedRuns() []run {
	one := func(s fakeapi.Submission) []fakeapi.Submission { return []fakeapi.Submission{s, {}} }
	refused := func(status int, retryAfter, body string) []fakeapi.Submission {
		return one(fakeapi.Submission{Response: fakeapi.Response{Status: status, RetryAfter: retryAfter, Body: body}})
	}
	polled := func(polls ...fakeapi.Response) []fakeapi.Submission { return one(fakeapi.Submission{Polls: polls}) }
	failing := fakeapi.Response{Status: 503, Body: `{"error":{"code":"quota_exceeded"}}`}
	missing := fakeapi.Response{Status: 404, Body: `{"error":{"code":"resource_not_found"}}`}
	good := want{Posts: 2, Polls: 1}
	final := func(code string) *want { return &want{Posts: 1, Polls: 1, Error: "TaskError", Code: code} }
	return []run{
		{"refused by a code", refused(400, "", `{"error":{"code":"service_error"}}`), 3600, good.pausing(bounds{30, 60})},
		{"a code, but a status that leaves the outcome open", refused(503, "", `{"error":{"code":"service_error"}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"a code, but the service timed out", refused(408, "", `{"error":{"code":"service_error"}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"too early", refused(425, "", `{"error":{"code":"service_error"}}`), 3600, good.pausing(bounds{30, 60})},
		{"a failed task without an ID", refused(0, "", `{"status":"failed","error":{"code":"quota_exceeded"}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"refused for good", refused(400, "", `{"error":{"code":"invalid_parameters"}}`), 3600, &want{1, 0, "TaskError", "invalid_parameters", nil}},
		{"refused by an unknown code", refused(429, "", `{"error":{"code":"new"}}`), 3600, &want{1, 0, "TaskError", "new", nil}},
		{"code as the status", refused(429, "", `{"error":{"code":429}}`), 3600, good.pausing(bounds{60, 120})},
		{"code as the status, outcome unknown", refused(503, "", `{"error":{"code":503}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"no code", refused(400, "", `{}`), 3600, &want{1, 0, "TaskError", "invalid_request_error", nil}},
		{"no ID", refused(0, "", `{"status":"failed","error":{"code":"service_error"}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"Retry-After", refused(429, "77", ""), 3600, good.pausing(bounds{77, 120})},
		{"Retry-After as a date", refused(429, "Sat, 01 Jan 2000 00:02:00 GMT", ""), 3600, good.pausing(bounds{119, 120})},
		{"Retry-After as an old date", refused(429, "Saturday, 01-Jan-00 00:02:00 GMT", ""), 3600, good.pausing(bounds{119, 120})},
		{"Retry-After as a date of C", refused(429, "Sat Jan  1 00:02:00 2000", ""), 3600, good.pausing(bounds{119, 120})},
		{"Retry-After with a fraction", refused(429, "76.003", ""), 3600, good.pausing(bounds{76, 120})},
		{"Retry-After that is a fraction", refused(429, "0.493", ""), 3600, good.pausing(bounds{60, 120})},
		{"Retry-After in words", refused(429, "soon", ""), 3600, good.pausing(bounds{60, 120})},
		{"Retry-After that is no number", refused(429, "NaN", ""), 3600, good.pausing(bounds{60, 120})},
		{"Retry-After with a unit", refused(429, "17.5s", ""), 3600, good.pausing(bounds{60, 120})},
		{"Retry-After below zero", refused(429, "-1.5", ""), 3600, good.pausing(bounds{60, 120})},
		{"Retry-After in other digits", refused(429, "٧٧", ""), 3600, good.pausing(bounds{60, 120})},
		{"Retry-After that is no year", refused(429, "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", ""), 3600, good.pausing(bounds{60, 120})},
		{"JSON without end", refused(0, "", strings.Repeat("[", 1<<20)), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"Retry-After too late", refused(429, "601", ""), 3600, &want{1, 0, "TaskError", "rate_limit_error", nil}},
		{"Retry-After without end", refused(429, "99999999999999999999", ""), 3600, &want{1, 0, "TaskError", "rate_limit_error", nil}},
		{"Retry-After past the deadline", refused(429, "60", ""), 50, &want{1, 0, "TaskError", "rate_limit_error", nil}},
		{"Retry-After of a poll", polled(fakeapi.Response{Status: 503, RetryAfter: "20"}), 3600, &want{1, 2, "", "", []bounds{{20, 20}}}},
		{"Retry-After of a poll as a date", polled(fakeapi.Response{Status: 503, RetryAfter: "Sat, 01 Jan 2000 00:02:00 GMT"}), 3600, &want{1, 2, "", "", []bounds{{119, 120}}}},
		{"Retry-After of a poll with a fraction", polled(fakeapi.Response{Status: 429, RetryAfter: "299.997"}), 3600, &want{1, 2, "", "", []bounds{{299, 300}}}},
		{"Retry-After of a poll, too late", polled(fakeapi.Response{Status: 429, RetryAfter: "601"}), 3600, &want{1, 2, "", "", []bounds{{2.7, 3.3}}}},
		{"Retry-After of a poll without end", polled(fakeapi.Response{Status: 503, RetryAfter: "99999999999999999999"}), 3600, &want{1, 2, "", "", []bounds{{2.7, 3.3}}}},
		{"polls with a Retry-After of years", polled(slices.Repeat([]fakeapi.Response{{Status: 429, RetryAfter: "99999999"}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"polls without a task", polled(slices.Repeat([]fakeapi.Response{{Body: "{}"}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"maintenance", polled(slices.Repeat([]fakeapi.Response{{Body: `{"message":"maintenance"}`}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"another task that failed", polled(slices.Repeat([]fakeapi.Response{{Body: `{"id":"task-7","status":"failed","error":{"code":"service_error"}}`}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"another task that is completed", polled(fakeapi.Response{Body: `{"id":"task-7","status":"completed"}`}), 3600, &want{1, 2, "", "", nil}},
		{"another task that runs", polled(slices.Repeat([]fakeapi.Response{{Body: `{"id":"task-7","status":"processing"}`}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"no task that failed", polled(slices.Repeat([]fakeapi.Response{{Body: `{"status":"failed","error":{"code":"service_error"}}`}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"an ID alone", polled(slices.Repeat([]fakeapi.Response{{Body: `{"id":"task-0"}`}}, 9)...), 3600, &want{1, 10, "", "", nil}},
		{"an ID with a code", polled(slices.Repeat([]fakeapi.Response{{Body: `{"id":"task-0","error":{"code":"service_error"}}`}}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"a status alone", polled(slices.Repeat([]fakeapi.Response{{Body: `{"status":"processing"}`}}, 9)...), 3600, &want{1, 10, "", "", nil}},
		{"completed, without an ID", polled(fakeapi.Response{Body: `{"status":"completed"}`}), 3600, &want{1, 1, "", "", nil}},
		{"an unauthorized poll", polled(fakeapi.Response{Status: 401, Body: "<html>"}), 3600, &want{1, 1, "PollError", "", nil}},
		{"a poll refused with an automatic code", polled(fakeapi.Response{Status: 403, Body: `{"error":{"code":"service_error"}}`}), 3600, &want{1, 1, "PollError", "", nil}},
		{"a task that no longer exists", polled(fakeapi.Response{}, missing), 3600, &want{1, 2, "PollError", "", nil}},
		{"a task that is not there yet", polled(missing, missing, missing, missing), 3600, &want{1, 5, "", "", nil}},
		{"a task that never exists", polled(slices.Repeat([]fakeapi.Response{missing}, 9)...), 3600, &want{1, 5, "PollError", "", nil}},
		{"polls too early", polled(fakeapi.Response{}, fakeapi.Response{Status: 425}, fakeapi.Response{Status: 408}, fakeapi.Response{Status: 429}), 3600, &want{1, 5, "", "", nil}},
		{"four failures", polled(failing, missing, failing, failing, fakeapi.Response{}, failing, failing, failing, failing), 3600, &want{1, 10, "", "", nil}},
		{"a failed poll whose body is a failed task", polled(fakeapi.Response{Status: 500, Body: `{"status":"failed","error":{"code":"service_error"}}`}), 3600, &want{1, 2, "", "", nil}},
		{"five failures", polled(failing, failing, missing, missing, failing), 3600, &want{1, 5, "PollError", "", nil}},
		{"another status", polled(make([]fakeapi.Response, 100)...), 60, &want{1, -1, "PollError", "", []bounds{{2.7, 3.3}, {2.7, 3.3}}}},
		{"three attempts", []fakeapi.Submission{{Code: "service_error"}}, 3600, &want{3, 3, "TaskError", "service_error", []bounds{{30, 60}, {60, 120}}}},
		{"an unknown code", one(fakeapi.Submission{Code: "new"}), 3600, final("new")},
		{"a property of objects", one(fakeapi.Submission{Code: "constructor"}), 3600, final("constructor")},
		{"a failure without a code", polled(fakeapi.Response{Body: `{"id":"task-0","status":"failed"}`}), 3600, final("")},
	}
}

func (w want) pausing(b bounds) *want {
	w.Pauses = []bounds{b}
	return &w
}
