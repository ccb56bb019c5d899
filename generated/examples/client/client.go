// Package client shows how to use the evolink package to submit a request and poll its task.
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

// Generate submits a request to an endpoint such as /v1/images/generations and waits for
// its task. Every submission is charged, so Generate retries only if attempts allow it.
func (c *Client) Generate(ctx context.Context, attempts *evolink.Attempts, endpoint string, request []byte) (task *evolink.Task, err error) {
	waiter := evolink.Waiter{Every: c.Interval, Get: func(ctx context.Context, id string) (*evolink.Task, error) {
		return c.do(ctx, http.MethodGet, "/v1/tasks/"+url.PathEscape(id), http.Header{}, nil)
	}}
	for attempts.Again(ctx, err) {
		header := http.Header{"Content-Type": {"application/json"}}
		attempts.SetKey(header)
		if task, err = c.do(ctx, http.MethodPost, endpoint, header, bytes.NewReader(request)); err == nil {
			attempts.SetTask(task.ID)
			task, err = waiter.Wait(ctx, task.ID)
		}
	}
	if task == nil && err == nil {
		err = errors.New("not submitted: " + attempts.Why().String())
	}
	return task, err
}

// do sends one HTTP request.
func (c *Client) do(ctx context.Context, method, path string, header http.Header, body io.Reader) (*evolink.Task, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.Base+path, body)
	if err != nil {
		return nil, err
	}
	req.Header = header
	req.Header.Set("Authorization", "Bearer "+c.Key)
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return evolink.DecodeTask(resp.StatusCode, resp.Header, resp.Body)
}
