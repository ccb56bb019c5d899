package runtime

import (
	"bytes"         //errspec:if task
	"encoding/json" //errspec:if decoded
	"fmt"
	"io" //errspec:if task
	"strconv"
	"strings" //errspec:if texts
)

// DecodeError returns the [Error] that a response reports, or a [ResponseError] if the
// response cannot be read. It returns nil if the response reports no error. header is
// an http.Header or nil; body is the complete body.
func DecodeError(status int, header map[string][]string, body []byte) error {
	r := receive(status, header, body)
	switch {
	case r.reading.outcome == outcomeUnreadable:
		return r.unreadable(nil)
	case r.reading.outcome >= outcomeError:
		return r.failure()
	}
	return nil
}

//errspec:if task

// DecodeTask reads the response to a submission or a poll. It returns a task, which
// may have failed (see [Task.Err]), or an error. header is an http.Header or nil.
//
// The error is an [Error] if the service refused the request. If the HTTP status is
// 408, or is not from 400 to 499, the outcome of the request is unknown. It is also
// unknown if the error is a [ResponseError]: the response is not about a task or
// cannot be read.
func DecodeTask(status int, header map[string][]string, body io.Reader) (*Task, error) {
	var data bytes.Buffer
	var err error
	if body != nil {
		data.Grow(usualBody)
		_, err = data.ReadFrom(io.LimitReader(body, maxBody+1))
	}
	r := &response{facts: facts{status: status, header: header, isTask: true}, partial: err != nil}
	r.read(data.Bytes())
	switch {
	case err != nil && r.succeeded():
		return nil, r.unreadable(err)
	case r.reading.outcome == outcomeUnreadable:
		return nil, r.unreadable(nil)
	case r.reading.outcome == outcomeError:
		return nil, r.failure()
	}
	return r.task(), nil
}

// usualBody is the size of the first buffer for a body: most bodies, and room to read more.
const usualBody = 1536

//errspec:end

// A response is a received response and its meaning.
type response struct {
	facts
	reading reading
	data    []byte
	origin  *received // the result of source, once it was called
	stored  bool      // whether MarshalJSON returned the data
	partial bool      // whether reading the body failed //errspec:if task
}

// receive reads a response of any kind.
func receive(status int, header map[string][]string, body []byte) *response {
	r := &response{facts: facts{status: status, header: header}}
	r.read(body)
	return r
}

func (r *response) read(body []byte) {
	r.data, r.format = body, &responseFormat
	r.scan(body)
	r.reading = r.decide(codeTable{})
	r.reading.manual = r.reading.manual || r.partial //errspec:if task
}

// failure returns the error that the response reports.
func (r *response) failure() *Error {
	e := &Error{Wire: r.reading.wire, Message: r.reading.message, HTTPStatus: r.status, RetryAfter: r.reading.retryAfter, manual: r.reading.manual, source: r.source()}
	switch {
	case r.reading.code >= 0 && !r.reading.prefix:
		e.Code = decisionAt(r.reading.code).Code
	case r.reading.wire != "":
		e.Code, _ = ParseCode(r.reading.wire)
		e.standIn = r.reading.standIn + 1
	}
	//errspec:if prefixes
	if r.reading.prefix {
		e.Code = Code(r.reading.wire)
	}
	//errspec:end
	//errspec:if refined
	if d := Classify(e.Code, e.Message); r.reading.subtype >= 0 && (r.reading.subtype != r.reading.strictest || subtypeDecisionAt(r.reading.subtype).Subtype != d.Subtype) {
		e.subtype, e.strictest = subtypeDecisionAt(r.reading.subtype).Subtype, subtypeDecisionAt(r.reading.strictest).Subtype
	}
	//errspec:end
	r.complete(e)
	//errspec:if task
	if r.reading.outcome == outcomeFailed {
		// No request was refused. Without an ID the failure may be that of any task.
		e.HTTPStatus = 0
		e.unsettled = e.unsettled || e.TaskID == "" //errspec:if id
	}
	//errspec:end
	return e
}

//errspec:if texts

// fieldText returns a field as text. It returns "" for an object, an array, true or false.
func (s *facts) fieldText(field int) string {
	text := s.raw(field)
	if text == "" || s.format.fields[field].header != "" {
		return text
	}
	if strings.IndexByte("{[tf", text[0]) >= 0 {
		return ""
	}
	return unquote(text)
}

//errspec:end
//errspec:if typed

// decode returns a field that is a number, true or false.
func decode[T any](value string) T {
	var zero T
	if value == "" {
		return zero
	}
	v := new(T)
	if json.Unmarshal([]byte(value), v) != nil {
		return zero
	}
	return *v
}

//errspec:end
//errspec:if json

// fieldJSON returns a field as JSON.
func (s *facts) fieldJSON(field int) json.RawMessage {
	text := s.raw(field)
	isHeader := s.format.fields[field].header != "" // others are valid
	if text == "" || isHeader && !json.Valid([]byte(text)) {
		return nil
	}
	return json.RawMessage(text)
}

//errspec:end

const (
	errTooLong reason = "body is larger than 16 MiB"
	errNotJSON reason = "body is not JSON"
	errNotTask reason = "body is not a task" //errspec:if task
)

// maxExcerpt is the maximum length of ResponseError.Body.
const maxExcerpt = 1 << 10

// unreadable returns a ResponseError. If err is nil, the body determines the reason.
func (r *response) unreadable(err error) *ResponseError {
	switch {
	case err != nil:
	case len(r.data) > maxBody:
		err = errTooLong
	//errspec:if task
	case r.valid:
		err = errNotTask
	//errspec:end
	default:
		err = errNotJSON
	}
	return &ResponseError{
		HTTPStatus: r.status,
		RequestID:  r.text(r.first(roleRequestID, -1)),
		Body:       string(r.data[:min(len(r.data), maxExcerpt)]),
		Err:        err,
	}
}

// ResponseError describes a response that cannot be read. It matches no [Code], because
// the outcome of the request is unknown.
type ResponseError struct {
	HTTPStatus int
	RequestID  string // "" if the response has none
	Body       string // start of the body, at most 1 KiB
	Err        error  // why the response cannot be read
}

// Error returns one line.
func (e *ResponseError) Error() string {
	if e == nil {
		return tableName + ": no error"
	}
	return tableName + ": cannot read response (HTTP " + strconv.Itoa(e.HTTPStatus) + "): " + oneLine(fmt.Sprint(e.Err))
}

// Unwrap returns e.Err.
func (e *ResponseError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}
