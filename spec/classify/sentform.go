package classify

import (
	"net/textproto"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
)

// A SentForm is the form of the responses that a service sends: their members and headers. Those
// without a value are omitted from a response.
type SentForm struct {
	Body    []SentMember // in order
	Headers []SentMember // without members of their own
	Others  []string     // fields and headers of conditions: the values [SentOther] and following
}

// A SentMember is a member of an object, or a header.
type SentMember struct {
	Key    string // or the name of the header, in canonical form
	Array  bool   // whether the value is the only element of an array
	Value  SentValue
	Before string // text before and after the value, which is then text
	After  string
	Below  []SentMember // the members of an object instead of a value
}

// A SentValue is a part of a response that a member or a header contains.
type SentValue int

// The values of responses. SentOther is the first of those that fulfill conditions.
const (
	SentNothing SentValue = iota
	SentCode
	SentMessage
	SentSubtype
	SentParam
	SentRequestID
	SentDelay     // in seconds
	SentDelayMS   // in milliseconds
	SentRetryable // whether the code is automatic
	SentFailure   // false
	SentType      // the code, if it is a URL
	SentTitle
	SentStatus // the HTTP status
	SentOther
)

// sentRoles are the roles that a service sends, except for the delay.
var sentRoles = map[spec.Role]SentValue{
	spec.RoleCode: SentCode, spec.RoleMessage: SentMessage, spec.RoleSubtype: SentSubtype, spec.RoleParam: SentParam,
	spec.RoleRequestID: SentRequestID, spec.RoleRetryable: SentRetryable, spec.RoleSuccess: SentFailure, spec.RoleRetryAfter: SentDelay,
}

// SentFormOf returns the form of the responses of a table with response.send: the first field of
// each role that has no condition or, without such a field, the first header.
func SentFormOf(t *spec.Table) *SentForm {
	f := &SentForm{}
	problem := t.Response.Send == spec.SendProblem
	if problem {
		for _, m := range []SentMember{{Key: "type", Value: SentType}, {Key: "title", Value: SentTitle}, {Key: "status", Value: SentStatus}, {Key: "detail", Value: SentMessage}, {Key: "code", Value: SentCode}} {
			if m.Value != SentType || slices.ContainsFunc(t.Codes, func(c spec.Code) bool { return isURL(c.Wire) }) {
				f.add([]string{m.Key}, m)
			}
		}
	}
	used := make(map[spec.Role]bool)
	for i, field := range slices.Concat(t.Response.Fields, t.Response.Headers) {
		m, ok := sentMember(&field)
		if !ok || used[field.Role] || problem && (field.Role == spec.RoleCode || field.Role == spec.RoleMessage) {
			continue
		}
		used[field.Role] = true
		if i < len(t.Response.Fields) {
			f.add(strings.Split(field.Path, "."), m)
		} else {
			f.addHeader(field.Path, m)
		}
	}
	f.conditions(t)
	return f
}

// sentMember returns the member for a field. It returns false if responses do not contain the field.
func sentMember(field *spec.Field) (SentMember, bool) {
	m := SentMember{Value: sentRoles[field.Role]}
	switch {
	case m.Value == SentNothing || len(field.When) > 0:
		return m, false
	case field.Role == spec.RoleCode:
		m.Before, m.After = field.Cut.After, field.Cut.Before
	case field.Role == spec.RoleSuccess:
		return m, !slices.Contains(field.OK, "false")
	case field.Unit == "epoch": // the header Retry-After does not depend on a clock
		return m, false
	case field.Unit == "ms":
		m.Value = SentDelayMS
	}
	if before, after, ok := strings.Cut(field.Match, "<num>"); ok {
		literal := strings.NewReplacer(`\<`, "<", `\\`, `\`)
		m.Before, m.After = literal.Replace(before), literal.Replace(after)
	}
	return m, true
}

// conditions adds the fields and headers by which subtypes are selected.
func (f *SentForm) conditions(t *spec.Table) {
	for i := range t.Codes {
		for _, s := range t.Codes[i].Subtypes {
			for _, w := range s.When {
				if w.Name == spec.HTTPStatus || slices.Contains(f.Others, w.Name) {
					continue
				}
				m := SentMember{Value: SentOther + SentValue(len(f.Others))}
				f.Others = append(f.Others, w.Name)
				if slices.ContainsFunc(t.Response.Fields, func(field spec.Field) bool { return field.Path == w.Name }) {
					f.add(strings.Split(w.Name, "."), m)
				} else {
					f.addHeader(w.Name, m)
				}
			}
		}
	}
}

// addHeader adds a header. Retry-After is in every form.
func (f *SentForm) addHeader(name string, m SentMember) {
	m.Key = textproto.CanonicalMIMEHeaderKey(name)
	if m.Key != "Retry-After" && !slices.ContainsFunc(f.Headers, func(h SentMember) bool { return h.Key == m.Key }) {
		f.Headers = append(f.Headers, m)
	}
}

// add adds a member at a path. Of two members at the same path, the first one counts; members of an
// object replace a value.
func (f *SentForm) add(path []string, m SentMember) { f.Body = addMember(f.Body, path, m) }

func addMember(all []SentMember, path []string, m SentMember) []SentMember {
	key, array := strings.CutSuffix(path[0], "[]")
	i := slices.IndexFunc(all, func(m SentMember) bool { return m.Key == key })
	leaf := len(path) == 1
	switch {
	case i < 0 && leaf:
		m.Key, m.Array = key, array
		return append(all, m)
	case i < 0:
		i = len(all)
		all = append(all, SentMember{Key: key, Array: array})
	case leaf:
		return all
	}
	of := &all[i]
	of.Array = of.Array || array
	of.Value, of.Before, of.After = SentNothing, "", ""
	of.Below = addMember(of.Below, path[1:], m)
	return all
}

// isURL reports whether a code is a URL.
func isURL(wire string) bool {
	return strings.HasPrefix(wire, "https://") || strings.HasPrefix(wire, "http://")
}
