package resubmit

import (
	"context"
	"errors"
	"log"
	"net/http"
	"strings"

	"example.com/shop"
)

func each(ctx context.Context, c *Client, all []Request) {
	for _, r := range all { // other work in each iteration
		if _, err := c.Submit(ctx, r); err == nil {
			return
		}
	}
	for i := 0; i < len(all); i++ {
		if _, err := c.Submit(ctx, all[i]); err == nil {
			return
		}
	}
}

func numbered(ctx context.Context, c *Client, all []Request) {
	for i := range 3 {
		if _, err := c.Submit(ctx, all[i]); err == nil {
			return
		}
	}
}

func fixed(w *Worker) {
	for {
		if err := w.Fixed("x"); err == nil {
			return
		}
	}
}

func changing(ctx context.Context, c *Client, r Request) {
	for {
		r.Prompt += "!"
		if _, err := c.Submit(ctx, r); err == nil {
			return
		}
	}
}

func softened(ctx context.Context, c *Client, r *Request) {
	for {
		if _, err := c.Submit(ctx, *r); err == nil {
			return
		}
		soften(r)
	}
}

func soften(r *Request) { r.Prompt = strings.ToLower(r.Prompt) }

func next() Request { return Request{} }

func fresh(ctx context.Context, c *Client) {
	for {
		if _, err := c.Submit(ctx, next()); err == nil {
			return
		}
	}
}

func load(url string) error { // want load:`submits`
	for range 100 { // continues after successes
		if err := Plain(url, "{}"); err != nil {
			return err
		}
	}
	return nil
}

func polling(ctx context.Context, c *Client, id string) *shop.Task {
	for {
		if task, err := c.Get(ctx, id); err == nil {
			return task
		}
	}
}

func jobs(ctx context.Context, w *Worker) {
	for {
		if err := w.Step(ctx, "x"); err == nil {
			return
		}
	}
}

func notify(url string) {
	for {
		if err := Notify(url, "x"); err == nil {
			return
		}
	}
}

func retryable(err error) bool { return err != nil }

func handedOn(url string) error { // want handedOn:`submits`
	for {
		err := Plain(url, "{}")
		if err == nil {
			return nil
		}
		if !retryable(err) { // may check the error
			return err
		}
	}
}

func kept(url string) (last error) { // want kept:`submits`
	for !errors.Is(last, context.Canceled) {
		err := Plain(url, "{}")
		if err == nil {
			return nil
		}
		last = err
	}
	return last
}

func once(url string) error { // want once:`submits`
	for {
		err := Plain(url, "{}")
		if err == nil {
			return nil
		}
		log.Print(err)
		return err
	}
}

func fatal(url string) {
	for {
		err := Plain(url, "{}")
		if err == nil {
			return
		}
		log.Fatal(err)
	}
}

func reading(url, body string) {
	for {
		resp, err := http.Get(url)
		if err != nil {
			return
		}
		if _, err := shop.DecodeTask(resp.StatusCode, nil, resp.Body); err == nil {
			return
		}
	}
}

func unknownMethod(ctx context.Context, c *Client, method string) error { // want unknownMethod:`submits\(method 2\)`
	for {
		if _, err := c.Do(ctx, method, "/v1", nil); err == nil {
			return nil
		}
	}
}

func laterwards(url string, later func(func() error)) {
	for {
		later(func() error { return Plain(url, "{}") })
	}
}
