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
// codes, from a code to its subtypes.
func resolve(t *Table) {
	t.Backoff.fillIn()
	for i := range t.Classes {
		t.Classes[i].Retry.markUnread(t.Classes[i].Entry)
	}
	t.resolveCodes(t.Codes)
}

// resolveCodes resolves codes that have the table's classes.
func (t *Table) resolveCodes(codes []Code) {
	classes := t.ClassesByName()
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

// Unreadable reports whether the value of a key could not be decoded where it is
// written, here or in what the advice inherits. Other actions than retry and wait
// inherit neither automatic nor a wait, so those depend on the action.
func (r Retry) Unreadable(key string) bool {
	switch {
	case r.Unread(key), slices.Contains(r.inheritedUnread, key):
		return true
	case key == "wait" && (r.Wait.Unread("min") || r.Wait.Unread("max")):
		return true
	}
	return key != "action" && !r.Has(key) && r.Unreadable("action")
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
