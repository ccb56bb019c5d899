package runtime

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// received is the part of a response that MarshalJSON stores.
type received struct {
	status  int
	headers map[string][]string // those that the table lists, and the date that delays count from
	body    string              // only the start if it is not JSON
	object  bool                // whether body is a JSON object
	stored  bool                // whether body contains an envelope
	partial bool                // whether reading the body failed //errspec:if task
}

// An envelope is the value of the key "x-errspec" in a stored response. The other
// members are those of the body.
type envelope struct {
	Status  int                 `json:"status,omitempty"`
	Headers map[string][]string `json:"headers,omitempty"`
	Body    string              `json:"body,omitempty"`  // if it is not a JSON object
	Cut     bool                `json:"cut,omitempty"`   // whether reading the body failed //errspec:if task
	Error   *storedError        `json:"error,omitempty"` // if there was no response
}

// A storedError is an Error that no response reported.
type storedError struct {
	Code    Code   `json:"code"`
	Wire    string `json:"wire,omitempty"`
	Message string `json:"message,omitempty"`
	Task    string `json:"task,omitempty"` //errspec:if id
}

// source returns the part of the response that MarshalJSON stores.
func (r *response) source() *received {
	if r.origin != nil {
		return r.origin
	}
	out := &received{status: r.status, body: r.body, stored: r.stored}
	out.partial = r.partial //errspec:if task
	if !r.valid {
		out.body = excerpt(r.data)
	}
	out.object = r.valid && strings.HasPrefix(strings.TrimLeft(r.body, " \t\r\n"), "{")
	add := func(name string, values []string) {
		if out.headers == nil {
			out.headers = make(map[string][]string)
		}
		out.headers[name] = values
	}
	for i := range r.format.fields {
		if name := r.format.fields[i].header; name != "" {
			if values := headerValues(r.header, name); len(values) > 0 {
				add(name, values)
			}
		}
	}
	if r.reading.retryAfter > 0 {
		date := headerValues(r.header, "Date")
		if len(date) == 0 {
			date = []string{time.Now().UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")}
		}
		add("Date", date)
	}
	r.origin = out
	return out
}

// excerpt returns the start of a body that is not JSON. The start is not JSON either, so
// it is read as the body would be.
func excerpt(body []byte) string {
	const more = "…"
	body = bytes.TrimSpace(body)
	if len(body) > maxExcerpt+len(more) {
		return strings.ToValidUTF8(string(body[:maxExcerpt]), "?") + more
	}
	return strings.ToValidUTF8(string(body), "?")
}

// MarshalJSON returns the body with an envelope added.
func (r *received) MarshalJSON() ([]byte, error) {
	if r.stored {
		return []byte(r.body), nil
	}
	e, body := envelope{Status: r.status, Headers: r.headers}, "{}"
	e.Cut = r.partial //errspec:if task
	if r.object {
		body = strings.TrimSpace(r.body)
	} else {
		e.Body = r.body
	}
	return e.addTo(body)
}

// addTo adds the envelope to a JSON object. If members have the same key, common JSON
// decoders use the last one.
func (e envelope) addTo(object string) ([]byte, error) {
	added, err := json.Marshal(map[string]envelope{"x-errspec": e})
	start := strings.TrimRight(strings.TrimSuffix(object, "}"), " \t\r\n")
	if start != "{" {
		start += ","
	}
	return append([]byte(start), added[1:]...), err
}

// restore reads a stored response. JSON without an envelope is the body of a response
// with HTTP status 200, such as that of a webhook request.
func restore(data []byte) (*response, *storedError, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, nil, err
	}
	var e *envelope
	if stored, ok := members["x-errspec"]; ok { // only the last one
		if err := json.Unmarshal(stored, &e); err != nil {
			return nil, nil, err
		}
	}
	isStored := e != nil
	if !isStored {
		e = &envelope{Status: 200}
	}
	if e.Error != nil {
		return nil, e.Error, nil
	}
	r := &response{facts: facts{status: e.Status, header: e.Headers}, stored: isStored && e.Body == ""}
	r.isTask, r.partial = true, e.Cut //errspec:if task
	if e.Body != "" {
		data = []byte(e.Body)
	}
	r.read(data)
	return r, nil, nil
}

// MarshalJSON returns the response that reported the error: the members of its body,
// if that is a JSON object, and the HTTP status and headers under the key "x-errspec".
// UnmarshalJSON restores the error.
func (e *Error) MarshalJSON() ([]byte, error) {
	switch {
	case e == nil:
		return []byte("null"), nil
	case e.source != nil:
		return e.source.MarshalJSON()
	}
	s := &storedError{Code: e.Code, Wire: e.Wire, Message: e.Message}
	s.Task = e.TaskID //errspec:if id
	return envelope{Status: e.HTTPStatus, Error: s}.addTo("{}")
}

// UnmarshalJSON decodes an error that MarshalJSON returned, or the body of a response
// that reports one. The decision for an error that was stored without a response is
// never automatic.
func (e *Error) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	r, s, err := restore(data)
	switch {
	case err != nil:
		return err
	case s != nil:
		*e = Error{Code: s.Code, Wire: s.Wire, Message: s.Message, manual: true}
		e.TaskID = s.Task //errspec:if id
		return nil
	case r.reading.outcome < outcomeError:
		return reason("the JSON reports no error")
	}
	*e = *r.failure()
	return nil
}
