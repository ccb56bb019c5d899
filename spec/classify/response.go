package classify

import (
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/response"
)

// NewReader returns the reader of a table's responses. It returns nil if the table describes
// no errors in responses: no field with a code or a message, and no code for an HTTP status.
// The error joins all errors of the description; a valid table has none.
func NewReader(t *spec.Table) (*response.Reader, error) {
	r := t.Response
	if r == nil {
		return nil, nil
	}
	_, code := r.Source(spec.RoleCode)
	_, message := r.Source(spec.RoleMessage)
	if !code && !message && len(r.HTTP) == 0 {
		return nil, nil
	}
	return response.Compile(Describe(t))
}

// ReadExample returns the meaning of an example of a table.
func ReadExample(r *response.Reader, e *spec.Example) response.Reading {
	call := response.TaskCall
	if e.Call == "plain" {
		call = response.PlainCall
	}
	return r.Read(call, e.Status(), headerOf(e), []byte(e.Body))
}

func headerOf(e *spec.Example) map[string][]string {
	header := make(map[string][]string)
	for _, h := range e.Headers {
		header[h.Name] = append(header[h.Name], h.Value)
	}
	return header
}

// FieldsOf returns the fields and the headers of a table that an example contains. r is the
// reader of the table.
func FieldsOf(r *response.Reader, t *spec.Table, e *spec.Example) (fields, headers []*spec.Field) {
	for i, has := range r.Has(e.Status(), headerOf(e), []byte(e.Body)) {
		switch n := len(t.Response.Fields); {
		case !has:
		case i < n:
			fields = append(fields, &t.Response.Fields[i])
		default:
			headers = append(headers, &t.Response.Headers[i-n])
		}
	}
	return fields, headers
}

// Describe returns the description of a table's responses. Codes and subtypes have the same
// indexes as in the table.
func Describe(t *spec.Table) response.Description {
	d := response.Description{Integer: t.Wire == spec.WireInteger}
	if r := t.Response; r != nil {
		d.Fields, d.Headers = describeFields(r.Fields), describeFields(r.Headers)
		for _, h := range r.HTTP {
			d.HTTP = append(d.HTTP, response.HTTPCode{Status: h.Status, Code: h.Code})
		}
	}
	for i := range t.Codes {
		d.Codes = append(d.Codes, describeCode(&t.Codes[i]))
	}
	if k := t.Idempotency; k != nil {
		for i := range d.Codes {
			d.Codes[i].Pending = slices.ContainsFunc(k.Pending, func(wire string) bool {
				c, ok := t.Code(wire)
				return ok && c == &t.Codes[i]
			})
		}
	}
	return d
}

func describeFields(fields []spec.Field) []response.Field {
	var all []response.Field
	for _, f := range fields {
		described := response.Field{
			Path: f.Path, When: describeConditions(f.When), OK: f.OK, CutAfter: f.Cut.After, CutBefore: f.Cut.Before,
			Unit: f.Unit, Match: f.Match, Completed: f.Completed, Failed: f.Failed, Running: f.Running,
		}
		if f.Role != spec.RoleNone {
			described.Role = response.Role(f.Role.String())
		}
		all = append(all, described)
	}
	return all
}

func describeCode(c *spec.Code) response.Code {
	code := response.Code{
		Wire: c.Wire, Aliases: slices.Concat(c.Aliases, c.RenamedFrom), Prefixes: c.Prefixes, When: describeConditions(c.When), Match: c.Match,
		Automatic: c.Retry.Automatic, Wait: c.Retry.Wait.Min, LongestWait: c.Retry.Wait.Max, NotCharged: c.Charged == spec.ChargedNo,
	}
	for _, s := range c.Subtypes {
		code.Subtypes = append(code.Subtypes, response.Subtype{
			Name: s.Name, Values: s.Values, When: describeConditions(s.When), Match: s.Match, Fallback: s.Fallback,
			Automatic: s.Retry.Automatic, Wait: s.Retry.Wait.Min, LongestWait: s.Retry.Wait.Max,
		})
	}
	return code
}

func describeConditions(when []spec.Condition) []response.Condition {
	var all []response.Condition
	for _, c := range when {
		all = append(all, response.Condition{Name: c.Name, Values: c.Values})
	}
	return all
}
