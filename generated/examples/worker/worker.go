// Package worker shows how to use the evolink package for work that is to be paid once,
// even if the program restarts, responses get lost, or two programs process the same
// work. The example package client is shorter, for programs that store nothing.
package worker

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

// Store keeps the attempts at each piece of work. It must survive a restart.
type Store interface {
	Load(work string) ([]byte, error) // nil if nothing is stored
	Save(work string, attempts *evolink.Attempts) error
}

// Worker processes work with the API, one piece at a time.
type Worker struct {
	HTTP     *http.Client
	Base     string // such as https://api.evolink.ai
	Key      string
	Store    Store
	Policy   evolink.Policy
	Interval time.Duration // between polls; 0 means the table's value

	// Callbacks are the bodies of callbacks (webhooks), which anybody can send. Only their
	// IDs are used. It may be nil.
	Callbacks <-chan *evolink.Task
}

// Process submits the request of a piece of work and waits for its task, or continues
// where an earlier run ended.
func (w *Worker) Process(ctx context.Context, work, endpoint string, request []byte) (task *evolink.Task, err error) {
	attempts := w.Policy.Begin(work)
	if err := w.resume(attempts, work); err != nil {
		return nil, err
	}
	if id := attempts.TaskID(); id != "" {
		if task, err = w.wait(ctx, id); err == nil {
			return task, nil
		}
	}
	for attempts.Again(ctx, err) {
		header := http.Header{"Content-Type": {"application/json"}}
		attempts.SetKey(header)
		if err := w.Store.Save(work, attempts); err != nil {
			return nil, err // not submitted, so that there is nothing that is not stored
		}
		if task, err = w.do(ctx, http.MethodPost, endpoint, header, request); err != nil {
			continue
		}
		attempts.SetTask(task.ID)
		_ = w.Store.Save(work, attempts) // if it fails, a later run submits with the same key, or ends
		task, err = w.wait(ctx, task.ID)
	}
	if err == nil && attempts.Why() != evolink.ReasonDone {
		err = errors.New("not submitted: " + attempts.Why().String())
	}
	return task, err
}

// resume continues the stored attempts, if there are any.
func (w *Worker) resume(attempts *evolink.Attempts, work string) error {
	stored, err := w.Store.Load(work)
	if err != nil || stored == nil {
		return err
	}
	return attempts.Resume(stored)
}

// wait polls a task until it ends or ctx does. If polling stops, wait polls again after
// a pause or when a callback arrives. The contents of a callback settle nothing.
func (w *Worker) wait(ctx context.Context, id string) (*evolink.Task, error) {
	waiter := evolink.Waiter{Every: w.Interval, Get: func(ctx context.Context, id string) (*evolink.Task, error) {
		return w.do(ctx, http.MethodGet, "/v1/tasks/"+url.PathEscape(id), make(http.Header), nil)
	}}
	for {
		task, err := waiter.Wait(ctx, id)
		var stopped *evolink.PollError
		if !errors.As(err, &stopped) || id == "" {
			return task, err
		}
		if !w.called(ctx, id) {
			return task, err
		}
	}
}

// called waits for a callback for a task, at most a minute. It returns false if ctx ends.
func (w *Worker) called(ctx context.Context, id string) bool {
	later := time.NewTimer(time.Minute)
	defer later.Stop()
	for {
		select {
		case task := <-w.Callbacks:
			if task != nil && task.ID == id {
				return true
			}
		case <-later.C:
			return true
		case <-ctx.Done():
			return false
		}
	}
}

// do sends one HTTP request.
func (w *Worker) do(ctx context.Context, method, path string, header http.Header, body []byte) (*evolink.Task, error) {
	req, err := http.NewRequestWithContext(ctx, method, w.Base+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header = header
	req.Header.Set("Authorization", "Bearer "+w.Key)
	resp, err := w.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return evolink.DecodeTask(resp.StatusCode, resp.Header, resp.Body)
}
