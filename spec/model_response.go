package spec

import (
	"cmp"
	"time"

	"github.com/errspec/errspec/spec/diag"
)

// Response describes the responses of the service.
type Response struct {
	Entry
	Send     string     // form of the responses that the service sends: [SendOwn], [SendProblem] or ""
	HTTP     []HTTPCode // codes of HTTP responses that contain no listed code
	Headers  []Field    // the Path of each is the name of a header
	Fields   []Field    // of the body
	Examples []Example
}

// The forms of responses that a service sends.
const (
	SendOwn     = "own"     // the first field of each role
	SendProblem = "problem" // problem details, RFC 9457
)

// HTTPCode is the code of an HTTP status.
type HTTPCode struct {
	Status int
	Code   string
	At     diag.Location // of the code
}

// Field is a field of the body of a response, or a header.
type Field struct {
	Entry
	Path        string // keys joined by dots, with [] after those of arrays: "errors[].code"
	PathAt      diag.Location
	Role        Role
	Type        FieldType
	Description string
	When        []Condition // all must be fulfilled, or the field is ignored
	OK          []string    // of a code or success: values that mean that there is no error
	Cut         Cut         // of a code
	Unit        string      // of a retry_after: "ms", "epoch", or "" for seconds
	Match       string      // of a retry_after: a phrase with one <num>, or ""
	Running     []string    // of a status: values that mean that the task has not ended
	Completed   []string    // of a status: values that mean success
	Failed      []string    // of a status: values that mean failure
}

// Cut is the part of a code that counts: after and before the first of two texts, which
// may be "".
type Cut struct {
	Entry
	After, Before string
}

// HTTPStatus is the name of a condition about the status of the response.
const HTTPStatus = "http"

// Condition is fulfilled by a response that has one of the values.
type Condition struct {
	Name   string // [HTTPStatus], or the path of a field or the name of a header
	Values []string
}

// Example is a response and its meaning.
type Example struct {
	Entry
	Name    string
	Call    string // "plain" if the request is not about a task
	HTTP    int    // 0 for 200
	Headers []HeaderValue
	Body    string
	Gives   Gives
}

// Status returns the HTTP status of the example, 200 by default.
func (e *Example) Status() int { return cmp.Or(e.HTTP, 200) }

// HeaderValue is a header of an example.
type HeaderValue struct{ Name, Value string }

// Gives is the meaning of an example. Fields that are "" or nil are not given, and not compared.
type Gives struct {
	Entry
	Outcome    string
	Code       string
	Known      *bool
	Subtype    string
	Message    string
	Task       string
	Param      string
	RequestID  string
	RetryAfter *time.Duration
	Automatic  *bool
}
