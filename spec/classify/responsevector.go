package classify

import (
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/response"
)

// A ResponseVector is a response and its meaning.
type ResponseVector struct {
	Name    string            `json:"name,omitempty"`
	Call    string            `json:"call,omitempty"` // "plain" if the request is not about a task
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body"`
	Outcome string            `json:"outcome"` // ok, running, failed, error or unreadable
	// Sent reports whether the service sends the response: one of [Sent].
	Sent bool `json:"sent,omitempty"`
	// Error is the error of the response. It is nil unless the outcome is failed or error.
	Error *ErrorVector `json:"error,omitempty"`
}

// An ErrorVector is the error of a response.
type ErrorVector struct {
	Wire         string  `json:"wire,omitempty"` // the code as sent
	Message      Text    `json:"message,omitempty"`
	Task         string  `json:"task,omitempty"`
	Param        string  `json:"param,omitempty"`
	RequestID    string  `json:"request_id,omitempty"`
	RetryAfter   string  `json:"retry_after,omitempty"` // a Go duration
	RetryAfterMS int64   `json:"retry_after_ms,omitempty"`
	Verdict      Verdict `json:"decision"`
	// Values are the values of named placeholders in the message of a response that the service
	// sends.
	Values map[string]string `json:"values,omitempty"`
}

// responses returns the meaning of all [ResponseCases] of the table.
func (c *Classifier) responses(reader *response.Reader) []ResponseVector {
	var all []ResponseVector
	cases := ResponseCases(c.table)
	for i := range cases {
		all = append(all, c.responseVector(reader, &cases[i]))
	}
	for i, sent := range Sent(c.table) {
		v := &all[len(c.table.Response.Examples)+i] // see ResponseCases
		v.Sent = true
		if v.Error != nil && sent.Message != "" {
			v.Error.Values = c.Vector(sent.Code.Wire, sent.Message).Values
		}
	}
	return all
}

func (c *Classifier) responseVector(reader *response.Reader, e *spec.Example) ResponseVector {
	v := c.ReadingVector(ReadExample(reader, e), e.Body)
	v.Name, v.Call, v.Status, v.Body = e.Name, e.Call, e.HTTP, e.Body
	if v.Status == 0 {
		v.Status = 200
	}
	v.Headers = headersOf(e)
	return v
}

// ReadingVector returns the outcome and the error of a response with the given body.
func (c *Classifier) ReadingVector(got response.Reading, body string) ResponseVector {
	return ResponseVector{Outcome: got.Outcome.String(), Error: c.errorVector(got, body)}
}

// headersOf returns the headers of an example. It returns nil if it has none.
func headersOf(e *spec.Example) map[string]string {
	var headers map[string]string
	for _, h := range e.Headers {
		if headers == nil {
			headers = make(map[string]string)
		}
		headers[h.Name] = h.Value
	}
	return headers
}

// errorVector returns the error of a response with the given body. It returns nil if the
// response reports none.
func (c *Classifier) errorVector(got response.Reading, body string) *ErrorVector {
	if got.Outcome != response.Failed && got.Outcome != response.Error {
		return nil
	}
	e := &ErrorVector{
		Wire: got.Wire, Message: unpaired(got.Message, body), Task: got.Task, Param: got.Param, RequestID: got.RequestID,
		Verdict: c.verdict(c.Reading(got), got.Code),
	}
	if got.RetryAfter > 0 {
		e.RetryAfter, e.RetryAfterMS = got.RetryAfter.String(), milliseconds(got.RetryAfter)
	}
	return e
}

// Reading returns the decision for an error that a response reports.
func (c *Classifier) Reading(got response.Reading) Decision {
	if got.Index < 0 {
		d := Decision{Retry: c.unlisted}
		if got.StandIn >= 0 {
			code := &c.table.Codes[got.StandIn]
			d.StandIn, d.Retry = code, code.Retry
			d.Retry.Automatic = false
		}
		return d
	}
	code := &c.table.Codes[got.Index]
	d := Decision{Code: code, Charged: code.Charged, Retry: code.Retry}
	if d.Charged == spec.ChargedNo && !got.Settled {
		d.Charged = spec.ChargedUnknown
	}
	if got.Subtype >= 0 {
		d.Subtype, d.Retry = &code.Subtypes[got.Subtype], code.Subtypes[got.Strictest].Retry
	}
	d.Retry.Automatic = got.Automatic
	return d
}

// verdict returns the verdict of a decision. wire is the code of the error, which is used if
// it is unlisted.
func (c *Classifier) verdict(d Decision, wire string) Verdict {
	v := Verdict{
		Code:      wireCode(c.table, wire),
		Action:    d.Retry.Action.String(),
		Automatic: d.Retry.Automatic,
		Throttle:  d.Retry.Throttle,
	}
	if d.Charged != spec.ChargedUnknown {
		v.Charged = d.Charged.String()
	}
	if _, err := strconv.ParseInt(wire, 10, 64); err != nil && c.table.Wire == spec.WireInteger {
		v.Code = wireCode(c.table, "0") // text is not a code
	}
	switch {
	case d.Code != nil:
		v.Code, v.Known, v.Class = wireCode(c.table, d.Code.Wire), true, d.Code.Class
	case d.StandIn != nil:
		v.Class = d.StandIn.Class
	}
	if d.Subtype != nil {
		v.Subtype = d.Code.Wire + "/" + d.Subtype.Name
	}
	if !d.Retry.Wait.IsZero() {
		v.Wait = VerdictWait{d.Retry.Wait.Min.String(), d.Retry.Wait.Max.String()}
	}
	return v
}
