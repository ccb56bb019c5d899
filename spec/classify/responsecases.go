package classify

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
)

// ResponseCases returns the responses by which readers of a table's responses are tested in
// all languages. They are its examples, the responses that the service sends, and responses with each alternative of a field: alone,
// with the first alternative, and with values of other types. Others have each HTTP status with
// a code, each condition, each status of a task, messages with characters that languages treat
// differently, and damaged bodies. The cases of a table and their order do not change.
func ResponseCases(t *spec.Table) []spec.Example {
	r := t.Response
	if r == nil {
		return nil
	}
	c := responseCases{table: t}
	c.all = append(c.all, r.Examples...)
	for _, sent := range Sent(t) {
		c.all = append(c.all, sent.Example)
	}
	c.statuses()
	for i := range r.Fields {
		c.field(&r.Fields[i], false)
	}
	for i := range r.Headers {
		c.field(&r.Headers[i], true)
	}
	c.alternatives()
	for _, h := range r.HTTP {
		c.add("HTTP status "+strconv.Itoa(h.Status), h.Status, nil, nil)
	}
	for i := range t.Codes {
		code := &t.Codes[i]
		c.condition("code "+code.Wire, code.When, "")
		for _, s := range code.Subtypes {
			c.condition("subtype "+code.Wire+"/"+s.Name, s.When, code.Wire)
		}
	}
	c.hostile()
	c.damaged()
	return c.all
}

// maxResponseCases is the maximum number of codes, and of subtypes, with separate cases: those
// of a large table differ only in their names.
const maxResponseCases = 20

type responseCases struct {
	table *spec.Table
	all   []spec.Example
}

// add adds a case with a body of values by path, or no body if there are none.
func (c *responseCases) add(name string, status int, headers []spec.HeaderValue, values [][2]string) {
	body := ""
	if values != nil {
		root := make(map[string]any)
		for _, v := range values {
			put(root, strings.Split(v[0], "."), v[1])
		}
		body = string(jsonwrite.Value(root))
	}
	c.all = append(c.all, spec.Example{Name: name, HTTP: status, Headers: headers, Body: body})
}

// put sets the value at a path: a number, a boolean or null if value is one, otherwise text.
func put(object map[string]any, path []string, value string) {
	putValue(object, path, scalarOf(value))
}

func putValue(object map[string]any, path []string, value any) {
	key, isArray := strings.CutSuffix(path[0], "[]")
	inner := value
	if len(path) > 1 {
		within, _ := object[key].(map[string]any)
		if list, ok := object[key].([]any); ok && len(list) > 0 {
			within, _ = list[0].(map[string]any)
		}
		if within == nil {
			within = make(map[string]any)
		}
		putValue(within, path[1:], value)
		inner = within
	}
	if isArray {
		inner = []any{inner}
	}
	object[key] = inner
}

func scalarOf(value string) any {
	switch {
	case value == "true", value == "false":
		return value == "true"
	case value == "null":
		return nil
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && strconv.FormatInt(n, 10) == value {
		return n
	}
	return Text(value)
}

// task returns the ID and a status of a task, if the table has such fields.
func (c *responseCases) task(status string) [][2]string {
	var values [][2]string
	if f, ok := c.table.Response.Field(spec.RoleID); ok {
		values = set(values, f, "task-1")
	}
	if f, ok := c.table.Response.Field(spec.RoleStatus); ok && status != "" {
		values = set(values, f, status)
	}
	return values
}

// set adds a field of the body to values, with values that fulfill its conditions. It removes
// values whose paths conflict.
func set(values [][2]string, f *spec.Field, value string) [][2]string {
	values = slices.DeleteFunc(append(slices.Clone(values), fulfilling(f.When)...), func(v [2]string) bool {
		return v[0] == f.Path || strings.HasPrefix(f.Path, v[0]+".") || strings.HasPrefix(v[0], f.Path+".")
	})
	return append(values, [2]string{f.Path, value})
}

// fulfilling returns values that fulfill conditions on fields of the body.
func fulfilling(when []spec.Condition) [][2]string {
	var values [][2]string
	for _, w := range when {
		if w.Name != "http" {
			values = append(values, [2]string{w.Name, w.Values[0]})
		}
	}
	return values
}

// statuses adds a task with each listed status, and with an unlisted status.
func (c *responseCases) statuses() {
	f, ok := c.table.Response.Field(spec.RoleStatus)
	if !ok {
		return
	}
	for _, status := range statusesOf(f) {
		c.add("status "+status, 200, nil, c.task(status))
		c.add("status "+status+" with an error", 200, nil, append(c.task(status), c.failure(0)...))
	}
	c.add("ID without a status", 200, nil, c.task(""))
	for i := range c.table.Codes {
		if c.table.Codes[i].Retry.Automatic && len(f.Failed) > 0 {
			c.add("failed task without an ID", 200, nil, append([][2]string{{f.Path, f.Failed[0]}}, c.failure(i)...))
			break
		}
	}
}

// hostile adds messages with characters that languages treat differently, with and without a
// code.
func (c *responseCases) hostile() {
	f, ok := c.table.Response.Field(spec.RoleMessage)
	if !ok {
		return
	}
	for _, example := range hostileExamples(c.table) {
		code := slices.IndexFunc(c.table.Codes, func(code spec.Code) bool { return code.Wire == example.Wire })
		for _, message := range hostile(example.Message) {
			for _, others := range [][][2]string{nil, c.failure(code)} {
				c.with(f, false, 400, message, others)
			}
		}
	}
}

// failure returns values for the first fields with a code and a message: a code of the table,
// and any message.
func (c *responseCases) failure(code int) [][2]string {
	var values [][2]string
	if f, ok := c.table.Response.Field(spec.RoleCode); ok {
		values = append(values, [2]string{f.Path, c.wire(f, code)})
	}
	if f, ok := c.table.Response.Field(spec.RoleMessage); ok && f.Path != "" {
		values = append(values, [2]string{f.Path, "a message"})
	}
	return values
}

// wire returns the value from which the cut of a field yields a code.
func (c *responseCases) wire(f *spec.Field, code int) string {
	return f.Cut.After + c.table.Codes[code%len(c.table.Codes)].Wire + f.Cut.Before
}

// field adds responses with a value of a field: one that suits its role, and others.
func (c *responseCases) field(f *spec.Field, header bool) {
	status, values := 400, []string{"text", "7", "true", "null"}
	switch f.Role {
	case spec.RoleNone, spec.RoleModel, spec.RoleID, spec.RoleStatus:
		return // has other cases
	case spec.RoleCode:
		for i := range min(len(c.table.Codes), maxResponseCases) {
			values = append(values, c.wire(f, i))
			for _, prefix := range c.table.Codes[i].Prefixes {
				values = append(values, f.Cut.After+prefix+"more"+f.Cut.Before)
			}
		}
		values = append(append(values, f.OK...), strconv.Itoa(status))
	case spec.RoleSuccess:
		status = 200
		values = append(append(values, f.OK...), "false")
	case spec.RoleFailure:
		status = 200
		values = append(values, "false", "0")
	case spec.RoleSubtype:
		c.subtypes(f, header)
	case spec.RoleRetryAfter:
		values = append(values, "1.5", "30s", strings.Replace(f.Match, "<num>", "12", 1))
	case spec.RoleRetryable:
		values = append(values, "false")
	}
	for _, value := range values {
		if value != "" {
			c.with(f, header, status, value, c.failure(0))
		}
	}
}

// with adds a response in which a field has a value, in addition to other values.
func (c *responseCases) with(f *spec.Field, header bool, status int, value string, others [][2]string) {
	name := f.Path + ": " + value
	if header {
		c.add(name, status, []spec.HeaderValue{{Name: f.Path, Value: value}}, append(slices.Clone(others), fulfilling(f.When)...))
		return
	}
	c.add(name, status, nil, set(others, f, value))
}

// subtypes adds responses with each value that selects a subtype.
func (c *responseCases) subtypes(f *spec.Field, header bool) {
	n := 0
	for i := range c.table.Codes {
		for _, s := range c.table.Codes[i].Subtypes {
			for _, value := range append(slices.Clone(s.Values), s.Name, strings.ToUpper(s.Name)) {
				if n++; n <= maxResponseCases {
					c.with(f, header, 400, value, c.failure(i))
				}
			}
		}
	}
}

// condition adds a response that fulfills conditions, and one that does not.
func (c *responseCases) condition(name string, when []spec.Condition, code string) {
	if len(when) == 0 {
		return
	}
	status, headers, values := c.fulfilled(when)
	if f, ok := c.table.Response.Field(spec.RoleCode); ok && code != "" {
		values = append(values, [2]string{f.Path, f.Cut.After + code + f.Cut.Before})
	}
	c.add(name, status, headers, values)
	c.add(name+" with HTTP status 418", 418, headers, values)
}

// fulfilled returns the parts of a response that fulfills conditions.
func (c *responseCases) fulfilled(when []spec.Condition) (status int, headers []spec.HeaderValue, values [][2]string) {
	status = 400
	for _, w := range when {
		isField := slices.ContainsFunc(c.table.Response.Fields, func(f spec.Field) bool { return f.Path == w.Name })
		switch {
		case w.Name == "http":
			status, _ = strconv.Atoi(w.Values[0])
		case isField:
			values = append(values, [2]string{w.Name, w.Values[0]})
		default:
			headers = append(headers, spec.HeaderValue{Name: w.Name, Value: w.Values[0]})
		}
	}
	if f, ok := c.table.Response.Field(spec.RoleStatus); ok && slices.ContainsFunc(when, func(w spec.Condition) bool { return w.Name == f.Path }) {
		status = 200
	}
	return status, headers, values
}

// damaged adds responses of proxies, and incomplete bodies.
func (c *responseCases) damaged() {
	body := `{"a":1}`
	if values := append(c.task("failed"), c.failure(0)...); len(values) > 0 {
		c.add("", 0, nil, values)
		body = c.all[len(c.all)-1].Body
		c.all = c.all[:len(c.all)-1]
	}
	for _, status := range []int{200, 204, 302, 400, 429, 500, 503} {
		for _, body := range []string{"", "{}", "[]", "null", "<html>503</html>", body, "[" + body + "]", body[:len(body)/2], body + "}"} {
			c.all = append(c.all, spec.Example{Name: "HTTP " + strconv.Itoa(status) + ": " + body, HTTP: status, Body: body})
		}
	}
}
