package e2e

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/generated/examples/client"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// For random schedules of faults, the example client never pays twice. It submits again
// only after a definite refusal, or after a task that failed with a code that the table
// defines as automatic.
func TestClientNeverPaysTwice(t *testing.T) {
	resubmitted, lost := 0, 0
	for seed := range uint64(1500) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			api := &fakeapi.API{Submissions: randomSchedule(rng)}
			c := client.Client{HTTP: &http.Client{Transport: direct{api}}, Base: "http://api.test", Key: "k"}
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+rng.IntN(3600))*time.Second)
			defer cancel()
			task, err := c.Generate(ctx, c.Policy.Begin(""), "/v1/images/generations", []byte("{}"))
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
		t.Fatalf("the schedules have too few faults: %d submissions retried, polling stopped for %d tasks", resubmitted, lost)
	}
	t.Logf("%d submissions retried, polling stopped for %d tasks", resubmitted, lost)
}

// A failed task is not polled again.
func TestClientPollsFailedTaskOnce(t *testing.T) {
	for _, code := range evolink.Codes() {
		if code.Decision().Automatic {
			continue
		}
		synctest.Test(t, func(t *testing.T) {
			api := &fakeapi.API{Submissions: []fakeapi.Submission{{Code: code.String(), Message: "m"}}}
			c := client.Client{HTTP: &http.Client{Transport: direct{api}}, Base: "http://api.test"}
			_, err := c.Generate(t.Context(), c.Policy.Begin(""), "/v1/videos/generations", []byte("{}"))
			if !errors.Is(err, code) || api.Polls() != 1 || len(api.Posted()) != 1 {
				t.Errorf("%v: %v after %d submissions and %d polls", code, err, len(api.Posted()), api.Polls())
			}
		})
	}
}

// When the context ends during a wait, the client returns immediately.
func TestClientEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &fakeapi.API{Submissions: []fakeapi.Submission{{Response: fakeapi.Response{Status: http.StatusTooManyRequests, RetryAfter: "30"}}}}
		c := client.Client{HTTP: &http.Client{Transport: direct{api}}, Base: "http://api.test"}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(7*time.Second, cancel)
		start := time.Now()
		_, err := c.Generate(ctx, c.Policy.Begin(""), "/v1/images/generations", []byte("{}"))
		if passed := time.Since(start); passed != 7*time.Second || !errors.Is(err, evolink.CodeRateLimitError) || len(api.Posted()) != 1 {
			t.Errorf("%v after %v and %d submissions", err, passed, len(api.Posted()))
		}
	})
}
