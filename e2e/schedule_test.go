// Faults of a service that accepts submissions, and the allowed reactions of clients.
// The file is also copied next to the sample in Go, so it does not use other tests.

package e2e

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// direct passes requests to a handler without a network, so that time is virtual.
// http.ErrAbortHandler is a dropped connection.
type direct struct{ handler http.Handler }

func (d direct) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	if r.Body != nil {
		defer r.Body.Close()
	}
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			resp, err = nil, io.ErrUnexpectedEOF
		} else if p != nil {
			panic(p)
		}
	}()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	rec := httptest.NewRecorder()
	d.handler.ServeHTTP(rec, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	return rec.Result(), nil
}

// mayFollow returns the reason why no submission may follow. It returns "" if one may.
func mayFollow(s fakeapi.Record) string {
	automatic := map[string]bool{ // from the source of the table, not from the tested package
		"generation_failed_no_content": true, "service_error": true, "generation_timeout": true,
		"resource_exhausted": true, "quota_exceeded": true, "rate_limit_error": true, "429": true,
		"upload_token_rate_limited": true, "agent_session_unavailable": true, "mcp_connection_create_failed": true,
	}
	switch {
	case s.Response.Drop:
		return "its response was lost"
	case s.Response.Status == http.StatusTooManyRequests:
		return ""
	case s.Response.Status != 0:
		return "its outcome is unknown" // or it was refused by a code that is not automatic
	case s.Response.Body != "":
		return "its response could not be read"
	case !s.Reported:
		return "nobody has asked how it ended"
	case s.Code == "":
		return "it was completed"
	case !automatic[s.Code]:
		return "its code is not automatic"
	}
	return ""
}

// randomSchedule returns up to five submissions with random faults.
func randomSchedule(rng *rand.Rand) []fakeapi.Submission {
	codes := []string{"", "", "upstream_error", "429", "SERVICE_ERROR"}
	for _, c := range evolink.Codes() {
		codes = append(codes, c.String())
	}
	messages := []string{"", "file size exceeds 10MB", "content policy violation", "retry me", "service_error", "quota_exceeded"}
	var schedule []fakeapi.Submission
	for range 1 + rng.IntN(5) {
		s := fakeapi.Submission{
			Code:    codes[rng.IntN(len(codes))],
			Message: messages[rng.IntN(len(messages))],
		}
		if rng.IntN(4) == 0 {
			s.Response = randomAnswer(rng)
		}
		for range rng.IntN(12) {
			if kind := rng.IntN(6); kind < 2 {
				s.Polls = append(s.Polls, randomAnswer(rng))
			} else if kind < 4 {
				s.Polls = append(s.Polls, randomMisfit(rng))
			} else {
				s.Polls = append(s.Polls, fakeapi.Response{})
			}
		}
		schedule = append(schedule, s)
	}
	return schedule
}

// randomAnswer returns a response to a submission or a poll that leaves its outcome
// unknown, or that is a refusal with 429.
func randomAnswer(rng *rand.Rand) fakeapi.Response {
	const named = `{"error":{"code":"service_error","message":"m"}}`
	answers := []fakeapi.Response{
		{Drop: true},
		{Status: 503},
		{Status: 503, Body: named, RetryAfter: "1"},
		{Status: 500, Body: "<h1>oops</h1>"},
		{Status: 500, Body: `{"id":"task-0","status":"completed"}`},
		{Status: 500, Body: `{"id":"task-0","status":"failed","error":{"code":"service_error"}}`},
		{Status: 502, Body: `{"error":{"code":502,"message":"bad gateway"}}`},
		{Status: 408, Body: named},
		{Status: 304},
		{Status: 429},
		{Status: 429, RetryAfter: fmt.Sprint(rng.IntN(900))},
		{Status: 429, RetryAfter: "29.997"},
		{Status: 429, RetryAfter: "99999999"},
		{Status: 429, RetryAfter: "-1.5"},
		{Status: 429, RetryAfter: "Fri, 31 Dec 1999 23:59:59 GMT"},
		{Body: `{"id": "task-`},
		{Body: "[]"},
		{Body: "null"},
		{Body: "{}"},
		{Body: "<html>maintenance</html>"},
		{Body: `{"message":"maintenance"}`},
		{Body: `{"status":"failed","error":{"code":"service_error"}}`},
		{Status: 204, Body: " "},
		{Delay: time.Duration(rng.IntN(100)) * time.Second},
		{Drop: true, Delay: 30 * time.Second},
	}
	return answers[rng.IntN(len(answers))]
}

// randomMisfit returns a response to a poll that is about another task, or that refuses
// the poll.
func randomMisfit(rng *rand.Rand) fakeapi.Response {
	const code = `"error":{"code":"service_error","message":"m"}`
	answers := []fakeapi.Response{
		{Body: `{"id":"task-77","status":"completed"}`},
		{Body: `{"id":"task-77","status":"failed",` + code + `}`},
		{Body: `{"id":"task-77","status":"processing"}`},
		{Body: `{` + code + `}`},
		{Status: 425, Body: `{` + code + `}`},
		{Status: 404, Body: `{"error":{"code":"resource_not_found","message":"m"}}`},
		{Status: []int{400, 401, 403, 404, 410, 422}[rng.IntN(6)], Body: `{` + code + `}`},
	}
	return answers[rng.IntN(len(answers))]
}
