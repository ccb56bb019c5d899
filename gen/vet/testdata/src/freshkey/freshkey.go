package freshkey

import (
	"context"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"time"

	"github.com/google/uuid"

	"example.com/broker"
	"example.com/shop"
)

type send func(*http.Request) error

func request() *http.Request { return new(http.Request) }

func inLoop(ctx context.Context, p *broker.Policy, send send) (err error) {
	attempts := p.Begin("order")
	for attempts.Again(ctx, err) {
		r := request()
		attempts.SetKey(r.Header)
		r.Header.Set(broker.IdempotencyHeader, uuid.NewString()) // want `each retry has a new idempotency key, and is charged again; call SetKey of the attempts \[fresh-key\]`
		err = send(r)
	}
	return err
}

func withNext(ctx context.Context, p *broker.Policy, send send) {
	for attempt := 1; ; attempt++ {
		r := request()
		key := "order-" + uuid.New().String()
		r.Header.Add("idempotency-key", key) // want `each retry has a new idempotency key`
		pause, again := p.Next(ctx, attempt, send(r))
		if !again {
			return
		}
		time.Sleep(pause)
	}
}

func otherValues(ctx context.Context, p *broker.Policy, send send) (err error) {
	attempts := p.Begin("order")
	for attempts.Again(ctx, err) {
		attempts.SetKey(nil)
		r := request()
		r.Header["Idempotency-Key"] = []string{rand.Text()}                             // want `each retry has a new idempotency key`
		r.Header.Set("Idempotency-Key", fmt.Sprint(mathrand.Int64()))                   // want `each retry has a new idempotency key`
		r.Header.Set("Idempotency-Key", fmt.Sprintf("%x", time.Now().UnixNano()))       // want `each retry has a new idempotency key`
		r.Header.Set("X-Request-Id", uuid.NewString())                                  // another header
		r.Header.Set("Idempotency-Key", uuid.NewSHA1(uuid.UUID{}, []byte("")).String()) // derived
		r.Header.Set("Idempotency-Key", time.Now().Format(time.DateOnly))               // the same for a day
		err = send(r)
	}
	return err
}

func once(ctx context.Context, p *broker.Policy, send send) (err error) {
	key := uuid.NewString()
	attempts := p.Begin("order")
	for attempts.Again(ctx, err) {
		attempts.SetKey(nil)
		r := request()
		r.Header.Set(broker.IdempotencyHeader, key)
		err = send(r)
	}
	return err
}

func kept(ctx context.Context, p *broker.Policy, send send) (err error) {
	var stored string
	attempts := p.Begin("order")
	for attempts.Again(ctx, err) {
		attempts.SetKey(nil)
		key := uuid.NewString()
		if stored != "" {
			key = stored
		}
		stored = key
		r := request()
		r.Header.Set(broker.IdempotencyHeader, key)
		err = send(r)
	}
	return err
}

func perOrder(ctx context.Context, p *broker.Policy, orders []string, send send) {
	for range orders {
		r := request()
		r.Header.Set(broker.IdempotencyHeader, uuid.NewString())
		_ = send(r)
	}
	for {
		r := request()
		r.Header.Set(broker.IdempotencyHeader, uuid.NewString())
		_ = send(r)
	}
}

// withoutKeys uses a package of a table without idempotency keys.
func withoutKeys(ctx context.Context, p *shop.Policy, send send) (err error) {
	attempts := p.Begin("order")
	for attempts.Again(ctx, err) {
		r := request()
		r.Header.Set("Idempotency-Key", uuid.NewString())
		err = send(r)
	}
	return err
}

type fake map[string]string

func (f fake) Set(name, value string) { f[name] = value }

func notHTTP(ctx context.Context, p *broker.Policy, f fake) (err error) {
	attempts := p.Begin("order")
	for attempts.Again(ctx, err) {
		attempts.SetKey(nil)
		f.Set(broker.IdempotencyHeader, uuid.NewString())
	}
	return err
}
