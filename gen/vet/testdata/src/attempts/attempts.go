package attempts

import (
	"context"
	"net/http"

	"example.com/broker"
	"example.com/shop"
)

type order struct{ id string }

func begins(ctx context.Context, p *shop.Policy, o order, send func(context.Context) error) error {
	var err error
	for range 3 {
		attempts := p.Begin(o.id) // want `attempts begin in each iteration of the loop; call Begin before it \[attempts-in-loop\]`
		if attempts.Again(ctx, err) {
			err = send(ctx)
		}
	}
	return err
}

func sameWork(ctx context.Context, p shop.Policy, id string, send func(context.Context) error) (err error) {
	for {
		attempts := p.Begin(id) // want `attempts begin in each iteration of the loop`
		for attempts.Again(ctx, err) {
			err = send(ctx)
		}
		if attempts.Why() == shop.ReasonDone {
			return nil
		}
	}
}

func oncePerOrder(ctx context.Context, p *shop.Policy, orders <-chan order, ids []string, send func(context.Context) error) {
	for {
		o := <-orders
		var err error
		attempts := p.Begin(o.id)
		for attempts.Again(ctx, err) {
			err = send(ctx)
		}
		random := p.Begin("")
		for random.Again(ctx, err) {
			err = send(ctx)
		}
		for _, id := range ids {
			each := p.Begin(id)
			if each.Again(ctx, nil) {
				_ = send(ctx)
			}
		}
	}
}

// handler is no method of a generated package.
type handler struct{}

func (handler) Begin(string) *shop.Attempts { return nil }

func other(ctx context.Context, h handler) {
	for range 3 {
		a := h.Begin("a")
		a.Again(ctx, nil)
	}
}

func withoutKey(ctx context.Context, p *broker.Policy, send func(http.Header) error) error {
	attempts := p.Begin("order") // want `SetKey of these attempts is never called, so that no submission contains its key \[missing-key\]`
	var err error
	for attempts.Again(ctx, err) {
		err = send(make(http.Header))
	}
	return err
}

func withKey(ctx context.Context, p *broker.Policy, send func(http.Header) error) error {
	attempts := p.Begin("order")
	var err error
	for attempts.Again(ctx, err) {
		header := make(http.Header)
		attempts.SetKey(header)
		err = send(header)
	}
	return err
}

func passedOn(ctx context.Context, p *broker.Policy, send func(*broker.Attempts) error) error {
	attempts := p.Begin("order")
	var err error
	for attempts.Again(ctx, err) {
		err = send(attempts)
	}
	return err
}

func inClosure(ctx context.Context, p *broker.Policy, send func(func(http.Header)) error) error {
	attempts := p.Begin("order")
	var err error
	for attempts.Again(ctx, err) {
		err = send(func(h http.Header) { attempts.SetKey(h) })
	}
	return err
}
