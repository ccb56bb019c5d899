package runtime

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode" //errspec:if sentheaders
)

// Encode returns the response that the service sends: the HTTP status, an http.Header, and
// a body of JSON. [DecodeError] reads it as the same code, subtype and values.
//
// An internal code is sent as the code for unlisted ones or, if the table has none, as
// HTTP 500 without a code. The cause is not sent.
func (f *Failure) Encode() (status int, header map[string][]string, body []byte) {
	r := f.reply()
	header = map[string][]string{"Content-Type": {sentType}}
	if seconds := r.seconds(); seconds > 0 {
		header["Retry-After"] = []string{strconv.FormatInt(seconds, 10)}
	}
	//errspec:if sentheaders
	for _, h := range sentHeaders {
		text, _ := r.value(h)
		if text = headerText(text); text != "" {
			header[h.key] = []string{text}
		}
	}
	//errspec:end
	return r.entry.status, header, r.appendObject(nil, sentBody)
}

// GRPC returns the parts of a gRPC status and of its google.rpc.ErrorInfo: the number of
// the status code, and reason, domain and metadata. The reason is the code, as [ParseCode]
// reads it. The metadata are the values of the message, and subtype, param and request_id.
// An internal code is sent as by [Failure.Encode].
func (f *Failure) GRPC() (code uint32, reason, domain string, metadata map[string]string) {
	r := f.reply()
	metadata = make(map[string]string)
	//errspec:if filled
	for _, v := range r.values {
		metadata[v.name] = v.text
	}
	//errspec:end
	_, subtype, _ := strings.Cut(string(r.subtype), "/")
	for key, text := range map[string]string{"subtype": subtype, "param": r.facts.param, "request_id": r.facts.requestID} {
		if text != "" {
			metadata[key] = text
		}
	}
	if r.hasCode {
		reason = r.code.String()
	}
	return r.entry.grpc, reason, grpcDomain, metadata
}

// Message returns the message that is sent, or "". For an internal code, it is that of the
// code for unlisted ones.
func (f *Failure) Message() string { return f.reply().message }

// RetryAfter returns the delay that is sent, or 0.
func (f *Failure) RetryAfter() time.Duration { return time.Duration(f.reply().seconds()) * time.Second }

// A sentEntry is the part of a response that depends on the code or the subtype.
type sentEntry struct {
	status   int
	grpc     uint32
	message  string // with {name} for values
	internal bool   // whether clients do not see the code
	//errspec:if problem
	// title is that of the code.
	title string
	//errspec:end
	//errspec:if sentsubtype
	// field is the value of the field that selects the subtype.
	field string
	//errspec:end
	//errspec:if sentothers
	// others are values that fulfill the conditions of the subtype.
	others []sentOther
	//errspec:end
}

// sentUnknown is the reply for an internal code if the table has no code for unlisted ones.
var sentUnknown = sentEntry{
	status: 500,
	grpc:   grpcInternal,
	title:  "Internal Server Error", //errspec:if problem
}

// grpcInternal is the gRPC status INTERNAL.
const grpcInternal = 13

//errspec:if sentothers

// A sentOther is a value that fulfills a condition.
type sentOther struct {
	value sentValue
	text  string
	json  bool // whether the text is a number or a boolean
}

//errspec:end

// A sentMember is a member of a body, or a header.
type sentMember struct {
	key           string
	value         sentValue
	isArray       bool   // whether the value is the element of an array
	before, after string // texts around the value
	below         []sentMember
}

// A sentValue is the kind of a member's value.
type sentValue uint8

const (
	sentNothing sentValue = iota
	sentCode
	sentMessage
	sentSubtype
	sentParam
	sentRequestID
	sentDelay
	sentDelayMS
	sentRetryable
	sentFailure
	sentTypeURL
	sentTitle
	sentStatus
	sentOtherValue // and following
)

// entry returns the entry of the code or the subtype.
func (f *Failure) entry() *sentEntry {
	//errspec:if sentsubtypes
	if i := f.subtype.index(); i >= 0 {
		return &sentSubtypes[i]
	}
	//errspec:end
	return &sentCodes[f.code.index()]
}

// A failureReply is what is sent for a failure: nothing of an internal code is part of it.
type failureReply struct {
	*Failure
	entry   *sentEntry
	hasCode bool
}

// reply returns the reply. If the code is internal, it is that of the code for unlisted
// ones, with the request ID and the delay of the failure.
func (f *Failure) reply() failureReply {
	if f == nil {
		f = new(Failure)
	}
	if f.listed && !f.entry().internal {
		return failureReply{f, f.entry(), true}
	}
	public := &Failure{facts: f.facts}
	public.facts.param = ""
	code, ok := unlistedCode()
	if !ok {
		return failureReply{public, &sentUnknown, false}
	}
	public.code = code
	public.message = public.entry().message
	return failureReply{public, public.entry(), true}
}

// decision returns the decision for the code or subtype.
func (r failureReply) decision() Decision {
	if r.subtype != "" {
		return r.subtype.decision()
	}
	if r.hasCode {
		return decisionAt(r.code.index())
	}
	return Decision{}
}

// seconds returns the delay in seconds, rounded up, or 0.
func (r failureReply) seconds() int64 {
	d := r.facts.retryAfter
	if !r.facts.isDelayed {
		d = r.decision().Wait.Min
	}
	d = min(d, math.MaxInt64-time.Second) // rounded up, it is still a Duration
	seconds := int64(d / time.Second)
	if d%time.Second > 0 {
		seconds++
	}
	return max(seconds, 0)
}

// value returns the value of a member as text, "" for none, and whether it is a number or
// a boolean.
func (r failureReply) value(m sentMember) (text string, isJSON bool) {
	text, isJSON = r.bareValue(m.value)
	if text != "" && m.before+m.after != "" {
		return m.before + text + m.after, false
	}
	return text, isJSON
}

// bareValue returns a value without the text around it.
func (r failureReply) bareValue(value sentValue) (text string, isJSON bool) {
	switch value {
	//errspec:if senturl
	case sentTypeURL:
		if code, _ := codeText(r.code); r.hasCode && isURL(code) {
			return code, false
		}
	//errspec:end
	case sentCode:
		if text, isJSON = codeText(r.code); !r.hasCode {
			return "", false
		}
		//errspec:if senturl
		if isURL(text) {
			return "", false
		}
		//errspec:end
		return text, isJSON
	case sentMessage:
		return r.message, false
	//errspec:if sentsubtype
	case sentSubtype:
		return r.entry.field, false
	//errspec:end
	case sentParam:
		return r.facts.param, false
	case sentRequestID:
		return r.facts.requestID, false
	//errspec:if sentdelay
	case sentDelay, sentDelayMS:
		return r.delayText(value), true
	//errspec:end
	case sentRetryable:
		return strconv.FormatBool(r.decision().Automatic), true
	case sentFailure:
		return "false", true
	//errspec:if problem
	case sentTitle:
		return r.entry.title, false
	case sentStatus:
		return strconv.Itoa(r.entry.status), true
		//errspec:end
	}
	//errspec:if sentothers
	for _, other := range r.entry.others {
		if other.value == value {
			return other.text, other.json
		}
	}
	//errspec:end
	return "", false
}

//errspec:if senturl

// isURL reports whether a code is a URL, which is the type of a problem instead of its code.
func isURL(code string) bool {
	return strings.HasPrefix(code, "https://") || strings.HasPrefix(code, "http://")
}

//errspec:end
//errspec:if sentdelay

// delayText returns the delay as a number in the unit of a field.
func (r failureReply) delayText(value sentValue) string {
	n := r.seconds()
	if value == sentDelayMS {
		n *= 1000
	}
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

//errspec:end

// appendValue appends the value of a member. It appends nothing if the member has none.
func (r failureReply) appendValue(b []byte, m sentMember) []byte {
	start := len(b)
	if m.isArray {
		b = append(b, '[')
	}
	before := len(b)
	if m.below != nil {
		b = r.appendObject(b, m.below)
	} else if text, isJSON := r.value(m); isJSON {
		b = append(b, text...)
	} else if text != "" {
		b = appendText(b, text)
	}
	if len(b) == before || m.below != nil && string(b[before:]) == "{}" {
		return b[:start]
	}
	if m.isArray {
		b = append(b, ']')
	}
	return b
}

// appendObject appends the members that have a value.
func (r failureReply) appendObject(b []byte, members []sentMember) []byte {
	b = append(b, '{')
	first := len(b)
	for _, m := range members {
		start := len(b)
		if start > first {
			b = append(b, ',')
		}
		b = append(appendText(b, m.key), ':')
		value := len(b)
		if b = r.appendValue(b, m); len(b) == value {
			b = b[:start]
		}
	}
	return append(b, '}')
}

//errspec:if sentheaders

// headerText returns text for a header: with spaces for control characters.
func headerText(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text))
}

//errspec:end

// appendText appends a JSON string. Bytes that are not UTF-8 become U+FFFD.
func appendText(b []byte, text string) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if enc.Encode(text) != nil {
		return append(b, `""`...) // a string has no error
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}
