package spec

import (
	"slices"
	"time"
)

// The defaults of backoff:.
const (
	defaultAttempts   = 3
	defaultInitial    = 5 * time.Second
	defaultMultiplier = 2
	defaultCap        = 10 * time.Minute
)

// resolve fills in defaults. Codes inherit the retry settings of their class, and subtypes
// those of their code.
func resolve(t *Table) {
	t.Backoff.fillIn()
	t.Idempotency.fillIn()
	for i := range t.Classes {
		t.Classes[i].Retry.markUnread(t.Classes[i].Entry)
	}
	t.resolveCodes(t.Codes)
}

// resolveCodes resolves the given codes, whose classes are those of the table.
func (t *Table) resolveCodes(codes []Code) {
	classes := t.ClassesByName()
	for i := range codes {
		c := &codes[i]
		c.Retry.markUnread(c.Entry)
		if class, ok := classes[c.Class]; ok {
			c.Retry = c.Retry.over(class.Retry)
		} else if c.Has("class") {
			c.Retry = c.Retry.over(Retry{inheritedUnread: retryKeys}) // the class is unknown, and so are its settings
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

// retryKeys are the keys of retry: that are checked across entries.
var retryKeys = []string{"action", "automatic", "wait"}

// markUnread records that the retry: block of an entry could not be decoded at all.
func (r *Retry) markUnread(e Entry) {
	if e.Unread("retry") {
		r.inheritedUnread = retryKeys
	}
}

// Unreadable reports whether the value of a key could not be decoded, in this retry: block or
// in one that it inherits from. Because only the actions retry and wait inherit automatic and
// wait, these two keys are also unreadable if the action is and they are inherited.
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
