// Package client is a client of the upload service.
package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"example.com/upload/uploaderr"
)

// A Client sends requests to the service. Its errors match the codes and subtypes of
// package uploaderr with [errors.Is].
type Client struct {
	HTTP   *http.Client
	Base   string // URL of the service
	Policy uploaderr.Policy
}

// Upload stores a file. It retries as the table allows.
func (c *Client) Upload(ctx context.Context, name, content string) error {
	form := url.Values{"name": {name}, "content": {content}}.Encode()
	attempts := c.Policy.Begin(name)
	var err error
	for attempts.Again(ctx, err) {
		_, err = c.do(ctx, http.MethodPost, "/files", strings.NewReader(form))
	}
	if err == nil && attempts.Why() != uploaderr.ReasonDone {
		return ctx.Err() // nothing was sent
	}
	return err
}

// File returns the content of a file.
func (c *Client) File(ctx context.Context, name string) ([]byte, error) {
	return c.do(ctx, http.MethodGet, "/files/"+url.PathEscape(name), nil)
}

// do sends a request, and returns the body of the response or its error.
func (c *Client) do(ctx context.Context, method, path string, body io.Reader) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.Base+path, body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode/100 != 2 { // the body of a 2xx response is a file
		return nil, uploaderr.DecodeError(resp.StatusCode, resp.Header, data)
	}
	return data, nil
}
