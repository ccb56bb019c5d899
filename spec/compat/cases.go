package compat

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/response"
)

// A responseCase is a response by which two tables are compared: an example of one of them, or a
// response generated for a part of its description.
type responseCase struct {
	name    string
	example *spec.Example
	at      diag.Location // of the example or part
	old     bool          // whether it is of the old table
	shared  bool          // whether the part, or all fields of the example, are in both tables
}

// cases returns the responses of a table: its examples, and at least one response for each value,
// code and condition of its description. reader reads the table's responses.
func (c *comparison) cases(t, other *spec.Table, reader *response.Reader) []responseCase {
	if t.Response == nil {
		return nil
	}
	m := caseBuilder{table: t, other: other, old: t == c.old}
	for i := range t.Response.Examples {
		e := &t.Response.Examples[i]
		m.cases = append(m.cases, responseCase{fmt.Sprintf("example %s", e.Name), e, e.At(), m.old, m.sharesFields(reader, e)})
	}
	for _, sent := range classify.Sent(t) {
		m.cases = append(m.cases, responseCase{sent.Name, &sent.Example, sent.Code.At(), m.old, m.sharesFields(reader, &sent.Example)})
	}
	for _, header := range []bool{false, true} {
		fields := t.Response.Fields
		if header {
			fields = t.Response.Headers
		}
		for i := range fields {
			m.field(&fields[i], header)
		}
	}
	for _, h := range t.Response.HTTP {
		m.add(fmt.Sprintf("HTTP %d", h.Status), h.Status, h.At, true)
	}
	for i := range t.Codes {
		m.code(&t.Codes[i])
	}
	return m.cases
}

// A caseBuilder generates the responses of a table.
type caseBuilder struct {
	table, other *spec.Table
	old          bool
	cases        []responseCase
}

// sharesFields reports whether the other table has all fields with a role that an example contains.
func (m *caseBuilder) sharesFields(reader *response.Reader, e *spec.Example) bool {
	fields, headers := classify.FieldsOf(reader, m.table, e)
	missing := func(header bool) func(*spec.Field) bool {
		return func(f *spec.Field) bool {
			_, ok := sameField(m.other.Response, f, header)
			return f.Role != spec.RoleNone && !ok
		}
	}
	return !slices.ContainsFunc(fields, missing(false)) && !slices.ContainsFunc(headers, missing(true))
}

// A value is the value of a field or header in a response.
type value struct {
	path   string
	header bool
	text   string
}

// add adds a response with the values, unless their paths conflict.
func (m *caseBuilder) add(name string, status int, at diag.Location, shared bool, values ...value) {
	e := &spec.Example{Name: name, HTTP: status}
	body := make(map[string]any)
	for _, v := range values {
		if v.header {
			e.Headers = append(e.Headers, spec.HeaderValue{Name: v.path, Value: v.text})
		} else if !put(body, strings.Split(v.path, "."), v.text) {
			return
		}
	}
	text, err := json.Marshal(body)
	if err != nil {
		return
	}
	e.Body = string(text)
	m.cases = append(m.cases, responseCase{name, e, at, m.old, shared})
}

// put sets a value in an object. It returns false if the path already has a value.
func put(in map[string]any, keys []string, text string) bool {
	key := strings.TrimRight(keys[0], "[]")
	arrays := strings.Count(keys[0], "[]")
	var leaf any = text
	if json.Valid([]byte(text)) {
		leaf = json.RawMessage(text)
	}
	if len(keys) > 1 {
		inner, old := map[string]any{}, in[key]
		for list, ok := old.([]any); ok; list, ok = old.([]any) {
			old = list[0]
		}
		if known, ok := old.(map[string]any); ok {
			inner = known
		} else if old != nil {
			return false
		}
		if !put(inner, keys[1:], text) {
			return false
		}
		leaf = inner
	} else if in[key] != nil {
		return false
	}
	for range arrays {
		leaf = []any{leaf}
	}
	in[key] = leaf
	return true
}

// field adds responses that contain a field.
func (m *caseBuilder) field(f *spec.Field, header bool) {
	own, ok := m.fulfilled(f.When)
	if !ok {
		return
	}
	_, shared := sameField(m.other.Response, f, header)
	add := func(status int, text string, more ...value) {
		values := append(slices.Clone(own.values), more...)
		values = append(values, value{f.Path, header, text})
		m.add(fmt.Sprintf("%s: %s, HTTP %d", f.Path, text, cmp.Or(own.status, status)), cmp.Or(own.status, status), f.PathAt, shared, values...)
	}
	for _, text := range slices.Concat(f.OK, f.Running, f.Completed, f.Failed) {
		add(200, text)
	}
	switch f.Role {
	case spec.RoleCode:
		for _, code := range m.codes() {
			add(200, f.Cut.After+code+f.Cut.Before)
			add(400, f.Cut.After+code+f.Cut.Before)
		}
	case spec.RoleStatus:
		add(200, "another")
	case spec.RoleSuccess:
		add(200, "false")
	case spec.RoleFailure:
		add(200, "failure")
	case spec.RoleID:
		add(200, "task-1")
	case spec.RoleRetryable:
		for _, code := range m.codes() {
			if at, ok := m.codeField(code); ok {
				add(400, "false", at)
				add(400, "true", at)
			}
		}
	case spec.RoleRetryAfter:
		add(429, strings.ReplaceAll(cmp.Or(f.Match, "<num>"), "<num>", "7"))
	case spec.RoleMessage, spec.RoleParam, spec.RoleRequestID:
		add(400, "text")
	}
}

// codes returns two codes as representatives: the first automatic code, and the first code that
// is not automatic.
func (m *caseBuilder) codes() []string {
	var codes []string
	for _, automatic := range []bool{true, false} {
		i := slices.IndexFunc(m.table.Codes, func(c spec.Code) bool { return c.Retry.Automatic == automatic && !c.HasStricterSubtype() })
		if i >= 0 {
			codes = append(codes, m.table.Codes[i].Wire)
		}
	}
	return codes
}

// codeField returns the first field with a code that has no conditions, with the given code as
// its value.
func (m *caseBuilder) codeField(code string) (value, bool) {
	for _, header := range []bool{false, true} {
		fields := m.table.Response.Fields
		if header {
			fields = m.table.Response.Headers
		}
		for i := range fields {
			if f := &fields[i]; f.Role == spec.RoleCode && len(f.When) == 0 {
				return value{f.Path, header, f.Cut.After + code + f.Cut.Before}, true
			}
		}
	}
	return value{}, false
}

// code adds responses for the prefixes and conditions of a code, and for the conditions and
// values of its subtypes.
func (m *caseBuilder) code(c *spec.Code) {
	for i, prefix := range c.Prefixes {
		if at, ok := m.codeField(prefix + "x"); ok {
			m.add("code "+prefix+"x", 400, c.ItemAt("prefixes", i), true, at)
		}
	}
	if own, ok := m.fulfilled(c.When); ok && len(c.When) > 0 {
		m.add("conditions of "+c.Wire, cmp.Or(own.status, 200), c.ValueAt("when"), true, own.values...)
	}
	at, ok := m.codeField(c.Wire)
	if !ok {
		return
	}
	for i := range c.Subtypes {
		s := &c.Subtypes[i]
		if own, ok := m.fulfilled(s.When); ok && len(s.When) > 0 {
			m.add("conditions of "+c.Wire+"/"+s.Name, cmp.Or(own.status, 400), s.ValueAt("when"), true, append(own.values, at)...)
		}
		field, ok := m.table.Response.Source(spec.RoleSubtype)
		if !ok {
			continue
		}
		_, body := m.table.Response.Field(spec.RoleSubtype)
		for k, text := range s.Values {
			m.add("subtype "+text+" of "+c.Wire, 400, s.ItemAt("values", k), true, at, value{field.Path, !body, text})
		}
	}
}

// A fulfillment is an HTTP status and values that fulfill conditions.
type fulfillment struct {
	status int // 0 for any status
	values []value
}

// fulfilled returns the fulfillment of conditions. It returns false if a condition has no values.
func (m *caseBuilder) fulfilled(when []spec.Condition) (fulfillment, bool) {
	var all fulfillment
	for _, w := range when {
		if len(w.Values) == 0 {
			return all, false
		}
		r := m.table.Response
		switch {
		case w.Name == spec.HTTPStatus:
			all.status, _ = strconv.Atoi(w.Values[0]) // a valid table has a number
		case slices.ContainsFunc(r.Fields, func(f spec.Field) bool { return f.Path == w.Name }):
			all.values = append(all.values, value{w.Name, false, w.Values[0]})
		default:
			all.values = append(all.values, value{w.Name, true, w.Values[0]})
		}
	}
	return all, true
}

// sameField returns the field with the same path and role.
func sameField(r *spec.Response, f *spec.Field, header bool) (*spec.Field, bool) {
	if r == nil {
		return nil, false
	}
	fields := r.Fields
	if header {
		fields = r.Headers
	}
	i := slices.IndexFunc(fields, func(g spec.Field) bool {
		return (g.Path == f.Path || header && strings.EqualFold(g.Path, f.Path)) && g.Role == f.Role
	})
	if i < 0 {
		return nil, false
	}
	return &fields[i], true
}
