package spec

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

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
		form.Required("errspec", formatVersion, func(t *Table) *int { return new(int) }),
		form.Required("name", form.Name, func(t *Table) *string { return &t.Name }),
		form.Required("title", proseLine, func(t *Table) *string { return &t.Title }),
		form.Optional("description", proseText, func(t *Table) *string { return &t.Description }),
		form.Optional("wire", form.OneOf[Wire]("a wire type", wireNames), func(t *Table) *Wire { return &t.Wire }),
		form.Optional("docs_url", form.URL, func(t *Table) *string { return &t.DocsURL }),
		form.Optional("extends", form.Line, func(t *Table) *string { return &t.Extends }),
		form.Optional("include", lines, func(t *Table) *[]string { return &t.Include }),
		form.Optional("unknown", f.wire, func(t *Table) *string { return &t.Unknown }),
		form.Optional("response", form.Pointer(f.response()), func(t *Table) **Response { return &t.Response }),
		form.Optional("polling", form.Pointer(pollingFormat), func(t *Table) **Polling { return &t.Polling }),
		form.Optional("backoff", backoffFormat, func(t *Table) *Backoff { return &t.Backoff }),
		form.Optional("classes", form.List(classFormat), func(t *Table) *[]Class { return &t.Classes }),
		codes("codes", form.List(f.code()), func(t *Table) *[]Code { return &t.Codes }),
		form.Optional("extend", form.List(f.addition()), func(t *Table) *[]addition { return &t.additions }),
		form.Optional("reserved", form.List(f.reserved()), func(t *Table) *[]Reserved { return &t.Reserved }),
	)
}

// include is a file that another table includes.
func (f format) include() form.Value[Table] {
	return form.Object("an included file", func(t *Table) *Entry { return &t.Entry },
		form.Required("codes", form.List(f.code()), func(t *Table) *[]Code { return &t.Codes }),
	)
}

var classFormat = form.Object("a class", func(c *Class) *Entry { return &c.Entry },
	form.Required("name", form.Name, func(c *Class) *string { return &c.Name }),
	form.Required("title", proseLine, func(c *Class) *string { return &c.Title }),
	form.Optional("description", proseLine, func(c *Class) *string { return &c.Description }),
	form.Optional("fault", form.OneOf[Fault]("a fault", faultNames), func(c *Class) *Fault { return &c.Fault }),
	form.Optional("retry", retryFormat, func(c *Class) *Retry { return &c.Retry }),
)

func (f format) code() form.Value[Code] {
	return form.Object("a code", func(c *Code) *Entry { return &c.Entry },
		form.Required("code", f.wire, func(c *Code) *string { return &c.Wire }),
		form.Optional("name", form.Name, func(c *Code) *string { return &c.Name }),
		form.Required("title", proseLine, func(c *Code) *string { return &c.Title }),
		form.Optional("class", form.Name, func(c *Code) *string { return &c.Class }),
		form.Required("description", proseLine, func(c *Code) *string { return &c.Description }),
		form.Optional("details", proseText, func(c *Code) *string { return &c.Details }),
		form.Optional("retry", retryFormat, func(c *Code) *Retry { return &c.Retry }),
		form.Optional("http", form.Number(minHTTP, maxHTTP), func(c *Code) *int { return &c.HTTP }),
		form.Optional("grpc", form.OneWord("a gRPC status", grpcNames), func(c *Code) *string { return &c.GRPC }),
		form.Optional("match", lines, func(c *Code) *[]string { return &c.Match }),
		form.Optional("subtypes", form.List(subtypeFormat), func(c *Code) *[]Subtype { return &c.Subtypes }),
		form.Optional("causes", form.List(causeFormat), func(c *Code) *[]Cause { return &c.Causes }),
		form.Optional("avoid", form.List(proseText), func(c *Code) *[]string { return &c.Avoid }),
		form.Optional("fixes", form.List(proseText), func(c *Code) *[]string { return &c.Fixes }),
		form.Optional("examples", form.List(form.Text), func(c *Code) *[]string { return &c.Examples }),
		form.Optional("since", form.Line, func(c *Code) *string { return &c.Since }),
		form.Optional("deprecated", form.Pointer(f.deprecated()), func(c *Code) **Deprecated { return &c.Deprecated }),
		form.Optional("aliases", form.List(f.wire), func(c *Code) *[]string { return &c.Aliases }),
		form.Optional("renamed_from", form.List(f.wire), func(c *Code) *[]string { return &c.RenamedFrom }),
		form.Optional("internal", form.Boolean, func(c *Code) *bool { return &c.Internal }),
	)
}

// addition is what a table adds to a code of the one that it extends.
func (f format) addition() form.Value[addition] {
	return form.Object("an addition", func(a *addition) *Entry { return &a.Entry },
		form.Required("code", f.wire, func(a *addition) *string { return &a.Wire }),
		form.Optional("retry", retryFormat, func(a *addition) *Retry { return &a.Retry }),
		form.Optional("match", lines, func(a *addition) *[]string { return &a.Match }),
		form.Optional("subtypes", form.List(addedSubtypeFormat), func(a *addition) *[]Subtype { return &a.Subtypes }),
		form.Optional("causes", form.List(causeFormat), func(a *addition) *[]Cause { return &a.Causes }),
		form.Optional("avoid", form.List(proseText), func(a *addition) *[]string { return &a.Avoid }),
		form.Optional("fixes", form.List(proseText), func(a *addition) *[]string { return &a.Fixes }),
		form.Optional("examples", form.List(form.Text), func(a *addition) *[]string { return &a.Examples }),
		form.Optional("aliases", form.List(f.wire), func(a *addition) *[]string { return &a.Aliases }),
	)
}

var (
	subtypeFormat = subtypeWith(form.Required[Subtype, string])

	// addedSubtypeFormat is that of a new sub-type, or of additions to one, which
	// has its title already.
	addedSubtypeFormat = subtypeWith(form.Optional[Subtype, string])
)

func subtypeWith(title func(string, form.Value[string], func(*Subtype) *string) form.Field[Subtype]) form.Value[Subtype] {
	return form.Object("a sub-type", func(s *Subtype) *Entry { return &s.Entry },
		form.Required("name", form.Name, func(s *Subtype) *string { return &s.Name }),
		title("title", proseLine, func(s *Subtype) *string { return &s.Title }),
		form.Optional("description", proseLine, func(s *Subtype) *string { return &s.Description }),
		form.Optional("examples", form.List(form.Text), func(s *Subtype) *[]string { return &s.Examples }),
		form.Optional("match", lines, func(s *Subtype) *[]string { return &s.Match }),
		form.Optional("fallback", form.Boolean, func(s *Subtype) *bool { return &s.Fallback }),
		form.Optional("retry", retryFormat, func(s *Subtype) *Retry { return &s.Retry }),
	)
}

var retryFormat = form.Object("retry", func(r *Retry) *Entry { return &r.Entry },
	form.Optional("action", form.OneOf[Action]("an action", actionNames), func(r *Retry) *Action { return &r.Action }),
	form.Optional("automatic", form.Boolean, func(r *Retry) *bool { return &r.Automatic }),
	form.Optional("throttle", form.Boolean, func(r *Retry) *bool { return &r.Throttle }),
	form.Optional("wait", waitFormat, func(r *Retry) *Wait { return &r.Wait }),
	form.Optional("advice", proseLine, func(r *Retry) *string { return &r.Advice }),
	form.Optional("hint", proseLine, func(r *Retry) *string { return &r.Hint }),
)

var waitFormat = form.Object("a wait", func(w *Wait) *Entry { return &w.Entry },
	form.Required("min", form.Duration, func(w *Wait) *time.Duration { return &w.Min }),
	form.Required("max", form.Duration, func(w *Wait) *time.Duration { return &w.Max }),
)

// causeFormat is text, or text with a title.
func causeFormat(d *form.Decoder, n *yaml.Node) (Cause, bool) {
	if n.Kind == yaml.MappingNode {
		return titledCause(d, n)
	}
	s, ok := proseText(d, n)
	return Cause{Entry: d.Entry(n), Text: s}, ok
}

var titledCause = form.Object("a cause", func(c *Cause) *Entry { return &c.Entry },
	form.Required("title", proseLine, func(c *Cause) *string { return &c.Title }),
	form.Required("text", proseText, func(c *Cause) *string { return &c.Text }),
)

func (f format) deprecated() form.Value[Deprecated] {
	return form.Object("deprecated", func(p *Deprecated) *Entry { return &p.Entry },
		form.Optional("since", form.Line, func(p *Deprecated) *string { return &p.Since }),
		form.Optional("reason", proseLine, func(p *Deprecated) *string { return &p.Reason }),
		form.Optional("replaced_by", f.wire, func(p *Deprecated) *string { return &p.ReplacedBy }),
	)
}

func (f format) reserved() form.Value[Reserved] {
	return form.Object("a reserved entry", func(r *Reserved) *Entry { return &r.Entry },
		form.Optional("code", f.wire, func(r *Reserved) *string { return &r.Code }),
		form.Optional("subtype", subtypeRef, func(r *Reserved) *string { return &r.Subtype }),
		form.Optional("name", form.Name, func(r *Reserved) *string { return &r.Name }),
		form.Optional("reason", proseLine, func(r *Reserved) *string { return &r.Reason }),
		form.Optional("since", form.Line, func(r *Reserved) *string { return &r.Since }),
	)
}

func (f format) response() form.Value[Response] {
	return form.Object("response", func(r *Response) *Entry { return &r.Entry },
		form.Optional("example", form.Text, func(r *Response) *string { return &r.Example }),
		form.Optional("http", f.httpCodes, func(r *Response) *[]HTTPCode { return &r.HTTP }),
		form.Optional("fields", responseFields, func(r *Response) *[]Field { return &r.Fields }),
	)
}

// httpCodes is a mapping from HTTP status to code. JSON has only text for keys,
// so a quoted status is as good as a plain one.
func (f format) httpCodes(d *form.Decoder, n *yaml.Node) ([]HTTPCode, bool) {
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
		if code, ok := f.wire(d, val); ok {
			codes = append(codes, HTTPCode{status, code})
		}
	})
	return codes, true
}

var fieldPath = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z_][A-Za-z0-9_-]*)*$`)

// responseFields is a mapping from path to field, in the order of the docs.
func responseFields(d *form.Decoder, n *yaml.Node) ([]Field, bool) {
	if !d.Expect(n, yaml.MappingNode, "a mapping from field to its description") {
		return nil, false
	}
	var fields []Field
	d.EachPair(n, "response.fields", func(key, val *yaml.Node) {
		if !fieldPath.MatchString(key.Value) {
			d.Report(form.RuleValue, key, "join names of letters, digits, _ and - with dots", "%q is not the path of a field", key.Value)
			return
		}
		if f, ok := fieldFormat(d, val); ok {
			f.Path = key.Value
			fields = append(fields, f)
		}
	})
	return fields, true
}

var fieldFormat = form.Object("a field", func(f *Field) *Entry { return &f.Entry },
	form.Optional("role", form.OneOf[Role]("a role", roleNames), func(f *Field) *Role { return &f.Role }),
	form.Optional("type", form.OneOf[FieldType]("a type", typeNames), func(f *Field) *FieldType { return &f.Type }),
	form.Optional("description", proseText, func(f *Field) *string { return &f.Description }),
	form.Optional("completed", lines, func(f *Field) *[]string { return &f.Completed }),
	form.Optional("failed", lines, func(f *Field) *[]string { return &f.Failed }),
)

var pollingFormat = form.Object("polling", func(p *Polling) *Entry { return &p.Entry },
	form.Required("url", form.URL, func(p *Polling) *string { return &p.URL }),
	form.Optional("auth", form.OneOf[Auth]("a way to authenticate", authNames), func(p *Polling) *Auth { return &p.Auth }),
	form.Required("interval", form.Duration, func(p *Polling) *time.Duration { return &p.Interval }),
)

var backoffFormat = form.Object("backoff", func(b *Backoff) *Entry { return &b.Entry },
	form.Optional("attempts", form.Number(1, math.MaxInt32), func(b *Backoff) *int { return &b.Attempts }),
	form.Optional("initial", form.Duration, func(b *Backoff) *time.Duration { return &b.Initial }),
	form.Optional("multiplier", form.Factor, func(b *Backoff) *float64 { return &b.Multiplier }),
	form.Optional("cap", form.Duration, func(b *Backoff) *time.Duration { return &b.Cap }),
)

// formatVersion decodes the version of the table format, which must be 1.
func formatVersion(d *form.Decoder, n *yaml.Node) (int, bool) {
	version, ok := form.Integer(d, n)
	if ok && version != 1 {
		d.Report(ruleVersion, n, "write 1, or use an errspec that knows this version", "format version %d is not known", version)
		return 0, false
	}
	return int(version), ok
}

// wireString decodes a code that the service sends as text.
func wireString(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line(d, n)
	if ok && strings.TrimSpace(s) != s {
		d.Report(form.RuleValue, n, "remove the white space around it", "the code %q begins or ends with white space", s).Fix = d.Mend(n, strings.TrimSpace(s))
		return "", false
	}
	return s, ok
}

// wireInteger decodes a code that the service sends as a number.
func wireInteger(d *form.Decoder, n *yaml.Node) (string, bool) {
	number, ok := form.Integer(d, n)
	if !ok {
		return "", false
	}
	return strconv.FormatInt(number, 10), true
}

// wireAny decodes a code of either type.
func wireAny(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.ShortTag() == "!!int" {
		return wireInteger(d, n)
	}
	return wireString(d, n)
}

var subtypePattern = regexp.MustCompile(`^.+/[a-z][a-z0-9_]*$`)

// subtypeRef decodes "code/name".
func subtypeRef(d *form.Decoder, n *yaml.Node) (string, bool) {
	s, ok := form.Line(d, n)
	if ok && !subtypePattern.MatchString(s) {
		d.Report(form.RuleValue, n, "write the code, a slash and the sub-type's name", "%q is not a sub-type", s)
		return "", false
	}
	return s, ok
}
