package response

import (
	"slices"
	"time"

	"github.com/errspec/errspec/spec/match"
)

// ParseDelay reads the value of a header Retry-After. It returns false if the value is invalid.
func ParseDelay(value string, now time.Time) (time.Duration, bool) {
	return parseDelay(value, time.Second, now)
}

// Read returns the meaning of a response to a call.
func (r *Reader) Read(call Call, status int, header map[string][]string, body []byte) Reading {
	s := facts{format: &r.format, status: status, header: header, isTask: call == TaskCall && r.format.tasks}
	s.scan(body)
	got := s.decide(&r.table)
	out := Reading{
		Outcome: Outcome(got.outcome), Wire: got.wire, Code: got.wire, Index: got.code, Known: got.code >= 0, StandIn: got.standIn,
		Origin: Origin(got.origin), Subtype: got.subtype, Strictest: got.strictest, Message: got.message, Param: got.param, RetryAfter: got.retryAfter,
		Task: s.text(s.first(roleID, -1)), Model: s.text(s.first(roleModel, -1)), RequestID: s.text(s.first(roleRequestID, -1)),
	}
	if status/100 == 2 {
		out.Status = s.text(s.first(roleStatus, -1))
	}
	if got.wire != "" {
		out.Origin = FromField
	}
	if got.code < 0 {
		if got.wire == "" {
			out.Origin = FromNothing
		}
		return out
	}
	t := &r.table
	if !got.prefix {
		out.Code = t.codes[got.code].Wire
	}
	out.Settled = r.settled(&got, status, out.Task)
	out.Automatic = !got.manual && t.automatic(got.code, got.strictest) && out.Settled
	if len(got.message) > match.MaxMessage && !t.uniform(got.code) { // the rest may contain the phrase of a stricter subtype
		out.Automatic = false
	}
	if got.subtype >= 0 {
		out.Subtype -= t.first[got.code]
		out.Strictest -= t.first[got.code]
	}
	return out
}

// settled reports whether it is known that a request came to nothing. A request to a service of
// tasks may have started one unless the status refuses it or the code that the service sent means
// that nothing is charged. A failed task without an ID may be any task, and a pending code means
// that an earlier request has started one.
func (r *Reader) settled(got *reading, status int, task string) bool {
	code := &r.table.codes[got.code]
	switch {
	case code.Pending:
		return false
	case !r.format.tasks:
		return status < 500 || got.wire != ""
	case status/100 == 2:
		return task != "" || got.outcome != outcomeFailed || !slices.ContainsFunc(r.format.fields, func(f field) bool { return f.role == roleID })
	}
	free := status != 0 && got.wire != "" && !got.manual && code.NotCharged
	return status/100 == 4 && status != 408 || free
}

// Has reports for each field of the description, those of headers after those of the body, whether
// a response has it. Its conditions do not matter.
func (r *Reader) Has(status int, header map[string][]string, body []byte) []bool {
	s := facts{format: &r.format, status: status, header: header}
	s.scan(body)
	has := make([]bool, len(r.format.fields))
	for _, f := range s.list {
		has[f.field] = has[f.field] || f.text != ""
	}
	return has[1:] // without Retry-After, which every table has
}
