package export

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
)

// One function writes one kind of mapping, its keys in the order of the format.

func (e Options) table(t *spec.Table) object {
	var o object
	o.add("errspec", 1)
	o.add("name", t.Name)
	o.add("title", t.Title)
	o.text("description", t.Description)
	o.add("wire", t.Wire.String())
	o.text("docs_url", t.DocsURL)
	if t.Unknown != "" && !e.hides(t.Unknown) {
		o.add("unknown", wireValue(t, t.Unknown))
	}
	if t.Response != nil {
		o.add("response", e.response(t, t.Response))
	}
	if p := t.Polling; p != nil {
		polling := object{{"url", p.URL}, {"auth", p.Auth.String()}, {"interval", duration(p.Interval)}}
		polling.extensions(p.Entry)
		o.add("polling", polling)
	}
	backoff := object{
		{"attempts", t.Backoff.Attempts},
		{"initial", duration(t.Backoff.Initial)},
		{"multiplier", t.Backoff.Multiplier},
		{"cap", duration(t.Backoff.Cap)},
	}
	backoff.extensions(t.Backoff.Entry)
	o.add("backoff", backoff)
	mapped(&o, "classes", t.Classes, class)
	o.add("codes", lazy(func(yield func(object) bool) {
		for i := range t.Codes {
			if (!t.Codes[i].Internal || !e.Public) && !yield(e.code(t, i)) {
				return
			}
		}
	}))
	list(&o, "reserved", e.reserved(t))
	o.extensions(t.Entry)
	return o
}

func class(c *spec.Class) object {
	o := object{{"name", c.Name}, {"title", c.Title}}
	o.text("description", c.Description)
	o.add("fault", c.Fault.String())
	if c.Has("retry") {
		o.add("retry", retry(c.Retry))
	}
	o.extensions(c.Entry)
	return o
}

func (e Options) code(t *spec.Table, i int) object {
	c := &t.Codes[i]
	o := object{{"code", wireValue(t, c.Wire)}}
	o.text("name", c.Name)
	o.add("title", c.Title)
	o.text("class", c.Class)
	o.add("description", c.Description)
	o.text("details", c.Details)
	o.add("retry", retry(c.Retry))
	if c.HTTP != 0 {
		o.add("http", c.HTTP)
	}
	o.text("grpc", c.GRPC)
	list(&o, "match", c.Match)
	var subtypes []object
	for j := range c.Subtypes {
		subtypes = append(subtypes, e.subtype(t, i, j))
	}
	list(&o, "subtypes", subtypes)
	mapped(&o, "causes", c.Causes, cause)
	list(&o, "avoid", c.Avoid)
	list(&o, "fixes", c.Fixes)
	list(&o, "examples", c.Examples)
	o.text("since", c.Since)
	if d := c.Deprecated; d != nil {
		o.add("deprecated", e.deprecated(t, d))
	}
	list(&o, "aliases", wireValues(t, c.Aliases))
	list(&o, "renamed_from", wireValues(t, c.RenamedFrom))
	if c.Internal {
		o.add("internal", true)
	}
	o.extensions(c.Entry)
	if e.Names != nil {
		n := &e.Names.Codes[i]
		o.names(n.Const, n.Anchor, n.URL)
	}
	return o
}

func (e Options) subtype(t *spec.Table, i, j int) object {
	s := &t.Codes[i].Subtypes[j]
	o := object{{"name", s.Name}, {"title", s.Title}}
	o.text("description", s.Description)
	list(&o, "examples", s.Examples)
	list(&o, "match", s.Match)
	o.add("fallback", s.Fallback)
	o.add("retry", retry(s.Retry))
	o.extensions(s.Entry)
	if e.Names != nil {
		n := &e.Names.Codes[i].Subtypes[j]
		o.names(n.Const, n.Anchor, n.URL)
	}
	return o
}

func retry(r spec.Retry) object {
	o := object{{"action", r.Action.String()}, {"automatic", r.Automatic}, {"throttle", r.Throttle}}
	if !r.Wait.IsZero() {
		wait := object{{"min", duration(r.Wait.Min)}, {"max", duration(r.Wait.Max)}}
		wait.extensions(r.Wait.Entry)
		o.add("wait", wait)
	}
	o.text("advice", r.Advice)
	o.text("hint", r.Hint)
	o.extensions(r.Entry)
	return o
}

// cause returns text, or an object when there is more to say.
func cause(c *spec.Cause) any {
	if c.Title == "" {
		return c.Text
	}
	o := object{{"title", c.Title}, {"text", c.Text}}
	o.extensions(c.Entry)
	return o
}

func (e Options) deprecated(t *spec.Table, d *spec.Deprecated) object {
	o := object{}
	o.text("since", d.Since)
	o.text("reason", d.Reason)
	if d.ReplacedBy != "" && !e.hides(d.ReplacedBy) {
		o.add("replaced_by", wireValue(t, d.ReplacedBy))
	}
	o.extensions(d.Entry)
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
			o.add("code", wireValue(t, r.Code))
		}
		o.text("subtype", r.Subtype)
		o.text("name", r.Name)
		o.text("reason", r.Reason)
		o.text("since", r.Since)
		o.extensions(r.Entry)
		out = append(out, o)
	}
	return out
}

func (e Options) response(t *spec.Table, r *spec.Response) object {
	o := object{}
	o.text("example", r.Example)
	var codes object
	for _, h := range r.HTTP {
		if !e.hides(h.Code) {
			codes.add(strconv.Itoa(h.Status), wireValue(t, h.Code))
		}
	}
	if len(codes) > 0 {
		o.add("http", codes)
	}
	if len(r.Fields) > 0 {
		var fields object
		for i := range r.Fields {
			fields.add(r.Fields[i].Path, responseField(&r.Fields[i]))
		}
		o.add("fields", fields)
	}
	o.extensions(r.Entry)
	return o
}

func responseField(f *spec.Field) object {
	o := object{}
	if f.Role == spec.RoleNone {
		o.add("type", f.Type.String())
	} else {
		o.add("role", f.Role.String())
	}
	o.text("description", f.Description)
	list(&o, "completed", f.Completed)
	list(&o, "failed", f.Failed)
	o.extensions(f.Entry)
	return o
}
