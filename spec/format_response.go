package spec

import (
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
)

func (f format) response() form.Value[Response] {
	return form.Object("response", func(r *Response) *Entry { return &r.Entry },
		form.Optional("send", "Form of the responses that the service sends: own for the first field of each role, problem for RFC 9457. Clients must read each of them as its code and subtype.",
			form.OneWord("a form", []string{SendOwn, SendProblem}), func(r *Response) *string { return &r.Send }),
		form.Optional("http", "Codes for HTTP responses that contain no listed code, by HTTP status.",
			f.httpCodes(), func(r *Response) *[]HTTPCode { return &r.HTTP }),
		form.Optional("headers", "Headers of the response by name, which is not case-sensitive.",
			responseHeaders, func(r *Response) *[]Field { return &r.Headers }),
		form.Optional("fields", "Fields of the body by path, such as error.code or errors[].code. Of several fields with one role, the first one that the response has counts.",
			responseFields, func(r *Response) *[]Field { return &r.Fields }),
		form.Optional("examples", "Example responses. Each must decode to the meaning under gives:.",
			form.List(f.responseExample()), func(r *Response) *[]Example { return &r.Examples }).FormerlyText("example", "name: error response", "body"),
	)
}

// httpCodes is a mapping from HTTP status to code. JSON has only text for keys,
// so a quoted status is as good as a plain one.
func (f format) httpCodes() form.Value[[]HTTPCode] {
	return form.WithSchema(f.decodeHTTPCodes, func() form.Schema {
		return form.Schema{Type: "object", Patterns: []form.Property{{Key: "^[1-5][0-9][0-9]$", Value: f.wire.Schema()}}}
	})
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
			d.Report(form.RuleValue, key, "write a number from 100 to 599", "invalid HTTP status %q", key.Value)
			return
		}
		if code, ok := f.wire.Decode(d, val); ok {
			codes = append(codes, HTTPCode{status, code, d.Entry(val).At()})
		}
	})
	return codes, true
}

// pathKey is a key of JSON objects in paths, with [] after that of an array, twice after that of
// an array of arrays.
const pathKey = `[A-Za-z0-9_@$]([A-Za-z0-9_@$:/ -]*[A-Za-z0-9_@$:/-])?(\[\])*`

var fieldPath = lazyregexp.New(`^` + pathKey + `(\.` + pathKey + `)*$`)

// IsFieldPath reports whether s is the path of a response field: keys joined by dots, with []
// after the keys of arrays.
func IsFieldPath(s string) bool { return fieldPath.MatchString(s) }

// responseFields is a mapping from path to field, in the order of the docs.
var responseFields = form.WithSchema(func(d *form.Decoder, n *yaml.Node) ([]Field, bool) {
	return decodeFields(d, n, "response.fields", IsFieldPath,
		"separate keys with dots, and write [] after the key of an array; a key contains letters, digits, spaces and _ - @ $ : /", "invalid field path %q")
}, func() form.Schema {
	return form.Schema{Type: "object", Patterns: []form.Property{{Key: fieldPath.String(), Value: fieldFormat.Schema()}}}
})

// headerName is a token, RFC 9110 section 5.6.2.
var headerName = lazyregexp.New("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

const helpHeader = "write the name of an HTTP header, such as Retry-After"

// responseHeaders is a mapping from header to field, in the order of the docs.
var responseHeaders = form.WithSchema(func(d *form.Decoder, n *yaml.Node) ([]Field, bool) {
	return decodeFields(d, n, "response.headers", headerName.MatchString, helpHeader, "invalid header name %q")
}, func() form.Schema {
	return form.Schema{Type: "object", Patterns: []form.Property{{Key: headerName.String(), Value: fieldFormat.Schema()}}}
})

func decodeFields(d *form.Decoder, n *yaml.Node, what string, valid func(string) bool, help, problem string) ([]Field, bool) {
	if !d.Expect(n, yaml.MappingNode, "a mapping from field to its description") {
		return nil, false
	}
	var fields []Field
	d.EachPair(n, what, func(key, val *yaml.Node) {
		if !valid(key.Value) {
			d.Report(form.RuleValue, key, help, problem, key.Value)
			return
		}
		if f, ok := fieldFormat.Decode(d, val); ok {
			f.Path, f.PathAt = key.Value, d.Entry(key).At()
			fields = append(fields, f)
		}
	})
	return fields, true
}

var fieldFormat = form.Object("a field", func(f *Field) *Entry { return &f.Entry },
	form.Optional("role", "Meaning of the field: code, message, subtype, param, request_id, retry_after, retryable, success or failure; of a task also id, status or model.",
		form.OneOf[Role]("a role", roleNames), func(f *Field) *Role { return &f.Role }),
	form.Optional("type", "Type of a field without a role: string, integer, number, boolean or any. Default: string.",
		form.OneOf[FieldType]("a type", typeNames), func(f *Field) *FieldType { return &f.Type }),
	form.Optional("description", "Description of the field.",
		proseText, func(f *Field) *string { return &f.Description }),
	form.Optional("when", "Conditions. Unless all are fulfilled, the field is ignored.",
		conditions, func(f *Field) *[]Condition { return &f.When }),
	form.Optional("ok", "Of a code or success: values that mean that there is no error. Default: true for success.",
		scalars, func(f *Field) *[]string { return &f.OK }),
	form.Optional("cut", "Of a code: the part of the value that counts.",
		cutFormat, func(f *Field) *Cut { return &f.Cut }),
	form.Optional("unit", "Of a retry_after: ms for milliseconds, epoch for a Unix time. Default: seconds.",
		form.OneWord("a unit", []string{"ms", "epoch"}), func(f *Field) *string { return &f.Unit }),
	form.Optional("match", "Of a retry_after: a phrase with one <num>, the delay, such as \"retry after <num> seconds\".",
		form.Line, func(f *Field) *string { return &f.Match }),
	form.Optional("running", "Of a status: values that mean that the task has not ended. Default: all that mean nothing else.",
		scalars, func(f *Field) *[]string { return &f.Running }),
	form.Optional("completed", "Of a status: values that mean that the task succeeded.",
		scalars, func(f *Field) *[]string { return &f.Completed }),
	form.Optional("failed", "Of a status: values that mean that the task failed.",
		scalars, func(f *Field) *[]string { return &f.Failed }),
)

var cutFormat = form.Object("cut", func(c *Cut) *Entry { return &c.Entry },
	form.Optional("after", "Text before the part.",
		form.Line, func(c *Cut) *string { return &c.After }),
	form.Optional("before", "Text after the part.",
		form.Line, func(c *Cut) *string { return &c.Before }),
)

// scalar is a value of a response as JSON or a header has it: text, a number or a boolean.
var (
	scalarSchema = form.Schema{AnyOf: []form.Schema{{Type: "string", Pattern: `^[^\n]*\S[^\n]*\n*$`}, {Type: "number"}, {Type: "boolean"}}}
	scalar       = form.New(decodeScalar, scalarSchema)
	scalars      = form.List(scalar)
	prefixes     = form.List(form.Line)
)

// decodeScalar decodes a value of a response. Numbers and dates stand for themselves, as
// written; booleans are in lower case, as in JSON. Quotes make no difference, because the type
// in the response makes none. Null and "" are no values in a response.
func decodeScalar(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		return form.Line.Decode(d, n)
	}
	d.NoteBare(n)
	switch n.ShortTag() {
	case "!!int", "!!float", "!!timestamp":
		return n.Value, true
	case "!!bool":
		return strings.ToLower(n.Value), true
	}
	return form.Line.Decode(d, n)
}

// conditions is a mapping from a field, a header or http to one value or a list of them.
var conditions = form.WithSchema(decodeConditions, func() form.Schema {
	value := form.Schema{AnyOf: append([]form.Schema{scalars.Schema()}, scalarSchema.AnyOf...)}
	return form.Schema{Type: "object", Patterns: []form.Property{{Key: `^[A-Za-z0-9_@$!#%&'*+.^|~-]`, Value: value}}}
})

func decodeConditions(d *form.Decoder, n *yaml.Node) ([]Condition, bool) {
	if !d.Expect(n, yaml.MappingNode, "a mapping from field to values") {
		return nil, false
	}
	var all []Condition
	good := true
	d.EachPair(n, "when", func(key, val *yaml.Node) {
		c := Condition{Name: key.Value}
		ok := false
		if val.Kind == yaml.SequenceNode {
			c.Values, ok = scalars.Decode(d, val)
		} else {
			var value string
			value, ok = scalar.Decode(d, val)
			c.Values = []string{value}
		}
		if good = good && ok; ok {
			all = append(all, c)
		}
	})
	return all, good
}

// responseExample is a response and its meaning.
func (f format) responseExample() form.Value[Example] {
	return form.Object("an example", func(e *Example) *Entry { return &e.Entry },
		form.Required("name", "Name of the example.",
			proseLine, func(e *Example) *string { return &e.Name }),
		form.Optional("call", "plain for the response to a request that is not about a task.",
			form.OneWord("a call", []string{"plain"}), func(e *Example) *string { return &e.Call }),
		form.Optional("http", "HTTP status. Default: 200.",
			form.Number(minHTTP, maxHTTP), func(e *Example) *int { return &e.HTTP }),
		form.Optional("headers", "HTTP headers.",
			headerValues, func(e *Example) *[]HeaderValue { return &e.Headers }),
		form.Optional("body", "Body of the response.",
			bodyText, func(e *Example) *string { return &e.Body }),
		form.Optional("gives", "Meaning of the response. Only the given keys are compared.",
			f.gives(), func(e *Example) *Gives { return &e.Gives }),
	)
}

// bodyText decodes a body. It is text even if it is JSON, which YAML reads as a mapping.
var bodyText = form.WithSchema(func(d *form.Decoder, n *yaml.Node) (string, bool) {
	if n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode {
		d.Report(form.RuleType, n, "write the body as text, in single quotes or after |", "expected text, got a mapping or list")
		return "", false
	}
	return form.Text.Decode(d, n)
}, form.Text.Schema)

// headerValues is a mapping from header to value.
var headerValues = form.New(func(d *form.Decoder, n *yaml.Node) ([]HeaderValue, bool) {
	if !d.Expect(n, yaml.MappingNode, "a mapping from header to value") {
		return nil, false
	}
	var all []HeaderValue
	d.EachPair(n, "headers", func(key, val *yaml.Node) {
		if !headerName.MatchString(key.Value) {
			d.Report(form.RuleValue, key, helpHeader, "invalid header name %q", key.Value)
			return
		}
		if value, ok := scalar.Decode(d, val); ok {
			all = append(all, HeaderValue{key.Value, value})
		}
	})
	return all, true
}, form.Schema{Type: "object", Patterns: []form.Property{{Key: headerName.String(), Value: scalarSchema}}})

func (f format) gives() form.Value[Gives] {
	code := f.wire
	if f.integer {
		code = wireAny // an unlisted code may be sent as text
	}
	return form.Object("gives", func(g *Gives) *Entry { return &g.Entry },
		form.Optional("outcome", "ok, running, failed (a task), error or unreadable.",
			form.OneWord("an outcome", []string{"ok", "running", "failed", "error", "unreadable"}), func(g *Gives) *string { return &g.Outcome }),
		form.Optional("code", "The code, as the table lists it, or as sent.",
			code, func(g *Gives) *string { return &g.Code }),
		form.Optional("known", "Whether the table lists the code.",
			form.Pointer(form.Boolean), func(g *Gives) **bool { return &g.Known }),
		form.Optional("subtype", "Name of the subtype, without its code.",
			form.Name, func(g *Gives) *string { return &g.Subtype }),
		form.Optional("message", "The message.",
			form.Text, func(g *Gives) *string { return &g.Message }),
		form.Optional("task", "ID of the task.",
			scalar, func(g *Gives) *string { return &g.Task }),
		form.Optional("param", "Name of the parameter.",
			scalar, func(g *Gives) *string { return &g.Param }),
		form.Optional("request_id", "ID of the request.",
			scalar, func(g *Gives) *string { return &g.RequestID }),
		form.Optional("retry_after", "Delay that the service asks for, such as 30s.",
			form.Pointer(form.Duration), func(g *Gives) **time.Duration { return &g.RetryAfter }),
		form.Optional("automatic", "Whether clients may retry automatically.",
			form.Pointer(form.Boolean), func(g *Gives) **bool { return &g.Automatic }),
	)
}
