package spec

import "time"

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
	t.resolveCodes(t.Codes)
}

// resolveCodes resolves codes that have the table's classes.
func (t *Table) resolveCodes(codes []Code) {
	classes := t.classesByName()
	for i := range codes {
		c := &codes[i]
		if class, ok := classes[c.Class]; ok {
			c.Retry = c.Retry.over(class.Retry)
		}
		for j := range c.Subtypes {
			derivePhrases(&c.Subtypes[j])
			c.Subtypes[j].Retry = c.Subtypes[j].Retry.over(c.Retry)
			fillHint(&c.Subtypes[j].Retry)
		}
		fillHint(&c.Retry)
	}
}

func fillHint(r *Retry) {
	if r.Hint == "" {
		r.Hint = r.Advice
	}
}

// over merges r, field by field, over what it inherits. What only makes sense
// with a repeating action is not inherited by another one.
func (r Retry) over(base Retry) Retry {
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
