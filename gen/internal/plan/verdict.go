package plan

import (
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
)

// A Verdict says in a few words what is to be done about an error. There are as
// many as there are actions, and one for what a program may repeat: pages mark,
// group and filter codes by them.
type Verdict struct {
	Key   string // "automatic", or the action as tables spell it
	Label string // "Retry automatically"
}

// verdictAutomatic is that of whatever a program may repeat.
var verdictAutomatic = Verdict{"automatic", "Retry automatically"}

// verdictLabels are what people read of an action that is not automatic.
var verdictLabels = map[spec.Action]string{
	spec.ActionUnknown:  "Unknown",
	spec.ActionFix:      "Fix the request first",
	spec.ActionRetry:    "Retry manually",
	spec.ActionWait:     "Wait, then retry manually",
	spec.ActionResubmit: "Resubmit manually",
	spec.ActionCheck:    "Correct the reference",
	spec.ActionSupport:  "Contact support",
	spec.ActionNever:    "Never retry",
}

// Verdicts returns all verdicts: the automatic one, those of the actions in their
// order, and at last the one of what is not known.
func Verdicts() []Verdict {
	all := []Verdict{verdictAutomatic}
	for _, a := range append(spec.Actions()[1:], spec.ActionUnknown) {
		all = append(all, Retry{Action: a}.Verdict())
	}
	return all
}

// Verdict returns the verdict of the advice.
func (r Retry) Verdict() Verdict {
	if r.Automatic {
		return verdictAutomatic
	}
	return Verdict{r.Action.String(), verdictLabels[r.Action]}
}

// Pause is how long to wait before an attempt.
type Pause struct{ Min, Max time.Duration }

// String returns the pause as people write it: "30s to 1m".
func (p Pause) String() string { return advice.Wait(p.Min, p.Max) }

// Pause returns the pause before attempt n, counted from 2, of a submission that
// may be repeated after it ended with this advice.
func (b Backoff) Pause(r Retry, n int) Pause {
	low, high := r.WaitMin, r.WaitMax
	if high == 0 {
		low, high = b.Initial, b.Initial
	}
	return Pause{b.Grown(low, n-2), b.Grown(high, n-2)}
}

// Grown returns d x multiplier^n, capped.
func (b Backoff) Grown(d time.Duration, n int) time.Duration {
	length := float64(d)
	for range n {
		length *= b.Multiplier
	}
	if b.Cap > 0 && length > float64(b.Cap) {
		return b.Cap
	}
	return time.Duration(length).Round(time.Millisecond)
}

// After returns how long to wait before the same request may be sent again:
// "30s to 1m". It is "" where that is no use, or where the table does not say.
func (b Backoff) After(r Retry) string {
	switch {
	case r.Automatic && b.Attempts > 1:
		return b.Pause(r, 2).String()
	case r.Action.Repeats():
		return r.Wait()
	}
	return ""
}
