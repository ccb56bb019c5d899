package classify

import (
	"math"
	"slices"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/response"
)

// A PauseVector is an error with the wait before its retry, for a policy with the settings of
// the table.
type PauseVector struct {
	Code         WireCode `json:"code"`
	Message      Text     `json:"message,omitempty"`
	Attempt      int      `json:"attempt"` // submissions so far
	RetryAfterMS int64    `json:"retry_after_ms,omitempty"`
	Fraction     float64  `json:"fraction"` // the random number from 0 to 1
	// PauseMS is the wait in milliseconds, with a tolerance of 1. It is nil if clients must not
	// retry.
	PauseMS *int64 `json:"pause_ms,omitempty"`
}

// maxPauseKinds is the maximum number of retry settings whose waits are listed.
const maxPauseKinds = 12

// pauses returns the waits for one case of each kind of retry settings. It returns nil if no
// case is automatic.
func (c *Classifier) pauses(cases []Vector) []PauseVector {
	type kind struct {
		automatic bool
		wait      VerdictWait
	}
	var all []PauseVector
	kinds := make(map[kind]bool)
	automatic := false
	for _, v := range cases {
		k := kind{v.Verdict.Automatic, v.Verdict.Wait}
		if kinds[k] || len(kinds) >= maxPauseKinds {
			continue
		}
		kinds[k] = true
		automatic = automatic || k.automatic
		retry := c.Classify(v.Code.String(), string(v.Message)).Retry
		for _, p := range c.attempts(retry) {
			p.Code, p.Message = v.Code, v.Message
			if d, ok := pause(c.table.Backoff, retry, p); ok {
				ms := milliseconds(d)
				p.PauseMS = &ms
			}
			all = append(all, p)
		}
	}
	if !automatic {
		return nil
	}
	return all
}

// attempts returns attempts, random numbers and values of Retry-After for retry settings.
func (c *Classifier) attempts(r spec.Retry) []PauseVector {
	if !r.Automatic {
		return []PauseVector{{Attempt: 1}}
	}
	b := c.table.Backoff
	var all []PauseVector
	numbers := []int{0, 1, 2, 3, b.Attempts - 1, b.Attempts}
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		all = append(all, PauseVector{Attempt: n}, PauseVector{Attempt: n, Fraction: 0.75})
	}
	limit := milliseconds(b.Cap)
	for _, ms := range []int64{1, 7000, limit, limit + 1} {
		all = append(all, PauseVector{Attempt: 1, RetryAfterMS: ms, Fraction: 0.5})
	}
	return all
}

// pause returns the wait after an attempt. It returns false if clients must not retry.
func pause(b spec.Backoff, r spec.Retry, p PauseVector) (time.Duration, bool) {
	retryAfter := time.Duration(p.RetryAfterMS) * time.Millisecond
	if !r.Automatic || p.Attempt < 1 || p.Attempt >= b.Attempts || max(r.Wait.Min, retryAfter) > b.Cap {
		return 0, false
	}
	low, high := r.Wait.Min, r.Wait.Max
	if high == 0 {
		low, high = b.Initial, b.Initial
	}
	growth := math.Pow(b.Multiplier, float64(p.Attempt-1))
	from, to := min(float64(low)*growth, float64(b.Cap)), min(float64(high)*growth, float64(b.Cap))
	return max(time.Duration(from+p.Fraction*(to-from)), retryAfter), true
}

// A RetryAfterVector is a value of the header Retry-After and the wait that it requests.
type RetryAfterVector struct {
	Value string `json:"value"`
	Now   string `json:"now"` // an HTTP date, from which dates count
	// MS is the wait in milliseconds. It is nil if the value is invalid.
	MS *int64 `json:"ms,omitempty"`
}

const vectorDate = "Fri, 15 Jan 2027 08:00:10 GMT"

// retryAfters returns valid and invalid values. They are the same for all tables.
func retryAfters() []RetryAfterVector {
	now, _ := time.Parse(time.RFC1123, vectorDate) // a valid date
	var all []RetryAfterVector
	for _, value := range []string{
		"0", "7", " 120\t", "1.5", "0.0004", "1e3", "99999999999999999999", "1e400", "-1", "+1", "0x10", "1_000", ".5", "1.2.3", "7,5", "3 apples", "inf", "NaN",
		"", " ", "soon", "\u0663", "\u00b2", "7\n", "7\u00a0", "\ufeff7",
		"7s", "1.5s", "500ms", "2m", "1h30m", "-5s", "1d", "7 s",
		"Fri, 15 Jan 2027 08:00:20 GMT", "Friday, 15-Jan-27 08:00:20 GMT", "Fri Jan 15 08:00:20 2027", "Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT", "Fri, 15 Jan 2027 08:00:20 +0100", "Fri, 15 Jan 2027 08:00:20", "Fri, 32 Jan 2027 08:00:20 GMT",
		"Fri, 15 Jan 2027 25:00:20 GMT", "2027-01-15T08:00:20Z", "15 Jan 2027 08:00:20 GMT",
	} {
		v := RetryAfterVector{Value: value, Now: vectorDate}
		if d, ok := response.ParseDelay(value, now); ok {
			ms := milliseconds(d)
			v.MS = &ms
		}
		all = append(all, v)
	}
	return all
}
