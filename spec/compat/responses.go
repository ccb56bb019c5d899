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

// responses compares the meaning of responses: both tables read the examples of both tables, and
// responses for each part of their descriptions.
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
	for _, each := range c.cases(c.old, c.new, r.before) {
		r.compare(each)
	}
	for _, each := range c.cases(c.new, c.old, r.after) {
		r.compare(each)
	}
	return nil
}

// fields reports removed and added fields with a role.
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

// examples compares the bodies of examples as texts. responses compares their meaning.
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
	if c.old.Response != nil && c.new.Response != nil {
		was, is := c.old.Response, c.new.Response
		c.differ(TextChanged, "", "response.send", was.Send, is.Send, was.ValueAt("send"), is.ValueAt("send"))
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

// compare compares the meaning of a response. If several responses have the same difference, only
// the first is reported.
//
// A removed field is a separate change. For an added field, only looser decisions are reported.
func (r *responseComparison) compare(each responseCase) {
	if !each.shared && each.old {
		return
	}
	was, is := classify.ReadExample(r.before, each.example), classify.ReadExample(r.after, each.example)
	report := func(kind Kind, part, before, now string) {
		if key := string(kind) + " " + part + " " + before + " " + now; !r.seen[key] && (each.shared || kind == ResponseReclassified) {
			r.seen[key] = true
			change := Change{Kind: kind, Subject: each.name, Part: part, Message: each.name, Was: before, Is: now, Old: r.old.KeyAt("response"), New: r.new.KeyAt("response")}
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
			kind = ResponseRefined // clients do not treat a former error as a success
		}
		report(kind, "outcome", was.Outcome.String(), is.Outcome.String())
		if failed(was) != failed(is) {
			return // this causes all other differences
		}
	}
	oldCode, newCode := code(r.old, was), code(r.new, is)
	sameCode := oldCode != nil && r.partner[oldCode] == newCode || oldCode == nil && newCode == nil && was.Code == is.Code
	switch {
	case sameCode:
		r.subtypes(was, is, report)
	case oldCode != nil && r.partner[oldCode] == nil, newCode != nil && was.Code == newCode.Wire:
		return // the code was removed or added: already reported
	case oldCode == nil && was.Code != "" && was.Code == is.Code:
		if r.isNew(newCode) {
			return // also added: a prefix of the code has identified it
		}
		report(ResponseRefined, "listed code", "", newCode.Wire)
	case newCode == nil && was.Code != "" && was.Code == is.Code:
		report(ResponseReclassified, "listed code", oldCode.Wire, "")
	case was.Origin == response.FromHTTP && is.Code == httpCode(r.new, each.example.Status()):
		// a change of response.http: already reported
	case was.Code == "" && is.Origin != response.FromHTTP:
		report(ResponseRefined, "code", was.Code, is.Code)
	case was.Code != "":
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

// isNew reports whether the old table does not have the code.
func (r *responseComparison) isNew(code *spec.Code) bool {
	for _, new := range r.partner {
		if new == code {
			return false
		}
	}
	return true
}

// httpCode returns the code of an HTTP status in a table, or "".
func httpCode(t *spec.Table, status int) string {
	for _, h := range t.Response.HTTP {
		if h.Status == status {
			return h.Code
		}
	}
	return ""
}

// retryChanged reports whether automatic retries of a code or its subtypes changed, which is
// reported for the code.
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

// details compares the other parts of a reading. Additional details do not break clients.
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
