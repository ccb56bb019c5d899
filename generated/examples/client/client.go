// Package client shows how to use the evolink package: submit a request, poll its
// task, and retry only if the policy allows it.
package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

// Client is a client of the API.
type Client struct {
	HTTP     *http.Client
	Base     string // such as https://api.evolink.ai
	Key      string
	Policy   evolink.Policy
	Interval time.Duration // between polls; 0 means the table's value
}

// Generate submits a request to an endpoint such as /v1/images/generations and
// waits for its task. Every submission is charged, so Generate retries only if the
// policy allows it.
func (c *Client) Generate(ctx context.Context, endpoint string, request []byte) (*evolink.Task, error) {
	for attempt := 1; ; attempt++ {
		task, err := c.once(ctx, endpoint, request)
		if err == nil {
			return task, nil
		}
		pause, again := c.Policy.Next(ctx, attempt, err)
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

// once submits the request and polls its task.
func (c *Client) once(ctx context.Context, endpoint string, request []byte) (*evolink.Task, error) {
	task, err := c.do(ctx, http.MethodPost, endpoint, bytes.NewReader(request))
	if err != nil {
		return nil, err
	}
	if task.ID == "" {
		return task, errors.New("response to the submission has no task ID")
	}
	waiter := evolink.Waiter{Every: c.Interval, Get: func(ctx context.Context, id string) (*evolink.Task, error) {
		return c.do(ctx, http.MethodGet, "/v1/tasks/"+url.PathEscape(id), nil)
	}}
	return waiter.Wait(ctx, task.ID)
}

// do sends one HTTP request.
func (c *Client) do(ctx context.Context, method, path string, body io.Reader) (*evolink.Task, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.Base+path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.Key)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return evolink.DecodeTask(resp.StatusCode, resp.Header, resp.Body)
}
