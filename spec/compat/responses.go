package compat

import (
	"maps"
	"slices"
	"time"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// responses compares how responses are read: both tables read the examples of both, and a
// response for each part of their descriptions.
func (c *comparison) responses() error {
	c.fields()
	c.examples()
	if c.old.Response == nil || c.new.Response == nil {
		return nil
	}
	r := responseComparison{comparison: c, seen: make(map[string]bool)}
	var err error
	if r.before, err = classify.NewReader(c.old); err != nil || r.before == nil {
		return err
	}
	if r.after, err = classify.NewReader(c.new); err != nil || r.after == nil {
		return err
	}
	for _, each := range c.cases(c.old, c.new) {
		r.compare(each)
	}
	for _, each := range c.cases(c.new, c.old) {
		r.compare(each)
	}
	return nil
}

// fields reports fields with a role that are gone, or new.
func (c *comparison) fields() {
	each := func(t, other *spec.Table, report func(f *spec.Field)) {
		if t.Response == nil {
			return
		}
		for i := range t.Response.Fields {
			if f := &t.Response.Fields[i]; f.Role != spec.RoleNone {
				if _, ok := sameField(other.Response, f, false); !ok {
					report(f)
				}
			}
		}
		for i := range t.Response.Headers {
			if f := &t.Response.Headers[i]; f.Role != spec.RoleNone {
				if _, ok := sameField(other.Response, f, true); !ok {
					report(f)
				}
			}
		}
	}
	each(c.old, c.new, func(f *spec.Field) {
		c.add(Change{Kind: FieldRemoved, Subject: f.Path, Part: f.Role.String(), Was: f.Role.String(), Old: f.PathAt, New: c.new.KeyAt("response")})
	})
	each(c.new, c.old, func(f *spec.Field) {
		c.add(Change{Kind: FieldAdded, Subject: f.Path, Part: f.Role.String(), Is: f.Role.String(), Old: c.old.KeyAt("response"), New: f.PathAt})
	})
}

// examples compares the bodies of examples as texts. What they mean is compared by reading them.
func (c *comparison) examples() {
	bodies := func(t *spec.Table) map[string]*spec.Example {
		all := make(map[string]*spec.Example)
		if t.Response != nil {
			for i := range t.Response.Examples {
				e := &t.Response.Examples[i]
				all[e.Name] = e
			}
		}
		return all
	}
	was, is := bodies(c.old), bodies(c.new)
	for _, name := range slices.Sorted(maps.Keys(was)) {
		if is[name] == nil {
			c.add(Change{Kind: TextChanged, Part: "example " + name, Was: was[name].Body, Old: was[name].At(), New: c.new.KeyAt("response")})
			continue
		}
		c.differ(TextChanged, "", "example "+name, was[name].Body, is[name].Body, was[name].At(), is[name].At())
	}
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if was[name] == nil {
			c.add(Change{Kind: TextChanged, Part: "example " + name, Is: is[name].Body, Old: c.old.KeyAt("response"), New: is[name].At()})
		}
	}
}

// A responseComparison compares readings.
type responseComparison struct {
	*comparison
	before, after *response.Reader
	seen          map[string]bool // differences that have been reported
}

// compare compares the meaning of a response. Of responses with the same difference, the first
// is reported.
//
// That a field is gone is a change of its own. Of a field that is new, only looser decisions are.
func (r *responseComparison) compare(each responseCase) {
	if !each.shared && each.old {
		return
	}
	was, is := classify.ReadExample(r.before, each.example), classify.ReadExample(r.after, each.example)
	report := func(kind Kind, part, before, now string) {
		if key := string(kind) + " " + part + " " + before + " " + now; !r.seen[key] && (each.shared || kind == ResponseReclassified) {
			r.seen[key] = true
			change := Change{Kind: kind, Subject: "response", Part: part, Message: each.name, Was: before, Is: now, Old: r.old.KeyAt("response"), New: r.new.KeyAt("response")}
			if each.old {
				change.Old = each.at
			} else {
				change.New = each.at
			}
			r.add(change)
		}
	}
	if was.Outcome != is.Outcome {
		kind := ResponseReclassified
		if was.Outcome == response.Unreadable || is.Outcome == response.Unreadable && !failed(was) || !each.shared && failed(is) {
			kind = ResponseRefined // nothing that was an error is none now
		}
		report(kind, "outcome", was.Outcome.String(), is.Outcome.String())
		if failed(was) != failed(is) {
			return // the rest follows from it
		}
	}
	oldCode, newCode := code(r.old, was), code(r.new, is)
	sameCode := oldCode != nil && r.partner[oldCode] == newCode || oldCode == nil && newCode == nil && was.Code == is.Code
	switch {
	case sameCode:
		r.subtypes(was, is, report)
	case oldCode != nil && r.partner[oldCode] == nil, newCode != nil && was.Code == newCode.Wire:
		return // the code is gone, or has come, which is reported
	case was.Code == "" && is.Origin != response.FromHTTP:
		report(ResponseRefined, "code", was.Code, is.Code)
	case was.Code != "" && !(was.Origin == response.FromHTTP && each.example.Body == "{}"):
		report(ResponseReclassified, "code", was.Code, is.Code)
	}
	if was.Automatic != is.Automatic && !(sameCode && r.retryChanged(oldCode, newCode)) {
		kind := ResponseRefined
		if is.Automatic {
			kind = ResponseReclassified
		}
		report(kind, "automatic", yesNo(was.Automatic), yesNo(is.Automatic))
	}
	r.details(was, is, report)
}

// retryChanged reports whether the retry settings of a code differ, which is reported for it.
func (r *responseComparison) retryChanged(old, new *spec.Code) bool {
	if old == nil || new == nil {
		return false
	}
	if old.Retry.Automatic != new.Retry.Automatic || len(old.Subtypes) != len(new.Subtypes) {
		return true
	}
	for i := range old.Subtypes {
		if old.Subtypes[i].Retry.Automatic != new.Subtypes[i].Retry.Automatic {
			return true
		}
	}
	return false
}

func failed(r response.Reading) bool {
	return r.Outcome == response.Error || r.Outcome == response.Failed
}

// code returns the code of a table that a response has, or nil.
func code(t *spec.Table, r response.Reading) *spec.Code {
	if r.Index < 0 {
		return nil
	}
	return &t.Codes[r.Index]
}

// subtypes compares the subtypes of one code.
func (r *responseComparison) subtypes(was, is response.Reading, report func(kind Kind, part, before, now string)) {
	before, now := subtype(r.old, was), subtype(r.new, is)
	switch {
	case before == now, before != "" && r.gone[code(r.old, was).Wire+"/"+before]:
	case before == "":
		report(ResponseRefined, "subtype", before, now)
	default:
		report(ResponseReclassified, "subtype", before, now)
	}
}

func subtype(t *spec.Table, r response.Reading) string {
	if r.Index < 0 || r.Subtype < 0 {
		return ""
	}
	return t.Codes[r.Index].Subtypes[r.Subtype].Name
}

// details compares what else a response says. Additional details break no client.
func (r *responseComparison) details(was, is response.Reading, report func(kind Kind, part, before, now string)) {
	for _, d := range []struct{ part, before, now string }{
		{"message", was.Message, is.Message}, {"task", was.Task, is.Task}, {"param", was.Param, is.Param}, {"request_id", was.RequestID, is.RequestID},
	} {
		switch {
		case d.before == d.now:
		case d.before == "":
			report(ResponseRefined, d.part, d.before, d.now)
		default:
			report(ResponseReclassified, d.part, d.before, d.now)
		}
	}
	text := func(d time.Duration) string {
		if d == 0 {
			return ""
		}
		return advice.Duration(d)
	}
	if was.RetryAfter != is.RetryAfter {
		kind := ResponseRefined
		if is.RetryAfter < was.RetryAfter {
			kind = ResponseReclassified
		}
		report(kind, "retry_after", text(was.RetryAfter), text(is.RetryAfter))
	}
}
