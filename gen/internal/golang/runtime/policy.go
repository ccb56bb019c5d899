package runtime

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// Policy says whether and when a request may be sent again. It sends nothing:
// each submission is a new one, charged like the first where the work is paid
// for, and remains the caller's choice.
//
//	for attempt := 1; ; attempt++ {
//		err := submit(ctx)
//		pause, again := policy.Next(ctx, attempt, err)
//		if !again {
//			return err
//		}
//		time.Sleep(pause)
//	}
//
// The zero Policy is ready to use and has the figures of the table.
type Policy struct {
	Attempts int                 // submissions in all, the first included; 0 means the table's figure
	Cap      time.Duration       // the longest pause; 0 means the table's figure
	Allow    func(Decision) bool // may forbid more; it cannot allow what the table does not
	Rand     func() float64      // from [0, 1); nil means math/rand/v2
}

// Next returns the pause before the request may be sent again, after attempt
// submissions (counted from 1) of which the last one ended in err. It is false
// when the request must not be sent again by a program: when
//
//   - err holds no [Error]: a submission whose answer was lost may be under way
//     and charged; so may one that was answered with an HTTP status from 500 up
//     and no code,
//   - err holds a [PollError]: the task may still be running,
//   - the table does not call it automatic, or Allow forbids it,
//   - the attempts are used up,
//   - the pause would go beyond Cap or the deadline of ctx.
//
// The pause comes from the table's wait, or from its backoff where it has none,
// grows from attempt to attempt, and is never shorter than what the service
// asked for.
func (p *Policy) Next(ctx context.Context, attempt int, err error) (time.Duration, bool) {
	if p == nil {
		p = new(Policy)
	}
	if attempt < 1 || attempt >= positive(p.Attempts, backoffAttempts) {
		return 0, false
	}
	wait, retryAfter, ok := p.decide(err)
	if !ok {
		return 0, false
	}
	limit := positive(p.Cap, backoffCap)
	if max(wait.Min, retryAfter) > limit {
		return 0, false // waiting less would be too early
	}
	pause := max(p.pause(wait, attempt, limit), retryAfter)
	if ctx != nil {
		deadline, ok := ctx.Deadline()
		if ctx.Err() != nil || ok && time.Until(deadline) <= pause {
			return 0, false
		}
	}
	return pause, true
}

// decide returns how long to wait after err, and how long the service asked to
// wait: of several [Error]s in the tree of err, the longest. It is true only if
// all of them may be repeated.
func (p *Policy) decide(err error) (wait Wait, retryAfter time.Duration, ok bool) {
	found := false
	ok = eachError(err, func(err error) bool {
		switch err := err.(type) {
		//errspec:if poll
		case *PollError:
			return false
		//errspec:end
		case *Error:
			d := err.Decision()
			if !d.Automatic || err.HTTPStatus >= 500 && !err.named() || p.Allow != nil && !p.Allow(d) {
				return false
			}
			found = true
			wait.Min, wait.Max = max(wait.Min, d.Wait.Min), max(wait.Max, d.Wait.Max)
			retryAfter = max(retryAfter, err.RetryAfter)
		}
		return true
	})
	return wait, retryAfter, ok && found
}

// pause draws the pause after an attempt.
func (p *Policy) pause(wait Wait, attempt int, limit time.Duration) time.Duration {
	growth := math.Pow(backoffMultiplier, float64(attempt-1))
	if wait.Max <= 0 {
		return scaled(backoffInitial, growth, limit)
	}
	random := rand.Float64
	if p.Rand != nil {
		random = p.Rand
	}
	low, high := scaled(wait.Min, growth, limit), scaled(wait.Max, growth, limit)
	switch fraction := random(); {
	case fraction >= 1:
		return high
	case fraction > 0:
		return low + time.Duration(fraction*float64(high-low))
	}
	return low // NaN too
}

// scaled returns d times factor, which is at least 1, but limit at the most.
func scaled(d time.Duration, factor float64, limit time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	if product := float64(d) * factor; product < float64(limit) {
		return time.Duration(product)
	}
	return limit
}

// positive returns n, or the table's figure if n is not one.
func positive[T int | time.Duration](n, table T) T {
	if n > 0 {
		return n
	}
	return table
}

// eachError calls f for err and all errors that it wraps, until f returns false.
// It reports whether f never did.
func eachError(err error, f func(error) bool) bool {
	if err == nil {
		return true
	}
	if !f(err) {
		return false
	}
	switch wrapper := err.(type) {
	case interface{ Unwrap() error }:
		return eachError(wrapper.Unwrap(), f)
	case interface{ Unwrap() []error }:
		for _, err := range wrapper.Unwrap() {
			if !eachError(err, f) {
				return false
			}
		}
	}
	return true
}

// ParseRetryAfter reads the value of a Retry-After header: a number of seconds
// or one of the three forms of an HTTP date (RFC 9110, sections 5.6.7 and
// 10.2.3). A date that has passed gives 0; a number too large for a Duration
// gives the longest one.
func ParseRetryAfter(v string, now time.Time) (time.Duration, bool) {
	v = strings.Trim(v, " \t")
	if v != "" && strings.Trim(v, "0123456789") == "" {
		seconds, err := strconv.ParseInt(v, 10, 64)
		if err != nil || seconds > int64(math.MaxInt64/time.Second) {
			return math.MaxInt64, errors.Is(err, strconv.ErrRange) || err == nil
		}
		return time.Duration(seconds) * time.Second, true
	}
	for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC} {
		if t, err := time.Parse(layout, v); err == nil {
			return max(t.Sub(now), 0), true
		}
	}
	return 0, false
}
