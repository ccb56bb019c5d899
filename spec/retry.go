package spec

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/errspec/errspec/spec/advice"
)

// A Loosening describes one retry setting that is looser than another.
type Loosening struct {
	Key string // action, automatic or wait
	Why string
}

// Looser returns the settings in which after is looser than before: automatic is on, a wait is
// shorter, or the action is no longer never. It returns nil if there are none.
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

// HasStricterSubtype reports whether a subtype has stricter retry settings than the code. If it
// does, the code alone must not lead to an automatic retry, because the error may be that
// subtype.
func (c *Code) HasStricterSubtype() bool {
	return slices.ContainsFunc(c.Subtypes, func(s Subtype) bool { return len(Looser(s.Retry, c.Retry)) > 0 })
}

// HasHiddenSubtype reports whether a code of the table is automatic and has a stricter subtype
// that only a field or conditions of the response select. If it has, a decision that is made
// without the response must not be automatic.
func (t *Table) HasHiddenSubtype(c *Code) bool {
	_, sent := t.Response.Source(RoleSubtype)
	return c.Retry.Automatic && slices.ContainsFunc(c.Subtypes, func(s Subtype) bool {
		hidden := len(s.When) > 0 || sent && len(s.Match) == 0 && !s.Fallback
		return hidden && len(Looser(s.Retry, c.Retry)) > 0
	})
}

// AsStrictAs returns r with every setting that is looser than in other made as strict as there.
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

// fillHint sets the default of the hint, which is the advice.
func fillHint(r *Retry) {
	if r.Hint == "" {
		r.Hint = r.Advice
	}
}

// over returns r with the settings that it does not define taken from base. Only the actions
// retry and wait inherit automatic and wait.
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
	// A hint abbreviates the advice of the same block, so it is not inherited without it.
	if !r.Has("hint") && !r.Has("advice") {
		r.Hint = base.Hint
	}
	return r
}

func copyOf(r Retry) *Retry { return &r }

// own returns the settings that the retry: block itself defines, without inherited ones.
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

// Retry contains the retry settings of a class, a code or a subtype.
type Retry struct {
	Entry
	Action    Action
	Automatic bool // clients may retry the unchanged request automatically
	Throttle  bool // the error is a rate or concurrency limit
	Wait      Wait
	Advice    string // for people
	Hint      string // short form of the advice, for the retry lists; default: the advice

	inheritedUnread []string // keys whose inherited values could not be decoded
}

// Wait is the time to wait before a retry. A zero Wait means that the table defines none.
type Wait struct {
	Entry
	Min, Max time.Duration
}

// IsZero reports whether the table defines no wait.
func (w Wait) IsZero() bool { return w.Min == 0 && w.Max == 0 }

// text returns the wait as findings print it.
func (w Wait) text() string { return cmp.Or(advice.Wait(w.Min, w.Max), advice.Duration(0)) }
