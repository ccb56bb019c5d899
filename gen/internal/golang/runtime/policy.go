package runtime

import (
	"context"
	"math"
	"math/rand/v2"
	"time"
)

// Policy determines whether and when a request may be retried automatically. It submits
// no requests itself. Every retry is a new submission by the caller, which is charged
// again if the work is paid.
//
//	for attempt := 1; ; attempt++ {
//		err := submit(ctx)
//		pause, again := policy.Next(ctx, attempt, err)
//		if !again {
//			return err
//		}
//		select {
//		case <-time.After(pause):
//		case <-ctx.Done():
//			return err
//		}
//	}
//
// The zero Policy is ready to use and has the settings of the table.
type Policy struct {
	Attempts int                 // maximum submissions, including the first; 0 means the table's value
	Cap      time.Duration       // maximum wait; 0 means the table's value
	Allow    func(Decision) bool // if not nil, may forbid a retry that the table allows, not the reverse
	Rand     func() float64      // returns a number in [0, 1); nil means math/rand/v2

	// Keys enables idempotency keys, whose effect the service does not document. //errspec:if optin
	Keys bool //errspec:if optin
}

// Next returns how long to wait before the request is retried automatically. attempt is
// the number of submissions so far, at least 1; err is the error of the last one. Next
// returns false if clients must not retry the request automatically:
//
//   - if err, or an error joined to it, contains no [Error]: without a response, the
//     request may still be carried out and charged,
//   - if a timeout or a cancellation wraps an Error or is joined to it,
//   - if err contains a [PollError]: the task may still be running, //errspec:if poll
//   - if the decision of an Error is not automatic (see [Error.Decision]), or Allow
//     forbids the retry,
//   - if no attempts are left,
//   - if the wait would exceed Cap or the deadline of ctx.
//
// The wait is a random duration from the wait of the decision, or the backoff of the
// table if the decision has no wait. It grows with each attempt and is never shorter
// than the wait that the service requested.
func (p *Policy) Next(ctx context.Context, attempt int, err error) (time.Duration, bool) {
	if p == nil {
		p = new(Policy)
	}
	wait, retryAfter, ok := p.decide(attempt, err)
	if !ok {
		return 0, false
	}
	pause := max(p.pause(wait, attempt), retryAfter)
	if ctx != nil {
		deadline, ok := ctx.Deadline()
		if ctx.Err() != nil || ok && time.Until(deadline) <= pause {
			return 0, false
		}
	}
	return pause, true
}

// decide returns the wait after err and the wait that the service requested. It returns
// true only if another attempt is allowed.
func (p *Policy) decide(attempt int, err error) (wait Wait, retryAfter time.Duration, ok bool) {
	if attempt < 1 || attempt >= positive(p.Attempts, backoffAttempts) {
		return wait, 0, false
	}
	o := p.examine(err)
	// A wait above the cap forbids the retry: after a shorter one it would be too early.
	return o.wait, o.retryAfter, o.settled && o.automatic && o.allowed && max(o.wait.Min, o.retryAfter) <= positive(p.Cap, backoffCap)
}

// A summary is the combined meaning of all [Error]s in the tree of an error.
type summary struct {
	settled    bool          // whether it is known that the request came to nothing
	automatic  bool          // whether clients may retry the request automatically
	allowed    bool          // whether Policy.Allow does not forbid it
	wait       Wait          // the longest
	retryAfter time.Duration // the longest that the service requested
	refused    bool          // whether one is of a request, not of a failed task
	failed     bool          // whether all are of a failed task
	task       string        // its ID //errspec:if id
	conflict   bool          // whether the key belongs to another request //errspec:if conflict
}

// examine summarizes err.
func (p *Policy) examine(err error) summary {
	o := summary{automatic: true, allowed: true}
	o.settled = eachError(err, func(e *Error) bool {
		d := e.Decision()
		o.automatic = o.automatic && d.Automatic
		o.allowed = o.allowed && (!d.Automatic || p.Allow == nil || p.Allow(d))
		o.wait.Min, o.wait.Max = max(o.wait.Min, d.Wait.Min), max(o.wait.Max, d.Wait.Max)
		if e == nil {
			return false
		}
		o.retryAfter = max(o.retryAfter, e.RetryAfter)
		o.refused = o.refused || e.HTTPStatus != 0
		o.task = e.TaskID                                             //errspec:if id
		o.conflict = o.conflict || e.hasCode() && e.Code.isConflict() //errspec:if conflict
		return e.settled()
	})
	o.failed = o.settled && !o.refused  //errspec:if task
	o.failed = o.failed && o.task != "" //errspec:if id
	return o
}

// pause returns the random wait after an attempt.
func (p *Policy) pause(wait Wait, attempt int) time.Duration {
	limit := positive(p.Cap, backoffCap)
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
	return low // also for NaN
}

// scaled returns d*factor, but at most limit. factor must be at least 1.
func scaled(d time.Duration, factor float64, limit time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	if product := float64(d) * factor; product < float64(limit) {
		return time.Duration(product)
	}
	return limit
}

// positive returns n if it is positive, or else the value of the table.
func positive[T int | time.Duration](n, table T) T {
	if n > 0 {
		return n
	}
	return table
}

// maxErrors is the maximum number of errors that are examined in a tree.
const maxErrors = 1000

// eachError calls f for every [Error] in the tree of err. It reports whether f always returned true and nothing else in the tree leaves the
// outcome open: every branch ends in an Error, and no error is a timeout or a
// cancellation.
func eachError(err error, f func(*Error) bool) bool {
	left := maxErrors
	return eachErrorIn(err, f, &left)
}

func eachErrorIn(err error, f func(*Error) bool, left *int) bool {
	if *left--; *left < 0 {
		return false
	}
	if e, ok := err.(*Error); ok {
		return f(e)
	}
	//errspec:if poll
	if _, ok := err.(*PollError); ok {
		return false
	}
	//errspec:end
	if isTimeout(err) {
		return false
	}
	switch wrapper := err.(type) {
	case interface{ Unwrap() error }:
		return eachErrorIn(wrapper.Unwrap(), f, left)
	case interface{ Unwrap() []error }:
		found, all := false, true
		for _, err := range wrapper.Unwrap() {
			if err != nil {
				found, all = true, eachErrorIn(err, f, left) && all
			}
		}
		return found && all
	}
	return false
}

// isTimeout reports whether err itself, not an error that it wraps, is a timeout or a
// cancellation.
func isTimeout(err error) bool {
	if t, ok := err.(interface{ Timeout() bool }); ok && t.Timeout() {
		return true
	}
	is, ok := err.(interface{ Is(error) bool })
	return ok && (is.Is(context.Canceled) || is.Is(context.DeadlineExceeded))
}

// ParseRetryAfter reads the value of a Retry-After header: a number of seconds, or one
// of the three forms of an HTTP date (RFC 9110, sections 5.6.7 and 10.2.3). It also
// accepts fractions, and durations such as "1.5s", which some services send. A date
// that has passed gives 0; a number too large for a Duration gives the longest one.
func ParseRetryAfter(v string, now time.Time) (time.Duration, bool) {
	return parseDelay(v, time.Second, now)
}
