//go:build go1.25

package worker

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/errspec/errspec/generated/evolink"
)

// processByHand is Process of a program without a Waiter. It has mistakes: it reports the
// refusal of a poll as if it were one of the submission, and all errors so far.
func (w *Worker) processByHand(ctx context.Context, work, endpoint string, request []byte) (task *evolink.Task, err error) {
	attempts := w.Policy.Begin(work)
	if err := w.resume(attempts, work); err != nil {
		return nil, err
	}
	if id := attempts.TaskID(); id != "" {
		if task, err = w.pollByHand(ctx, id); err == nil {
			return task, nil
		}
	}
	all := err
	for attempts.Again(ctx, all) {
		header := make(http.Header)
		attempts.SetKey(header)
		if err := w.Store.Save(work, attempts); err != nil {
			return nil, err
		}
		if task, err = w.do(ctx, http.MethodPost, endpoint, header, request); err != nil {
			all = errors.Join(all, err)
			continue
		}
		attempts.SetTask(task.ID)
		if err := w.Store.Save(work, attempts); err != nil {
			return nil, err
		}
		task, err = w.pollByHand(ctx, task.ID)
		all = errors.Join(all, err)
	}
	return task, err
}

func (w *Worker) pollByHand(ctx context.Context, id string) (*evolink.Task, error) {
	for {
		task, err := w.do(ctx, http.MethodGet, "/v1/tasks/"+url.PathEscape(id), make(http.Header), nil)
		var refused *evolink.Error
		switch {
		case errors.As(err, &refused):
			return nil, err
		case err == nil && task.ID == id && task.Done():
			return task, task.Err()
		case ctx.Err() != nil:
			return nil, &evolink.PollError{TaskID: id, Err: ctx.Err()}
		}
	}
}
