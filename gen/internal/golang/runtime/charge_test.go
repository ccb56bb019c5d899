package runtime

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A service accepts submissions, each of which is charged, and fails in every possible
// way. It records the outcome of each task, even if the client cannot know it.
type service struct {
	t    *testing.T
	r    *rand.Rand
	seed uint64

	submissions int
	free        string    // why the next submission is not a second charge, "" if it is
	notBefore   time.Time // of the next submission
	code        Code      // the running task fails with it; "completed" and "none" are not codes
	end         time.Time // of the running task
	message     string
	reported    map[string]int // how often each event occurred, to check that the test covers all
}

// submit is the POST request.
func (s *service) submit() (*Task, error) {
	s.submissions++
	switch {
	case s.submissions > 1 && s.free == "":
		s.t.Fatalf("seed %d: submitted again and charged twice", s.seed)
	case time.Now().Before(s.notBefore):
		s.t.Fatalf("seed %d: submitted %v too early", s.seed, time.Until(s.notBefore))
	}
	if s.submissions > 1 {
		s.reported["again after "+s.free]++
	}
	s.free = ""
	if s.r.IntN(6) == 0 {
		return s.refuse("submission", true)
	}
	codes := append(allCodes(), "completed", "none", CodeHiccup, CodeBroken, CodeBusy)
	s.code, s.message = codes[s.r.IntN(len(codes))], randomMessage(s.r)
	s.end = time.Now().Add(time.Duration(s.r.IntN(30)) * time.Second)
	if s.r.IntN(4) == 0 {
		return s.fault("submission", faults)
	}
	return s.state("pending", "")
}

// refuse returns the response to a request that is not carried out. A refused submission
// may be followed by another one only if the code is automatic.
func (s *service) refuse(request string, free bool) (*Task, error) {
	status := []int{400, 401, 404, 409, 410, 425, 429, 429, 429, 429}[s.r.IntN(10)]
	bodies := []string{"", "<html>", `{"error":{"code":429}}`, `{"error":{"message":"slow down"}}`, `{"error":{"code":"rate_limited"}}`, `{"error":{"code":"nope"}}`, `{"error":{"code":"hiccup"}}`}
	body := bodies[s.r.IntN(len(bodies))]
	seconds := []string{"", "0", "1", "30", "0.493", "29.997", "3600", "99999999", "soon", "-1", "-1.5", "NaN", "Fri, 31 Dec 1999 23:59:59 GMT"}[s.r.IntN(13)]
	s.reported[fmt.Sprintf("%s refused with %d", request, status)]++
	named := strings.Contains(body, "rate_limited") || strings.Contains(body, "hiccup")
	if free && (named || status == 429 && !strings.Contains(body, "nope")) {
		s.free = "a refusal"
	}
	asked, _ := ParseRetryAfter(seconds, time.Now())
	s.notBefore = time.Now().Add(max(asked, 5*time.Second))
	if !free {
		s.notBefore = time.Time{}
	}
	return DecodeTask(status, retryAfterHeader(seconds), strings.NewReader(body))
}

// faults are responses after which the client cannot know the outcome of its request, a
// submission or a poll.
var faults = []func(s *service) (*Task, error){
	func(*service) (*Task, error) { return nil, io.ErrUnexpectedEOF },
	func(*service) (*Task, error) {
		return nil, fmt.Errorf("post: %w", &net.OpError{Op: "read", Err: io.EOF})
	},
	func(*service) (*Task, error) { return nil, errors.Join(context.DeadlineExceeded, CodeBusy) },
	func(*service) (*Task, error) { return nil, errors.Join(&Error{Code: CodeHiccup}, context.Canceled) },
	func(*service) (*Task, error) {
		return nil, fmt.Errorf("%w: %w", &Error{Code: CodeBusy, Wire: "busy", HTTPStatus: 429}, io.ErrUnexpectedEOF)
	},
	func(*service) (*Task, error) { return nil, slow{&Error{Code: CodeHiccup}} },
	responding(200, `{"id": "t1", "sta`),
	responding(200, "<html>busy</html>"),
	responding(200, ""),
	responding(204, ""),
	responding(200, "[]"),
	responding(200, "null"),
	responding(200, "{}"),
	responding(200, `{"message":"maintenance"}`),
	responding(200, `{"status":"failed","error":{"code":"hiccup"}}`),
	responding(502, "<html>"),
	responding(503, `{"error":{"code":503,"message":"busy"}}`),
	responding(503, `{"error":{"code":"hiccup","message":"busy"}}`),
	responding(500, `{"error":{"code":"unheard_of","message":"hiccup"}}`),
	responding(500, `{"id":"t1","status":"failed","error":{"code":"hiccup"}}`),
	responding(500, `{"id":"t1","status":"completed"}`),
	responding(408, `{"error":{"code":"hiccup"}}`),
	responding(302, `{"error":{"code":"hiccup"}}`),
	responding(0, `{"error":{"code":"hiccup"}}`),
	responding(504, ""),
	func(s *service) (*Task, error) { return responding(200, fmt.Sprintf(`{"id":"t%d"}`, s.submissions))(s) },
}

// pollFaults are responses to polls that are not about a task, or about another one.
var pollFaults = []func(s *service) (*Task, error){
	responding(200, `{"id":"t77","status":"failed","error":{"code":"hiccup"}}`),
	responding(200, `{"id":"t77","status":"failed","error":{"code":"busy"}}`),
	responding(200, `{"id":"t77","status":"completed"}`),
	responding(200, `{"error":{"code":"busy","message":"too many polls"}}`),
	responding(200, `{"error":{"code":"hiccup"}}`),
	func(*service) (*Task, error) { return &Task{ID: "t77", Status: "failed"}, &Error{Code: CodeHiccup} },
	func(*service) (*Task, error) { return nil, nil },
	func(*service) (*Task, error) { return nil, &Error{Code: CodeHiccup} },
	func(*service) (*Task, error) { return nil, (*Error)(nil) },
}

// responding returns a fault that is an HTTP response.
func responding(status int, body string) func(*service) (*Task, error) {
	return func(*service) (*Task, error) {
		return DecodeTask(status, retryAfterHeader("1"), strings.NewReader(body))
	}
}

// fault returns one of the faults as the response to a request.
func (s *service) fault(request string, faults []func(*service) (*Task, error)) (*Task, error) {
	kind := s.r.IntN(len(faults))
	s.reported[fmt.Sprintf("fault %d of a %s", kind, request)]++
	return faults[kind](s)
}

// poll is the GET request.
func (s *service) poll(ctx context.Context, id string) (*Task, error) {
	if id != fmt.Sprint("t", s.submissions) {
		s.t.Fatalf("seed %d: polled %q", s.seed, id)
	}
	time.Sleep(time.Duration(s.r.IntN(500)) * time.Millisecond)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("get: %w", ctx.Err())
	}
	switch s.r.IntN(8) {
	case 0:
		return s.fault("poll", faults)
	case 1:
		return s.fault("poll with a mismatch", pollFaults)
	case 2:
		if s.r.IntN(2) == 0 {
			return s.refuse("poll", false)
		}
	}
	if time.Now().Before(s.end) {
		return s.state([]string{"pending", "processing", "", "retrying"}[s.r.IntN(4)], "")
	}
	if s.code == "completed" {
		return s.state("done", "")
	}
	d := classify(s.code, s.message)
	if d.Automatic {
		s.free = "a task that failed with " + string(d.Code)
		s.notBefore = time.Now().Add(max(d.Wait.Min, 5*time.Second))
	}
	return s.state("failed", s.code)
}

func (s *service) state(status string, code Code) (*Task, error) {
	failure := ""
	if code != "" && code != "none" {
		failure = fmt.Sprintf(`,"error":{"code":%q,"message":%q}`, code, strings.ToValidUTF8(strings.ReplaceAll(s.message, "\x00", ""), ""))
	}
	return DecodeTask(200, nil, strings.NewReader(fmt.Sprintf(`{"id":"t%d","status":%q%s}`, s.submissions, status, failure)))
}

// client is the loop that the package documents.
func client(ctx context.Context, s *service, w *Waiter, p *Policy) (*Task, error) {
	for attempt := 1; ; attempt++ {
		task, err := s.submit()
		if err == nil && task.ID == "" && task.Err() != nil {
			task, err = nil, task.Err()
		}
		if err == nil {
			task, err = w.Wait(ctx, task.ID) // without an ID it returns immediately
		}
		if err == nil {
			return task, nil
		}
		pause, again := p.Next(ctx, attempt, err)
		if !again {
			return task, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return task, err
		}
	}
}

// A request is submitted again only if the last submission is known to have failed: it
// was refused, or its task failed, with an automatic code.
func TestNeverChargedTwice(t *testing.T) {
	reported := make(map[string]int)
	for seed := range uint64(6_000) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 3))
			s := &service{t: t, r: r, seed: seed, reported: reported}
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+r.IntN(300))*time.Second)
			defer cancel()
			if r.IntN(4) == 0 {
				time.AfterFunc(time.Duration(r.IntN(60))*time.Second, cancel)
			}
			p := &Policy{Attempts: r.IntN(6)}
			if r.IntN(2) == 0 {
				p.Cap = 2 * time.Hour
			}
			task, err := client(ctx, s, &Waiter{Get: s.poll, MaxFailures: r.IntN(4)}, p)
			s.checkEnd(task, err, p.Attempts)
		})
	}
	for event, n := range reported {
		if n < 10 {
			t.Errorf("%s: only %d times", event, n)
		}
	}
	// Refusals and faults, of submissions and of polls; reasons of retries; results.
	if want := 2*7 + 2*len(faults) + len(pollFaults) + 4 + 6; len(reported) != want {
		t.Errorf("got %d events, want %d: %v", len(reported), want, reported)
	}
}

func (s *service) checkEnd(task *Task, err error, attempts int) {
	if attempts <= 0 {
		attempts = 4
	}
	if s.submissions > attempts {
		s.t.Errorf("seed %d: %d submissions of %d", s.seed, s.submissions, attempts)
	}
	var stopped *PollError
	var e *Error
	switch {
	case err == nil:
		if s.code != "completed" || !task.Done() || task.Err() != nil {
			s.t.Errorf("seed %d: %+v is a success", s.seed, task)
		}
		s.reported["a success"]++
	case errors.As(err, &stopped):
		s.reported["polling stopped"]++
	case errors.As(err, &e) && task != nil:
		if e.Code != s.code.listed() && s.code != "none" {
			s.t.Errorf("seed %d: %v, but the task failed with %q", s.seed, err, s.code)
		}
		s.reported["a failed task"]++
	default:
		s.reported["no task"]++
	}
}
