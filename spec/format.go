package spec

import (
	"math"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// A format is the table format, version 1. It has one [form.Value] for each kind of mapping,
// with the keys in canonical order. Mappings that contain codes depend on the wire type.
type format struct {
	wire    form.Value[string]
	integer bool // codes are integers
	extends bool // the table has a base table, so codes: is optional
}

// formatOf returns the format of tables with the given value of wire:. The value is read before
// anything is decoded, because it determines how codes are decoded and may follow them in the
// file.
func formatOf(wire string) format {
	switch wire {
	case "", WireString.String():
		return format{wire: wireString}
	case WireInteger.String():
		return format{wire: wireInteger, integer: true}
	}
	return format{wire: wireAny} // an invalid wire type, which is reported: accept codes of both types
}

// minHTTP and maxHTTP are the bounds of an HTTP status, RFC 9110 section 15.
const minHTTP, maxHTTP = 100, 599

// Prose is text for people, which fmt may wrap. Codes, phrases, messages and versions are never
// wrapped.
var (
	proseLine = form.Prose(form.Line)
	proseText = form.Prose(form.Text)
	lines     = form.List(form.Line)
)

func (f format) table() form.Value[Table] {
	codes := form.Required[Table, []Code]
	if f.extends {
		codes = form.Optional
	}
	return form.Object("the table", func(t *Table) *Entry { return &t.Entry },
		form.Required("errspec", "The version of the table format: 1.",
			formatVersion, func(t *Table) *int { return new(int) }),
		form.Required("name", "Name of the table and, by default, of its Go package.",
			form.Name, func(t *Table) *string { return &t.Name }),
		form.Required("title", "Short title of the table.",
			proseLine, func(t *Table) *string { return &t.Title }),
		form.Optional("description", "Description of the table, in prose.",
			proseText, func(t *Table) *string { return &t.Description }),
		form.Optional("wire", "How the service sends codes: string or integer. Default: string.",
			form.OneOf[Wire]("a wire type", wireNames), func(t *Table) *Wire { return &t.Wire }),
		form.Optional("docs_url", "URL of the documentation. The URL of a code is docs_url#anchor, unless docs_url contains {code}.",
			form.URL, func(t *Table) *string { return &t.DocsURL }),
		form.Optional("grpc_domain", "Domain of the errors that the service sends over gRPC, such as shop.example.com: the domain of google.rpc.ErrorInfo, whose reason is the code.",
			form.Domain, func(t *Table) *string { return &t.GRPCDomain }),
		form.Optional("extends", "Base table that this table extends: a path, mod:PATH@VERSION/FILE, or a builtin such as builtin:evolink.",
			form.Line, func(t *Table) *string { return &t.Extends }),
		form.Optional("include", "Patterns of files to include, relative to this file. They contain only codes:.",
			lines, func(t *Table) *[]string { return &t.Include }),
		form.Optional("unlisted", "The code whose retry settings and advice apply to unlisted codes. It must not be automatic.",
			f.wire, func(t *Table) *string { return &t.Unlisted }).Formerly("unknown"),
		form.Optional("response", "Responses of the service: where their codes, messages and tasks are.",
			form.Pointer(f.response()), func(t *Table) **Response { return &t.Response }),
		form.Optional("idempotency", "How the service recognizes a submission that it has already received.",
			form.Pointer(f.idempotency()), func(t *Table) **Idempotency { return &t.Idempotency }),
		form.Optional("polling", "How to poll a task.",
			form.Pointer(pollingFormat), func(t *Table) **Polling { return &t.Polling }),
		form.Optional("backoff", "Delays between attempts, for codes without a wait.",
			backoffFormat, func(t *Table) *Backoff { return &t.Backoff }),
		form.Optional("classes", "Groups of codes, in documentation order.",
			form.List(classFormat), func(t *Table) *[]Class { return &t.Classes }),
		codes("codes", "The error codes, in documentation order.",
			form.List(f.code()), func(t *Table) *[]Code { return &t.Codes }),
		form.Optional("additions", "Additions to codes of the base table.",
			form.List(f.addition()), func(t *Table) *[]addition { return &t.additions }).Formerly("extend"),
		form.Optional("reserved", "Codes, subtypes and names that must not be reused.",
			form.List(f.reserved()), func(t *Table) *[]Reserved { return &t.Reserved }),
	)
}

// include returns the format of an included file.
func (f format) include() form.Value[Table] {
	return form.Object("an included file", func(t *Table) *Entry { return &t.Entry },
		form.Required("codes", "The error codes, in documentation order.",
			form.List(f.code()), func(t *Table) *[]Code { return &t.Codes }),
	)
}

var classFormat = form.Object("a class", func(c *Class) *Entry { return &c.Entry },
	form.Required("name", "Name of the class. It must differ from unknown.",
		form.Name, func(c *Class) *string { return &c.Name }),
	form.Required("title", "Title of the class.",
		proseLine, func(c *Class) *string { return &c.Title }),
	form.Optional("description", "One-line description of the class.",
		proseLine, func(c *Class) *string { return &c.Description }),
	form.Optional("fault", "Who causes the errors: client, server or unknown. Default: unknown.",
		form.OneOf[Fault]("a fault", faultNames), func(c *Class) *Fault { return &c.Fault }),
	form.Optional("retry", "Default retry settings of its codes.",
		retryFormat, func(c *Class) *Retry { return &c.Retry }),
)

func (f format) code() form.Value[Code] {
	return form.Object("a code", func(c *Code) *Entry { return &c.Entry },
		form.Required("code", "The code as the service sends it.",
			f.wire, func(c *Code) *string { return &c.Wire }),
		form.Optional("name", "Stem of the Go identifiers. Default: derived from the code.",
			form.Name, func(c *Code) *string { return &c.Name }),
		form.Required("title", "Short title of the code.",
			proseLine, func(c *Code) *string { return &c.Title }),
		form.Optional("class", "Name of the code's class.",
			form.Name, func(c *Code) *string { return &c.Class }),
		form.Required("description", "One-line description, shown in overview tables.",
			proseLine, func(c *Code) *string { return &c.Description }),
		form.Optional("details", "Further description, in prose.",
			proseText, func(c *Code) *string { return &c.Details }),
		form.Optional("retry", "Whether and when clients may retry.",
			retryFormat, func(c *Code) *Retry { return &c.Retry }),
		form.Optional("http", "HTTP status that the service sends with the code.",
			form.Number(minHTTP, maxHTTP), func(c *Code) *int { return &c.HTTP }),
		form.Optional("grpc", "Canonical gRPC status of an error, such as UNAVAILABLE.",
			grpcStatus, func(c *Code) *string { return &c.GRPC }),
		form.Optional("charged", "Whether the service charges for a request that ends with the code: yes or no. Default: unknown.",
			chargedFormat, func(c *Code) *Charged { return &c.Charged }),
		form.Optional("message", "Message that the service sends with the code if no subtype applies. It must not select a subtype.",
			form.Line, func(c *Code) *string { return &c.Message }),
		form.Optional("match", "Phrases that identify the code in text without a code.",
			lines, func(c *Code) *[]string { return &c.Match }),
		form.Optional("when", "Conditions on a response without a code: if all are fulfilled, it has this code.",
			conditions, func(c *Code) *[]Condition { return &c.When }),
		form.Optional("prefixes", "Codes that start with one of these are treated as this code. They are known and keep their value.",
			prefixes, func(c *Code) *[]string { return &c.Prefixes }),
		form.Optional("subtypes", "Cases of the code, which the message, a field or a condition selects.",
			form.List(subtypeFormat), func(c *Code) *[]Subtype { return &c.Subtypes }),
		form.Optional("url", "URL of the code's documentation, or none. Default: derived from docs_url.",
			codeURL, func(c *Code) *string { return &c.URL }),
		form.Optional("causes", "Common causes.",
			form.List(causeFormat), func(c *Code) *[]Cause { return &c.Causes }),
		form.Optional("avoid", "Ways to avoid the error.",
			form.List(proseText), func(c *Code) *[]string { return &c.Avoid }),
		form.Optional("fixes", "Ways to fix the error.",
			form.List(proseText), func(c *Code) *[]string { return &c.Fixes }),
		form.Optional("examples", "Verbatim messages or requests.",
			form.List(form.Text), func(c *Code) *[]string { return &c.Examples }),
		form.Optional("since", "Version of the service that introduced the code.",
			form.Line, func(c *Code) *string { return &c.Since }),
		form.Optional("deprecated", "Marks the code as deprecated.",
			form.Pointer(f.deprecated()), func(c *Code) **Deprecated { return &c.Deprecated }),
		form.Optional("aliases", "Other accepted wire values. They have no constants.",
			form.List(f.wire), func(c *Code) *[]string { return &c.Aliases }),
		form.Optional("renamed_from", "Former wire values. They are still accepted and keep their constants.",
			form.List(f.wire), func(c *Code) *[]string { return &c.RenamedFrom }),
		form.Optional("internal", "Include the code in Go packages but not in pages. Default: false.",
			form.Boolean, func(c *Code) *bool { return &c.Internal }),
	)
}

// addition returns the format of additions to a code of the base table.
func (f format) addition() form.Value[addition] {
	return form.Object("an addition", func(a *addition) *Entry { return &a.Entry },
		form.Required("code", "The code of the base table to add to.",
			f.wire, func(a *addition) *string { return &a.Wire }),
		form.Optional("retry", "Stricter retry settings.",
			retryFormat, func(a *addition) *Retry { return &a.Retry }),
		form.Optional("message", "Message that the service sends, for a code that has none in the base table.",
			form.Line, func(a *addition) *string { return &a.Message }),
		form.Optional("match", "Additional phrases.",
			lines, func(a *addition) *[]string { return &a.Match }),
		form.Optional("subtypes", "New subtypes, or additions to existing ones.",
			form.List(addedSubtypeFormat), func(a *addition) *[]Subtype { return &a.Subtypes }),
		form.Optional("causes", "Additional causes.",
			form.List(causeFormat), func(a *addition) *[]Cause { return &a.Causes }),
		form.Optional("avoid", "Additional ways to avoid the error.",
			form.List(proseText), func(a *addition) *[]string { return &a.Avoid }),
		form.Optional("fixes", "Additional fixes.",
			form.List(proseText), func(a *addition) *[]string { return &a.Fixes }),
		form.Optional("examples", "Additional examples.",
			form.List(form.Text), func(a *addition) *[]string { return &a.Examples }),
		form.Optional("aliases", "Additional accepted wire values.",
			form.List(f.wire), func(a *addition) *[]string { return &a.Aliases }),
	)
}

var (
	subtypeFormat = subtypeWith(form.Required[Subtype, string])

	// addedSubtypeFormat is the format of a subtype in additions:. It is either a new subtype, or
	// adds to one of the base table, which already has a title.
	addedSubtypeFormat = subtypeWith(form.Optional[Subtype, string])
)

func subtypeWith(title func(string, string, form.Value[string], func(*Subtype) *string) form.Field[Subtype]) form.Value[Subtype] {
	return form.Object("a subtype", func(s *Subtype) *Entry { return &s.Entry },
		form.Required("name", "Name of the subtype.",
			form.Name, func(s *Subtype) *string { return &s.Name }),
		title("title", "Title of the subtype.",
			proseLine, func(s *Subtype) *string { return &s.Title }),
		form.Optional("description", "One-line description.",
			proseLine, func(s *Subtype) *string { return &s.Description }),
		form.Optional("examples", "Real messages. Each must be classified as this subtype.",
			form.List(form.Text), func(s *Subtype) *[]string { return &s.Examples }),
		form.Optional("message", "Message that the service sends, with {name} for the named values of a phrase. It must select the subtype, with numbers and words in place of {name}.",
			form.Line, func(s *Subtype) *string { return &s.Message }),
		form.Optional("match", "Phrases: literal text with the placeholders <num> and <any>, or <num:name> for a named value. Default: derived from the examples.",
			lines, func(s *Subtype) *[]string { return &s.Match }),
		form.Optional("values", "Values of the response field with the role subtype that select the subtype. Default: its name.",
			scalars, func(s *Subtype) *[]string { return &s.Values }),
		form.Optional("when", "Conditions on a response that select the subtype.",
			conditions, func(s *Subtype) *[]Condition { return &s.When }),
		form.Optional("fallback", "Selected for messages of the code that match no phrase. Default: false.",
			form.Boolean, func(s *Subtype) *bool { return &s.Fallback }),
		form.Optional("retry", "Retry settings that differ from the code's. They must not be looser.",
			retryFormat, func(s *Subtype) *Retry { return &s.Retry }),
	)
}

var retryFormat = form.Object("retry", func(r *Retry) *Entry { return &r.Entry },
	form.Optional("action", "fix: change the request first. retry: the same request may succeed now. wait: the same request may succeed later. resubmit: the task was canceled; a person must decide. check: correct the ID or reference. support: contact support. never: the same request never succeeds. Default: unknown.",
		form.OneOf[Action]("an action", actionNames), func(r *Retry) *Action { return &r.Action }),
	form.Optional("automatic", "Clients may retry the unchanged request automatically. Requires action retry or wait. Default: false.",
		form.Boolean, func(r *Retry) *bool { return &r.Automatic }),
	form.Optional("throttle", "The error is a rate or concurrency limit. Default: false.",
		form.Boolean, func(r *Retry) *bool { return &r.Throttle }),
	form.Optional("wait", "How long to wait before retrying. Requires action retry or wait.",
		waitFormat, func(r *Retry) *Wait { return &r.Wait }),
	form.Optional("advice", "Advice for people, shown in overview tables.",
		proseLine, func(r *Retry) *string { return &r.Advice }),
	form.Optional("hint", "Short form of the advice, for the retry lists. Default: the advice.",
		proseLine, func(r *Retry) *string { return &r.Hint }),
)

var waitFormat = form.Object("a wait", func(w *Wait) *Entry { return &w.Entry },
	form.Required("min", "Minimum, such as 30s.",
		form.Duration, func(w *Wait) *time.Duration { return &w.Min }),
	form.Required("max", "Maximum, such as 1m.",
		form.Duration, func(w *Wait) *time.Duration { return &w.Max }),
)

// causeFormat decodes a cause: text, or text with a title.
var causeFormat = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (Cause, bool) {
	if n.Kind == yaml.MappingNode {
		return titledCause.Decode(d, n)
	}
	s, ok := proseText.Decode(d, n)
	return Cause{Entry: d.Entry(n), Text: s}, ok
}, func() form.Schema {
	return form.Schema{AnyOf: []form.Schema{proseText.Schema(), titledCause.Schema()}}
})

var titledCause = form.Object("a cause", func(c *Cause) *Entry { return &c.Entry },
	form.Required("title", "Short title of the cause.",
		proseLine, func(c *Cause) *string { return &c.Title }),
	form.Required("text", "Description of the cause.",
		proseText, func(c *Cause) *string { return &c.Text }),
)

func (f format) deprecated() form.Value[Deprecated] {
	return form.Object("deprecated", func(p *Deprecated) *Entry { return &p.Entry },
		form.Optional("since", "Version that deprecated the code.",
			form.Line, func(p *Deprecated) *string { return &p.Since }),
		form.Optional("reason", "Reason for the deprecation.",
			proseLine, func(p *Deprecated) *string { return &p.Reason }),
		form.Optional("replaced_by", "The code to use instead.",
			f.wire, func(p *Deprecated) *string { return &p.ReplacedBy }),
	)
}

func (f format) reserved() form.Value[Reserved] {
	return form.Object("a reserved entry", func(r *Reserved) *Entry { return &r.Entry },
		form.Optional("code", "A reserved code.",
			f.wire, func(r *Reserved) *string { return &r.Code }),
		form.Optional("subtype", "A reserved subtype, as code/name.",
			subtypeRef, func(r *Reserved) *string { return &r.Subtype }),
		form.Optional("name", "A reserved stem of Go identifiers.",
			form.Name, func(r *Reserved) *string { return &r.Name }),
		form.Optional("reason", "Reason why it must not be reused.",
			proseLine, func(r *Reserved) *string { return &r.Reason }),
		form.Optional("since", "Version that removed the entry.",
			form.Line, func(r *Reserved) *string { return &r.Since }),
	)
}

var pollingFormat = form.Object("polling", func(p *Polling) *Entry { return &p.Entry },
	form.Required("url", "URL of a task. It must contain {id}.",
		form.URL, func(p *Polling) *string { return &p.URL }),
	form.Optional("auth", "How to authenticate: none or bearer. Default: none.",
		form.OneOf[Auth]("an authentication method", authNames), func(p *Polling) *Auth { return &p.Auth }),
	form.Required("interval", "Time between two polls, for example 3s.",
		form.Duration, func(p *Polling) *time.Duration { return &p.Interval }),
)

var backoffFormat = form.Object("backoff", func(b *Backoff) *Entry { return &b.Entry },
	form.Optional("attempts", "Maximum number of attempts, including the first. Default: 3.",
		form.Number(1, math.MaxInt32), func(b *Backoff) *int { return &b.Attempts }),
	form.Optional("initial", "First delay, such as 5s. Default: 5s.",
		form.Duration, func(b *Backoff) *time.Duration { return &b.Initial }),
	form.Optional("multiplier", "Factor by which each delay grows. Default: 2.",
		form.Factor, func(b *Backoff) *float64 { return &b.Multiplier }),
	form.Optional("cap", "Maximum delay. Default: 10m.",
		form.Duration, func(b *Backoff) *time.Duration { return &b.Cap }),
)
