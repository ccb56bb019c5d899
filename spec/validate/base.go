package validate

import (
	"fmt"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// checkBase holds additions against the table that they add to.
func checkBase(t *spec.Table, report reporter) {
	check := func(about string, entry spec.Entry, r spec.Retry, base *spec.Retry) {
		if base == nil {
			return
		}
		there := entry.At()
		if base.At().File != nil {
			there = base.At()
		}
		for _, l := range looser(*base, r) {
			report(violation{at: r.ValueAt(l.Key), about: about,
				message: fmt.Sprintf("retry settings of %q are looser than in %s: %s", about, t.Extends, l.Why),
				help:    "additions must not be looser",
				related: []diag.Related{{Location: there, Message: "defined here"}}})
		}
	}
	if t.Response != nil {
		for _, h := range t.Response.HTTP {
			if c, ok := t.Code(h.Code); ok && c.Retry.Automatic && t.Adds(h.At) {
				report(violation{at: h.At, about: c.Wire, message: fmt.Sprintf("HTTP status %d would be automatic", h.Status),
					help: "name a code that is not automatic: the base table gives the status no code", related: []diag.Related{{Location: retryAt(t, c, "automatic"), Message: "set to automatic here"}}})
			}
		}
	}
	if t.Extends != "" && t.Response != nil && !t.Adds(t.Response.At()) {
		for i := t.BaseCodes; i < len(t.Codes); i++ {
			if c := &t.Codes[i]; len(c.When) > 0 && c.Retry.Automatic {
				report(violation{at: c.ValueAt("when"), about: c.Wire, message: fmt.Sprintf("responses of %s that fulfill the conditions would be automatic", t.Extends),
					help: "set automatic: false, or remove when", related: []diag.Related{{Location: retryAt(t, c, "automatic"), Message: "set to automatic here"}}})
			}
		}
	}
	eachCode(t, func(c *spec.Code) {
		check(c.Wire, c.Entry, c.Retry, c.BaseRetry)
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			check(c.Wire+"/"+s.Name, s.Entry, s.Retry, s.BaseRetry)
		}
	})
}
