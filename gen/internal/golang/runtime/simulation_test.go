package runtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/errspec/errspec/internal/longtest"
)

var (
	simulated = flag.Int("simulate.schedules", longtest.Choose(1000, 20_000), "number of simulated schedules")
	reported  = flag.Bool("simulate.report", false, "print the results of the simulation, without judging them")
)

// A world is a service that charges for each task, and knows idempotency keys for an hour. All
// random decisions depend on the seed, the kind of the event and its number only, so that
// clients with different rules meet the same faults.
type world struct {
	turn        sync.Mutex // held by the program that runs; the others wait
	seed        uint64
	tasks       []*simTask
	byKey       map[string]*simTask
	submissions int
	polls       int
	events      map[string]int
}

type simTask struct {
	id      string
	code    Code // with which it fails, or "completed"
	created time.Time
	end     time.Time
	busy    time.Time // until then, the service responds to the key that the task is in work
}

// charged reports whether the task is charged in the end: it is not if it fails with an
// automatic code.
func (t *simTask) charged() bool { return t.code == "completed" || !t.code.Decision().Automatic }

// sleep lets other programs run.
func (w *world) sleep(d time.Duration) {
	w.turn.Unlock()
	defer w.turn.Lock()
	time.Sleep(d)
}

func (w *world) random(kind uint64, n int) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed<<8|kind, uint64(n)))
}

// pick returns one of the names with the given weights.
func pick(r *rand.Rand, weighted ...any) string {
	sum := 0
	for i := 1; i < len(weighted); i += 2 {
		sum += weighted[i].(int)
	}
	n := r.IntN(sum)
	for i := 1; ; i += 2 {
		if n -= weighted[i].(int); n < 0 {
			return weighted[i-1].(string)
		}
	}
}

func respond(status int, body string, header ...string) (*Task, error) {
	h := make(map[string][]string)
	for i := 0; i+1 < len(header); i += 2 {
		h[header[i]] = []string{header[i+1]}
	}
	return DecodeTask(status, h, strings.NewReader(body))
}

func (t *simTask) state() (*Task, error) {
	switch {
	case time.Now().Before(t.end):
		return respond(200, `{"id":"`+t.id+`","status":"running"}`)
	case t.code == "completed":
		return respond(200, `{"id":"`+t.id+`","status":"completed"}`)
	}
	return respond(200, `{"id":"`+t.id+`","status":"failed","error":{"code":"`+string(t.code)+`"}}`)
}

// submit is a submission with a header.
func (w *world) submit(header map[string][]string) (*Task, error) {
	w.submissions++
	r := w.random(1, w.submissions)
	fault := pick(r, "none", 56, "lost before", 7, "500 before", 4, "html 503 before", 3, "429", 7, "429 with a wait", 3, "turned away", 4, "401", 1,
		"lost after", 9, "broken 503 after", 3, "502 after", 3, "unreadable after", 3, "408 after", 2, "busy 500 after", 2)
	w.events[fault]++
	w.sleep(time.Duration(r.IntN(2000)) * time.Millisecond)
	switch fault {
	case "lost before":
		return nil, io.ErrUnexpectedEOF
	case "500 before":
		return respond(500, `{}`)
	case "html 503 before":
		return respond(503, "<html>")
	case "429":
		return respond(429, "")
	case "429 with a wait":
		return respond(429, `{"error":{"code":"busy"}}`, "Retry-After", "20")
	case "turned away":
		return respond(503, `{"error":{"code":"turned_away"}}`)
	case "401":
		return respond(401, `{"error":{"code":"nope"}}`)
	}
	task, again := w.accept(header)
	if again && time.Now().Before(task.busy) {
		w.events["pending"]++
		return respond(409, `{"error":{"code":"in_work"}}`)
	}
	w.sleep(time.Duration(r.IntN(2000)) * time.Millisecond)
	switch fault {
	case "lost after":
		return nil, context.DeadlineExceeded
	case "broken 503 after":
		return respond(503, `{"error":{"code":"broken"}}`)
	case "busy 500 after":
		return respond(500, `{"error":{"code":"busy"}}`)
	case "502 after":
		return respond(502, "")
	case "unreadable after":
		return respond(200, `{"id":"ta`)
	case "408 after":
		return respond(408, "")
	}
	return task.state()
}

// accept returns the task of a submission, and whether it existed before.
func (w *world) accept(header map[string][]string) (*simTask, bool) {
	var key string
	if values := header[IdempotencyHeader]; len(values) > 0 {
		key = values[0]
	}
	if task := w.byKey[key]; task != nil && time.Since(task.created) < keyLife {
		w.events["replayed"]++
		return task, true
	}
	n := len(w.tasks)
	r := w.random(2, n)
	code := pick(r, "completed", 70, "hiccup", 8, "busy", 8, "broken", 5, "bad_input", 3, "gone", 2, "mystery", 2, "cancelled", 1, "unlisted", 1)
	w.events["task "+code]++
	task := &simTask{id: fmt.Sprintf("task-%d", n), code: Code(code), created: time.Now(), end: time.Now().Add(time.Duration(r.IntN(60)) * time.Second)}
	if r.IntN(40) == 0 {
		task.end = task.end.Add([]time.Duration{50 * time.Minute, 56 * time.Minute, 2 * time.Hour}[r.IntN(3)])
	}
	task.busy = task.created.Add(time.Duration(r.IntN(3)) * 2 * time.Second)
	w.tasks = append(w.tasks, task)
	if key != "" {
		w.byKey[key] = task
	}
	return task, false
}

// poll is the request for the status of a task.
func (w *world) poll(_ context.Context, id string) (*Task, error) {
	w.turn.Lock()
	defer w.turn.Unlock()
	w.polls++
	r := w.random(3, w.polls)
	w.sleep(time.Duration(r.IntN(500)) * time.Millisecond)
	fault := pick(r, "none", 80, "lost", 5, "502", 3, "429", 3, "401", 1, "wrong ID", 2, "no ID", 2, "unreadable", 2, "busy 400", 1)
	if w.polls > 200 {
		fault = "none" // so that a slow task is not polled in vain
	}
	w.events["poll "+fault]++
	switch fault {
	case "lost":
		return nil, io.ErrUnexpectedEOF
	case "502":
		return respond(502, "")
	case "429":
		return respond(429, `{"error":{"code":"busy"}}`)
	case "401":
		return respond(401, "")
	case "busy 400":
		return respond(400, `{"error":{"code":"busy"}}`)
	case "wrong ID":
		return respond(200, `{"id":"task-of-another","status":"failed","error":{"code":"busy"}}`)
	case "no ID":
		return respond(200, `{"status":"failed","error":{"code":"busy"}}`)
	case "unreadable":
		return respond(200, `[`)
	}
	for _, t := range w.tasks {
		if t.id == id {
			return t.state()
		}
	}
	return respond(404, `{"error":{"code":"gone"}}`)
}

// A disk is what survives a restart.
type disk struct{ stored []byte }

var errCrashed = errors.New("crashed")

// work runs one program on the work until it ends or crashes. It stores its attempts before each
// submission, and when it learns the ID of a task. crash reports whether the program crashes at
// a point.
func (w *world) work(ctx context.Context, p *Policy, d *disk, crash func(string) bool) (*Task, error) {
	a := p.Begin("order-1")
	if d.stored != nil {
		if err := a.Resume(d.stored); err != nil {
			return nil, err
		}
	}
	save := func() { d.stored, _ = json.Marshal(a) }
	waiter := &Waiter{Get: w.poll}
	var task *Task
	var err error
	if id := a.TaskID(); id != "" {
		task, err = w.watch(ctx, waiter, id)
	}
	for err == nil && task == nil || err != nil {
		w.turn.Unlock()
		again := a.Again(ctx, err)
		w.turn.Lock()
		if !again {
			break
		}
		header := make(map[string][]string)
		a.SetKey(header)
		save()
		if crash("before the send") {
			return nil, errCrashed
		}
		task, err = w.submit(header)
		if crash("after the send") {
			return nil, errCrashed
		}
		if err == nil {
			a.SetTask(task.ID)
			save()
			if crash("while polling") {
				return nil, errCrashed
			}
			task, err = w.watch(ctx, waiter, task.ID)
		}
	}
	return task, err
}

// watch polls a task. If polling stops, a callback makes the program poll again; its contents,
// which anybody may have sent, are not used.
func (w *world) watch(ctx context.Context, waiter *Waiter, id string) (*Task, error) {
	for callbacks := 0; ; callbacks++ {
		w.turn.Unlock()
		task, err := waiter.Wait(ctx, id)
		w.turn.Lock()
		var stopped *PollError
		if !errors.As(err, &stopped) || callbacks == 3 {
			return task, err
		}
		w.events["callback"]++
		w.sleep(30 * time.Second)
	}
}

// simulate runs the schedule of a seed and reports whether the work was finished, and how many
// of its tasks are charged.
func simulate(t *testing.T, seed uint64, p Policy, events map[string]int) (finished bool, charges int) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{seed: seed, byKey: make(map[string]*simTask), events: events}
		r := w.random(4, 0)
		crashes, workers := 0, 1
		if r.IntN(4) == 0 {
			crashes = 1 + r.IntN(2)
		}
		if r.IntN(6) == 0 {
			workers = 2
		}
		p.Attempts = 8
		p.Rand = func() float64 { return 0.5 }
		d := new(disk)
		done := make(chan bool)
		start := func() bool {
			w.turn.Lock()
			defer w.turn.Unlock()
			for restarts := 0; ; restarts++ {
				task, err := w.work(t.Context(), &p, d, func(point string) bool {
					if crashes > 0 && r.IntN(4) == 0 {
						crashes--
						w.events["crash "+point]++
						return true
					}
					return false
				})
				if err != errCrashed {
					return err == nil && task != nil && task.Status == "completed"
				}
				w.sleep([]time.Duration{0, time.Second, time.Minute, 10 * time.Minute, 50 * time.Minute, 3 * time.Hour}[pickDelay(r)])
			}
		}
		w.turn.Lock()
		go func() { done <- start() }()
		if workers == 2 {
			w.sleep(time.Duration(1+r.IntN(90)) * time.Second)
			if r.IntN(4) == 0 {
				w.sleep([]time.Duration{50 * time.Minute, 56 * time.Minute, 2 * time.Hour}[r.IntN(3)])
			}
			if bytes.Contains(d.stored, []byte(`"submissions"`)) {
				w.events["second worker"]++
				go func() { done <- start() }()
			} else {
				workers = 1
			}
		}
		w.turn.Unlock()
		for range workers {
			finished = <-done || finished
		}
		for _, task := range w.tasks {
			if task.charged() {
				charges++
			}
		}
	})
	return finished, charges
}

func pickDelay(r *rand.Rand) int {
	return []int{0, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5}[r.IntN(20)]
}

// oracle reports whether a client that sees the state of the service finishes the work without
// paying twice: it polls a task that a lost response started, and submits after everything that
// started none. It ends after a failure that needs a person, and after as many attempts.
func oracle(seed uint64) bool {
	w := &world{seed: seed, byKey: make(map[string]*simTask), events: make(map[string]int)}
	created := 0
	for n := 1; n <= 8; n++ {
		r := w.random(1, n)
		fault := pick(r, "none", 56, "lost before", 7, "500 before", 4, "html 503 before", 3, "429", 7, "429 with a wait", 3, "turned away", 4, "401", 1,
			"lost after", 9, "broken 503 after", 3, "502 after", 3, "unreadable after", 3, "408 after", 2, "busy 500 after", 2)
		switch {
		case fault == "401":
			return false
		case fault != "none" && !strings.HasSuffix(fault, "after"):
			continue
		}
		code := pick(w.random(2, created), "completed", 70, "hiccup", 8, "busy", 8, "broken", 5, "bad_input", 3, "gone", 2, "mystery", 2, "cancelled", 1, "unlisted", 1)
		if created++; code == "completed" {
			return true
		}
		if !Code(code).Decision().Automatic {
			return false
		}
	}
	return false
}

// In random schedules of faults, restarts and workers, no work is paid twice. With keys, at least
// 95 % of the work that an oracle finishes is finished.
func TestSimulation(t *testing.T) {
	events := make(map[string]int)
	var possible, finished, finishedWithout, twice, twiceWithout int
	for seed := range uint64(*simulated) {
		can := oracle(seed)
		done, charges := simulate(t, seed, Policy{Keys: true}, events)
		doneWithout, chargesWithout := simulate(t, seed, Policy{}, make(map[string]int))
		count := func(n *int, ok bool) {
			if ok {
				*n++
			}
		}
		count(&possible, can)
		count(&finished, can && done)
		count(&finishedWithout, can && doneWithout)
		count(&twice, charges > 1)
		count(&twiceWithout, chargesWithout > 1)
		if charges > 1 && !*reported {
			t.Errorf("seed %d: %d charges", seed, charges)
		}
		if chargesWithout > 1 && !*reported {
			t.Errorf("seed %d without keys: %d charges", seed, chargesWithout)
		}
	}
	rate := func(n int) float64 { return 100 * float64(n) / float64(possible) }
	result := fmt.Sprintf("%d schedules: with keys, %d paid twice and %.1f %% finished; without, %d and %.1f %%", *simulated, twice, rate(finished), twiceWithout, rate(finishedWithout))
	if *reported {
		fmt.Println(result)
		return
	}
	t.Log(result)
	if rate(finished) < 95 {
		t.Errorf("only %.1f %% of the possible work is finished", rate(finished))
	}
	for event, n := range events {
		if n < *simulated/2000 {
			t.Errorf("%s: only %d times", event, n)
		}
	}
	t.Log(events)
}
