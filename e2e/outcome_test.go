// Conditions that every run must fulfill. Like schedule_test.go, the file is also
// copied next to the sample in Go.

package e2e

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// The settings of the table, as in its source. Waits are those before the second
// attempt; they double.
const (
	maxAttempts, maxFailures  = 3, 5
	shortestPoll, longestPoll = 0.9 * 3, 1.1 * 3
	maxPause                  = 600
)

var pauses = map[string]bounds{
	"generation_failed_no_content": {5, 5}, "service_error": {30, 60}, "generation_timeout": {5, 5},
	"resource_exhausted": {60, 300}, "quota_exceeded": {5, 5}, "rate_limit_error": {60, 120}, "429": {60, 120},
	"upload_token_rate_limited": {60, 60}, "agent_session_unavailable": {60, 60}, "mcp_connection_create_failed": {60, 60},
}

// faults returns the violations of a run.
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
	posts, polls int // posts, and polls of the current submission
	paused       []float64
	elapsed      float64
	found        []string
}

func (c *checker) fault(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// post checks that a submission is allowed now.
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
	if b := c.pauseAfter(last); before.Kind != "pause" || !b.contain(before.Seconds) {
		c.fault("submission %d after %+v, want a pause of %v", c.posts, before, b)
	}
}

// contain reports whether a wait is within the bounds, with a tolerance for the unit of
// time of the language.
func (b bounds) contain(pause float64) bool { return pause > b.Min-1e-6 && pause < b.Max+1e-6 }

// pauseAfter returns the bounds of the wait after a submission that may be followed by
// another one.
func (c *checker) pauseAfter(s fakeapi.Record) bounds {
	code := s.Code
	if s.Response.Status == 429 {
		code = "rate_limit_error"
	}
	b := pauses[code]
	for range c.posts - 2 {
		b.Min, b.Max = b.Min*2, b.Max*2
	}
	asked := retryAfter(s.Response)
	return bounds{max(min(b.Min, maxPause), asked), max(min(b.Max, maxPause), math.Ceil(asked))}
}

// poll checks that the task is polled at the right time, and not after its end.
func (c *checker) poll(before event) {
	s := c.posted[c.posts-1]
	c.polls++
	if c.polls > len(s.Polls)+1 {
		c.fault("task %d was polled again after its end was reported", c.posts-1)
		return
	}
	if c.polls == 1 {
		if before.Kind != "post" {
			c.fault("the first poll comes after %+v", before)
		}
		return
	}
	if endsPolling(s.Polls[:c.polls-1]) {
		c.fault("poll %d follows %+v", c.polls, s.Polls[c.polls-2])
	}
	b := pauseBetweenPolls(s.Polls[c.polls-2])
	if before.Kind != "pause" || c.Want == nil && !b.contain(before.Seconds) {
		c.fault("poll %d after %+v, want a pause of %v", c.polls, before, b)
	}
}

// pauseBetweenPolls returns the bounds of the wait after a poll, which the cap limits.
func pauseBetweenPolls(a fakeapi.Response) bounds {
	asked := retryAfter(a)
	if asked > maxPause {
		asked = 0
	}
	return bounds{max(shortestPoll, asked), max(longestPoll, math.Ceil(asked))}
}

func retryAfter(a fakeapi.Response) float64 {
	seconds, _ := strconv.ParseFloat(a.RetryAfter, 64) // dates are in another century, except in runs with expected waits
	return max(0, seconds)                             // clients may round a fraction up
}

// failed reports whether a response to a poll is not a status of the task.
func failed(a fakeapi.Response) bool { return a.Drop || a.Status != 0 || a.Body != "" }

// endsPolling reports whether the last response ends polling although the task has not
// ended: the service refuses the poll permanently.
func endsPolling(polled []fakeapi.Response) bool {
	last := polled[len(polled)-1]
	switch last.Status {
	case 408, 425, 429:
		return false
	case 404:
		return slices.ContainsFunc(polled, func(a fakeapi.Response) bool { return !failed(a) })
	}
	return !last.Drop && last.Status >= 400 && last.Status <= 499
}

// end checks that the client reports the outcome, and did not give up early.
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
		c.posts++ // as if another submission followed
		pause := c.pauseAfter(last).Max
		if mayFollow(last) == "" && c.posts <= maxAttempts && pause <= maxPause && c.elapsed+pause < c.Timeout {
			c.fault("no submission follows %+v after %v of %v s", last, c.elapsed, c.Timeout)
		}
	case "PollError":
		polled := last.Polls[:min(c.polls, len(last.Polls))]
		failures, pause, refused := 0, bounds{shortestPoll, longestPoll}, false
		for _, a := range slices.Backward(polled) {
			if !failed(a) {
				break
			}
			failures++
		}
		if len(polled) > 0 {
			pause, refused = pauseBetweenPolls(polled[len(polled)-1]), endsPolling(polled)
		}
		if failures < maxFailures && !refused && c.elapsed+pause.Max < c.Timeout {
			c.fault("polling stopped after %d failures and %v of %v s", failures, c.elapsed, c.Timeout)
		}
		if want := fmt.Sprint("task-", c.posts-1); c.TaskID != want {
			c.fault("stopped polling task %q, want %q", c.TaskID, want)
		}
	}
}

// ending returns the expected end of a run that ends with this submission.
func ending(s fakeapi.Record) (kind, code string) {
	switch {
	case s.Response.Status == 429:
		return "TaskError", "rate_limit_error"
	case s.Response.Drop || s.Response.Status != 0 || s.Response.Body != "":
		return "OutcomeUnknown", ""
	case !s.Reported:
		return "PollError", ""
	case s.Code == "":
		return "", ""
	}
	return "TaskError", s.Code
}

// wanted checks the expectations of the run.
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
		if i >= len(c.paused) || !b.contain(c.paused[i]) {
			c.fault("pauses of %v s, want %v", c.paused, w.Pauses)
			break
		}
	}
}
