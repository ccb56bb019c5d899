package export

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
)

// Each function returns one kind of mapping, with its keys in the order of the format.

func (e Options) table(t *spec.Table) object {
	var o object
	o.Add("errspec", 1)
	o.Add("name", t.Name)
	o.Add("title", t.Title)
	o.Text("description", t.Description)
	o.Add("wire", t.Wire.String())
	o.Text("docs_url", t.DocsURL)
	if t.Unlisted != "" && !e.hides(t.Unlisted) {
		o.Add("unlisted", wireValue(t, t.Unlisted))
	}
	if t.Response != nil {
		o.Add("response", e.response(t, t.Response))
	}
	if t.Idempotency != nil {
		o.Add("idempotency", e.idempotency(t, t.Idempotency))
	}
	if p := t.Polling; p != nil {
		var polling object
		polling.Add("url", p.URL)
		polling.Add("auth", p.Auth.String())
		polling.Add("interval", duration(p.Interval))
		extensions(&polling, p.Entry)
		o.Add("polling", polling)
	}
	var backoff object
	backoff.Add("attempts", t.Backoff.Attempts)
	backoff.Add("initial", duration(t.Backoff.Initial))
	backoff.Add("multiplier", t.Backoff.Multiplier)
	backoff.Add("cap", duration(t.Backoff.Cap))
	extensions(&backoff, t.Backoff.Entry)
	o.Add("backoff", backoff)
	mapped(&o, "classes", t.Classes, class)
	o.Add("codes", jsonwrite.Lazy(func(yield func(object) bool) {
		for i := range t.Codes {
			if (!t.Codes[i].Internal || !e.Public) && !yield(e.code(t, i)) {
				return
			}
		}
	}))
	list(&o, "reserved", e.reserved(t))
	extensions(&o, t.Entry)
	return o
}

func (e Options) idempotency(t *spec.Table, i *spec.Idempotency) object {
	codes := func(all []string) []any {
		return wireValues(t, slices.DeleteFunc(slices.Clone(all), e.hides))
	}
	var o object
	o.Add("header", i.Header)
	o.Add("replays", i.Replays.String())
	o.Add("for", duration(i.For))
	list(&o, "pending", codes(i.Pending))
	list(&o, "conflict", codes(i.Conflict))
	o.Add("opt_in", i.OptIn)
	extensions(&o, i.Entry)
	return o
}

func class(c *spec.Class) object {
	var o object
	o.Add("name", c.Name)
	o.Add("title", c.Title)
	o.Text("description", c.Description)
	o.Add("fault", c.Fault.String())
	if c.Has("retry") {
		o.Add("retry", retry(c.Retry))
	}
	extensions(&o, c.Entry)
	return o
}

func (e Options) code(t *spec.Table, i int) object {
	c := &t.Codes[i]
	var o object
	o.Add("code", wireValue(t, c.Wire))
	o.Text("name", c.Name)
	o.Add("title", c.Title)
	o.Text("class", c.Class)
	o.Add("description", c.Description)
	o.Text("details", c.Details)
	o.Add("retry", retry(c.Retry))
	if c.HTTP != 0 {
		o.Add("http", c.HTTP)
	}
	o.Text("grpc", c.GRPC)
	if c.Charged != spec.ChargedUnknown {
		o.Add("charged", c.Charged.String())
	}
	o.Text("message", c.Message)
	list(&o, "match", c.Match)
	conditions(&o, c.When)
	list(&o, "prefixes", c.Prefixes)
	var subtypes []object
	for j := range c.Subtypes {
		subtypes = append(subtypes, e.subtype(t, i, j))
	}
	list(&o, "subtypes", subtypes)
	o.Text("url", c.URL)
	mapped(&o, "causes", c.Causes, cause)
	list(&o, "avoid", c.Avoid)
	list(&o, "fixes", c.Fixes)
	list(&o, "examples", c.Examples)
	o.Text("since", c.Since)
	if d := c.Deprecated; d != nil {
		o.Add("deprecated", e.deprecated(t, d))
	}
	list(&o, "aliases", wireValues(t, c.Aliases))
	list(&o, "renamed_from", wireValues(t, c.RenamedFrom))
	if c.Internal {
		o.Add("internal", true)
	}
	extensions(&o, c.Entry)
	if e.Names != nil {
		n := &e.Names.Codes[i]
		addNames(&o, n.Const, n.Anchor, n.URL)
	}
	return o
}

func (e Options) subtype(t *spec.Table, i, j int) object {
	s := &t.Codes[i].Subtypes[j]
	var o object
	o.Add("name", s.Name)
	o.Add("title", s.Title)
	o.Text("description", s.Description)
	list(&o, "examples", s.Examples)
	o.Text("message", s.Message)
	list(&o, "match", s.Match)
	list(&o, "values", s.Values)
	conditions(&o, s.When)
	o.Add("fallback", s.Fallback)
	o.Add("retry", retry(s.Retry))
	extensions(&o, s.Entry)
	if e.Names != nil {
		n := &e.Names.Codes[i].Subtypes[j]
		addNames(&o, n.Const, n.Anchor, n.URL)
	}
	return o
}

func retry(r spec.Retry) object {
	var o object
	o.Add("action", r.Action.String())
	o.Add("automatic", r.Automatic)
	o.Add("throttle", r.Throttle)
	if !r.Wait.IsZero() {
		var wait object
		wait.Add("min", duration(r.Wait.Min))
		wait.Add("max", duration(r.Wait.Max))
		extensions(&wait, r.Wait.Entry)
		o.Add("wait", wait)
	}
	o.Text("advice", r.Advice)
	o.Text("hint", r.Hint)
	extensions(&o, r.Entry)
	return o
}

// cause returns the text of a cause, or an object if it has a title.
func cause(c *spec.Cause) any {
	if c.Title == "" {
		return c.Text
	}
	var o object
	o.Add("title", c.Title)
	o.Add("text", c.Text)
	extensions(&o, c.Entry)
	return o
}

func (e Options) deprecated(t *spec.Table, d *spec.Deprecated) object {
	var o object
	o.Text("since", d.Since)
	o.Text("reason", d.Reason)
	if d.ReplacedBy != "" && !e.hides(d.ReplacedBy) {
		o.Add("replaced_by", wireValue(t, d.ReplacedBy))
	}
	extensions(&o, d.Entry)
	return o
}

func (e Options) reserved(t *spec.Table) []object {
	var out []object
	for i := range t.Reserved {
		r := &t.Reserved[i]
		if e.hides(r.Subtype[:max(strings.LastIndexByte(r.Subtype, '/'), 0)]) {
			continue
		}
		var o object
		if r.Code != "" {
			o.Add("code", wireValue(t, r.Code))
		}
		o.Text("subtype", r.Subtype)
		o.Text("name", r.Name)
		o.Text("reason", r.Reason)
		o.Text("since", r.Since)
		extensions(&o, r.Entry)
		out = append(out, o)
	}
	return out
}
