// Package names derives the names that the entries of a table have in outputs: Go
// identifiers and types, anchors and pages, and the URLs of documentation.
//
// [Of] returns the names of a table, in its order, and findings about names that are
// invalid or not unique. All outputs take names from here: generated packages, pages,
// exports, comparisons and the terminal. Names depend only on the table and on the name of
// the package. The derivation of names does not change between releases, since that would
// break the users of generated packages. [Rules] returns the rules for names, and [Check]
// applies them to any table.
package names

import (
	"cmp"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// Names are the names of a table's entries. The slices have the order of the table.
type Names struct {
	Package string // of the Go package
	Codes   []Code
	Classes []Class
	Fields  []Field // of the response
}

// A Code has the names of a code.
type Code struct {
	Const    string // Go constant: "CodeServiceError"
	Former   []Former
	Anchor   string // on a page: "service_error"
	Page     string // base name of a separate page: "service-error"; "" if the code is internal
	URL      string // of the documentation, "" if there is none
	New      string // Go constructor for a service: "NewServiceError"; "" without [Options.Server]
	Subtypes []Subtype
}

// A Subtype has the names of a subtype.
type Subtype struct {
	Const  string   // Go constant: "SubtypeContentPolicyViolationAdultNSFW"
	Value  string   // "content_policy_violation/adult_nsfw"
	Former []Former // under former names of its code
	Anchor string
	URL    string   // of the documentation of its code, or ""
	New    string   // Go constructor for a service; "" without [Options.Server]
	Params []string // of the constructor, one for each named value of the message
}

// A Former is a former name of a code, or of a subtype under a former name of its code.
type Former struct {
	Const string // Go constant: "CodeTooFast"; "" if the entry has that constant already
	Value string // "too_fast"; for a subtype "too_fast/used_up"
}

// A Class has the names of a class.
type Class struct {
	Const  string // Go constant: "ClassClient"
	Anchor string // on a page: "class-client"
}

// Options are settings of names that are not in the table.
type Options struct {
	Package string // name of the Go package; default: the name of the table

	Server bool // whether the package has constructors for a service

	// PackageAt is the location of Package, for findings about it. Without a file, they
	// have the location of the table's name.
	PackageAt diag.Location
}

// Of returns the names of a table that has no duplicate entries. The findings are about
// names that are invalid or not unique; the names are usable only if there are none.
func Of(t *spec.Table, o Options) (*Names, diag.List) {
	b := &builder{
		table: t, names: newNamer(), anchors: make(unique), pages: make(unique),
		made: &Names{Package: cmp.Or(o.Package, t.Name)},
	}
	if b.made.Package != "" { // otherwise the missing name of the table has been reported
		b.names.packageName(b.made.Package, o.packageAt(t))
	}
	b.codes()
	b.classes()
	b.subtypes()
	b.former()
	b.fields()
	if o.Server {
		b.constructors()
	}
	return b.made, b.names.findings
}

func (o Options) packageAt(t *spec.Table) diag.Location {
	if o.PackageAt.File != nil {
		return o.PackageAt
	}
	return t.ValueAt("name")
}

// A builder assigns the names of one table. The order of its methods matters: the first
// entry with a name keeps it.
type builder struct {
	table   *spec.Table
	names   *namer
	anchors unique
	pages   unique
	made    *Names
}

func (b *builder) codes() {
	// Codes whose anchor is their wire value come first, so that no other code gets that
	// anchor.
	own := make(map[string]string, len(b.table.Codes))
	for i := range b.table.Codes {
		if wire := b.table.Codes[i].Wire; anchor(wire) == wire {
			own[wire] = b.anchors.add(wire)
		}
	}
	b.made.Codes = make([]Code, len(b.table.Codes))
	for i := range b.table.Codes {
		c, code := &b.table.Codes[i], &b.made.Codes[i]
		code.Const = b.names.identifier("Code", owner{
			at: func() diag.Location { return c.ValueAt(stemKey(c)) }, kind: "code", help: "set another stem with name:",
		}, c.Wire, c.Stem())
		code.Anchor = own[c.Wire]
		if code.Anchor == "" {
			code.Anchor = b.anchor(spec.WireStem(c.Wire))
		}
		code.URL = codeURL(b.table.DocsURL, c, code.Anchor)
		if !c.Internal {
			code.Page = b.pages.add(pageName(code.Anchor))
		}
	}
}

// anchor returns a unique anchor for an entry with the given name.
func (b *builder) anchor(name string) string { return b.anchors.add(cmp.Or(anchor(name), "code")) }

// stemKey returns the key from which the identifiers of a code are derived.
func stemKey(c *spec.Code) string {
	if c.Name != "" {
		return "name"
	}
	return "code"
}

func (b *builder) classes() {
	b.made.Classes = make([]Class, len(b.table.Classes))
	for i := range b.table.Classes {
		c := &b.table.Classes[i]
		b.made.Classes[i] = Class{
			Const: b.names.identifier("Class", owner{
				at: func() diag.Location { return c.ValueAt("name") }, kind: "class", help: "choose another name",
			}, c.Name, c.Name),
			Anchor: b.anchor("class-" + c.Name),
		}
	}
}

func (b *builder) subtypes() {
	for i := range b.table.Codes {
		c, code := &b.table.Codes[i], &b.made.Codes[i]
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			value := c.Wire + "/" + s.Name
			by := owner{at: func() diag.Location { return s.ValueAt("name") }, kind: "subtype", help: "choose another name"}
			code.Subtypes = append(code.Subtypes, Subtype{
				Const:  b.names.identifier("Subtype", by, value, c.Stem(), s.Name),
				Value:  value,
				Anchor: b.anchor(code.Anchor + "-" + s.Name),
				URL:    code.URL,
			})
		}
	}
}
