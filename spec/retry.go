package spec

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/errspec/errspec/spec/advice"
)

// A Loosening is one way in which retry advice became easier to repeat.
type Loosening struct {
	Key string // of retry: action, automatic or wait
	Why string
}

// Looser returns in what way after allows more than before: automatic turned on,
// a wait shrank, or never stopped being never.
func Looser(before, after Retry) []Loosening {
	var found []Loosening
	if before.Action == ActionNever && after.Action != ActionNever {
		found = append(found, Loosening{"action", fmt.Sprintf("action never cannot be changed to %s", after.Action)})
	}
	if after.Automatic && !before.Automatic {
		found = append(found, Loosening{"automatic", "automatic cannot be turned on"})
	}
	if after.Action.Repeats() && (after.Wait.Min < before.Wait.Min || after.Wait.Max < before.Wait.Max) {
		found = append(found, Loosening{"wait", fmt.Sprintf("a wait of %s is shorter than %s", after.Wait.text(), before.Wait.text())})
	}
	return found
}

// HasStricterSubtype reports whether a subtype of the code forbids what the code
// allows. Without it in sight, an automatic decision about the code does not count.
func (c *Code) HasStricterSubtype() bool {
	return slices.ContainsFunc(c.Subtypes, func(s Subtype) bool { return len(Looser(s.Retry, c.Retry)) > 0 })
}

// AsStrictAs returns r, made stricter where it is looser than other.
func (r Retry) AsStrictAs(other Retry) Retry {
	if other.Action == ActionNever {
		r.Action = ActionNever
	}
	r.Automatic = r.Automatic && other.Automatic
	if !r.Action.Repeats() {
		r.Automatic, r.Wait = false, Wait{}
		return r
	}
	r.Wait.Min = max(r.Wait.Min, other.Wait.Min)
	r.Wait.Max = max(r.Wait.Max, other.Wait.Max)
	return r
}

func fillHint(r *Retry) {
	if r.Hint == "" {
		r.Hint = r.Advice
	}
}

// over merges r, field by field, over what it inherits. What only makes sense
// with a repeating action is not inherited by another one.
func (r Retry) over(base Retry) Retry {
	for _, key := range retryKeys {
		if !r.Has(key) && base.Unreadable(key) && !slices.Contains(r.inheritedUnread, key) {
			r.inheritedUnread = append(slices.Clip(r.inheritedUnread), key)
		}
	}
	if !r.Has("action") {
		r.Action = base.Action
	}
	if r.Action.Repeats() {
		if !r.Has("automatic") {
			r.Automatic = base.Automatic
		}
		if !r.Has("wait") {
			r.Wait = base.Wait
		}
	}
	if !r.Has("throttle") {
		r.Throttle = base.Throttle
	}
	if !r.Has("advice") {
		r.Advice = base.Advice
	}
	// A hint is the short form of its own advice.
	if !r.Has("hint") && !r.Has("advice") {
		r.Hint = base.Hint
	}
	return r
}

func copyOf(r Retry) *Retry { return &r }

// own returns what an entry itself says, without what it has inherited.
func (r Retry) own() Retry {
	own := Retry{Entry: r.Entry}
	if r.Has("action") {
		own.Action = r.Action
	}
	if r.Has("automatic") {
		own.Automatic = r.Automatic
	}
	if r.Has("throttle") {
		own.Throttle = r.Throttle
	}
	if r.Has("wait") {
		own.Wait = r.Wait
	}
	if r.Has("advice") {
		own.Advice = r.Advice
	}
	if r.Has("hint") {
		own.Hint = r.Hint
	}
	return own
}

// Retry is what the table says about sending the same request again.
type Retry struct {
	Entry
	Action    Action
	Automatic bool // a program may repeat the unchanged request on its own
	Throttle  bool // a rate or concurrency limit
	Wait      Wait
	Advice    string // for people
	Hint      string // shorter, for the retry lists; the advice unless the table has another

	inheritedUnread []string // keys whose inherited values could not be decoded
}

// Wait is how long to wait before the same request. The zero Wait means that
// the table does not say.
type Wait struct {
	Entry
	Min, Max time.Duration
}

// IsZero reports whether the table gives no wait.
func (w Wait) IsZero() bool { return w.Min == 0 && w.Max == 0 }

// text returns the wait for a finding.
func (w Wait) text() string { return cmp.Or(advice.Wait(w.Min, w.Max), advice.Duration(0)) }
