package runtime

import (
	"context"
	"errors" //errspec:if poll
	"strconv"
	"time"
)

// Begin returns the attempts at a piece of work that is to be charged once. work is the
// program's own ID of the work, such as that of an order. If it is "", the attempts have
// a random ID. To continue the attempts of an earlier run, call [Attempts.Resume] next.
func (p *Policy) Begin(work string) *Attempts {
	if p == nil {
		p = new(Policy)
	}
	return &Attempts{policy: *p, seed: seedOf(work), named: work != ""}
}

// Attempts are the submissions of one piece of work that is to be charged once. Create
// them with [Policy.Begin], outside the loop:
//
//	attempts := policy.Begin(order)
//	for attempts.Again(ctx, err) {
//		result, err = submit(ctx, attempts)
//	}
//
// Attempts are not safe for concurrent use.
type Attempts struct {
	policy Policy
	seed   string // identifies the work, "" if nothing does
	named  bool   // whether the seed is derived from the ID of the work

	//errspec:if keys
	key   int       // number of the key, from 1
	since time.Time // when the key was submitted first
	keyed bool      // whether the last submission contains the key

	shared bool // whether they were stored, so that another run may submit further keys

	//errspec:end
	//errspec:if id
	task string // ID of the task that the last submission started

	//errspec:end
	submissions int
	open        bool // whether the last submission has not been reported to Again
	resumed     bool // whether the last submission is one of an earlier run
	barred      bool // whether an earlier run, which may continue, submits without a key
	unknown     bool // whether the request may be carried out, or may have been
	why         Reason
	ended       bool // whether why is final
}

// Again reports whether to submit the request, for the first time or as a retry. err is
// the error of the last submission or of polling its task, and nil before the first
// submission. Again waits before a retry. If it returns false, [Attempts.Why] returns
// the reason.
//
// Again allows a retry if [Policy.Next] does, unless the outcome of an earlier submission
// is unknown: a later refusal does not settle it.
// After a submission with a key, Again allows a retry with the same key even if the //errspec:if keys
// outcome is unknown, as long as the service keeps the key. //errspec:if keys
//
// If Again returns false because ctx ends, it may be called again with the same error.
func (a *Attempts) Again(ctx context.Context, err error) bool {
	if a == nil || a.ended {
		return false
	}
	o := a.report(err)
	pause := time.Duration(0)
	if a.submissions > 0 {
		pause = max(a.policy.pause(o.wait, a.submissions), o.retryAfter)
		a.why = a.refusal(err, o, pause)
	}
	if a.why == ReasonNone {
		a.why = a.wait(ctx, pause)
	}
	if a.why != ReasonNone {
		a.ended = a.why != ReasonDeadline && a.why != ReasonOutcomeUnknown
		return false
	}
	a.submit(o)
	return true
}

// report records what err reveals about the last submission.
func (a *Attempts) report(err error) summary {
	o := a.policy.examine(err)
	a.why, a.open = ReasonNone, false
	if err == nil {
		return o
	}
	a.resumed = false
	if a.submissions == 0 {
		a.submissions, a.unknown = 1, true // made without Again
	}
	//errspec:if poll
	var stopped *PollError
	if errors.As(err, &stopped) && stopped != nil && a.task == "" {
		a.task = stopped.TaskID
	}
	//errspec:end
	//errspec:if id
	if a.task != "" && (o.task != a.task || o.refused) {
		o.settled, o.failed = false, false // the error is not that of the task, but of a poll
	}
	//errspec:end
	if !o.settled {
		a.unknown = true
	} else if o.failed {
		a.unknown = false
	}
	return o
}

// refusal returns why the request must not be submitted after err and a pause.
func (a *Attempts) refusal(err error, o summary, pause time.Duration) Reason {
	switch {
	case err == nil && !a.resumed:
		return ReasonDone
	case !a.unknown && !o.automatic:
		return ReasonNotAutomatic
	//errspec:if keys
	case (a.unknown || a.shared) && a.expired(pause):
		return ReasonOutcomeUnknown
	case a.unknown && a.repeatable(o):
		// The service carries out the request once.
	//errspec:end
	case a.unknown, a.barred:
		return ReasonOutcomeUnknown
	}
	why := a.limit(o)
	if why != ReasonNone && a.unknown {
		return ReasonOutcomeUnknown
	}
	return why
}

// limit returns why the policy forbids another submission.
func (a *Attempts) limit(o summary) Reason {
	switch {
	case !o.allowed:
		return ReasonForbidden
	case a.submissions >= positive(a.policy.Attempts, backoffAttempts):
		return ReasonAttemptsUsed
	case max(o.wait.Min, o.retryAfter) > positive(a.policy.Cap, backoffCap):
		return ReasonTooLong
	}
	return ReasonNone
}

// wait waits before a submission. It returns ReasonDeadline if ctx ends before.
func (a *Attempts) wait(ctx context.Context, pause time.Duration) Reason {
	if ctx == nil {
		ctx = context.Background()
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= pause {
		return ReasonDeadline
	}
	sleep(ctx, pause)
	if ctx.Err() != nil {
		return ReasonDeadline
	}
	//errspec:if keys
	if (a.unknown || a.shared) && a.submissions > 0 && a.expired(0) {
		return ReasonOutcomeUnknown // the wait took longer
	}
	//errspec:end
	return ReasonNone
}

// submit records another submission.
func (a *Attempts) submit(o summary) {
	//errspec:if keys
	if a.key == 0 || o.failed {
		a.key++
	}
	if a.key == 1 && a.submissions == 0 || o.failed && !a.shared {
		a.since = time.Now().Round(0)
	}
	a.keyed = false
	//errspec:end
	a.task = "" //errspec:if id
	a.submissions++
	a.open, a.resumed = true, false
}

// Why returns why Again returned false, or ReasonNone if it did not.
func (a *Attempts) Why() Reason {
	if a == nil {
		return ReasonDone
	}
	return a.why
}

// sleep waits for d, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// Reason is the reason why [Attempts.Again] returns false.
type Reason uint8

// The reasons. If the outcome of a submission is unknown and waiting does not help, the
// reason is ReasonOutcomeUnknown, whatever else forbids a retry.
const (
	ReasonNone           Reason = iota // Again has not returned false
	ReasonDone                         // no error was reported
	ReasonNotAutomatic                 // clients must not retry the request automatically
	ReasonOutcomeUnknown               // the request may be carried out, and may be charged
	ReasonAttemptsUsed                 // no attempts are left
	ReasonDeadline                     // the context ends before the retry; Again may be called again
	ReasonTooLong                      // the wait would exceed the maximum
	ReasonForbidden                    // Policy.Allow forbids the retry
)

// String returns a description for logs.
func (r Reason) String() string {
	switch r {
	case ReasonNone:
		return "no reason"
	case ReasonDone:
		return "no error was reported"
	case ReasonNotAutomatic:
		return "clients must not retry the request automatically"
	case ReasonOutcomeUnknown:
		return "the outcome of a submission is unknown, and it may have been charged"
	case ReasonAttemptsUsed:
		return "no attempts are left"
	case ReasonDeadline:
		return "the context ends before the retry"
	case ReasonTooLong:
		return "the wait before the retry would exceed the maximum"
	case ReasonForbidden:
		return "Policy.Allow forbids the retry"
	}
	return "Reason(" + strconv.Itoa(int(r)) + ")"
}
