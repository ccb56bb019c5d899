// Package resubmit has loops that submit. Importers know by facts which of its functions
// submit.
package resubmit

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"example.com/shop"
)

type Client struct{ HTTP *http.Client }

func (c *Client) Do(ctx context.Context, method, path string, body []byte) (*shop.Task, error) { // want Do:`submits\(method 1\)`
	reader := bytes.NewReader(body)
	req, err := http.NewRequestWithContext(ctx, method, path, reader)
	if err != nil {
		return nil, err
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return shop.DecodeTask(resp.StatusCode, nil, resp.Body)
}

type Request struct{ Prompt string }

func (c *Client) Submit(ctx context.Context, r Request) (*shop.Task, error) { // want Submit:`submits`
	data, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return c.Do(ctx, http.MethodPost, "/v1/images", data)
}

func (c *Client) Get(ctx context.Context, id string) (*shop.Task, error) {
	return c.Do(ctx, "GET", "/v1/tasks/"+id, nil)
}

func Plain(url string, body string) error { // want Plain:`submits`
	resp, err := http.Post(url, "application/json", bytes.NewBufferString(body))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = shop.DecodeTask(resp.StatusCode, nil, resp.Body)
	return err
}

// The worker chooses the request, so each call may send another one.
type Worker struct {
	Client
	Jobs chan Request
}

func (w *Worker) Step(ctx context.Context, name string) error {
	_, err := w.Submit(ctx, <-w.Jobs)
	return err
}

// Notify does not decode a task.
func Notify(url string, body string) error {
	resp, err := http.Post(url, "text/plain", bytes.NewBufferString(body))
	if err != nil {
		return err
	}
	return closed(resp)
}

func closed(resp *http.Response) error { return resp.Body.Close() }

// Fixed sends a request that is not derived from its parameters.
func (w *Worker) Fixed(name string) error {
	resp, err := http.Post("https://shop.test", "text/plain", bytes.NewReader((<-w.Jobs).text()))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = shop.DecodeTask(resp.StatusCode, nil, resp.Body)
	return err
}

func (r Request) text() []byte { return []byte(r.Prompt) }
