package resubmit

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"
	"time"

	"example.com/shop"
)

func three(ctx context.Context, c *Client, r Request) (*shop.Task, error) { // want three:`submits`
	var last error
	for i := 0; i < 3; i++ {
		task, err := c.Submit(ctx, r) // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first \[blind-resubmit\]`
		if err == nil {
			return task, nil
		}
		log.Printf("attempt %d: %v", i, err)
		last = fmt.Errorf("attempt %d: %w", i, err)
		time.Sleep(time.Duration(i) * time.Second)
	}
	return nil, last
}

func forever(c *Client, body []byte) {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		_, err := c.Do(ctx, "POST", "/v1/images", body) // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first`
		cancel()
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		break
	}
}

func counted(url string) (err error) { // want counted:`submits`
	for range 5 {
		if err = Plain(url, `{"prompt":"x"}`); err == nil { // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first`
			break
		}
	}
	return err
}

func until(url string) {
	err := Plain(url, "{}")
	for n := 0; err != nil && n < 3; n++ {
		err = Plain(url, "{}") // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first`
	}
}

func otherwise(url string) error { // want otherwise:`submits`
	for n := 0; ; n++ {
		if err := Plain(url, "{}"); err != nil { // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first`
			if n == 3 {
				return err
			}
			log.Print(shop.Explain(err))
		} else {
			return nil
		}
	}
}

func inline(c *Client, url, body string) *shop.Task {
	for {
		resp, err := http.Post(url, "application/json", strings.NewReader(body))
		if err != nil {
			return nil
		}
		task, err := shop.DecodeTask(resp.StatusCode, nil, resp.Body) // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first`
		if err == nil {
			return task
		}
	}
}

func attempts(ctx context.Context, c *Client, r Request, p *shop.Policy) (task *shop.Task, err error) { // want attempts:`submits`
	a := p.Begin("order")
	for a.Again(ctx, err) {
		task, err = c.Submit(ctx, r)
	}
	return task, err
}

func attemptsAsked(ctx context.Context, c *Client, r Request, p *shop.Policy) (task *shop.Task, err error) { // want attemptsAsked:`submits`
	for a := p.Begin("order"); ; {
		if !a.Again(ctx, err) {
			return task, err
		}
		task, err = c.Submit(ctx, r)
	}
}
