package compat

import (
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// sent reads the responses that the service sends by the new table as clients of the old table do.
// Of several responses with the same difference, only the first is reported. Codes and subtypes that
// the old table does not have are not compared.
func (r *responseComparison) sent() {
	seen := make(map[string]bool)
	for _, s := range classify.Sent(r.new) {
		old, ok := r.old.Code(s.Code.Wire)
		if !ok {
			continue
		}
		part, want, got := misread(r.old, old, s, classify.ReadExample(r.before, &s.Example))
		if part == "" || seen[part] {
			continue
		}
		seen[part] = true
		at := s.Code.At()
		if s.Subtype != nil {
			at = s.Subtype.At()
		}
		subject := s.Name[len("sent "):]
		r.add(Change{Kind: SentMisread, Subject: subject, Part: part, Message: s.Body, Was: want, Is: got, Old: old.At(), New: at})
	}
}

// misread returns the first part of a response that clients of the old table do not read as the
// service sends it, with both values. It returns "" if the readings agree. Parts that the old table does not
// describe are not read by clients.
func misread(t *spec.Table, old *spec.Code, s classify.SentResponse, got response.Reading) (part, want, read string) {
	if !failed(got) {
		return "outcome", response.Error.String(), got.Outcome.String()
	}
	if code(t, got) != old {
		return "code", s.Code.Wire, got.Code
	}
	read = ""
	if got.Subtype >= 0 {
		read = old.Subtypes[got.Subtype].Name
	}
	switch {
	case s.Subtype == nil && read != "":
		return "subtype", "", read
	case s.Subtype != nil && read != s.Subtype.Name && hasSubtype(old, s.Subtype.Name):
		return "subtype", s.Subtype.Name, read
	}
	for _, text := range []struct {
		role           spec.Role
		name, sent, is string
	}{
		{spec.RoleMessage, "message", s.Message, got.Message},
		{spec.RoleParam, "parameter", s.Param, got.Param},
		{spec.RoleRequestID, "request ID", s.RequestID, got.RequestID},
	} {
		if _, ok := t.Response.Source(text.role); ok && text.sent != "" && text.sent != text.is {
			return text.name, strconv.Quote(text.sent), text.is
		}
	}
	if got.RetryAfter < s.RetryAfter {
		return "delay", s.RetryAfter.String(), got.RetryAfter.String()
	}
	return "", "", ""
}

func hasSubtype(c *spec.Code, name string) bool {
	for i := range c.Subtypes {
		if c.Subtypes[i].Name == name {
			return true
		}
	}
	return false
}
