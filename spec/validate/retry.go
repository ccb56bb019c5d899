package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// checkRetry reports retry settings that contradict each other: clients must not retry
// automatically if the action requires a change first.
func checkRetry(t *spec.Table, report reporter) {
	check := func(r *spec.Retry, about string) {
		if r.Action.Repeats() || r.Unreadable("action") {
			return
		}
		if r.Automatic {
			report(violation{at: r.ValueAt("automatic"), about: about,
				message: fmt.Sprintf("action %s cannot be automatic", r.Action),
				help:    "only retry and wait allow automatic retries; set automatic: false or change the action"})
		}
		if !r.Wait.IsZero() {
			report(violation{at: r.ValueAt("wait"), about: about,
				message: fmt.Sprintf("action %s cannot have a wait", r.Action),
				help:    "only retry and wait allow a wait; remove it or change the action"})
		}
	}
	for i := range t.Classes {
		check(&t.Classes[i].Retry, t.Classes[i].Name)
	}
	eachCode(t, func(c *spec.Code) {
		check(&c.Retry, c.Wire)
		if c.Charged == spec.ChargedYes && c.Retry.Automatic {
			report(violation{at: c.ValueAt("charged"), about: c.Wire, message: "a code that is charged cannot be automatic",
				help: "set automatic: false, or correct charged", related: []diag.Related{{Location: retryAt(t, c, "automatic"), Message: "set to automatic here"}}})
		}
		for j := range c.Subtypes {
			check(&c.Subtypes[j].Retry, c.Wire+"/"+c.Subtypes[j].Name)
		}
	})
}

// checkStricter holds subtypes against their code: a message may make a
// decision stricter, never looser.
func checkStricter(t *spec.Table, report reporter) {
	eachCode(t, func(c *spec.Code) {
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			for _, l := range looser(c.Retry, s.Retry) {
				report(violation{at: s.Retry.ValueAt(l.Key), about: c.Wire + "/" + s.Name,
					message: fmt.Sprintf("retry settings of subtype %q are looser than those of code %q: %s", s.Name, c.Wire, l.Why),
					help:    "make the subtype stricter, or the code looser",
					related: []diag.Related{{Location: retryAt(t, c, l.Key), Message: "retry settings of the code"}}})
			}
		}
	})
}

// retryAt returns the place of a key of a code's retry advice, which the code
// may have from its class.
func retryAt(t *spec.Table, c *spec.Code, key string) diag.Location {
	class, ok := t.Class(c.Class)
	switch {
	case c.Retry.Has(key):
		return c.Retry.ValueAt(key)
	case ok && class.Retry.Has(key):
		return class.Retry.ValueAt(key)
	}
	return c.At()
}

// looser is [Looser] for advice of which parts could not be decoded.
func looser(before, after spec.Retry) []spec.Loosening {
	return slices.DeleteFunc(spec.Looser(before, after), func(l spec.Loosening) bool { return before.Unreadable(l.Key) || after.Unreadable(l.Key) })
}

func checkUnlisted(t *spec.Table, report reporter) {
	c, ok := t.Code(t.Unlisted)
	if ok && c.BaseRetry != nil && !c.BaseRetry.Automatic {
		return // automatic by an addition, which is reported there
	}
	if ok && t.Unlisted != "" && c.Retry.Automatic {
		report(violation{at: t.ValueAt("unlisted"), about: c.Wire,
			message: fmt.Sprintf("code %q is automatic and cannot be used for unlisted codes", c.Wire),
			help:    "name a code that is not automatic: the meaning of an unlisted code is unknown",
			related: []diag.Related{{Location: retryAt(t, c, "automatic"), Message: "set to automatic here"}}})
	}
}

func checkRanges(t *spec.Table, report reporter) {
	wait := func(r *spec.Retry, about string) {
		w := r.Wait
		if missing(w.Entry, "max") || missing(w.Entry, "min") {
			return
		}
		if w.Min > w.Max || (w.Has("max") && w.Max == 0) {
			report(violation{at: w.ValueAt("max"), about: about,
				message: fmt.Sprintf("invalid wait: min %s, max %s", w.Min, w.Max),
				help:    "min must not exceed max, and max must be greater than 0"})
		}
	}
	for i := range t.Classes {
		wait(&t.Classes[i].Retry, t.Classes[i].Name)
	}
	eachCode(t, func(c *spec.Code) {
		if c.Retry.Has("wait") {
			wait(&c.Retry, c.Wire)
		}
		for j := range c.Subtypes {
			if s := &c.Subtypes[j]; s.Retry.Has("wait") {
				wait(&s.Retry, c.Wire+"/"+s.Name)
			}
		}
	})
	switch b := t.Backoff; {
	case b.Unread("initial"), b.Unread("cap"):
	case b.Initial <= 0 || b.Cap < b.Initial:
		at := b.ValueAt("cap")
		if b.Initial <= 0 || !b.Has("cap") {
			at = b.ValueAt("initial")
		}
		report(violation{at: at, about: "backoff",
			message: fmt.Sprintf("invalid backoff: initial %s, cap %s", b.Initial, b.Cap),
			help:    "initial must be greater than 0, and cap at least initial"})
	}
}

// missing reports whether a required key is missing or could not be decoded, which
// has been reported. What was not read from a file is as it is.
func missing(e spec.Entry, key string) bool {
	return e.At().File != nil && (!e.Has(key) || e.Unread(key))
}

func checkPolling(t *spec.Table, report reporter) {
	p := t.Polling
	if p == nil {
		return
	}
	if p.URL != "" && !strings.Contains(p.URL, "{id}") {
		report(violation{at: p.ValueAt("url"), about: "polling", message: "polling URL does not contain {id}", help: "put {id} where the task ID goes"})
	}
	if p.Interval == 0 && p.Has("interval") && !p.Unread("interval") {
		report(violation{at: p.ValueAt("interval"), about: "polling", message: "interval is 0", help: "write the time between two polls, such as 3s"})
	}
}
