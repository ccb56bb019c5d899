package classify

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/match"
)

// A SentResponse is the response that a service sends with a code or one of its subtypes.
type SentResponse struct {
	spec.Example               // named "sent CODE" or "sent CODE/SUBTYPE"
	Code         *spec.Code    // not internal
	Subtype      *spec.Subtype // or nil
	Message      string        // "" if the entry has none, or no field is for it
	Values       []Value       // of the message
	Param        string        // "" if no field is for it, as the others
	RequestID    string
	RetryAfter   time.Duration // the start of the entry's wait, or 0
}

// The facts of responses that the table does not determine.
const (
	sentParam     = "name"
	sentRequestID = "req-7"
	sentNumber    = "7"
	sentWord      = "x"
)

// Sent returns the responses that the service sends, in the form of response.send. It returns none
// if the table has no such form. Internal codes are not sent, nor are subtypes that nothing in the
// response could select.
func Sent(t *spec.Table) []SentResponse {
	if t.Response == nil || t.Response.Send == "" {
		return nil
	}
	form := SentFormOf(t)
	var all []SentResponse
	for i := range t.Codes {
		c := &t.Codes[i]
		if c.Internal {
			continue
		}
		all = append(all, sent(t, form, c, nil))
		for j := range c.Subtypes {
			if s := &c.Subtypes[j]; IsSent(t, s) {
				all = append(all, sent(t, form, c, s))
			}
		}
	}
	return all
}

// SentExamples returns [Sent] for [export.OpenAPI].
func SentExamples(t *spec.Table) []export.SentResponse {
	var all []export.SentResponse
	for _, s := range Sent(t) {
		all = append(all, export.SentResponse{Name: strings.TrimPrefix(s.Name, "sent "), Code: s.Code, Status: s.HTTP, Body: s.Body})
	}
	return all
}

// IsSent reports whether something in a response can select a subtype: its message, a field or a
// condition.
func IsSent(t *spec.Table, s *spec.Subtype) bool {
	_, field := t.Response.Source(spec.RoleSubtype)
	return s.Message != "" || field || len(s.When) > 0
}

// SentStatusOf returns the HTTP status of the response with a code, or with a subtype unless s is
// nil. It is 500 for a code without one.
func SentStatusOf(c *spec.Code, s *spec.Subtype) int {
	if s != nil {
		for _, w := range s.When {
			if w.Name == spec.HTTPStatus {
				if status, err := strconv.Atoi(w.Values[0]); err == nil {
					return status
				}
			}
		}
	}
	return cmp.Or(c.HTTP, 500)
}

// sent returns the response of a code, or of a subtype unless s is nil.
func sent(t *spec.Table, form *SentForm, c *spec.Code, s *spec.Subtype) SentResponse {
	r := SentResponse{Code: c, Subtype: s, RetryAfter: c.Retry.Wait.Min}
	r.Name, r.HTTP = "sent "+c.Wire, SentStatusOf(c, s)
	message := c.Message
	if s != nil {
		r.Name += "/" + s.Name
		r.RetryAfter = s.Retry.Wait.Min
		r.Values = sentValues(s)
		message = spec.FillMessage(s.Message, func(name string) string {
			return r.Values[slices.IndexFunc(r.Values, func(v Value) bool { return v.Name == name })].Text
		})
	}
	has := func(role spec.Role, text string) string {
		if _, ok := t.Response.Source(role); ok {
			return text
		}
		return ""
	}
	r.Message, r.Param, r.RequestID = has(spec.RoleMessage, message), has(spec.RoleParam, sentParam), has(spec.RoleRequestID, sentRequestID)
	r.RetryAfter = (r.RetryAfter + time.Second - 1).Truncate(time.Second)
	if r.RetryAfter > 0 {
		r.Headers = append(r.Headers, spec.HeaderValue{Name: "Retry-After", Value: seconds(r.RetryAfter)})
	}
	for _, h := range form.Headers {
		switch value := r.value(t, form, h).(type) {
		case nil:
		case Text:
			r.Headers = append(r.Headers, spec.HeaderValue{Name: h.Key, Value: headerText(string(value))})
		default:
			r.Headers = append(r.Headers, spec.HeaderValue{Name: h.Key, Value: string(jsonwrite.Value(value))})
		}
	}
	var body bytes.Buffer
	r.object(&body, t, form, form.Body)
	r.Body = body.String()
	return r
}

// headerText returns text for a header, as generated packages do. An underscore replaces each
// character that is not printable ASCII: clients read others as UTF-8 or as Latin-1.
func headerText(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '_'
		}
		return r
	}, text))
}

// sentValues returns values for the message of a subtype: numbers if all phrases that name a value
// have a number there, else words.
func sentValues(s *spec.Subtype) []Value {
	var all []Value
	for _, name := range spec.ValuesOfMessage(s.Message) {
		v := Value{Name: name, Text: sentNumber}
		if !IsNumber(s, name) {
			v.Text = sentWord
		}
		all = append(all, v)
	}
	return all
}

// IsNumber reports whether a named value of a subtype's message is a number: all phrases that name it
// have a <num> there.
func IsNumber(s *spec.Subtype, name string) bool {
	for _, source := range s.Match {
		if p, err := match.Parse(source); err == nil && slices.Contains(p.Names(), name) && !p.IsNumber(name) {
			return false
		}
	}
	return true
}

func seconds(d time.Duration) string { return strconv.FormatInt(int64(d/time.Second), 10) }

// object writes the members that have a value as an object. It reports whether there are any.
func (r *SentResponse) object(b *bytes.Buffer, t *spec.Table, form *SentForm, members []SentMember) bool {
	start, any := b.Len(), false
	b.WriteByte('{')
	for _, m := range members {
		before := b.Len()
		if any {
			b.WriteByte(',')
		}
		jsonwrite.Write(b, m.Key)
		b.WriteByte(':')
		if m.Array {
			b.WriteByte('[')
		}
		if !r.member(b, t, form, m) {
			b.Truncate(before)
			continue
		}
		if m.Array {
			b.WriteByte(']')
		}
		any = true
	}
	b.WriteByte('}')
	if !any && start > 0 {
		b.Truncate(start)
	}
	return any
}

// member writes the value of a member, and reports whether it has one.
func (r *SentResponse) member(b *bytes.Buffer, t *spec.Table, form *SentForm, m SentMember) bool {
	if m.Below != nil {
		return r.object(b, t, form, m.Below)
	}
	value := r.value(t, form, m)
	if value == nil {
		return false
	}
	jsonwrite.Write(b, value)
	return true
}

// value returns the value of a member or a header, or nil. It is text if there is text before or
// after it.
func (r *SentResponse) value(t *spec.Table, form *SentForm, m SentMember) any {
	value := r.part(t, form, m.Value)
	if value == Text("") {
		return nil
	}
	if number, ok := value.(int64); ok && m.Before+m.After != "" {
		value = Text(strconv.FormatInt(number, 10))
	}
	if text, ok := value.(Text); ok {
		return Text(m.Before) + text + Text(m.After)
	}
	return value
}

func (r *SentResponse) part(t *spec.Table, form *SentForm, value SentValue) any {
	switch problem := t.Response.Send == spec.SendProblem; value {
	case SentType, SentCode:
		if problem && isURL(r.Code.Wire) != (value == SentType) {
			return nil
		}
		if n, err := strconv.ParseInt(r.Code.Wire, 10, 64); err == nil && t.Wire == spec.WireInteger {
			return n
		}
		return Text(r.Code.Wire)
	case SentMessage:
		return Text(r.Message)
	case SentSubtype:
		if r.Subtype != nil {
			return Text(SentNameOf(r.Subtype))
		}
	case SentParam:
		return Text(r.Param)
	case SentRequestID:
		return Text(r.RequestID)
	case SentDelay, SentDelayMS:
		if unit := map[SentValue]time.Duration{SentDelay: time.Second, SentDelayMS: time.Millisecond}[value]; r.RetryAfter > 0 {
			return int64(r.RetryAfter / unit)
		}
	case SentRetryable:
		if r.Subtype != nil {
			return r.Subtype.Retry.Automatic
		}
		return r.Code.Retry.Automatic
	case SentFailure:
		return false
	case SentTitle:
		return Text(r.Code.Title)
	case SentStatus:
		return int64(r.HTTP)
	default:
		if r.Subtype != nil && value >= SentOther {
			return SentOtherOf(r.Subtype, form.Others[value-SentOther])
		}
	}
	return nil
}

// SentNameOf returns the text by which a field selects a subtype.
func SentNameOf(s *spec.Subtype) string { return slices.Concat(s.Values, []string{s.Name})[0] }

// SentOtherOf returns the value of a field or header that fulfills a condition of a subtype: text, a
// number, a boolean, or nil if the subtype has no such condition.
func SentOtherOf(s *spec.Subtype, name string) any {
	for _, w := range s.When {
		if strings.EqualFold(w.Name, name) {
			return scalarOf(w.Values[0])
		}
	}
	return nil
}
