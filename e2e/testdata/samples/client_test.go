package client

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errspec/errspec/generated/examples/fakeapi"

	"example.com/yours/evolink"
)

// recorder records the times of requests.
type recorder struct {
	http.RoundTripper
	last   time.Time
	events []event
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	if pause := time.Since(r.last); pause > 0 {
		r.events = append(r.events, event{"pause", pause.Seconds()})
	}
	r.last = time.Now()
	kind := "poll"
	if req.Method == http.MethodPost {
		kind = "post"
	}
	r.events = append(r.events, event{Kind: kind})
	return r.RoundTripper.RoundTrip(req)
}

func TestSample(t *testing.T) {
	for _, r := range allRuns() {
		synctest.Test(t, func(t *testing.T) {
			api := &fakeapi.API{Submissions: r.Submissions}
			for _, fault := range generate(t, r, api).faults(r, api) {
				t.Errorf("%s: %s", r.Name, fault)
			}
		})
	}
}

// When the context ends during a wait, the client returns immediately.
func TestSampleEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &fakeapi.API{Submissions: []fakeapi.Submission{{Response: fakeapi.Response{Status: http.StatusTooManyRequests, RetryAfter: "30"}}}}
		c := Client{HTTP: &http.Client{Transport: direct{api}}, Key: "key"}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(7*time.Second, cancel)
		start := time.Now()
		_, err := c.Generate(ctx, "order-1", "https://api.evolink.ai/v1/images/generations", []byte("{}"))
		if passed := time.Since(start); passed != 7*time.Second || !errors.Is(err, evolink.CodeRateLimitError) || len(api.Posted()) != 1 {
			t.Errorf("%v after %v and %d submissions", err, passed, len(api.Posted()))
		}
	})
}

// generate runs the sample once.
func generate(t *testing.T, r run, api *fakeapi.API) outcome {
	transport := &recorder{RoundTripper: direct{checked{t, api}}, last: time.Now()}
	c := Client{HTTP: &http.Client{Transport: transport}, Key: "key"}
	ctx, cancel := context.WithTimeout(t.Context(), time.Duration(r.Timeout*float64(time.Second)))
	defer cancel()
	task, err := c.Generate(ctx, "order-1", "https://api.evolink.ai/v1/images/generations", []byte(`{"prompt":"a"}`))
	o := outcome{Events: transport.events}
	var lost *evolink.PollError
	var failed *evolink.Error
	switch {
	case err == nil:
		if task.Status != "completed" {
			t.Errorf("%s: %+v without an error", r.Name, task)
		}
	case errors.As(err, &lost):
		o.Error, o.TaskID = "PollError", lost.TaskID
	case errors.As(err, &failed) && isOver(failed):
		o.Error, o.Code = "TaskError", string(failed.Code)
	default:
		o.Error = "OutcomeUnknown"
	}
	return o
}

// isOver reports whether the error proves that the request ended: a failed task, or a
// refusal with a code or an HTTP status that has one.
func isOver(e *evolink.Error) bool {
	named := e.Wire != "" && e.Wire != strconv.Itoa(e.HTTPStatus) || e.Code.Known()
	return e.HTTPStatus == 0 || named && e.HTTPStatus >= 400 && e.HTTPStatus < 500 && e.HTTPStatus != 408
}
