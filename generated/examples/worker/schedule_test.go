//go:build go1.25

package worker

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// A schedule is a sequence of random events. Each depends on the seed, the kind of the event
// and its number only, so that programs with different rules meet the same events.
type schedule uint64

// The kinds of events.
const (
	ofSchedule = iota
	ofSubmission
	ofTask
	ofSend
	ofPoll
	ofOutage
	ofSecond
	ofRestart
	ofCrash
	ofCallback
	ofForgery
)

func (s schedule) random(kind, n int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(s)<<8|uint64(kind), uint64(n)))
}

// A weighted is an event with its weight.
type weighted[T any] struct {
	weight int
	name   string
	event  T
}

// pick returns one of the events, by their weights.
func pick[T any](r *rand.Rand, events []weighted[T]) weighted[T] {
	sum := 0
	for _, e := range events {
		sum += e.weight
	}
	n := r.IntN(sum)
	for _, e := range events {
		if n -= e.weight; n < 0 {
			return e
		}
	}
	panic("unreachable")
}

func named(code evolink.Code) string {
	return fmt.Sprintf(`{"error":{"code":%q,"message":"m"}}`, string(code))
}

const (
	none   = fakeapi.EffectNone
	paid   = fakeapi.EffectTask
	failed = `"status":"failed","error":{"code":"service_error","message":"m"}`
)

type response = fakeapi.Response

// submissions are the responses to submissions, before and after the charge.
var submissions = []weighted[fakeapi.Submission]{
	{weight: 560, name: "none"},

	{70, "lost before", fakeapi.Submission{Effect: none, Response: response{Drop: true}}},
	{20, "500 before", fakeapi.Submission{Effect: none, Response: response{Status: 500, Body: `{}`}}},
	{20, "500 named before", fakeapi.Submission{Effect: none, Response: response{Status: 500, Body: named(evolink.CodeServiceError)}}},
	{30, "html 503 before", fakeapi.Submission{Effect: none, Response: response{Status: 503, Body: "<html>"}}},
	{10, "html 200 before", fakeapi.Submission{Effect: none, Response: response{Body: "<html>"}}},
	{10, "408 before", fakeapi.Submission{Effect: none, Response: response{Status: 408, Body: named(evolink.CodeServiceError)}}},
	{60, "429", fakeapi.Submission{Effect: none, Response: response{Status: 429}}},
	{30, "429 with a wait", fakeapi.Submission{Effect: none, Response: response{Status: 429, RetryAfter: "20"}}},
	{20, "429 with a long wait", fakeapi.Submission{Effect: none, Response: response{Status: 429, RetryAfter: "590"}}},
	{15, "400 automatic", fakeapi.Submission{Effect: none, Response: response{Status: 400, Body: named(evolink.CodeResourceExhausted)}}},
	{15, "200 error", fakeapi.Submission{Effect: none, Response: response{Body: named(evolink.CodeQuotaExceeded)}}},
	{30, "503 not charged", fakeapi.Submission{Effect: none, Response: response{Status: 503, Body: named(evolink.CodeAgentSessionUnavailable)}}},
	{1, "429 for an hour", fakeapi.Submission{Effect: none, Response: response{Status: 429, RetryAfter: "3600"}}},
	{6, "401", fakeapi.Submission{Effect: none, Response: response{Status: 401}}},
	{4, "400", fakeapi.Submission{Effect: none, Response: response{Status: 400, Body: named(evolink.CodeInvalidParameters)}}},

	{90, "lost after", fakeapi.Submission{Effect: paid, Response: response{Drop: true}}},
	{30, "503 named after", fakeapi.Submission{Effect: paid, Response: response{Status: 503, Body: named(evolink.CodeServiceError)}}},
	{15, "500 quota after", fakeapi.Submission{Effect: paid, Response: response{Status: 500, Body: named(evolink.CodeQuotaExceeded)}}},
	{20, "502 after", fakeapi.Submission{Effect: paid, Response: response{Status: 502, Body: "<html>"}}},
	{10, "504 after", fakeapi.Submission{Effect: paid, Response: response{Status: 504, Body: `{}`}}},
	{20, "408 after", fakeapi.Submission{Effect: paid, Response: response{Status: 408, Body: named(evolink.CodeServiceError)}}},
	{25, "half a body after", fakeapi.Submission{Effect: paid, Response: response{Body: `{"id":"ta`}}},
	{10, "no ID after", fakeapi.Submission{Effect: paid, Response: response{Body: `{"status":"pending"}`}}},
	{10, "failed without an ID after", fakeapi.Submission{Effect: paid, Response: response{Body: `{` + failed + `}`}}},
}

// ends are the codes of tasks.
var ends = []weighted[evolink.Code]{
	{weight: 700, name: "completed"},
	{60, "", evolink.CodeServiceError},
	{40, "", evolink.CodeGenerationFailedNoContent},
	{30, "", evolink.CodeQuotaExceeded},
	{30, "", evolink.CodeGenerationTimeout},
	{20, "", evolink.CodeResourceExhausted},
	{30, "", evolink.CodeContentPolicyViolation},
	{20, "", evolink.CodeInvalidParameters},
	{20, "", evolink.CodeUnknownError},
	{10, "", evolink.CodeRequestCancelled},
	{10, "", "not_in_the_table"},
}

// polls are the responses to polls.
var polls = []weighted[fakeapi.Response]{
	{weight: 80, name: "none"},
	{5, "lost", response{Drop: true}},
	{3, "502", response{Status: 502, Body: "<html>"}},
	{2, "429", response{Status: 429, Body: named(evolink.CodeQuotaExceeded)}},
	{1, "429 with a wait", response{Status: 429, RetryAfter: "300"}},
	{1, "401", response{Status: 401, Body: `{}`}},
	{1, "400 automatic", response{Status: 400, Body: named(evolink.CodeServiceError)}},
	{1, "404", response{Status: 404, Body: named(evolink.CodeResourceNotFound)}},
	{2, "wrong ID", response{Body: `{"id":"task-of-another",` + failed + `}`}},
	{2, "no ID", response{Body: `{` + failed + `}`}},
	{2, "half a body", response{Body: `{"id":"ta`}},
}

// pauses are the times between a crash and the restart.
var pauses = []weighted[time.Duration]{{5, "", 0}, {15, "", time.Second}, {30, "", time.Minute}, {40, "", 10 * time.Minute}, {3, "", 50 * time.Minute}, {5, "", 58 * time.Minute}, {2, "", 3 * time.Hour}}

// submission returns the outcome of a submission.
func (s schedule) submission(submitted, tasks int) fakeapi.Submission {
	r := s.random(ofSubmission, submitted)
	outcome := pick(r, submissions).event
	if s.conditions().overloaded && submitted > 0 && r.IntN(6) > 0 {
		outcome = fakeapi.Submission{Effect: none, Response: response{Status: 429, RetryAfter: "590"}}
	}
	outcome.Response.Delay = time.Duration(r.IntN(2000)) * time.Millisecond

	r = s.random(ofTask, tasks)
	outcome.Code, outcome.Message = string(pick(r, ends).event), "m"
	outcome.Runs = time.Duration(r.IntN(60)) * time.Second
	if r.IntN(40) == 0 {
		outcome.Runs += []time.Duration{40 * time.Minute, 50 * time.Minute, 56 * time.Minute, 2 * time.Hour}[r.IntN(4)]
	}
	for range r.IntN(12) {
		outcome.Polls = append(outcome.Polls, pick(r, polls).event)
	}
	return outcome
}

// latency returns how long a submission takes to reach the service.
func (s schedule) latency(n int) time.Duration {
	r := s.random(ofSend, n)
	if r.IntN(25) == 0 || s.conditions().overloaded {
		return time.Duration(r.Int64N(int64(5 * time.Minute)))
	}
	return time.Duration(r.Int64N(int64(2 * time.Second)))
}

// interval returns how long a poll takes, with the time since the poll before. In some
// schedules with two workers, one has no network for up to two hours.
func (s schedule) interval(n, worker int) time.Duration {
	r := s.random(ofPoll, n)
	d := 5*time.Second + time.Duration(r.Int64N(int64(10*time.Second)))
	if outage := s.random(ofOutage, 0); s.conditions().second && outage.IntN(2) == worker && n == outage.IntN(12) {
		d += time.Duration(outage.Int64N(int64(2 * time.Hour)))
	}
	return d
}

// secondAfter returns when the second worker starts.
func (s schedule) secondAfter() time.Duration {
	r := s.random(ofSecond, 0)
	d := time.Duration(r.Int64N(int64(90 * time.Second)))
	if r.IntN(4) == 0 {
		d += []time.Duration{40 * time.Minute, 50 * time.Minute, 56 * time.Minute, 2 * time.Hour}[r.IntN(4)]
	}
	return d
}

// pause returns the time between a crash and the restart.
func (s schedule) pause(restarts int) time.Duration {
	if s.conditions().volatile {
		return time.Second
	}
	return pick(s.random(ofRestart, restarts), pauses).event
}

// conditions are those of a whole schedule.
type conditions struct {
	crashes    int           // at most
	second     bool          // whether a second worker continues the stored attempts
	volatile   bool          // whether nothing is stored; if workers crash, they end before the service forgets the first key
	changes    bool          // whether a worker submits another request after a restart
	byHand     bool          // whether workers poll without a Waiter, and make mistakes
	rejects    bool          // whether the service rejects known keys, against its documentation
	pending    time.Duration // how long a known key is pending
	overloaded bool          // whether the service refuses most submissions after the first for a long time
}

func (s schedule) conditions() conditions {
	r := s.random(ofSchedule, 0)
	one := func(in int) bool { return r.IntN(in) == 0 }
	var c conditions
	if one(4) {
		c.crashes = 1 + r.IntN(3)
	}
	c.second, c.changes, c.byHand, c.rejects = one(6), one(8), one(12), one(6)
	c.pending = []time.Duration{0, 0, 20 * time.Second, 3 * time.Minute}[r.IntN(4)]
	if one(4) {
		c.volatile, c.second, c.overloaded = true, false, one(10)
	}
	return c
}

// documented reports whether service and program behave as documented.
func (c conditions) documented() bool {
	return !c.rejects && !c.byHand && !(c.crashes > 0 && (c.volatile || c.changes))
}

// attempts is the maximum number of submissions of each worker, and of the oracle.
const attempts = 10

// possible reports whether a client that sees the state of the service finishes the work
// without paying twice: it polls a task that a lost response started, and submits after
// everything that started none. It ends after a failure that needs a person, and after as
// many attempts as other clients.
func (s schedule) possible() bool {
	tasks := 0
	for submitted := range attempts {
		outcome := s.submission(submitted, tasks)
		switch {
		case outcome.Effect == fakeapi.EffectNone:
			if status := outcome.Response.Status; (status == 401 || status == 400) && outcome.Response.Body != named(evolink.CodeResourceExhausted) {
				return false
			}
			continue
		case outcome.Code == "":
			return true
		case !automatic(outcome.Code):
			return false
		}
		tasks++
	}
	return false
}

// automatic reports whether clients may retry after a task that failed with a code. The
// service does not charge for such a task.
func automatic(code string) bool { return evolink.Code(code).Decision().Automatic }
