package validate

import (
	"fmt"
	"iter"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// idempotencyCodes yields the lists of codes of idempotency:, by key.
func idempotencyCodes(i *spec.Idempotency) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		_ = yield("pending", i.Pending) && yield("conflict", i.Conflict)
	}
}

// checkIdempotency reports codes that contradict their role for keys. A pending code means that
// the first submission may be charged, and a conflict that another submission has the key. A
// client that repeats the request without regard to its key would pay twice.
func checkIdempotency(t *spec.Table, report reporter) {
	i := t.Idempotency
	if i == nil {
		return
	}
	if i.For == 0 && i.Has("for") && !i.Unread("for") {
		report(violation{at: i.ValueAt("for"), about: "idempotency", message: "for is 0", help: "write how long the service keeps a key, for example 24h"})
	}
	seen := make(map[string]diag.Location)
	for key, codes := range idempotencyCodes(i) {
		for n, wire := range codes {
			at := i.ItemAt(key, n)
			if first, ok := seen[wire]; ok {
				report(violation{at: at, about: wire, message: fmt.Sprintf("code %q is listed twice in idempotency", wire),
					help: "list it once, under pending or conflict", related: []diag.Related{{Location: first, Message: "listed here"}}})
				continue
			}
			seen[wire] = at
			if c, ok := t.Code(wire); ok {
				checkKeyCode(t, c, key, at, report)
			}
		}
	}
}

func checkKeyCode(t *spec.Table, c *spec.Code, key string, at diag.Location, report reporter) {
	if c.Retry.Automatic {
		report(violation{at: at, about: c.Wire, message: fmt.Sprintf("code %q is listed under %s and cannot be automatic", c.Wire, key),
			help:    "set automatic: false: without the key, a retry could be charged again",
			related: []diag.Related{{Location: retryAt(t, c, "automatic"), Message: "set to automatic here"}}})
	}
	if key == "pending" && c.Charged == spec.ChargedNo {
		report(violation{at: at, about: c.Wire, message: fmt.Sprintf("code %q is listed under pending and cannot have charged: no", c.Wire),
			help:    "remove charged: the first submission with the key may be charged",
			related: []diag.Related{{Location: c.ValueAt("charged"), Message: "set here"}}})
	}
}
