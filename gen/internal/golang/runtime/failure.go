package runtime

import (
	"log/slog"
	"strings"
	"time"
	"unicode/utf8"
)

// Failure is an error that the service sends. The constructors return one for each code
// and subtype; their parameters are the values of the message.
//
// A Failure does not change: methods such as [Failure.WithCause] return a changed copy, so
// a Failure may be a package variable. The zero value and nil are sent as an internal error.
type Failure struct {
	code    Code
	subtype Subtype
	message string // with values
	listed  bool   // whether a constructor returned the failure
	cause   error
	facts   failureFacts
	//errspec:if filled
	// values are those of the message.
	values []messageValue
	//errspec:end
}

// failureFacts are the parts of a response that the table does not determine.
type failureFacts struct {
	param, requestID string
	retryAfter       time.Duration
	isDelayed        bool // whether retryAfter replaces the wait of the table
}

// newFailure returns a failure with the message of its entry.
func newFailure(code Code, subtype Subtype) *Failure {
	f := &Failure{code: code, subtype: subtype, listed: true}
	f.message = f.entry().message
	return f
}

// maxSent is the maximum length of a text in a failure, in bytes.
const maxSent = 1 << 10

// sentText returns the start of a text, with U+FFFD for bytes that are not UTF-8.
func sentText(s string) string {
	if len(s) > maxSent {
		end := maxSent
		for end > maxSent-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	return strings.ToValidUTF8(s, "\ufffd")
}

// WithCause returns a copy of f with a cause. The cause is logged (see [Failure.LogValue])
// and never sent. It is also not part of [Failure.Error], because servers often send the
// text of errors that they do not know.
func (f *Failure) WithCause(err error) *Failure {
	g := f.clone()
	g.cause = err
	return g
}

// WithParam returns a copy of f with the parameter that caused the error. It keeps the first
// 1 KiB.
func (f *Failure) WithParam(param string) *Failure {
	g := f.clone()
	g.facts.param = sentText(param)
	return g
}

// WithRequestID returns a copy of f with the ID of the request. It keeps the first 1 KiB. In
// a header, an underscore replaces each character that is not printable ASCII.
func (f *Failure) WithRequestID(id string) *Failure {
	g := f.clone()
	g.facts.requestID = sentText(id)
	return g
}

// WithRetryAfter returns a copy of f with the delay that clients must wait before a retry,
// instead of the wait of the table. It is sent in whole seconds, rounded up. A delay of 0 or
// less is not sent.
func (f *Failure) WithRetryAfter(d time.Duration) *Failure {
	g := f.clone()
	g.facts.retryAfter, g.facts.isDelayed = d, true
	return g
}

func (f *Failure) clone() *Failure {
	if f == nil {
		return new(Failure)
	}
	g := *f
	return &g
}

// Code returns the code, also an internal one. It returns the zero Code if f is nil or zero.
func (f *Failure) Code() Code {
	var none Code
	if f == nil {
		return none
	}
	return f.code
}

// Subtype returns the subtype, or "".
func (f *Failure) Subtype() Subtype {
	if f == nil {
		return ""
	}
	return f.subtype
}

// Error returns one line for logs: "table: CODE: message", or "table: CODE/SUBTYPE: message".
// It does not contain the cause.
func (f *Failure) Error() string {
	if f == nil || !f.listed {
		return tableName + ": no code"
	}
	text := tableName + ": " + f.code.String()
	if _, name, ok := strings.Cut(string(f.subtype), "/"); ok {
		text += "/" + name
	}
	if message := oneLine(f.message); message != "" {
		text += ": " + message
	}
	return text
}

// Unwrap returns the cause, or nil.
func (f *Failure) Unwrap() error {
	if f == nil {
		return nil
	}
	return f.cause
}

// Is reports whether target is the code or the subtype of the failure. Aliases and former
// names are treated as the current code.
func (f *Failure) Is(target error) bool {
	if f == nil || !f.listed {
		return false
	}
	switch target := target.(type) {
	case Code:
		//errspec:if prefixes
		if target.isPrefixed() {
			return false
		}
		//errspec:end
		return f.code == target.listed()
	case Subtype:
		return target != "" && f.subtype == target.listed()
	}
	return false
}

// As sets target, a *Code or *Subtype, to the code or subtype of the failure. It returns
// false if the failure has none.
func (f *Failure) As(target any) bool {
	if f == nil || !f.listed {
		return false
	}
	switch target := target.(type) {
	case *Code:
		*target = f.code
		return true
	case *Subtype:
		if f.subtype != "" {
			*target = f.subtype
		}
		return f.subtype != ""
	}
	return false
}

// LogValue implements [slog.LogValuer]. It returns the failure as a group, with its cause
// and, unlike responses, with an internal code and its message.
func (f *Failure) LogValue() slog.Value {
	if f == nil {
		return slog.Value{}
	}
	attrs := []slog.Attr{slog.String("table", tableName), slog.String("revision", Revision)}
	text := func(key, value string) {
		if value != "" {
			attrs = append(attrs, slog.String(key, oneLine(value)))
		}
	}
	if f.listed {
		text("code", f.code.String())
	}
	text("subtype", string(f.subtype))
	text("message", f.message)
	text("param", f.facts.param)
	text("request_id", f.facts.requestID)
	if f.cause != nil {
		attrs = append(attrs, slog.Any("cause", f.cause))
	}
	return slog.GroupValue(attrs...)
}
