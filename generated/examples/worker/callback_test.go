//go:build go1.25

package worker

import (
	"encoding/json"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

// listen returns a channel for callbacks.
func (s *simulation) listen() <-chan *evolink.Task {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := make(chan *evolink.Task, 10)
	s.called = append(s.called, c)
	return c
}

// callBack delivers a callback of the service. Some get lost.
func (s *simulation) callBack(body []byte) {
	s.mu.Lock()
	s.callbacks++
	n := s.callbacks
	s.mu.Unlock()
	if s.random(ofCallback, n).IntN(3) > 0 {
		s.deliver("callback", body)
	}
}

// forgeCallbacks sends callbacks that are not from the service: wrong, early or about
// other tasks.
func (s *simulation) forgeCallbacks() {
	for i := range 3 {
		r := s.random(ofForgery, i)
		body := pick(r, []weighted[string]{
			{2, "", `{"id":"task-0","status":"completed"}`},
			{2, "", `{"id":"task-0",` + failed + `}`},
			{1, "", `{"id":"task-1",` + failed + `}`},
			{1, "", `{"id":"task-9",` + failed + `}`},
		}).event
		time.AfterFunc(time.Duration(r.Int64N(int64(5*time.Minute))), func() { s.deliver("forged callback", []byte(body)) })
	}
}

func (s *simulation) deliver(event string, body []byte) {
	task := new(evolink.Task)
	if err := json.Unmarshal(body, task); err != nil {
		panic(err)
	}
	s.count(event)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.called {
		select {
		case c <- task:
		default:
		}
	}
}
