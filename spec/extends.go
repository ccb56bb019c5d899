package spec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// A table with extends: adds to a base table, which is often maintained by others. It may
// define new entries and stricter retry settings. It must not replace or remove anything.

// addition is an entry of additions:, with the additions to one code of the base table.
type addition struct {
	Entry
	Wire     string
	Retry    Retry
	Message  string
	Match    []string
	Subtypes []Subtype // new ones, and additions to existing ones
	Causes   []Cause
	Avoid    []string
	Fixes    []string
	Examples []string
	Aliases  []string
}

// base reads the base table. It returns nil and the reasons as findings if the base table could
// not be read.
func (s source) base(e Entry) (*Table, diag.List) {
	ref := e.Text("extends")
	if ref == "" {
		return nil, nil // not text, which is reported when the table is decoded
	}
	problem := func(help, format string, args ...any) diag.List {
		return diag.List{{Rule: ruleExtends, Message: fmt.Sprintf(format, args...), Location: e.ValueAt("extends"), Help: help, Subject: "extends"}}
	}
	src, err := s.open(ref)
	if err != nil {
		return nil, problem("name a table in this directory or a subdirectory, or one of "+strings.Join(Builtins(), ", "), "cannot read table %q: %v", ref, reason(err))
	}
	if src.name == s.name {
		return nil, problem("remove extends: or name another table", "the table extends itself")
	}
	file := src.document()
	d := form.NewDecoder(file)
	root := d.Parse()
	if root != nil && d.Entry(root).Has("extends") {
		found := problem("extend that table directly and copy the other additions", "%s itself extends another table; only one level of extends: is supported", ref)
		found[0].Related = []diag.Related{{Location: d.Entry(root).ValueAt("extends"), Message: "extended here"}}
		return nil, found
	}
	table, findings := src.decode(d, root)
	if file.Hidden && findings.HasErrors() {
		return nil, unquoted(findings, file, InvalidOutside(ruleExtends, ref, e.ValueAt("extends"), "run errspec lint "+src.name))
	}
	return table, findings
}

// noAdditions reports additions: in a table without extends:.
func noAdditions(t *Table) diag.List {
	if len(t.additions) == 0 {
		return nil
	}
	return diag.List{{Rule: ruleExtends, Message: "additions: requires extends:", Subject: "additions",
		Location: t.ValueAt("additions"), Help: "add extends: with the base table, for example extends: builtin:evolink"}}
}

// extend adds the entries of t to those of base, a resolved table, and resolves t.
func extend(t, base *Table) diag.List {
	e := extender{table: t, base: base}
	e.settings()
	e.classes()
	t.resolveCodes(t.Codes)
	e.additions()
	t.BaseCodes = len(base.Codes)
	t.Codes = slices.Concat(base.Codes, t.Codes)
	t.Reserved = slices.Concat(base.Reserved, t.Reserved)
	t.Backoff.fillIn()
	return e.findings
}

type extender struct {
	table, base *Table
	findings    diag.List
	unknown     int // number of additions to codes that the base table does not have
}

func (e *extender) report(at diag.Location, help, format string, args ...any) *diag.Diagnostic {
	e.findings = append(e.findings, diag.Diagnostic{Rule: ruleExtends, Message: fmt.Sprintf(format, args...), Location: at, Help: help})
	return &e.findings[len(e.findings)-1]
}

// replaced reports an entry that would replace one of the base table.
func (e *extender) replaced(entry string, at, before diag.Location) {
	finding := e.report(at, "remove it; additions cannot replace anything", "%s is already defined by %s", entry, e.table.Extends)
	finding.Subject, finding.Related = entry, []diag.Related{{Location: before, Message: "defined here"}}
}

// settings copies the settings of the base table. Only the name, the title and the description
// are the table's own.
func (e *extender) settings() {
	t, base := e.table, e.base
	if t.Has("wire") && t.Wire != base.Wire {
		e.replaced("wire:", t.ValueAt("wire"), base.ValueAt("wire"))
	}
	t.Wire = base.Wire
	inherit := func(key string, take func()) {
		switch {
		case !base.Has(key):
		case t.Has(key):
			e.replaced(key+":", t.ValueAt(key), base.ValueAt(key))
		default:
			take()
			t.Continue(key, 0, base.Entry)
		}
	}
	inherit("docs_url", func() { t.DocsURL = base.DocsURL })
	inherit("unlisted", func() { t.Unlisted = base.Unlisted })
	switch {
	case base.Response != nil && t.Response != nil:
		e.response()
	case t.Has("response") && t.Response == nil: // reported
		t.Response = base.Response
	default:
		inherit("response", func() { t.Response = base.Response })
	}
	if r := t.Response; r != nil && r.Send != "" { // a table that extends another one is that of a client
		read := *r
		read.Send = ""
		t.Response = &read
	}
	inherit("idempotency", func() { t.Idempotency = base.Idempotency })
	inherit("polling", func() { t.Polling = base.Polling })
	inherit("backoff", func() { t.Backoff = base.Backoff })
	t.Extensions = e.extensions("the table", t.Extensions, base.Extensions, t.Entry, base.Entry)
}

// extensions returns the x- keys of an entry in the base table, then those added to it.
func (e *extender) extensions(entry string, own, base []form.Extension, ownEntry, baseEntry Entry) []form.Extension {
	all := slices.Clone(base)
	for _, x := range own {
		if baseEntry.Has(x.Key) {
			e.replaced(fmt.Sprintf("%q of %s", x.Key, entry), ownEntry.ValueAt(x.Key), baseEntry.ValueAt(x.Key))
			continue
		}
		all = append(all, x)
	}
	return all
}

func (e *extender) classes() {
	e.table.Classes = slices.Concat(e.base.Classes, e.table.Classes)
}

// additions applies additions: to the codes of the base table.
func (e *extender) additions() {
	codes := make(map[string]*Code, len(e.base.Codes))
	aliases := make(map[string]string)
	for i := range e.base.Codes {
		c := &e.base.Codes[i]
		codes[c.Wire] = c
		for _, other := range c.OtherWires() {
			aliases[other] = c.Wire
		}
	}
	first := make(map[string]*addition)
	for i := range e.table.additions {
		a := &e.table.additions[i]
		switch c, before := codes[a.Wire], first[a.Wire]; {
		case a.Wire == "": // already reported
		case before != nil:
			finding := e.report(a.ValueAt("code"), "merge the two entries", "duplicate entry for code %q", a.Wire)
			finding.Subject, finding.Related = a.Wire, []diag.Related{{Location: before.ValueAt("code"), Message: "first entry"}}
		case c != nil:
			first[a.Wire] = a
			e.addTo(c, a)
		default:
			e.noCode(a, aliases[a.Wire])
		}
	}
}

// noCode reports an addition to a code that the base table does not have. aliasOf is the code
// that it is an alias or a former name of, or "".
func (e *extender) noCode(a *addition, aliasOf string) {
	help := "additions: applies to codes of the base table; define new codes under codes:"
	var meant string
	var only bool
	if e.unknown++; e.unknown <= diag.MaxSuggestions {
		meant, only = diag.Nearest(a.Wire, wires(e.base))
	}
	if meant != "" {
		help = "did you mean " + meant + "?"
	}
	if aliasOf != "" {
		meant, only, help = aliasOf, true, "use "+aliasOf+", of which it is another name"
	}
	finding := e.report(a.ValueAt("code"), help, "%s has no code %q", e.table.Extends, a.Wire)
	finding.Subject = a.Wire
	if only {
		finding.Fix = a.Fix("code", meant)
	}
}

// Adds reports whether the table has a base table and the location is in one of its own files.
func (t *Table) Adds(at diag.Location) bool { return t.Extends != "" && t.Owns(at) }

func wires(t *Table) []string {
	all := make([]string, len(t.Codes))
	for i := range t.Codes {
		all[i] = t.Codes[i].Wire
	}
	return all
}

// addTo applies an addition to a code.
func (e *extender) addTo(c *Code, a *addition) {
	for key, n := range map[string]int{
		"match": len(c.Match), "aliases": len(c.Aliases), "examples": len(c.Examples),
		"causes": len(c.Causes), "avoid": len(c.Avoid), "fixes": len(c.Fixes),
	} {
		c.Continue(key, n, a.Entry)
	}
	e.message("code "+c.Wire, &c.Message, a.Message, &c.Entry, a.Entry)
	c.Match = append(c.Match, a.Match...)
	c.Aliases = append(c.Aliases, a.Aliases...)
	c.Causes = append(c.Causes, a.Causes...)
	c.Avoid = append(c.Avoid, a.Avoid...)
	c.Fixes = append(c.Fixes, a.Fixes...)
	c.Examples = append(c.Examples, a.Examples...)
	c.Extensions = e.extensions("code "+c.Wire, a.Extensions, c.Extensions, a.Entry, c.Entry)
	if a.Has("retry") {
		a.Retry.markUnread(a.Entry)
		c.Retry, c.BaseRetry = a.Retry.over(c.Retry), copyOf(c.Retry)
		fillHint(&c.Retry)
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			s.Retry = s.Retry.own().over(c.Retry).AsStrictAs(c.Retry)
			fillHint(&s.Retry)
		}
	}
	known := make(map[string]int, len(c.Subtypes))
	for i := range slices.Backward(c.Subtypes) { // the first of duplicate names, which are reported elsewhere
		known[c.Subtypes[i].Name] = i
	}
	for i := range a.Subtypes {
		added := &a.Subtypes[i]
		derivePhrases(added)
		if j, ok := known[added.Name]; ok {
			e.addToSubtype(c, &c.Subtypes[j], added)
			continue
		}
		if !added.Has("title") && added.Name != "" {
			e.findings = append(e.findings, diag.Diagnostic{Rule: form.RuleMissingKey, Location: added.At(), Help: "add title:", Subject: c.Wire + "/" + added.Name,
				Message: fmt.Sprintf("missing key %q in new subtype %s/%s, which %s does not have", "title", c.Wire, added.Name, e.table.Extends)})
		}
		added.Retry.markUnread(added.Entry)
		added.Retry = added.Retry.over(c.Retry)
		fillHint(&added.Retry)
		c.Subtypes = append(c.Subtypes, *added)
	}
}

// message gives an entry of the base table the message that additions give it.
func (e *extender) message(entry string, message *string, added string, base *Entry, own Entry) {
	switch {
	case !own.Has("message"):
	case base.Has("message"):
		e.replaced("message of "+entry, own.ValueAt("message"), base.ValueAt("message"))
	default:
		*message = added
		base.Continue("message", 0, own)
	}
}

// addToSubtype adds phrases, examples and stricter retry settings to a subtype.
func (e *extender) addToSubtype(c *Code, s, added *Subtype) {
	value := c.Wire + "/" + s.Name
	keys := []string{"title", "description", "fallback"}
	if s.Has("when") {
		keys = append(keys, "when")
	} else if added.Has("when") {
		s.When = added.When
		s.Continue("when", 0, added.Entry)
	}
	for _, key := range keys {
		if added.Has(key) {
			e.replaced(fmt.Sprintf("%s of subtype %q", key, value), added.ValueAt(key), s.ValueAt(key))
		}
	}
	e.message(fmt.Sprintf("subtype %q", value), &s.Message, added.Message, &s.Entry, added.Entry)
	s.Continue("match", len(s.Match), added.Entry)
	s.Continue("examples", len(s.Examples), added.Entry)
	if len(s.Values) == 0 && added.Has("values") {
		e.report(added.ValueAt("values"), "add a subtype with these values", "the value of subtype %q is its name in %s, which values: would replace", value, e.table.Extends).Subject = value
		added.Values = nil
	}
	s.Continue("values", len(s.Values), added.Entry)
	s.Values = append(s.Values, added.Values...)
	s.Match = append(s.Match, added.Match...)
	s.Examples = append(s.Examples, added.Examples...)
	s.Extensions = e.extensions("subtype "+value, added.Extensions, s.Extensions, added.Entry, s.Entry)
	if added.Has("retry") {
		added.Retry.markUnread(added.Entry)
		s.Retry, s.BaseRetry = added.Retry.over(s.Retry), copyOf(s.Retry)
		fillHint(&s.Retry)
	}
}
