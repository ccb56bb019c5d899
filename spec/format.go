package spec

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/internal/lazyregexp"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// A format is the table format, version 1: one value a kind of mapping, its keys
// in their canonical order. What holds codes depends on how the service sends
// them.
type format struct {
	wire    form.Value[string]
	extends bool // the table adds to another one, and may have no codes of its own
}

// formatOf returns the format of tables with the given wire type, as it is
// written, before anything is decoded: it decides how codes are read and may
// stand behind them.
func formatOf(wire string) format {
	switch wire {
	case "", WireString.String():
		return format{wire: wireString}
	case WireInteger.String():
		return format{wire: wireInteger}
	}
	return format{wire: wireAny} // no wire type, and reported; what the codes are is anybody's guess
}

// maxHTTP bounds what three digits can say, RFC 9110 section 15.
const minHTTP, maxHTTP = 100, 599

// Prose is for people and may be wrapped; codes, phrases, messages and versions
// stay as they are.
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
		form.Required("title", "What the table is about, in a few words.",
			proseLine, func(t *Table) *string { return &t.Title }),
		form.Optional("description", "Prose about the table.",
			proseText, func(t *Table) *string { return &t.Description }),
		form.Optional("wire", "How the service sends codes: string (default) or integer.",
			form.OneOf[Wire]("a wire type", wireNames), func(t *Table) *Wire { return &t.Wire }),
		form.Optional("docs_url", "Address of the documentation. A code is at docs_url#anchor, or the address holds {code}.",
			form.URL, func(t *Table) *string { return &t.DocsURL }),
		form.Optional("extends", "Another table that this one adds to: a path, or a builtin such as builtin:evolink.",
			form.Line, func(t *Table) *string { return &t.Extends }),
		form.Optional("include", "Patterns of files that hold only codes:, relative to this one.",
			lines, func(t *Table) *[]string { return &t.Include }),
		form.Optional("unlisted", "The code whose advice covers codes that the table does not list. It must not be automatic.",
			f.wire, func(t *Table) *string { return &t.Unlisted }).Formerly("unknown"),
		form.Optional("response", "What the service sends.",
			form.Pointer(f.response()), func(t *Table) **Response { return &t.Response }),
		form.Optional("polling", "How to ask for the state of a task.",
			form.Pointer(pollingFormat), func(t *Table) **Polling { return &t.Polling }),
		form.Optional("backoff", "How pauses between submissions grow where a code has no wait.",
			backoffFormat, func(t *Table) *Backoff { return &t.Backoff }),
		form.Optional("classes", "Groups of codes, in the order of the docs.",
			form.List(classFormat), func(t *Table) *[]Class { return &t.Classes }),
		codes("codes", "The error codes, in the order of the docs.",
			form.List(f.code()), func(t *Table) *[]Code { return &t.Codes }),
		form.Optional("additions", "What is added to codes of the table that extends: names.",
			form.List(f.addition()), func(t *Table) *[]addition { return &t.additions }).Formerly("extend"),
		form.Optional("reserved", "Codes, sub-types and names that must never be used again.",
			form.List(f.reserved()), func(t *Table) *[]Reserved { return &t.Reserved }),
	)
}

// include is a file that another table includes.
func (f format) include() form.Value[Table] {
	return form.Object("an included file", func(t *Table) *Entry { return &t.Entry },
		form.Required("codes", "The error codes, in the order of the docs.",
			form.List(f.code()), func(t *Table) *[]Code { return &t.Codes }),
	)
}

var classFormat = form.Object("a class", func(c *Class) *Entry { return &c.Entry },
	form.Required("name", "Name of the class; not unknown.",
		form.Name, func(c *Class) *string { return &c.Name }),
	form.Required("title", "What the class is called.",
		proseLine, func(c *Class) *string { return &c.Title }),
	form.Optional("description", "What its codes have in common, in one line.",
		proseLine, func(c *Class) *string { return &c.Description }),
	form.Optional("fault", "Whose fault its codes are: client, server or unknown.",
		form.OneOf[Fault]("a fault", faultNames), func(c *Class) *Fault { return &c.Fault }),
	form.Optional("retry", "Advice that its codes have unless they say otherwise.",
		retryFormat, func(c *Class) *Retry { return &c.Retry }),
)

func (f format) code() form.Value[Code] {
	return form.Object("a code", func(c *Code) *Entry { return &c.Entry },
		form.Required("code", "The code as the service sends it.",
			f.wire, func(c *Code) *string { return &c.Wire }),
		form.Optional("name", "Stem of the Go identifiers, where the one made of the code will not do.",
			form.Name, func(c *Code) *string { return &c.Name }),
		form.Required("title", "The code in a few words.",
			proseLine, func(c *Code) *string { return &c.Title }),
		form.Optional("class", "Name of the class that the code belongs to.",
			form.Name, func(c *Code) *string { return &c.Class }),
		form.Required("description", "What it means, in one line: the cell of a table.",
			proseLine, func(c *Code) *string { return &c.Description }),
		form.Optional("details", "What else is to be said about it.",
			proseText, func(c *Code) *string { return &c.Details }),
		form.Optional("retry", "Whether and when to send the same request again.",
			retryFormat, func(c *Code) *Retry { return &c.Retry }),
		form.Optional("http", "HTTP status that the code comes with.",
			form.Number(minHTTP, maxHTTP), func(c *Code) *int { return &c.HTTP }),
		form.Optional("grpc", "Canonical gRPC status, such as UNAVAILABLE.",
			form.OneWord("a gRPC status", grpcNames), func(c *Code) *string { return &c.GRPC }),
		form.Optional("match", "Phrases by which text without a code is known as this one.",
			lines, func(c *Code) *[]string { return &c.Match }),
		form.Optional("subtypes", "Cases of the code that only the message tells.",
			form.List(subtypeFormat), func(c *Code) *[]Subtype { return &c.Subtypes }),
		form.Optional("causes", "Why it comes up.",
			form.List(causeFormat), func(c *Code) *[]Cause { return &c.Causes }),
		form.Optional("avoid", "How to keep it from happening.",
			form.List(proseText), func(c *Code) *[]string { return &c.Avoid }),
		form.Optional("fixes", "How to put it right.",
			form.List(proseText), func(c *Code) *[]string { return &c.Fixes }),
		form.Optional("examples", "Messages or requests as they stand.",
			form.List(form.Text), func(c *Code) *[]string { return &c.Examples }),
		form.Optional("since", "Version of the service that has the code first.",
			form.Line, func(c *Code) *string { return &c.Since }),
		form.Optional("deprecated", "The code is on its way out.",
			form.Pointer(f.deprecated()), func(c *Code) **Deprecated { return &c.Deprecated }),
		form.Optional("aliases", "Other spellings on the wire, without constants.",
			form.List(f.wire), func(c *Code) *[]string { return &c.Aliases }),
		form.Optional("renamed_from", "Former codes: still accepted, and their constants stay.",
			form.List(f.wire), func(c *Code) *[]string { return &c.RenamedFrom }),
		form.Optional("internal", "In Go, but in no docs.",
			form.Boolean, func(c *Code) *bool { return &c.Internal }),
	)
}

// addition is what a table adds to a code of the one that it extends.
func (f format) addition() form.Value[addition] {
	return form.Object("an addition", func(a *addition) *Entry { return &a.Entry },
		form.Required("code", "The code that is added to.",
			f.wire, func(a *addition) *string { return &a.Wire }),
		form.Optional("retry", "Stricter advice.",
			retryFormat, func(a *addition) *Retry { return &a.Retry }),
		form.Optional("match", "Further phrases.",
			lines, func(a *addition) *[]string { return &a.Match }),
		form.Optional("subtypes", "New sub-types, or additions to those that are there.",
			form.List(addedSubtypeFormat), func(a *addition) *[]Subtype { return &a.Subtypes }),
		form.Optional("causes", "Further causes.",
			form.List(causeFormat), func(a *addition) *[]Cause { return &a.Causes }),
		form.Optional("avoid", "Further ways to avoid it.",
			form.List(proseText), func(a *addition) *[]string { return &a.Avoid }),
		form.Optional("fixes", "Further fixes.",
			form.List(proseText), func(a *addition) *[]string { return &a.Fixes }),
		form.Optional("examples", "Further examples.",
			form.List(form.Text), func(a *addition) *[]string { return &a.Examples }),
		form.Optional("aliases", "Further spellings on the wire.",
			form.List(f.wire), func(a *addition) *[]string { return &a.Aliases }),
	)
}

var (
	subtypeFormat = subtypeWith(form.Required[Subtype, string])

	// addedSubtypeFormat is that of a new sub-type, or of additions to one, which
	// has its title already.
	addedSubtypeFormat = subtypeWith(form.Optional[Subtype, string])
)

func subtypeWith(title func(string, string, form.Value[string], func(*Subtype) *string) form.Field[Subtype]) form.Value[Subtype] {
	return form.Object("a sub-type", func(s *Subtype) *Entry { return &s.Entry },
		form.Required("name", "Name of the sub-type.",
			form.Name, func(s *Subtype) *string { return &s.Name }),
		title("title", "What it is called.",
			proseLine, func(s *Subtype) *string { return &s.Title }),
		form.Optional("description", "What it means, in one line.",
			proseLine, func(s *Subtype) *string { return &s.Description }),
		form.Optional("examples", "Real messages. Each has to reach this sub-type.",
			form.List(form.Text), func(s *Subtype) *[]string { return &s.Examples }),
		form.Optional("match", "Phrases: literal text with <num> and <any>, or <num:name> for a named value. Made from the examples if left out.",
			lines, func(s *Subtype) *[]string { return &s.Match }),
		form.Optional("fallback", "Stands for every message of the code that no phrase claims.",
			form.Boolean, func(s *Subtype) *bool { return &s.Fallback }),
		form.Optional("retry", "Advice where it differs from the code's. It may only be stricter.",
			retryFormat, func(s *Subtype) *Retry { return &s.Retry }),
	)
}

var retryFormat = form.Object("retry", func(r *Retry) *Entry { return &r.Entry },
	form.Optional("action", "fix: change the request first. retry: it may succeed now. wait: it may succeed later. resubmit: cancelled, a person decides. check: correct the reference. support: tell the service. never: permanent.",
		form.OneOf[Action]("an action", actionNames), func(r *Retry) *Action { return &r.Action }),
	form.Optional("automatic", "A program may repeat the unchanged request on its own; only with retry or wait.",
		form.Boolean, func(r *Retry) *bool { return &r.Automatic }),
	form.Optional("throttle", "It is a rate or concurrency limit.",
		form.Boolean, func(r *Retry) *bool { return &r.Throttle }),
	form.Optional("wait", "How long to wait before the same request; only with retry or wait.",
		waitFormat, func(r *Retry) *Wait { return &r.Wait }),
	form.Optional("advice", "What to do, for people: the cell of a table.",
		proseLine, func(r *Retry) *string { return &r.Advice }),
	form.Optional("hint", "Shorter than the advice, for the retry lists.",
		proseLine, func(r *Retry) *string { return &r.Hint }),
)

var waitFormat = form.Object("a wait", func(w *Wait) *Entry { return &w.Entry },
	form.Required("min", "At least this long, such as 30s.",
		form.Duration, func(w *Wait) *time.Duration { return &w.Min }),
	form.Required("max", "At most this long, such as 1m.",
		form.Duration, func(w *Wait) *time.Duration { return &w.Max }),
)

// causeFormat is text, or text with a title.
var causeFormat = form.New(func(d *form.Decoder, n *yaml.Node) (Cause, bool) {
	if n.Kind == yaml.MappingNode {
		return titledCause.Decode(d, n)
	}
	s, ok := proseText.Decode(d, n)
	return Cause{Entry: d.Entry(n), Text: s}, ok
}, form.Schema{AnyOf: []form.Schema{proseText.Schema(), titledCause.Schema()}})

var titledCause = form.Object("a cause", func(c *Cause) *Entry { return &c.Entry },
	form.Required("title", "The cause in a few words.",
		proseLine, func(c *Cause) *string { return &c.Title }),
	form.Required("text", "The cause.",
		proseText, func(c *Cause) *string { return &c.Text }),
)

func (f format) deprecated() form.Value[Deprecated] {
	return form.Object("deprecated", func(p *Deprecated) *Entry { return &p.Entry },
		form.Optional("since", "Version since which it is.",
			form.Line, func(p *Deprecated) *string { return &p.Since }),
		form.Optional("reason", "Why.",
			proseLine, func(p *Deprecated) *string { return &p.Reason }),
		form.Optional("replaced_by", "The code to use instead.",
			f.wire, func(p *Deprecated) *string { return &p.ReplacedBy }),
	)
}

func (f format) reserved() form.Value[Reserved] {
	return form.Object("a reserved entry", func(r *Reserved) *Entry { return &r.Entry },
		form.Optional("code", "A code.",
			f.wire, func(r *Reserved) *string { return &r.Code }),
		form.Optional("subtype", "A sub-type, as code/name.",
			subtypeRef, func(r *Reserved) *string { return &r.Subtype }),
		form.Optional("name", "A stem of Go identifiers.",
			form.Name, func(r *Reserved) *string { return &r.Name }),
		form.Optional("reason", "Why it must not come back.",
			proseLine, func(r *Reserved) *string { return &r.Reason }),
		form.Optional("since", "Version since which it is gone.",
			form.Line, func(r *Reserved) *string { return &r.Since }),
	)
}

func (f format) response() form.Value[Response] {
	return form.Object("response", func(r *Response) *Entry { return &r.Entry },
		form.Optional("example", "The documented JSON.",
			form.Text, func(r *Response) *string { return &r.Example }),
		form.Optional("http", "Codes of HTTP answers whose body names none, by status.",
			f.httpCodes(), func(r *Response) *[]HTTPCode { return &r.HTTP }),
		form.Optional("fields", "The fields of the answer, by path (error.code), in their order.",
			responseFields, func(r *Response) *[]Field { return &r.Fields }),
	)
}

// httpCodes is a mapping from HTTP status to code. JSON has only text for keys,
// so a quoted status is as good as a plain one.
func (f format) httpCodes() form.Value[[]HTTPCode] {
	return form.New(f.decodeHTTPCodes, form.Schema{Type: "object", Patterns: []form.Property{
		{Key: "^[1-5][0-9][0-9]$", Value: f.wire.Schema()},
	}})
}

func (f format) decodeHTTPCodes(d *form.Decoder, n *yaml.Node) ([]HTTPCode, bool) {
	if !d.Expect(n, yaml.MappingNode, "a mapping from HTTP status to code") {
		return nil, false
	}
	var codes []HTTPCode
	d.EachPair(n, "response.http", func(key, val *yaml.Node) {
		d.NoteBare(key)
		status, err := strconv.Atoi(key.Value)
		if err != nil || status < minHTTP || status > maxHTTP || len(key.Value) != 3 {
			d.Report(form.RuleValue, key, "write a number from 100 to 599", "%q is not an HTTP status", key.Value)
			return
		}
		if code, ok := f.wire.Decode(d, val); ok {
			codes = append(codes, HTTPCode{status, code})
		}
	})
	return codes, true
}

var fieldPath = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*$`)

// IsFieldPath reports whether a text is the path of a response field: names joined
// by dots.
func IsFieldPath(s string) bool { return fieldPath.MatchString(s) }

// responseFields is a mapping from path to field, in the order of the docs.
var responseFields = form.New(decodeFields, form.Schema{Type: "object", Patterns: []form.Property{
	{Key: fieldPath.String(), Value: fieldFormat.Schema()},
}})

func decodeFields(d *form.Decoder, n *yaml.Node) ([]Field, bool) {
	if !d.Expect(n, yaml.MappingNode, "a mapping from field to its description") {
		return nil, false
	}
	var fields []Field
	d.EachPair(n, "response.fields", func(key, val *yaml.Node) {
		if !IsFieldPath(key.Value) {
			d.Report(form.RuleValue, key, "join names of letters, digits, _ and - with dots", "%q is not the path of a field", key.Value)
			return
		}
		if f, ok := fieldFormat.Decode(d, val); ok {
			f.Path = key.Value
			fields = append(fields, f)
		}
	})
	return fields, true
}

var fieldFormat = form.Object("a field", func(f *Field) *Entry { return &f.Entry },
	form.Optional("role", "What the package needs the field for: id, status, model, code or message.",
		form.OneOf[Role]("a role", roleNames), func(f *Field) *Role { return &f.Role }),
	form.Optional("type", "Type of a field without a role: string (default), integer, number, boolean or any.",
		form.OneOf[FieldType]("a type", typeNames), func(f *Field) *FieldType { return &f.Type }),
	form.Optional("description", "What the field holds.",
		proseText, func(f *Field) *string { return &f.Description }),
	form.Optional("completed", "Of the status field: the values that mean success.",
		lines, func(f *Field) *[]string { return &f.Completed }),
	form.Optional("failed", "Of the status field: the values that mean failure.",
		lines, func(f *Field) *[]string { return &f.Failed }),
)

var pollingFormat = form.Object("polling", func(p *Polling) *Entry { return &p.Entry },
	form.Required("url", "Address of a task. It holds {id}.",
		form.URL, func(p *Polling) *string { return &p.URL }),
	form.Optional("auth", "How to authenticate: none or bearer.",
		form.OneOf[Auth]("a way to authenticate", authNames), func(p *Polling) *Auth { return &p.Auth }),
	form.Required("interval", "Time between two polls, such as 3s.",
		form.Duration, func(p *Polling) *time.Duration { return &p.Interval }),
)

var backoffFormat = form.Object("backoff", func(b *Backoff) *Entry { return &b.Entry },
	form.Optional("attempts", "Submissions in all, the first included.",
		form.Number(1, math.MaxInt32), func(b *Backoff) *int { return &b.Attempts }),
	form.Optional("initial", "The first pause, such as 5s.",
		form.Duration, func(b *Backoff) *time.Duration { return &b.Initial }),
	form.Optional("multiplier", "By how much each pause is longer than the one before.",
		form.Factor, func(b *Backoff) *float64 { return &b.Multiplier }),
	form.Optional("cap", "The longest pause.",
		form.Duration, func(b *Backoff) *time.Duration { return &b.Cap }),
)

// formatVersion decodes the version of the table format, which must be 1.
var formatVersion = form.New(decodeVersion, form.Schema{Const: 1})

func decodeVersion(d *form.Decoder, n *yaml.Node) (int, bool) {
	version, ok := form.Integer.Decode(d, n)
	if ok && version != 1 {
		d.Report(ruleVersion, n, "write 1, or use an errspec that knows this version", "format version %d is not known", version)
		return 0, false
	}
	return int(version), ok
}

// wireString decodes a code that the service sends as text.
var wireString = form.New(decodeWireString, form.Schema{Type: "string", Pattern: `^\S([^\n]*\S)?\n*$`})

func decodeWireString(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line.Decode(d, n)
	if ok && strings.TrimSpace(s) != s {
		d.Report(form.RuleValue, n, "remove the white space around it", "the code %q begins or ends with white space", s).Fix = d.Mend(n, strings.TrimSpace(s))
		return "", false
	}
	return s, ok
}

// wireInteger decodes a code that the service sends as a number.
var wireInteger = form.New(decodeWireInteger, form.Integer.Schema())

func decodeWireInteger(d *form.Decoder, n *yaml.Node) (string, bool) {
	number, ok := form.Integer.Decode(d, n)
	if !ok {
		return "", false
	}
	return strconv.FormatInt(number, 10), true
}

// wireAny decodes a code of either type.
var wireAny = form.New(func(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.ShortTag() == "!!int" {
		return wireInteger.Decode(d, n)
	}
	return wireString.Decode(d, n)
}, form.Schema{AnyOf: []form.Schema{wireString.Schema(), wireInteger.Schema()}})

var subtypePattern = lazyregexp.New(`^.+/[a-z][a-z0-9_]*$`)

// subtypeRef decodes "code/name".
var subtypeRef = form.New(decodeSubtypeRef, form.Schema{Type: "string", Pattern: `^[^\n]+/[a-z][a-z0-9_]*\n*$`})

func decodeSubtypeRef(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line.Decode(d, n)
	if ok && !subtypePattern.MatchString(s) {
		d.Report(form.RuleValue, n, "write the code, a slash and the sub-type's name", "%q is not a sub-type", s)
		return "", false
	}
	return s, ok
}
