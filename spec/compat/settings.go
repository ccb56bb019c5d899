package compat

import (
	"maps"
	"slices"
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// settings compares the settings of a table other than its classes and codes.
func (c *comparison) settings() {
	old, new := c.old, c.new
	at := func(key string) (diag.Location, diag.Location) { return old.ValueAt(key), new.ValueAt(key) }
	differ := func(kind Kind, key, was, is string) {
		o, n := at(key)
		c.differ(kind, "", key, was, is, o, n)
	}
	differ(WireTypeChanged, "wire", old.Wire.String(), new.Wire.String())
	differ(TableRenamed, "name", old.Name, new.Name)
	differ(TextChanged, "title", old.Title, new.Title)
	differ(TextChanged, "description", old.Description, new.Description)
	differ(TextChanged, "docs_url", old.DocsURL, new.DocsURL)
	differ(GRPCDomainChanged, "grpc_domain", old.GRPCDomain, new.GRPCDomain)
	differ(UnlistedChanged, "unlisted", unlisted(old), unlisted(new))
	c.backoff()
	c.idempotency()
	c.polling()
	c.statusCodes()
}

// unlisted returns the decision about unlisted codes.
func unlisted(t *spec.Table) string {
	if code, ok := t.Code(t.Unlisted); ok && t.Unlisted != "" {
		return code.Retry.Action.String()
	}
	return spec.ActionUnknown.String()
}

// backoff compares the backoff of retries. More or earlier attempts are looser.
func (c *comparison) backoff() {
	o, n := c.old.Backoff, c.new.Backoff
	compare := func(key, was, is string, order int) {
		kind := BackoffTightened
		if order < 0 {
			kind = BackoffLoosened
		}
		oldAt, newAt := o.ValueAt(key), n.ValueAt(key)
		if newAt.File == nil {
			newAt = c.new.At()
		}
		if oldAt.File == nil {
			oldAt = c.old.At()
		}
		c.differ(kind, "", "backoff."+key, was, is, oldAt, newAt)
	}
	compare("attempts", strconv.Itoa(o.Attempts), strconv.Itoa(n.Attempts), o.Attempts-n.Attempts)
	compare("initial", o.Initial.String(), n.Initial.String(), int(sign(n.Initial-o.Initial)))
	compare("multiplier", factor(o.Multiplier), factor(n.Multiplier), int(sign(n.Multiplier-o.Multiplier)))
	// A delay that exceeds the cap is not waited for, so a lower cap is stricter.
	compare("cap", o.Cap.String(), n.Cap.String(), int(sign(o.Cap-n.Cap)))
}

func sign[T ~int64 | ~float64](v T) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

func factor(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

func (c *comparison) polling() {
	old, new := c.old.Polling, c.new.Polling
	text := func(p *spec.Polling) string {
		if p == nil {
			return ""
		}
		return p.URL + " every " + p.Interval.String() + ", " + p.Auth.String()
	}
	c.differ(PollingChanged, "", "polling", text(old), text(new), c.old.ValueAt("polling"), c.new.ValueAt("polling"))
}

// statusCodes compares the codes of HTTP responses without a code.
func (c *comparison) statusCodes() {
	codes := func(t *spec.Table) map[string]string {
		all := make(map[string]string)
		if t.Response != nil {
			for _, h := range t.Response.HTTP {
				all[strconv.Itoa(h.Status)] = h.Code
			}
		}
		return all
	}
	was, is := codes(c.old), codes(c.new)
	at := func(t *spec.Table, status string) diag.Location {
		if t.Response == nil {
			return t.At()
		}
		i := slices.IndexFunc(t.Response.HTTP, func(h spec.HTTPCode) bool { return strconv.Itoa(h.Status) == status })
		if i < 0 {
			return t.ValueAt("response")
		}
		return t.Response.HTTP[i].At
	}
	for _, status := range slices.Sorted(maps.Keys(was)) {
		if code := c.byWire[was[status]]; code == nil || code.Wire != is[status] {
			c.differ(HTTPCodeChanged, "", "response.http."+status, was[status], is[status], at(c.old, status), at(c.new, status))
		}
	}
	for _, status := range slices.Sorted(maps.Keys(is)) {
		if was[status] == "" {
			c.differ(HTTPCodeAdded, "", "response.http."+status, "", is[status], c.old.ValueAt("response"), at(c.new, status))
		}
	}
}

// classes compares classes. The class of a code is compared with the code.
func (c *comparison) classes() {
	before, after := classesByName(c.old), classesByName(c.new)
	for i := range c.old.Classes {
		was := &c.old.Classes[i]
		is := after[was.Name]
		if is == nil {
			c.gone["class "+was.Name] = true
			c.add(Change{Kind: ClassRemoved, Subject: was.Name, Was: was.Name, Old: was.At(), New: c.new.KeyAt("classes")})
			continue
		}
		c.differ(FaultChanged, was.Name, "fault", was.Fault.String(), is.Fault.String(), was.ValueAt("fault"), is.ValueAt("fault"))
		c.differ(TextChanged, was.Name, "title", was.Title, is.Title, was.ValueAt("title"), is.ValueAt("title"))
		c.differ(TextChanged, was.Name, "description", was.Description, is.Description, was.ValueAt("description"), is.ValueAt("description"))
	}
	for i := range c.new.Classes {
		is := &c.new.Classes[i]
		if before[is.Name] == nil {
			c.add(Change{Kind: ClassAdded, Subject: is.Name, Old: c.old.ValueAt("classes"), New: is.At()})
		}
	}
}

func classesByName(t *spec.Table) map[string]*spec.Class {
	byName := make(map[string]*spec.Class, len(t.Classes))
	for i := range t.Classes {
		byName[t.Classes[i].Name] = &t.Classes[i]
	}
	return byName
}

// reservations compares reserved names.
func (c *comparison) reservations() {
	name := func(r *spec.Reserved) string {
		switch {
		case r.Code != "":
			return "code " + r.Code
		case r.Subtype != "":
			return "subtype " + r.Subtype
		}
		return "name " + r.Name
	}
	all := func(t *spec.Table) map[string]*spec.Reserved {
		by := make(map[string]*spec.Reserved)
		for i := range t.Reserved {
			by[name(&t.Reserved[i])] = &t.Reserved[i]
		}
		return by
	}
	was, is := all(c.old), all(c.new)
	for _, n := range slices.Sorted(maps.Keys(was)) {
		if is[n] == nil {
			c.add(Change{Kind: ReservedRemoved, Subject: n, Was: n, Old: was[n].At(), New: c.new.KeyAt("reserved")})
		}
	}
	for _, n := range slices.Sorted(maps.Keys(is)) {
		if was[n] == nil {
			c.add(Change{Kind: NameReserved, Subject: n, Is: n, Old: c.old.ValueAt("reserved"), New: is[n].At()})
		}
	}
}
