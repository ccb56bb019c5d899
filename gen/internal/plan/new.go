package plan

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/match"
)

// Options is what a plan needs besides its table.
type Options struct {
	Source  string // base name of the table's file
	Package string // name of the Go package; the table's own if ""

	// PackageAt is where Package is written, for findings about it. Without it
	// they point at the table's name.
	PackageAt diag.Location
}

// New settles everything about a valid table. The findings are names that meet
// or cannot be; the plan is only usable without them.
func New(t *spec.Table, o Options) (*Plan, diag.List) {
	b := newBuilder(t)
	p := &Plan{
		Source:      o.Source,
		Table:       t.Name,
		Package:     o.Package,
		Title:       t.Title,
		Description: t.Description,
		DocsURL:     t.DocsURL,
		Wire:        t.Wire,
		Polling:     polling(t.Polling),
		Backoff: Backoff{
			Attempts:   t.Backoff.Attempts,
			Initial:    t.Backoff.Initial,
			Multiplier: t.Backoff.Multiplier,
			Cap:        t.Backoff.Cap,
		},
	}
	b.name(p, o)
	// What is left takes most of the time, and is about different parts of the plan.
	var running sync.WaitGroup
	running.Go(func() { b.phrases(p) })
	running.Go(func() { b.vectors(p) })
	b.docs(p)
	running.Wait()
	return p, b.names.findings
}

func newBuilder(t *spec.Table) *builder {
	return &builder{table: t, names: newNamer(), anchors: make(unique), pages: make(unique), byWire: make(map[string]*Code, len(t.Codes))}
}

// name gives names, anchors and addresses, and resolves what refers to them.
func (b *builder) name(p *Plan, o Options) {
	if p.Package == "" {
		p.Package = b.table.Name
	}
	if p.Package != "" { // without one, the table's has been reported
		b.names.packageName(p.Package, o.packageAt(b.table))
	}
	b.codes(p)
	b.classes(p)
	b.subtypes(p)
	b.oldNames()
	b.references(p)
	b.taskFields(p)
}

func (o Options) packageAt(t *spec.Table) diag.Location {
	if o.PackageAt.File != nil {
		return o.PackageAt
	}
	return t.ValueAt("name")
}

// A builder makes the parts of a plan in an order in which each finds what it
// refers to.
type builder struct {
	table   *spec.Table
	names   *namer
	anchors unique
	pages   unique
	byWire  map[string]*Code
	made    []*Code
}

func (b *builder) codes(p *Plan) {
	// Codes whose anchor is their wire value come first, so that another code's
	// never takes it from them.
	own := make(map[string]string, len(b.table.Codes))
	for i := range b.table.Codes {
		if wire := b.table.Codes[i].Wire; anchor(wire) == wire {
			own[wire] = b.anchors.claim(wire)
		}
	}
	for i := range b.table.Codes {
		c := &b.table.Codes[i]
		code := newCode(c)
		code.Index = i
		code.Const = b.names.identifier("Code", c.Stem(), claim{
			at: func() diag.Location { return c.ValueAt(stemKey(c)) }, kind: "code", mend: "give it another stem with name:",
		}, c.Wire)
		code.Anchor = own[c.Wire]
		if code.Anchor == "" {
			code.Anchor = b.anchor(spec.WireStem(c.Wire))
		}
		code.URL = docsURL(b.table.DocsURL, c.Wire, code.Anchor)
		if p.Wire == spec.WireInteger {
			code.Name = c.Stem()
		}
		if !code.Internal {
			code.Page = b.pages.claim(pageName(code.Anchor))
		}
		b.byWire[c.Wire] = code
		p.Codes = append(p.Codes, code)
	}
	b.made = p.Codes
}

// anchor hands out the anchor of an entry that is called so.
func (b *builder) anchor(name string) string { return b.anchors.claim(cmp.Or(anchor(name), "code")) }

// stemKey returns the key that the identifiers of a code come from.
func stemKey(c *spec.Code) string {
	if c.Name != "" {
		return "name"
	}
	return "code"
}

func newCode(c *spec.Code) *Code {
	code := &Code{
		Wire:        c.Wire,
		Title:       c.Title,
		Description: c.Description,
		Details:     c.Details,
		Retry:       newRetry(c.Retry),
		HTTP:        c.HTTP,
		GRPC:        c.GRPC,
		Avoid:       slices.Clone(c.Avoid),
		Fixes:       slices.Clone(c.Fixes),
		Examples:    slices.Clone(c.Examples),
		Since:       c.Since,
		Aliases:     slices.Clone(c.Aliases),
		Internal:    c.Internal,
	}
	for _, cause := range c.Causes {
		code.Causes = append(code.Causes, Cause{cause.Title, cause.Text})
	}
	return code
}

// docsURL returns the address of a code's documentation.
func docsURL(base, wire, anchor string) string {
	switch {
	case base == "":
		return ""
	case strings.Contains(base, "{code}"):
		// Escaped for a path and for a query, since {code} may stand in both.
		escaped := strings.ReplaceAll(url.QueryEscape(wire), "+", "%20")
		return strings.ReplaceAll(base, "{code}", escaped)
	}
	return base + "#" + anchor
}

func (b *builder) classes(p *Plan) {
	byName := make(map[string]*Class, len(b.table.Classes))
	for i := range b.table.Classes {
		c := &b.table.Classes[i]
		class := &Class{
			Const: b.names.identifier("Class", c.Name, claim{
				at: func() diag.Location { return c.ValueAt("name") }, kind: "class", mend: "give it another name",
			}, c.Name),
			Name:        c.Name,
			Title:       c.Title,
			Description: c.Description,
			Fault:       c.Fault,
			Anchor:      b.anchor("class-" + c.Name),
		}
		byName[c.Name] = class
		p.Classes = append(p.Classes, class)
	}
	for i, code := range p.Codes {
		class := byName[b.table.Codes[i].Class]
		if class == nil {
			p.Unclassed = append(p.Unclassed, code)
			continue
		}
		code.Class = class
		class.Codes = append(class.Codes, code)
	}
}

func (b *builder) subtypes(p *Plan) {
	index := 0
	for i, code := range p.Codes {
		c := &b.table.Codes[i]
		code.Stricter = c.Retry.Automatic && c.HasStricterSubtype()
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			value := c.Wire + "/" + s.Name
			what := claim{at: func() diag.Location { return s.ValueAt("name") }, kind: "sub-type", mend: "give it another name"}
			sub := &Subtype{
				Const:       b.names.identifier("Subtype", c.Stem()+"_"+s.Name, what, value),
				Code:        code,
				Index:       index,
				Name:        s.Name,
				Value:       value,
				Title:       s.Title,
				Description: s.Description,
				Examples:    slices.Clone(s.Examples),
				Match:       slices.Clone(s.Match),
				Fallback:    s.Fallback,
				Retry:       newRetry(s.Retry),
				Anchor:      b.anchor(code.Anchor + "-" + s.Name),
			}
			sub.URL = docsURL(b.table.DocsURL, c.Wire, code.Anchor)
			code.Subtypes = append(code.Subtypes, sub)
			index++
		}
	}
}

// references resolves what names another code.
func (b *builder) references(p *Plan) {
	p.Unknown = b.byWire[b.table.Unknown]
	for i, code := range p.Codes {
		if d := b.table.Codes[i].Deprecated; d != nil {
			code.Deprecated = &Deprecated{Since: d.Since, Reason: d.Reason, ReplacedBy: b.byWire[d.ReplacedBy]}
		}
	}
	r := b.table.Response
	if r == nil {
		return
	}
	p.Response = &Response{Example: r.Example}
	for _, f := range r.Fields {
		p.Response.Fields = append(p.Response.Fields, Field{
			Path: f.Path, Role: f.Role, Type: f.Type, Description: f.Description,
			Completed: slices.Clone(f.Completed), Failed: slices.Clone(f.Failed),
		})
	}
	p.Response.ID = p.Response.field(spec.RoleID)
	p.Response.Status = p.Response.field(spec.RoleStatus)
	p.Response.Model = p.Response.field(spec.RoleModel)
	p.Response.Code = p.Response.field(spec.RoleCode)
	p.Response.Message = p.Response.field(spec.RoleMessage)
	for _, h := range r.HTTP {
		p.Response.HTTP = append(p.Response.HTTP, HTTPCode{h.Status, b.byWire[h.Code]})
	}
	slices.SortFunc(p.Response.HTTP, func(a, b HTTPCode) int { return a.Status - b.Status })
	for _, h := range p.Response.HTTP {
		if h.Code != nil {
			h.Code.Statuses = append(h.Code.Statuses, h.Status)
		}
	}
}

func (r *Response) field(role spec.Role) *Field {
	i := slices.IndexFunc(r.Fields, func(f Field) bool { return f.Role == role })
	if i < 0 {
		return nil
	}
	return &r.Fields[i]
}

// taskFields names the fields of the type Task: those of the response that are
// not part of the error.
func (b *builder) taskFields(p *Plan) {
	if !p.HasTask() {
		return
	}
	n := fieldNamer()
	for i := range p.Response.Fields {
		f := &p.Response.Fields[i]
		if f.Role == spec.RoleCode || f.Role == spec.RoleMessage {
			continue
		}
		entry := b.table.Response.Fields[i]
		f.GoName = n.identifier("", f.Path, claim{
			at: entry.At, kind: "the response field", mend: "leave the field out of the table; clients can still read it from the answer",
		}, f.Path)
		f.Doc = newComment(1).prose(f.Description).lines
	}
	b.names.findings = append(b.names.findings, n.findings...)
}

// fewPhrases is up to how many phrases a list, which people can read, is as fast
// as sets with filters.
const fewPhrases = 100

// phrases compiles the phrases of the table.
func (b *builder) phrases(p *Plan) {
	var all []match.Entry
	byCode := make([][]match.Entry, len(p.Codes))
	for each := range b.table.Phrases() {
		code, subtype := each.Code, each.Subtype
		phrase, err := match.Parse(each.Source)
		if err != nil {
			continue // a finding of validation
		}
		entry := match.Entry{Phrase: phrase, Owner: -1 - code}
		var s *Subtype
		if subtype >= 0 {
			s = p.Codes[code].Subtypes[subtype]
			entry.Owner, entry.Fallback = s.Index, s.Fallback
			byCode[code] = append(byCode[code], entry)
		}
		all = append(all, entry)
		p.Phrases.choice(phrase, p.Codes[code], s)
	}
	inOrderOfChoice(p.Phrases.Choice)
	if len(all) <= fewPhrases {
		list, err := match.ListOf(all)
		b.must(err)
		p.Phrases.List = &list
		return
	}
	for _, entries := range byCode {
		p.Phrases.Codes = append(p.Phrases.Codes, b.compile(entries))
	}
	p.Phrases.All = b.compile(all)
}

func (b *builder) compile(entries []match.Entry) match.Table {
	set, err := match.Compile(entries)
	b.must(err)
	return set.Table()
}

// vectors decides about the cases of the table.
func (b *builder) vectors(p *Plan) {
	vectors, err := classify.VectorsOf(b.table)
	if err != nil {
		p.Revision = export.Revision(b.table)
		return // a finding of validation
	}
	p.Vectors, p.Revision = vectors, vectors.Revision
}

// must holds that parsed phrases compile.
func (b *builder) must(err error) {
	if err != nil {
		panic("plan: " + err.Error())
	}
}

func polling(p *spec.Polling) *Polling {
	if p == nil {
		return nil
	}
	return &Polling{URL: p.URL, Bearer: p.Auth == spec.AuthBearer, Interval: p.Interval}
}
