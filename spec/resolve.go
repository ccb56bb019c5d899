package spec

import (
	"slices"
	"time"
)

// The backoff of a table that says nothing about it.
const (
	defaultAttempts   = 3
	defaultInitial    = 5 * time.Second
	defaultMultiplier = 2
	defaultCap        = 10 * time.Minute
)

// resolve fills in the defaults and hands retry advice down: from a class to its
// codes, from a code to its sub-types.
func resolve(t *Table) {
	t.Backoff.fillIn()
	for i := range t.Classes {
		t.Classes[i].Retry.markUnread(t.Classes[i].Entry)
	}
	t.resolveCodes(t.Codes)
}

// resolveCodes resolves codes that have the table's classes.
func (t *Table) resolveCodes(codes []Code) {
	classes := t.classesByName()
	for i := range codes {
		c := &codes[i]
		c.Retry.markUnread(c.Entry)
		if class, ok := classes[c.Class]; ok {
			c.Retry = c.Retry.over(class.Retry)
		} else if c.Has("class") {
			c.Retry = c.Retry.over(Retry{inheritedUnread: retryKeys}) // of whatever class was meant
		}
		for j := range c.Subtypes {
			derivePhrases(&c.Subtypes[j])
			c.Subtypes[j].Retry.markUnread(c.Subtypes[j].Entry)
			c.Subtypes[j].Retry = c.Subtypes[j].Retry.over(c.Retry)
			fillHint(&c.Subtypes[j].Retry)
		}
		fillHint(&c.Retry)
	}
}

// retryKeys are the keys of retry advice that findings are derived from.
var retryKeys = []string{"action", "automatic", "wait"}

// markUnread notes that the advice of an entry could not be decoded as a whole.
func (r *Retry) markUnread(e Entry) {
	if e.Unread("retry") {
		r.inheritedUnread = retryKeys
	}
}

// unread reports whether the value of a key could not be decoded where it is
// written, here or in what the advice inherits. Other actions than retry and wait
// inherit neither automatic nor a wait, so those depend on the action.
func (r Retry) unread(key string) bool {
	switch {
	case r.Unread(key), slices.Contains(r.inheritedUnread, key):
		return true
	case key == "wait" && (r.Wait.Unread("min") || r.Wait.Unread("max")):
		return true
	}
	return key != "action" && !r.Has(key) && r.unread("action")
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
		if !r.Has(key) && base.unread(key) && !slices.Contains(r.inheritedUnread, key) {
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

func (b *Backoff) fillIn() {
	if !b.Has("attempts") {
		b.Attempts = defaultAttempts
	}
	if !b.Has("initial") {
		b.Initial = defaultInitial
	}
	if !b.Has("multiplier") {
		b.Multiplier = defaultMultiplier
	}
	if !b.Has("cap") {
		b.Cap = defaultCap
	}
}
