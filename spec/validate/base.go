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
	eachCode(t, func(c *spec.Code) {
		check(c.Wire, c.Entry, c.Retry, c.BaseRetry)
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			check(c.Wire+"/"+s.Name, s.Entry, s.Retry, s.BaseRetry)
		}
	})
}
