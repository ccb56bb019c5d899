package plan

import (
	"slices"
	"sync"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/names"
)

// Options are the inputs of a plan other than its table.
type Options struct {
	Source  string // base name of the table's file
	Names   names.Options
	Clients Clients
}

// Clients are the other generated clients, which sample programs import. A name is "" if
// there is no such client.
type Clients struct {
	TypeScript string // base name of the module: "evolink.ts"
	JavaScript string // base name of the module: "evolink.js"
	Python     string // name of the package: "evolink"
}

// New returns the plan of a valid table. The findings are about names that are invalid
// or not unique. If there are any, the plan must not be used.
func New(t *spec.Table, o Options) (*Plan, diag.List) {
	n, findings := names.Of(t, o.Names)
	b := &builder{table: t, names: n, byWire: make(map[string]*Code, len(t.Codes))}
	p := &Plan{
		Source:      o.Source,
		Clients:     o.Clients,
		Table:       t.Name,
		Package:     n.Package,
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
	b.codes(p)
	b.classes(p)
	b.subtypes(p)
	b.references(p)
	b.idempotency(p)
	// These steps take most of the time and set different parts of the plan.
	var running sync.WaitGroup
	running.Go(func() { b.phrases(p) })
	running.Go(func() { b.vectors(p) })
	docs(p)
	running.Wait()
	return p, findings
}

// OfNames returns the parts of a plan that determine the names of clients: codes, subtypes
// and the response.
func OfNames(t *spec.Table) *Plan {
	n, _ := names.Of(t, names.Options{}) // the findings are those of New
	b := &builder{table: t, names: n, byWire: make(map[string]*Code, len(t.Codes))}
	p := &Plan{Table: t.Name, Package: n.Package, Wire: t.Wire}
	b.codes(p)
	b.classes(p)
	b.subtypes(p)
	b.references(p)
	return p
}

// A builder sets the parts of a plan. Its methods are called in the order of their
// dependencies.
type builder struct {
	table  *spec.Table
	names  *names.Names
	byWire map[string]*Code
}

func (b *builder) codes(p *Plan) {
	for i := range b.table.Codes {
		c := &b.table.Codes[i]
		code := newCode(c, &b.names.Codes[i])
		code.Index, code.Stem = i, c.Stem()
		if p.Wire == spec.WireInteger {
			code.Name = c.Stem()
		}
		b.byWire[c.Wire] = code
		p.Codes = append(p.Codes, code)
	}
}

func newCode(c *spec.Code, n *names.Code) *Code {
	code := &Code{
		Const:       n.Const,
		Former:      n.Former,
		Anchor:      n.Anchor,
		Page:        n.Page,
		URL:         n.URL,
		Wire:        c.Wire,
		Title:       c.Title,
		Description: c.Description,
		Details:     c.Details,
		Retry:       newRetry(c.Retry),
		HTTP:        c.HTTP,
		GRPC:        c.GRPC,
		Charged:     c.Charged,
		Message:     c.Message,
		Avoid:       slices.Clone(c.Avoid),
		Fixes:       slices.Clone(c.Fixes),
		Examples:    slices.Clone(c.Examples),
		Since:       c.Since,
		Aliases:     slices.Clone(c.Aliases), Prefixes: slices.Clone(c.Prefixes),
		Internal: c.Internal,
	}
	for _, cause := range c.Causes {
		code.Causes = append(code.Causes, Cause{cause.Title, cause.Text})
	}
	return code
}

func (b *builder) classes(p *Plan) {
	byName := make(map[string]*Class, len(b.table.Classes))
	for i := range b.table.Classes {
		c := &b.table.Classes[i]
		class := &Class{
			Const:       b.names.Classes[i].Const,
			Name:        c.Name,
			Title:       c.Title,
			Description: c.Description,
			Fault:       c.Fault,
			Anchor:      b.names.Classes[i].Anchor,
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
		code.Hidden = b.table.HasHiddenSubtype(c)
		for j := range c.Subtypes {
			s, n := &c.Subtypes[j], &b.names.Codes[i].Subtypes[j]
			code.Subtypes = append(code.Subtypes, &Subtype{
				Const:       n.Const,
				Code:        code,
				Index:       index,
				Name:        s.Name,
				Value:       n.Value,
				Title:       s.Title,
				Description: s.Description,
				Examples:    slices.Clone(s.Examples),
				Message:     s.Message,
				Match:       slices.Clone(s.Match),
				Values:      slices.Clone(s.Values),
				Fallback:    s.Fallback,
				Retry:       newRetry(s.Retry),
				Former:      n.Former,
				Anchor:      n.Anchor,
				URL:         n.URL,
			})
			index++
		}
	}
}

// references resolves references to codes.
func (b *builder) references(p *Plan) {
	p.Unlisted = b.byWire[b.table.Unlisted]
	for i, code := range p.Codes {
		if d := b.table.Codes[i].Deprecated; d != nil {
			code.Deprecated = &Deprecated{Since: d.Since, Reason: d.Reason, ReplacedBy: b.byWire[d.ReplacedBy]}
		}
	}
	b.response(p)
}

// fewPhrases is the maximum number of phrases for which a readable list is as fast as
// sets with filters.
const fewPhrases = 100

// phrases compiles the phrases of the table.
func (b *builder) phrases(p *Plan) {
	var all []match.Entry
	byCode := make([][]match.Entry, len(p.Codes))
	for each := range b.table.Phrases() {
		code, subtype := each.Code, each.Subtype
		phrase, err := match.Parse(each.Source)
		if err != nil {
			continue // validation reports it
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
	sortByPrecedence(p.Phrases.Choice)
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

// vectors sets the cases of the table and their decisions.
func (b *builder) vectors(p *Plan) {
	vectors, err := classify.VectorsOf(b.table)
	if err != nil {
		p.Revision = export.Revision(b.table)
		return // validation reports it
	}
	p.Vectors, p.Revision = vectors, vectors.Revision
}

// must panics if a parsed phrase does not compile, which would be a bug.
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
