// What a service that takes submissions can do to its clients, and what these may
// do about it. The file is also put beside the sample in Go, to test that; so it
// uses nothing of the other tests.

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

// direct carries requests to a handler without a network, so that time is
// virtual. A dropped connection is what http.ErrAbortHandler makes of it.
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

// mayFollow says why no submission may follow this one; "" if one may.
func mayFollow(s fakeapi.Record) string {
	automatic := map[string]bool{ // by the table's source, not by the package under test
		"generation_failed_no_content": true, "service_error": true, "generation_timeout": true,
		"resource_exhausted": true, "quota_exceeded": true,
	}
	switch {
	case s.Response.Drop:
		return "its answer was lost"
	case s.Response.Status == http.StatusTooManyRequests:
		return ""
	case s.Response.Status != 0:
		return "its outcome is unknown" // or it was refused by a code that is not automatic
	case s.Response.Body != "":
		return "its answer could not be read"
	case !s.Reported:
		return "nobody has asked how it ended"
	case s.Code == "":
		return "it was completed"
	case !automatic[s.Code]:
		return "its code is not automatic"
	}
	return ""
}

// randomSchedule returns up to five submissions with whatever can go wrong.
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

// randomAnswer returns an answer to a submission or a poll, after which its outcome
// is unknown, or which is a refusal with 429.
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

// randomMisfit returns an answer to a poll that is about another task, or refuses to
// say anything.
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
