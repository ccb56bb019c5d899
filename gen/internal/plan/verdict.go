package plan

import (
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
)

// A Verdict is a short recommendation for an error. There is one for each action, and
// one for automatic retries. Pages mark, group and filter codes by verdict.
type Verdict struct {
	Key   string // "automatic", or the action as written in tables
	Label string // "Retry automatically"
}

// verdictAutomatic is the verdict of automatic codes.
var verdictAutomatic = Verdict{"automatic", "Retry automatically"}

// verdictLabels are the labels of actions that are not automatic.
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

// Verdicts returns all verdicts: automatic first, then the actions in order, and unknown
// last.
func Verdicts() []Verdict {
	all := []Verdict{verdictAutomatic}
	for _, a := range append(spec.Actions()[1:], spec.ActionUnknown) {
		all = append(all, Retry{Action: a}.Verdict())
	}
	return all
}

// Verdict returns the verdict of the retry settings.
func (r Retry) Verdict() Verdict {
	if r.Automatic {
		return verdictAutomatic
	}
	return Verdict{r.Action.String(), verdictLabels[r.Action]}
}

// Pause is the range of times to wait before an attempt.
type Pause struct{ Min, Max time.Duration }

// String returns the pause as text: "30s to 1m".
func (p Pause) String() string { return advice.Wait(p.Min, p.Max) }

// Pause returns the pause before attempt n, at least 2, after a submission that failed
// with these retry settings.
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

// After returns how long to wait before the same request may be retried: "30s to 1m". It
// returns "" if a retry cannot succeed, or if the table specifies no wait.
func (b Backoff) After(r Retry) string {
	switch {
	case r.Automatic && b.Attempts > 1:
		return b.Pause(r, 2).String()
	case r.Action.Repeats():
		return r.Wait()
	}
	return ""
}
