//go:build go1.25

package worker

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errspec/errspec/generated/evolink"
	"github.com/errspec/errspec/generated/examples/fakeapi"
)

// A simulation is the run of one schedule: the service, the store, and one or two workers,
// which crash and restart.
type simulation struct {
	schedule
	conditions
	keys    bool
	api     *fakeapi.API
	started time.Time

	mu        sync.Mutex
	stored    []byte
	called    []chan *evolink.Task // by the service
	callbacks int
	requests  map[string]int // by method
	points    int            // where a worker could crash so far
	crashes   int            // left
	events    map[string]int
}

// A result is the result of a simulation.
type result struct {
	finished    bool
	charges     int
	submissions int
	unfinished  string // why the work is not finished
}

// simulate runs a schedule, with or without idempotency keys, and counts its events.
func simulate(t *testing.T, s schedule, keys bool, events map[string]int) (r result) {
	synctest.Test(t, func(t *testing.T) {
		c := s.conditions()
		if !keys && c.crashes > 0 {
			c.volatile = false // a program without keys and without a store pays again after a restart
		}
		sim := &simulation{schedule: s, conditions: c, keys: keys, started: time.Now(), requests: make(map[string]int), crashes: c.crashes, events: events}
		sim.api = &fakeapi.API{
			Next:          s.submission,
			Keys:          fakeapi.Keys{Header: "Idempotency-Key", For: time.Hour, Rejects: c.rejects, Pending: c.pending},
			ChargesFailed: func(code string) bool { return !automatic(code) },
			Callback:      sim.callBack,
		}
		sim.forgeCallbacks()
		r.finished = sim.runAll(t.Context())
		if !r.finished {
			r.unfinished = sim.reason()
		}
		for _, n := range sim.api.Charges() {
			r.charges += n
		}
		for _, post := range sim.api.Posted() {
			r.submissions++
			sim.observe(post)
		}
	})
	return r
}

// runAll runs one worker, and a second one that continues the stored attempts if the
// schedule has it. It reports whether the work is finished.
func (s *simulation) runAll(ctx context.Context) bool {
	results := make(chan bool)
	go func() { results <- s.run(ctx, 0) }()
	workers := 1
	if s.second {
		time.Sleep(s.secondAfter())
		if stored, _ := s.Load(""); stored != nil {
			s.count("second worker")
			workers = 2
			go func() { results <- s.run(ctx, 1) }()
		}
	}
	finished := false
	for range workers {
		finished = <-results || finished
	}
	return finished
}

// run runs a worker until it ends, and restarts it after crashes.
func (s *simulation) run(ctx context.Context, worker int) (finished bool) {
	limit := 24 * time.Hour
	if s.volatile && s.conditions.crashes > 0 {
		limit = 45 * time.Minute // the service knows the first key for an hour, and a request takes up to 5 minutes
	}
	ctx, cancel := context.WithDeadline(ctx, s.started.Add(limit))
	defer cancel()
	request := `{"prompt":"a lighthouse"}`
	for restarts := 0; ; restarts++ {
		finished, crashed := s.process(ctx, worker, request)
		if !crashed {
			return finished
		}
		time.Sleep(s.pause(restarts))
		if s.changes {
			request = `{"prompt":"a lighthouse at night"}`
		}
	}
}

// A crash is the value of the panic that ends a worker.
type crash struct{}

// process runs a worker until it ends or crashes.
func (s *simulation) process(ctx context.Context, worker int, request string) (finished, crashed bool) {
	defer func() {
		if p := recover(); p == (crash{}) {
			crashed = true
		} else if p != nil {
			panic(p)
		}
	}()
	w := Worker{HTTP: &http.Client{Transport: network{s, worker}}, Base: "http://api.test", Store: s, Interval: 1, Callbacks: s.listen()}
	w.Policy = evolink.Policy{Attempts: attempts, Keys: s.keys, Rand: func() float64 { return 0.5 }}
	process := w.Process
	if s.byHand {
		process = w.processByHand
	}
	task, err := process(ctx, "order-1", "/v1/images/generations", []byte(request))
	return err == nil && task != nil && task.Status == "completed", false
}

// mayCrash ends the worker if the schedule has a crash here.
func (s *simulation) mayCrash(point string) {
	s.mu.Lock()
	s.points++
	crashes := s.crashes > 0 && s.random(ofCrash, s.points).IntN(6) == 0
	if crashes {
		s.crashes--
	}
	s.mu.Unlock()
	if crashes {
		s.count("crash " + point)
		panic(crash{})
	}
}

// Load implements [Store].
func (s *simulation) Load(string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stored, nil
}

// Save implements [Store].
func (s *simulation) Save(_ string, attempts *evolink.Attempts) error {
	if s.volatile {
		return nil
	}
	stored, err := json.Marshal(attempts)
	s.mu.Lock()
	s.stored = stored
	s.mu.Unlock()
	return err
}

// A network passes the requests of a worker to the service, late.
type network struct {
	*simulation
	worker int
}

// RoundTrip implements [http.RoundTripper].
func (n network) RoundTrip(r *http.Request) (response *http.Response, err error) {
	defer r.Body.Close()
	n.mu.Lock()
	number := n.requests[r.Method]
	n.requests[r.Method]++
	n.mu.Unlock()
	if r.Method == http.MethodPost {
		n.mayCrash("before the send")
		time.Sleep(n.latency(number))
	} else {
		time.Sleep(n.interval(number, n.worker))
	}
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			response, err = nil, io.ErrUnexpectedEOF
		} else if p != nil {
			panic(p)
		}
		if r.Method == http.MethodPost {
			n.mayCrash("after the send")
		} else if number%8 == 0 {
			n.mayCrash("while polling")
		}
	}()
	recorder := httptest.NewRecorder()
	n.api.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

func (s *simulation) count(event string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events[event]++
}

// observe counts the events of a submission.
func (s *simulation) observe(post fakeapi.Record) {
	for _, e := range submissions {
		got, want := post.Response, e.event.Response
		if post.Effect == e.event.Effect && got.Status == want.Status && got.Body == want.Body && got.Drop == want.Drop && got.RetryAfter == want.RetryAfter {
			s.count("submission: " + e.name)
		}
	}
	switch {
	case post.Replayed:
		s.count("known key")
	case post.TaskID != "":
		s.count("task: " + post.Code)
	}
}

// reason returns why the last stored attempts do not finish the work.
func (s *simulation) reason() string {
	var stored struct {
		Submissions int
		Since       time.Time
	}
	posts := s.api.Posted()
	if err := json.Unmarshal(s.stored, &stored); err != nil || len(posts) == 0 {
		return "nothing is stored"
	}
	last := posts[len(posts)-1]
	switch {
	case stored.Submissions >= attempts:
		return "no attempts are left"
	case last.Response.Status == 401, last.Response.Body == named(evolink.CodeInvalidParameters):
		return "a person must act"
	case last.Response.RetryAfter == "3600":
		return "the wait is too long"
	case time.Since(stored.Since) > 40*time.Minute: // a tenth of the hour and the longest wait before its end
		return "the service may have removed the key"
	}
	return "another reason"
}
