package classify

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
)

// A SentResponse is the response that a service sends with a code or one of its subtypes.
type SentResponse struct {
	spec.Example               // named "sent CODE" or "sent CODE/SUBTYPE"
	Code         *spec.Code    // with an HTTP status, and not internal
	Subtype      *spec.Subtype // or nil
	Message      string        // "" if the entry has none, or no field is for it
}

// Sent returns the responses that the service sends, in the form of response.send. It returns none
// if the table has no such form. Codes without an HTTP status and internal codes are not sent, nor are
// subtypes that nothing in the response could select.
func Sent(t *spec.Table) []SentResponse {
	if t.Response == nil || t.Response.Send == "" {
		return nil
	}
	var all []SentResponse
	for i := range t.Codes {
		c := &t.Codes[i]
		if c.Internal || c.HTTP == 0 {
			continue
		}
		all = append(all, sent(t, c, nil))
		_, field := t.Response.Source(spec.RoleSubtype)
		for j := range c.Subtypes {
			if s := &c.Subtypes[j]; s.Message != "" || field || len(s.When) > 0 {
				all = append(all, sent(t, c, s))
			}
		}
	}
	return all
}

// sent returns the response of a code, or of a subtype unless s is nil.
func sent(t *spec.Table, c *spec.Code, s *spec.Subtype) SentResponse {
	r := SentResponse{Code: c, Subtype: s}
	r.Name, r.HTTP = "sent "+c.Wire, c.HTTP
	body := make(map[string]any)
	message := c.Message
	if s != nil {
		r.Name += "/" + s.Name
		message = spec.FillMessage(s.Message, func(string) string { return "7" })
		cases := responseCases{table: t}
		status, headers, values := cases.fulfilled(s.When)
		if slices.ContainsFunc(s.When, func(w spec.Condition) bool { return w.Name == spec.HTTPStatus }) {
			r.HTTP = status
		}
		r.Headers = headers
		for _, v := range values {
			put(body, strings.Split(v[0], "."), v[1])
		}
		r.role(t, body, spec.RoleSubtype, Text(slices.Concat(s.Values, []string{s.Name})[0]))
	}
	if _, ok := t.Response.Source(spec.RoleMessage); ok {
		r.Message = message
	}
	if t.Response.Send == spec.SendProblem {
		r.problem(t, body)
	} else {
		r.role(t, body, spec.RoleCode, codeValue(t, c))
		r.role(t, body, spec.RoleMessage, Text(r.Message))
		r.success(t, body)
	}
	r.Body = string(jsonwrite.Value(body))
	return r
}

// problem adds the members of RFC 9457.
func (r *SentResponse) problem(t *spec.Table, body map[string]any) {
	body["title"], body["status"] = Text(r.Code.Title), int64(r.HTTP)
	if r.Message != "" {
		body["detail"] = Text(r.Message)
	}
	member := "code"
	if strings.HasPrefix(r.Code.Wire, "https://") || strings.HasPrefix(r.Code.Wire, "http://") {
		member = "type"
	}
	body[member] = codeValue(t, r.Code)
}

// codeValue returns a code as the first field with the role code has it.
func codeValue(t *spec.Table, c *spec.Code) any {
	f, ok := sentField(t.Response.Fields, spec.RoleCode)
	if cut := ok && f.Cut.After+f.Cut.Before != "" && t.Response.Send != spec.SendProblem; cut {
		return Text(f.Cut.After + c.Wire + f.Cut.Before)
	}
	if t.Wire == spec.WireInteger {
		if n, err := strconv.ParseInt(c.Wire, 10, 64); err == nil {
			return n
		}
	}
	return Text(c.Wire)
}

// sentField returns the first field with a role and without conditions.
func sentField(fields []spec.Field, role spec.Role) (*spec.Field, bool) {
	i := slices.IndexFunc(fields, func(f spec.Field) bool { return f.Role == role && len(f.When) == 0 })
	if i < 0 {
		return nil, false
	}
	return &fields[i], true
}

// role sets the first field with a role or, if there is none, the first header. It does nothing
// for an empty text.
func (r *SentResponse) role(t *spec.Table, body map[string]any, role spec.Role, value any) {
	if value == Text("") {
		return
	}
	if f, ok := sentField(t.Response.Fields, role); ok {
		putValue(body, strings.Split(f.Path, "."), value)
	} else if f, ok := sentField(t.Response.Headers, role); ok {
		text, isText := value.(Text)
		if n, ok := value.(int64); ok && !isText {
			text = Text(strconv.FormatInt(n, 10))
		}
		r.Headers = append(r.Headers, spec.HeaderValue{Name: f.Path, Value: string(text)})
	}
}

// success sets the field with the role success to false, unless false means success.
func (r *SentResponse) success(t *spec.Table, body map[string]any) {
	if f, ok := sentField(t.Response.Fields, spec.RoleSuccess); ok && !slices.Contains(f.OK, "false") {
		putValue(body, strings.Split(f.Path, "."), false)
	}
}
