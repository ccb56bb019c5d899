package compat

import (
	"slices"
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// idempotency compares the settings of idempotency keys. Stored attempts and older clients
// continue to use the old settings, so a change may make them pay twice.
func (c *comparison) idempotency() {
	o, n := c.old.Idempotency, c.new.Idempotency
	at := func(t *spec.Table, i *spec.Idempotency, key string) diag.Location {
		switch {
		case i != nil && i.Has(key):
			return i.ValueAt(key)
		case i != nil:
			return t.ValueAt("idempotency")
		}
		return t.At()
	}
	differ := func(kind Kind, key, was, is string) {
		part := "idempotency"
		if key != "" {
			part += "." + key
		}
		c.differ(kind, "", part, was, is, at(c.old, o, key), at(c.new, n, key))
	}
	switch {
	case o == nil && n == nil:
		return
	case o == nil:
		differ(IdempotencyAdded, "", "", n.Header)
		return
	case n == nil:
		differ(IdempotencyChanged, "", o.Header, "")
		return
	}
	differ(IdempotencyChanged, "header", o.Header, n.Header)
	differ(IdempotencyChanged, "replays", o.Replays.String(), n.Replays.String())
	differ(IdempotencyChanged, "for", o.For.String(), n.For.String())
	optIn := IdempotencyChanged // turned on for every program
	if n.OptIn {
		optIn = IdempotencyTightened
	}
	differ(optIn, "opt_in", strconv.FormatBool(o.OptIn), strconv.FormatBool(n.OptIn))
	c.keyCodes("pending", o.Pending, n.Pending, differ)
	c.keyCodes("conflict", o.Conflict, n.Conflict, differ)
}

// keyCodes compares a list of codes. A response with a code that is no longer listed would be
// treated as a refusal, after which another submission may be charged.
func (c *comparison) keyCodes(key string, was, is []string, differ func(kind Kind, key, was, is string)) {
	var kept []string
	for _, wire := range was {
		if code := c.byWire[wire]; code != nil {
			wire = code.Wire
		}
		kept = append(kept, wire)
		if !slices.Contains(is, wire) {
			differ(IdempotencyChanged, key, wire, "")
		}
	}
	for _, wire := range is {
		if !slices.Contains(kept, wire) {
			differ(IdempotencyTightened, key, "", wire)
		}
	}
}
