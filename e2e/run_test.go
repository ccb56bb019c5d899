// Runs of a client against the fake API, and what must hold of them. Like
// schedule_test.go the file is also put beside the sample in Go.

package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// A run is one call of a client that submits and waits.
type run struct {
	Name        string
	Submissions []fakeapi.Submission
	Timeout     float64 // seconds
	Want        *want   // nil for random schedules, of which the rest of what is checked holds
}

// want is how a run must end.
type want struct {
	Posts, Polls int    // Polls is -1 where it depends on chance
	Error        string // as in outcome
	Code         string
	Pauses       []bounds // the first ones, before whatever
}

type bounds struct{ Min, Max float64 }

// An outcome is what a client did: "post", "poll", "pause", in order; and how it
// ended: "" for a completed task, or TaskError, OutcomeUnknown, LostSight.
type outcome struct {
	Events []event
	Error  string
	Code   string // of a TaskError
	TaskID string // of a LostSight
	Text   string // of the error
	Task   json.RawMessage
}

type event struct {
	Kind    string
	Seconds float64 // of a pause
}

// The figures of the table, by its source. Pauses are those before the second
// attempt; they double.
const (
	maxAttempts, maxFailures  = 3, 5
	shortestPoll, longestPoll = 0.9 * 3, 1.1 * 3
	maxPause                  = 600
)

var pauses = map[string]bounds{
	"generation_failed_no_content": {5, 5}, "service_error": {30, 60}, "generation_timeout": {5, 5},
	"resource_exhausted": {60, 300}, "quota_exceeded": {5, 5},
}

// allRuns returns what every sample goes through.
func allRuns() []run { return append(wantedRuns(), randomRuns(400)...) }

// checked is the fake API for a client that sends what the API asks for.
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

// randomRuns returns runs over random schedules. No answer is delayed, because the
// time of the fake is not the client's.
func randomRuns(n uint64) []run {
	var all []run
	for seed := range n {
		rng := rand.New(rand.NewPCG(seed, 1))
		r := run{Name: fmt.Sprint("seed ", seed), Submissions: randomSchedule(rng), Timeout: float64(1 + rng.IntN(3600))}
		for i := range r.Submissions {
			s := &r.Submissions[i]
			s.Answer.Delay = 0
			for j := range s.Polls {
				s.Polls[j].Delay = 0
			}
		}
		all = append(all, r)
	}
	return all
}

// wantedRuns returns a run for each thing that clients get wrong. The clock of the
// client begins with the year 2000.
func wantedRuns() []run {
	one := func(s fakeapi.Submission) []fakeapi.Submission { return []fakeapi.Submission{s, {}} }
	refused := func(status int, retryAfter, body string) []fakeapi.Submission {
		return one(fakeapi.Submission{Answer: fakeapi.Answer{Status: status, RetryAfter: retryAfter, Body: body}})
	}
	polled := func(polls ...fakeapi.Answer) []fakeapi.Submission { return one(fakeapi.Submission{Polls: polls}) }
	failing := fakeapi.Answer{Status: 503, Body: `{"error":{"code":"quota_exceeded"}}`}
	missing := fakeapi.Answer{Status: 404, Body: `{"error":{"code":"resource_not_found"}}`}
	good := want{Posts: 2, Polls: 1}
	final := func(code string) *want { return &want{Posts: 1, Polls: 1, Error: "TaskError", Code: code} }
	return []run{
		{"refused by a code", refused(503, "", `{"error":{"code":"service_error"}}`), 3600, good.pausing(bounds{30, 60})},
		{"refused for good", refused(400, "", `{"error":{"code":"invalid_parameters"}}`), 3600, &want{1, 0, "TaskError", "invalid_parameters", nil}},
		{"refused by an unknown code", refused(429, "", `{"error":{"code":"new"}}`), 3600, &want{1, 0, "TaskError", "new", nil}},
		{"code as the status", refused(429, "", `{"error":{"code":429}}`), 3600, good.pausing(bounds{5, 5})},
		{"code as the status, outcome unknown", refused(503, "", `{"error":{"code":503}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"no code", refused(400, "", `{}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"no ID", refused(0, "", `{"status":"failed","error":{"code":"service_error"}}`), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"Retry-After", refused(429, "77", ""), 3600, good.pausing(bounds{77, 77})},
		{"Retry-After as a date", refused(429, "Sat, 01 Jan 2000 00:02:00 GMT", ""), 3600, good.pausing(bounds{119, 120})},
		{"Retry-After as an old date", refused(429, "Saturday, 01-Jan-00 00:02:00 GMT", ""), 3600, good.pausing(bounds{119, 120})},
		{"Retry-After as a date of C", refused(429, "Sat Jan  1 00:02:00 2000", ""), 3600, good.pausing(bounds{119, 120})},
		{"Retry-After that is none", refused(429, "soon", ""), 3600, good.pausing(bounds{5, 5})},
		{"Retry-After that is no year", refused(429, "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", ""), 3600, good.pausing(bounds{5, 5})},
		{"JSON without end", refused(0, "", strings.Repeat("[", 1<<20)), 3600, &want{1, 0, "OutcomeUnknown", "", nil}},
		{"Retry-After too late", refused(429, "601", ""), 3600, &want{1, 0, "TaskError", "quota_exceeded", nil}},
		{"Retry-After without end", refused(429, "99999999999999999999", ""), 3600, &want{1, 0, "TaskError", "quota_exceeded", nil}},
		{"Retry-After past the deadline", refused(429, "60", ""), 50, &want{1, 0, "TaskError", "quota_exceeded", nil}},
		{"Retry-After of a poll", polled(fakeapi.Answer{Status: 503, RetryAfter: "20"}), 3600, &want{1, 2, "", "", []bounds{{20, 20}}}},
		{"Retry-After of a poll as a date", polled(fakeapi.Answer{Status: 503, RetryAfter: "Sat, 01 Jan 2000 00:02:00 GMT"}), 3600, &want{1, 2, "", "", []bounds{{119, 120}}}},
		{"Retry-After of a poll without end", polled(fakeapi.Answer{Status: 503, RetryAfter: "99999999999999999999"}), 3600, &want{1, 1, "LostSight", "", nil}},
		{"four failures", polled(failing, missing, failing, failing, fakeapi.Answer{}, failing, failing, failing, failing), 3600, &want{1, 10, "", "", nil}},
		{"five failures", polled(failing, failing, missing, missing, failing), 3600, &want{1, 5, "LostSight", "", nil}},
		{"another status", polled(make([]fakeapi.Answer, 100)...), 60, &want{1, -1, "LostSight", "", []bounds{{2.7, 3.3}, {2.7, 3.3}}}},
		{"three attempts", []fakeapi.Submission{{Code: "service_error"}}, 3600, &want{3, 3, "TaskError", "service_error", []bounds{{30, 60}, {60, 120}}}},
		{"an unknown code", one(fakeapi.Submission{Code: "new"}), 3600, final("new")},
		{"a property of objects", one(fakeapi.Submission{Code: "constructor"}), 3600, final("constructor")},
		{"a failure without a code", polled(fakeapi.Answer{Body: `{"id":"task-0","status":"failed"}`}), 3600, final("")},
	}
}

func (w want) pausing(b bounds) *want {
	w.Pauses = []bounds{b}
	return &w
}

// faults returns what a run must not have done.
func (o outcome) faults(r run, api *fakeapi.API) []string {
	c := &checker{outcome: o, run: r, posted: api.Posted()}
	for i, e := range o.Events {
		var before event
		if i > 0 {
			before = o.Events[i-1]
		}
		switch e.Kind {
		case "post":
			c.post(before)
		case "poll":
			c.poll(before)
		case "pause":
			c.elapsed += e.Seconds
			c.paused = append(c.paused, e.Seconds)
		}
	}
	if c.posts != len(c.posted) {
		return append(c.found, fmt.Sprintf("%d submissions, of which %d arrived", c.posts, len(c.posted)))
	}
	c.end()
	c.wanted()
	return c.found
}

type checker struct {
	outcome
	run
	posted       []fakeapi.Record
	posts, polls int // polls of this submission
	paused       []float64
	elapsed      float64
	found        []string
}

func (c *checker) fault(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// post checks that a submission may be made now.
func (c *checker) post(before event) {
	c.posts++
	c.polls = 0
	if c.posts == 1 || c.posts > len(c.posted) {
		return
	}
	if c.posts > maxAttempts {
		c.fault("%d attempts", c.posts)
	}
	if c.Want != nil {
		return
	}
	last := c.posted[c.posts-2]
	if why := mayFollow(last); why != "" {
		c.fault("submission %d follows %+v: %s", c.posts, last, why)
	}
	if b := c.pauseAfter(last); before.Kind != "pause" || !b.hold(before.Seconds) {
		c.fault("submission %d after %+v, want a pause of %v", c.posts, before, b)
	}
}

// hold reports whether a pause is within the bounds, whatever the unit in which a
// language counts time.
func (b bounds) hold(pause float64) bool { return pause > b.Min-1e-6 && pause < b.Max+1e-6 }

// pauseAfter returns how long to wait after a submission that may be followed.
func (c *checker) pauseAfter(s fakeapi.Record) bounds {
	code := s.Code
	if s.Answer.Status >= 400 {
		code = "quota_exceeded"
	}
	b := pauses[code]
	for range c.posts - 2 {
		b.Min, b.Max = b.Min*2, b.Max*2
	}
	asked := retryAfter(s.Answer)
	return bounds{max(min(b.Min, maxPause), asked), max(min(b.Max, maxPause), asked)}
}

// poll checks that the task is polled now, and not after its end.
func (c *checker) poll(before event) {
	s := c.posted[c.posts-1]
	c.polls++
	if c.polls > len(s.Polls)+1 {
		c.fault("task %d was polled again after a poll had told how it ended", c.posts-1)
		return
	}
	if c.polls == 1 {
		if before.Kind != "post" {
			c.fault("the first poll comes after %+v", before)
		}
		return
	}
	asked := retryAfter(s.Polls[c.polls-2])
	b := bounds{max(shortestPoll, asked), max(longestPoll, asked)}
	if before.Kind != "pause" || c.Want == nil && !b.hold(before.Seconds) {
		c.fault("poll %d after %+v, want a pause of %v", c.polls, before, b)
	}
}

func retryAfter(a fakeapi.Answer) float64 {
	seconds, _ := strconv.ParseFloat(a.RetryAfter, 64) // dates are of another century, but for runs that say what they want
	return seconds
}

// end checks that the client says what happened, and did not give up early.
func (c *checker) end() {
	if c.Want != nil {
		return
	}
	last := c.posted[len(c.posted)-1]
	wantError, wantCode := ending(last)
	if c.Error != wantError || c.Code != wantCode {
		c.fault("ended as %q %q, want %q %q, after %+v", c.Error, c.Code, wantError, wantCode, last)
	}
	switch c.Error {
	case "TaskError":
		c.posts++ // as if there were another one
		pause := c.pauseAfter(last).Max
		if mayFollow(last) == "" && c.posts <= maxAttempts && pause <= maxPause && c.elapsed+pause < c.Timeout {
			c.fault("no submission follows %+v after %v of %v s", last, c.elapsed, c.Timeout)
		}
	case "LostSight":
		polled := last.Polls[:min(c.polls, len(last.Polls))]
		failures, asked := 0, 0.0
		for _, a := range slices.Backward(polled) {
			if !a.Drop && a.Status == 0 && a.Body == "" {
				break
			}
			failures++
		}
		if len(polled) > 0 {
			asked = retryAfter(polled[len(polled)-1])
		}
		if failures < maxFailures && c.elapsed+max(longestPoll, asked) < c.Timeout {
			c.fault("lost sight after %d failures and %v of %v s", failures, c.elapsed, c.Timeout)
		}
		if want := fmt.Sprint("task-", c.posts-1); c.TaskID != want {
			c.fault("lost sight of task %q, want %q", c.TaskID, want)
		}
	}
}

// ending returns how a run must end that ends with this submission.
func ending(s fakeapi.Record) (kind, code string) {
	switch {
	case s.Answer.Status == 429:
		return "TaskError", "quota_exceeded"
	case s.Answer.Drop || s.Answer.Status >= 400 || s.Answer.Body != "":
		return "OutcomeUnknown", ""
	case !s.Told:
		return "LostSight", ""
	case s.Code == "":
		return "", ""
	}
	return "TaskError", s.Code
}

// wanted checks what the run is to show.
func (c *checker) wanted() {
	w := c.Want
	if w == nil {
		return
	}
	polls := 0
	for _, e := range c.Events {
		if e.Kind == "poll" {
			polls++
		}
	}
	if c.posts != w.Posts || w.Polls >= 0 && polls != w.Polls || c.Error != w.Error || c.Code != w.Code {
		c.fault("%d submissions, %d polls, %q %q; want %+v", c.posts, polls, c.Error, c.Code, *w)
	}
	for i, b := range w.Pauses {
		if i >= len(c.paused) || !b.hold(c.paused[i]) {
			c.fault("pauses of %v s, want %v", c.paused, w.Pauses)
			break
		}
	}
}
