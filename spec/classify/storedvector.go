package classify

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/response"
)

// A StoredVector is the JSON of a task or an error, and its meaning.
type StoredVector struct {
	Name string `json:"name"`
	Type string `json:"type"` // task or error
	// Response is the response that is stored in this form. It is nil if the JSON was written
	// otherwise.
	Response *StoredResponse `json:"response,omitempty"`
	JSON     Text            `json:"json"`
	Outcome  string          `json:"outcome"` // ok, running, failed or error; unreadable if the JSON is not of the type
	Error    *ErrorVector    `json:"error,omitempty"`
}

// A StoredResponse is a response to a call for a task, or to another call for an error.
type StoredResponse struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body"`
}

const (
	storedTask  = "task"
	storedError = "error"
)

// maxStored is the maximum number of responses of a table that are stored.
const maxStored = 24

// stored returns tasks and errors as JSON: responses of the table, and JSON in other forms.
func (c *Classifier) stored(reader *response.Reader) []StoredVector {
	var all []StoredVector
	cases := ResponseCases(c.table)
	tasks := reader.Table().Tasks
	seen := make(map[string]int) // by outcome and HTTP status
	for i := range cases {
		e := &cases[i]
		got := ReadExample(reader, e)
		kind := got.Outcome.String() + e.Name[:strings.IndexByte(e.Name+" ", ' ')]
		if seen[kind]++; seen[kind] > 2 || len(all) == maxStored || e.Status() == 204 {
			continue
		}
		v := StoredVector{Name: e.Name, Type: storedError}
		switch got.Outcome {
		case response.Unreadable:
			continue
		case response.Error:
		default:
			if !tasks || e.Call == "plain" {
				continue
			}
			v.Type = storedTask
		}
		dated := *e
		if got.RetryAfter > 0 && len(headerValues(e, "Date")) == 0 {
			dated.Headers = append(slices.Clone(e.Headers), spec.HeaderValue{Name: "Date", Value: vectorDate})
		}
		v.Response = &StoredResponse{Status: e.Status(), Headers: headersOf(&dated), Body: e.Body}
		v.JSON = Text(storedJSON(reader, &dated, got))
		all = append(all, c.restored(reader, v))
	}
	for _, v := range c.otherJSON(tasks) {
		if v.Type == storedError || tasks {
			all = append(all, c.restored(reader, v))
		}
	}
	return all
}

// headerValues returns the values of a header of an example. The case of its name is ignored.
func headerValues(e *spec.Example, name string) []string {
	var values []string
	for _, h := range e.Headers {
		if strings.EqualFold(h.Name, name) {
			values = append(values, h.Value)
		}
	}
	return values
}

// An envelope is the member "x-errspec" of a stored response.
type envelope struct {
	Status  int                 `json:"status,omitempty"`
	Headers map[string][]string `json:"headers,omitempty"`
	Body    string              `json:"body,omitempty"` // if it is not a JSON object
	Cut     bool                `json:"cut,omitempty"`  // whether the body is incomplete
	Error   *storedFailure      `json:"error,omitempty"`
}

// A storedFailure is an error that no response reported.
type storedFailure struct {
	Code    WireCode `json:"code"`
	Wire    string   `json:"wire,omitempty"`
	Message string   `json:"message,omitempty"`
	Task    string   `json:"task,omitempty"`
}

// storedJSON returns a response as generated packages store it: the members of its body, and
// an envelope with its HTTP status, the headers that the table lists, and the date that delays
// count from.
func storedJSON(reader *response.Reader, e *spec.Example, got response.Reading) string {
	headers := make(map[string][]string)
	for _, f := range reader.Table().Fields {
		if values := headerValues(e, f.Header); len(values) > 0 {
			headers[f.Header] = values
		}
	}
	if got.RetryAfter > 0 {
		headers["Date"] = headerValues(e, "Date")
	}
	env, body := envelope{Status: e.Status(), Headers: headers}, strings.TrimSpace(e.Body)
	if !json.Valid([]byte(body)) || body[0] != '{' {
		env.Body, body = body, "{}"
	}
	return withEnvelope(body, env)
}

// withEnvelope adds an envelope to the members of an object.
func withEnvelope(object string, env any) string {
	start := strings.TrimRight(strings.TrimSuffix(object, "}"), " \t\r\n")
	if start != "{" {
		start += ","
	}
	return start + `"x-errspec":` + string(jsonwrite.Value(env)) + "}"
}

// restored sets the meaning of JSON.
func (c *Classifier) restored(reader *response.Reader, v StoredVector) StoredVector {
	v.Outcome = response.Unreadable.String()
	var members map[string]json.RawMessage
	env := envelope{Status: 200}
	if json.Unmarshal([]byte(v.JSON), &members) != nil {
		return v
	}
	if data, ok := members["x-errspec"]; ok && string(data) != "null" {
		env.Status = 0
		if json.Unmarshal(data, &env) != nil {
			return v
		}
	}
	if env.Error != nil {
		if v.Type == storedError {
			v.Outcome, v.Error = response.Error.String(), c.storedFailure(env.Error)
		}
		return v
	}
	body := string(v.JSON)
	if env.Body != "" {
		body = env.Body
	}
	got := reader.Read(response.TaskCall, env.Status, env.Headers, []byte(body))
	if isError := got.Outcome == response.Error || got.Outcome == response.Failed; v.Type == storedError && !isError || v.Type == storedTask && got.Outcome == response.Error {
		return v
	}
	v.Outcome, v.Error = got.Outcome.String(), c.errorVector(got, body)
	if v.Error != nil && env.Cut {
		v.Error.Verdict.Automatic = false
	}
	return v
}

// storedFailure returns an error that was stored without a response. It is never automatic.
func (c *Classifier) storedFailure(s *storedFailure) *ErrorVector {
	v := c.Vector(s.Code.String(), s.Message)
	v.Verdict.Automatic = false
	return &ErrorVector{Wire: s.Wire, Message: Text(s.Message), Task: s.Task, Verdict: v.Verdict}
}

// otherJSON returns JSON in forms that tests of a decoder need: bodies without an envelope,
// such as those of webhook requests, envelopes with missing or invalid members, and JSON of
// other types.
func (c *Classifier) otherJSON(tasks bool) []StoredVector {
	cases := responseCases{table: c.table}
	cases.add("", 0, nil, append(cases.task("failed"), cases.failure(0)...))
	body := cases.all[0].Body
	if body == "" {
		body = "{}"
	}
	first, last := c.table.Codes[0].Wire, c.table.Codes[len(c.table.Codes)-1].Wire
	failure := func(code, message string) envelope {
		return envelope{Error: &storedFailure{Code: wireCode(c.table, code), Wire: code, Message: message}}
	}
	unlisted := "-9007199254740993"
	texts := [][2]string{
		{"body without an envelope", body},
		{"envelope that is null", withEnvelope(body, nil)},
		{"envelope without a status", withEnvelope(body, envelope{})},
		{"HTTP status 503", withEnvelope(body, envelope{Status: 503})},
		{"two envelopes", withEnvelope(withEnvelope(body, envelope{Status: 503}), envelope{Status: 200})},
		{"envelope in other case", strings.Replace(withEnvelope(body, envelope{Status: 503}), "x-errspec", "X-Errspec", 1)},
		{"envelope that is a number", withEnvelope(body, 7)},
		{"status that is text", withEnvelope(body, map[string]string{"status": "503"})},
		{"headers in other case", withEnvelope(body, envelope{Status: 429, Headers: map[string][]string{"retry-after": {"7"}, "DATE": {vectorDate}}})},
		{"body that is not JSON", withEnvelope("{}", envelope{Status: 503, Body: "<html>"})},
		{"body that is JSON", withEnvelope("{}", envelope{Status: 429, Body: body})},
		{"error without a response", withEnvelope("{}", failure(first, "a message"))},
		{"error of the last code", withEnvelope("{}", failure(last, ""))},
		{"error of an unlisted code", withEnvelope("{}", failure(unlisted, ""))},
		{"empty object", "{}"}, {"array", "[" + body + "]"}, {"number", "7"}, {"text", `"text"`}, {"incomplete JSON", body[:len(body)-1]}, {"nothing", ""},
	}
	if tasks { // only responses about tasks are read from a connection, which may fail
		texts = append(texts, [2]string{"incomplete body", withEnvelope(body, envelope{Status: 429, Cut: true})})
	}
	var all []StoredVector
	for _, t := range texts {
		for _, kind := range []string{storedTask, storedError} {
			all = append(all, StoredVector{Name: t[0], Type: kind, JSON: Text(t[1])})
		}
	}
	return all
}
