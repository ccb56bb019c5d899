package resubmit

import (
	"context"
	"errors"
	"time"

	"example.com/shop"
)

func policy(ctx context.Context, c *Client, r Request, p *shop.Policy) (*shop.Task, error) { // want policy:`submits`
	for attempt := 1; ; attempt++ {
		task, err := c.Submit(ctx, r)
		if err == nil {
			return task, nil
		}
		pause, again := p.Next(ctx, attempt, err)
		if !again {
			return nil, err
		}
		time.Sleep(pause)
	}
}

func automatic(ctx context.Context, c *Client, r Request) (*shop.Task, error) { // want automatic:`submits`
	for {
		task, err := c.Submit(ctx, r)
		if err == nil {
			return task, nil
		}
		if d, _ := shop.DecisionOf(err); !d.Automatic {
			return nil, err
		}
	}
}

func code(url string) error { // want code:`submits`
	for range 3 {
		err := Plain(url, "{}")
		if err == nil {
			return nil
		}
		if !errors.Is(err, shop.CodeQuotaExceeded) {
			return err
		}
	}
	return nil
}
