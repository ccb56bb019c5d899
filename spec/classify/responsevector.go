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
	// Error is the error of the response. It is nil unless the outcome is failed or error.
	Error *ErrorVector `json:"error,omitempty"`
}

// An ErrorVector is the error of a response.
type ErrorVector struct {
	Wire       string  `json:"wire,omitempty"` // the code as sent
	Message    string  `json:"message,omitempty"`
	Task       string  `json:"task,omitempty"`
	Param      string  `json:"param,omitempty"`
	RequestID  string  `json:"request_id,omitempty"`
	RetryAfter string  `json:"retry_after,omitempty"` // a Go duration
	Verdict    Verdict `json:"decision"`
}

// responses returns the meaning of all [ResponseCases] of the table.
func (c *Classifier) responses() ([]ResponseVector, error) {
	reader, err := NewReader(c.table)
	if err != nil || reader == nil {
		return nil, err
	}
	var all []ResponseVector
	cases := ResponseCases(c.table)
	for i := range cases {
		all = append(all, c.responseVector(reader, &cases[i]))
	}
	return all, nil
}

func (c *Classifier) responseVector(reader *response.Reader, e *spec.Example) ResponseVector {
	v := c.ReadingVector(ReadExample(reader, e))
	v.Name, v.Call, v.Status, v.Body = e.Name, e.Call, e.HTTP, e.Body
	if v.Status == 0 {
		v.Status = 200
	}
	for _, h := range e.Headers {
		if v.Headers == nil {
			v.Headers = make(map[string]string)
		}
		v.Headers[h.Name] = h.Value
	}
	return v
}

// ReadingVector returns the outcome and the error of a reading.
func (c *Classifier) ReadingVector(got response.Reading) ResponseVector {
	v := ResponseVector{Outcome: got.Outcome.String()}
	if got.Outcome != response.Failed && got.Outcome != response.Error {
		return v
	}
	v.Error = &ErrorVector{
		Wire: got.Wire, Message: got.Message, Task: got.Task, Param: got.Param, RequestID: got.RequestID, Verdict: c.verdict(c.Reading(got), got.Code),
	}
	if got.RetryAfter > 0 {
		v.Error.RetryAfter = got.RetryAfter.String()
	}
	return v
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
	d := Decision{Code: code, Retry: code.Retry}
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
