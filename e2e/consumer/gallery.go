// Package gallery creates pictures with a service that charges for each of them.
package gallery

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"example.com/gallery/internal/apierr"
)

//go:generate go tool errspec generate

// Gallery is a client of the service.
type Gallery struct {
	HTTP *http.Client
	Base string // URL of the service's API
	Key  string

	policy apierr.Policy
}

// Draw creates a picture and returns the ID of its task. It submits again only after a
// failure that the table defines as automatic.
func (g *Gallery) Draw(ctx context.Context, prompt string) (string, error) {
	request, err := json.Marshal(map[string]string{"prompt": prompt})
	if err != nil {
		return "", err
	}
	attempts := g.policy.Begin("")
	var task *apierr.Task
	for attempts.Again(ctx, err) {
		task, err = g.once(ctx, attempts, request)
	}
	switch {
	case err != nil:
		return "", err
	case task == nil:
		return "", ctx.Err() // it ended before the first submission
	}
	return task.ID, nil
}

// Notice returns the message for visitors about a picture that was not created.
func Notice(err error) string {
	switch {
	case errors.Is(err, apierr.SubtypeContentPolicyViolationCelebrityLikeness):
		return "We do not draw well-known people."
	case errors.Is(err, apierr.CodeContentPolicyViolation):
		return "We do not draw that."
	case errors.Is(err, apierr.CodeTooBusy), errors.Is(err, apierr.CodeQuotaExceeded):
		return "Many pictures are being drawn. Please come back in a minute."
	case errors.Is(err, apierr.CodeAccountLocked):
		return "The gallery is closed today."
	}
	return "The picture could not be drawn."
}

// once submits the request and polls its task.
func (g *Gallery) once(ctx context.Context, attempts *apierr.Attempts, request []byte) (*apierr.Task, error) {
	task, err := g.do(ctx, http.MethodPost, "/v1/images/generations", bytes.NewReader(request))
	if err != nil {
		return nil, err
	}
	attempts.SetTask(task.ID)
	waiter := apierr.Waiter{Get: func(ctx context.Context, id string) (*apierr.Task, error) {
		return g.do(ctx, http.MethodGet, "/v1/tasks/"+url.PathEscape(id), nil)
	}}
	return waiter.Wait(ctx, task.ID)
}

// do sends one HTTP request.
func (g *Gallery) do(ctx context.Context, method, path string, body io.Reader) (*apierr.Task, error) {
	req, err := http.NewRequestWithContext(ctx, method, g.Base+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+g.Key)
	resp, err := g.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return apierr.DecodeTask(resp.StatusCode, resp.Header, resp.Body)
}
