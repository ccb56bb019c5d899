package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/generated/examples/client"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// direct carries requests to a handler without a network, so that time is
// virtual. A dropped connection is what http.ErrAbortHandler makes of it.
type direct struct{ handler http.Handler }

func (d direct) RoundTrip(r *http.Request) (resp *http.Response, err error) {
	if r.Body != nil {
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
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

// Over random schedules of faults, the example client never pays twice: another
// submission follows only one that was refused for certain, or a task that
// failed with a code that the table calls automatic.
func TestClientNeverPaysTwice(t *testing.T) {
	resubmitted, lost := 0, 0
	for seed := range uint64(1500) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			api := &fakeapi.API{Submissions: randomSchedule(rng)}
			c := client.Client{HTTP: &http.Client{Transport: direct{api}}, Base: "http://api.test", Key: "k"}
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+rng.IntN(3600))*time.Second)
			defer cancel()
			task, err := c.Generate(ctx, "/v1/images/generations", []byte("{}"))
			posted := api.Posted()
			for i, s := range posted[:len(posted)-1] {
				if why := mayFollow(s); why != "" {
					t.Errorf("seed %d: submission %d follows %+v: %s", seed, i+2, s, why)
				}
			}
			resubmitted += len(posted) - 1
			var poll *evolink.PollError
			if errors.As(err, &poll) {
				lost++
				for _, code := range evolink.Codes() {
					if errors.Is(err, code) {
						t.Errorf("seed %d: a PollError is %v", seed, code)
					}
				}
			}
			if err == nil && task.Status != "completed" {
				t.Errorf("seed %d: %+v without an error", seed, task)
			}
		})
	}
	if resubmitted < 100 || lost < 100 {
		t.Fatalf("the schedules are too tame: %d submissions repeated, %d tasks lost sight of", resubmitted, lost)
	}
	t.Logf("%d submissions repeated, %d tasks lost sight of", resubmitted, lost)
}

// mayFollow says why no submission may follow this one; "" if one may.
func mayFollow(s fakeapi.Record) string {
	automatic := map[string]bool{ // by the table's source, not by the package under test
		"generation_failed_no_content": true, "service_error": true, "generation_timeout": true,
		"resource_exhausted": true, "quota_exceeded": true,
	}
	switch {
	case s.Answer.Drop:
		return "its answer was lost"
	case s.Answer.Status == http.StatusTooManyRequests:
		return ""
	case s.Answer.Status >= 400:
		return "its outcome is unknown"
	case s.Answer.Body != "":
		return "its answer could not be read"
	case !s.Told:
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
			s.Answer = randomAnswer(rng)
		}
		for range rng.IntN(12) {
			if rng.IntN(3) > 0 {
				s.Polls = append(s.Polls, randomAnswer(rng))
			} else {
				s.Polls = append(s.Polls, fakeapi.Answer{})
			}
		}
		schedule = append(schedule, s)
	}
	return schedule
}

func randomAnswer(rng *rand.Rand) fakeapi.Answer {
	answers := []fakeapi.Answer{
		{Drop: true},
		{Status: 503},
		{Status: 500, Body: "<h1>oops</h1>"},
		{Status: 502, Body: `{"error":{"code":502,"message":"bad gateway"}}`},
		{Status: 429},
		{Status: 429, RetryAfter: fmt.Sprint(rng.IntN(900))},
		{Status: 429, RetryAfter: "Fri, 31 Dec 1999 23:59:59 GMT"},
		{Body: `{"id": "task-`},
		{Body: "[]"},
		{Body: "null"},
		{Delay: time.Duration(rng.IntN(100)) * time.Second},
		{Drop: true, Delay: 30 * time.Second},
	}
	return answers[rng.IntN(len(answers))]
}

// A task that has failed is asked for once more never.
func TestClientPollsFailedTaskOnce(t *testing.T) {
	for _, code := range evolink.Codes() {
		if code.Decision().Automatic {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			api := &fakeapi.API{Submissions: []fakeapi.Submission{{Code: code.String(), Message: "m"}}}
			c := client.Client{HTTP: &http.Client{Transport: direct{api}}, Base: "http://api.test"}
			_, err := c.Generate(t.Context(), "/v1/videos/generations", []byte("{}"))
			if !errors.Is(err, code) || api.Polls() != 1 || len(api.Posted()) != 1 {
				t.Errorf("%v: %v after %d submissions and %d polls", code, err, len(api.Posted()), api.Polls())
			}
		})
	}
}
