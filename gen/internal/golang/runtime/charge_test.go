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

// A service takes submissions, each of which is charged, runs at most what it was
// told to, and fails in every way there is. It knows better than its client what
// has become of a task.
type service struct {
	t    *testing.T
	r    *rand.Rand
	seed uint64

	submissions int
	free        string    // why the next submission is no second charge, "" if it is one
	notBefore   time.Time // of the next submission
	code        Code      // the running task fails with it; "completed" and "none" are no codes
	end         time.Time // of the running task
	message     string
	told        map[string]int // what the client was told, to know that the test saw it all
}

// submit is POST.
func (s *service) submit() (*Task, error) {
	s.submissions++
	switch {
	case s.submissions > 1 && s.free == "":
		s.t.Fatalf("seed %d: submitted once more, and charged twice", s.seed)
	case time.Now().Before(s.notBefore):
		s.t.Fatalf("seed %d: submitted %v too early", s.seed, time.Until(s.notBefore))
	}
	if s.submissions > 1 {
		s.told["again after "+s.free]++
	}
	s.free = ""
	if s.r.IntN(6) == 0 {
		return s.refuse("submission", true)
	}
	codes := append(allCodes(), "completed", "none", CodeHiccup, CodeBroken, CodeBusy)
	s.code, s.message = codes[s.r.IntN(len(codes))], randomMessage(s.r)
	s.end = time.Now().Add(time.Duration(s.r.IntN(30)) * time.Second)
	if s.r.IntN(8) == 0 {
		return s.fault("submission")
	}
	return s.state("pending", "")
}

// refuse answers a request that is not carried out. Of a submission, only a 429
// that names no other code may be followed by another one.
func (s *service) refuse(request string, free bool) (*Task, error) {
	status := []int{400, 401, 404, 410, 429, 429, 429, 429}[s.r.IntN(8)]
	body := []string{"", "<html>", `{"error":{"code":429}}`, `{"error":{"message":"slow down"}}`, `{"error":{"code":"rate_limited"}}`, `{"error":{"code":"nope"}}`}[s.r.IntN(6)]
	seconds := []string{"", "0", "1", "30", "3600", "soon", "-1"}[s.r.IntN(7)]
	s.told[fmt.Sprintf("%s refused with %d", request, status)]++
	if status == 429 && free && !strings.Contains(body, "nope") {
		s.free = "429"
	}
	if status != 429 {
		body = ""
	}
	asked, _ := ParseRetryAfter(seconds, time.Now())
	s.notBefore = time.Now().Add(max(asked, 5*time.Second))
	if !free {
		s.notBefore = time.Time{}
	}
	return DecodeTask(status, seconds, strings.NewReader(body))
}

// fault answers a request so that the client cannot know what has become of it.
func (s *service) fault(request string) (*Task, error) {
	kind := s.r.IntN(10)
	s.told[fmt.Sprintf("fault %d of a %s", kind, request)]++
	switch kind {
	case 0:
		return nil, io.ErrUnexpectedEOF
	case 1:
		return nil, fmt.Errorf("post: %w", &net.OpError{Op: "read", Err: io.EOF})
	case 2:
		return nil, errors.Join(context.DeadlineExceeded, CodeBusy)
	case 3:
		return DecodeTask(200, "", strings.NewReader(`{"id": "t1", "sta`))
	case 4:
		return DecodeTask(200, "", strings.NewReader("<html>busy</html>"))
	case 5:
		return DecodeTask(502, "1", strings.NewReader("<html>"))
	case 6:
		return DecodeTask(503, "1", strings.NewReader(`{"error":{"code":503,"message":"busy"}}`))
	case 7:
		return DecodeTask(500, "", strings.NewReader(`{"error":{"code":"unheard_of","message":"hiccup"}}`))
	case 8:
		return DecodeTask(200, "", strings.NewReader(fmt.Sprintf(`{"id":"t%d"}`, s.submissions)))
	}
	return DecodeTask(504, "", nil)
}

// poll is GET.
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
		return s.fault("poll")
	case 1:
		return s.refuse("poll", false)
	case 2:
		s.told["200 with an error and no state"]++
		return DecodeTask(200, "", strings.NewReader(`{"error":{"code":"busy","message":"too many polls"}}`))
	}
	if time.Now().Before(s.end) {
		return s.state([]string{"pending", "processing", "", "retrying"}[s.r.IntN(4)], "")
	}
	if s.code == "completed" {
		return s.state("done", "")
	}
	d := Classify(s.code, s.message)
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
	return DecodeTask(200, "", strings.NewReader(fmt.Sprintf(`{"id":"t%d","status":%q%s}`, s.submissions, status, failure)))
}

// client is the loop that the package documents.
func client(ctx context.Context, s *service, w *Waiter, p *Policy) (*Task, error) {
	for attempt := 1; ; attempt++ {
		task, err := s.submit()
		if err == nil {
			task, err = w.Wait(ctx, task.ID)
		}
		if err == nil {
			return task, nil
		}
		pause, again := p.Next(ctx, attempt, err)
		if !again {
			return task, err
		}
		time.Sleep(pause)
	}
}

// Whatever fails, nothing is submitted again unless the last submission is known
// to have come to nothing: it was refused, or its task failed with a code that
// the table calls automatic.
func TestNeverChargedTwice(t *testing.T) {
	told := make(map[string]int)
	for seed := range uint64(4_000) {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 3))
			s := &service{t: t, r: r, seed: seed, told: told}
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
	for what, n := range told {
		if n < 10 {
			t.Errorf("%s: only %d times", what, n)
		}
	}
	if len(told) != 2*10+2*5+1+4+4 { // faults, refusals, both of submissions and polls; repetitions; ends
		t.Errorf("not all has happened: %v", told)
	}
}

func (s *service) checkEnd(task *Task, err error, attempts int) {
	if attempts <= 0 {
		attempts = 4
	}
	if s.submissions > attempts {
		s.t.Errorf("seed %d: %d submissions of %d", s.seed, s.submissions, attempts)
	}
	var lost *PollError
	var e *Error
	switch {
	case err == nil:
		if s.code != "completed" || !task.Done() || task.Err() != nil {
			s.t.Errorf("seed %d: %+v is a success", s.seed, task)
		}
		s.told["a success"]++
	case errors.As(err, &lost):
		s.told["lost sight"]++
	case errors.As(err, &e) && task != nil:
		if e.Code != s.code.listed() && s.code != "none" {
			s.t.Errorf("seed %d: %v, but the task failed with %q", s.seed, err, s.code)
		}
		s.told["a failed task"]++
	default:
		s.told["no task"]++
	}
}
