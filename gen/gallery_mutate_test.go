package gen

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// mutationsOf is how many changes are made to each response: some 2,000 to all.
const mutationsOf = 8

// A mutated is a changed response of the gallery, and its meaning.
type mutated struct {
	Name   string
	Call   string `json:",omitempty"`
	Status int
	Header map[string][]string
	Body   []byte
	Gives  map[string]any
}

// A service is a table of the gallery with its responses.
type service struct {
	table      *spec.Table
	reader     *response.Reader
	classifier *classify.Classifier
	responses  []mutated
	rnd        *rand.Rand
}

// mutatedResponses returns changed responses and their meanings as JSON.
func mutatedResponses(t *testing.T, file string, responses []byte) []byte {
	t.Helper()
	s := readService(t, file, responses)
	var all []mutated
	for _, r := range s.responses {
		for range mutationsOf {
			m := s.mutate(r)
			m.Gives = s.gives(s.read(&m))
			all = append(all, m)
		}
	}
	data, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readService(t *testing.T, file string, responses []byte) *service {
	t.Helper()
	table, findings, err := spec.Load(file)
	if err != nil || findings.HasErrors() {
		t.Fatalf("%s: %v\n%s", file, err, printed(findings))
	}
	s := &service{table: table, rnd: rand.New(rand.NewPCG(1, uint64(len(responses))))}
	if s.reader, err = classify.NewReader(table); err != nil {
		t.Fatal(err)
	}
	if s.classifier, err = classify.New(table); err != nil {
		t.Fatal(err)
	}
	var all []struct {
		Name, Call string
		HTTP       int
		Headers    map[string]string
		Body       json.RawMessage
	}
	if err := json.Unmarshal(responses, &all); err != nil {
		t.Fatal(err)
	}
	for _, r := range all {
		// Delays until a date count from that of the response, not from now.
		m := mutated{Name: r.Name, Call: r.Call, Status: r.HTTP, Header: map[string][]string{"Date": {"Fri, 15 Jan 2027 08:00:10 GMT"}}, Body: r.Body}
		for name, value := range r.Headers {
			m.Header[name] = []string{value}
		}
		var text string
		if json.Unmarshal(r.Body, &text) == nil {
			m.Body = []byte(text)
		}
		s.responses = append(s.responses, m)
	}
	return s
}

func (s *service) read(m *mutated) response.Reading {
	call := response.TaskCall
	if m.Call == "plain" {
		call = response.PlainCall
	}
	return s.reader.Read(call, m.Status, m.Header, m.Body)
}

// gives returns the expected result of a generated package for a reading.
func (s *service) gives(got response.Reading) map[string]any {
	gives := map[string]any{"outcome": got.Outcome.String()}
	if got.Outcome != response.Failed && got.Outcome != response.Error {
		return gives
	}
	d := s.classifier.Reading(got)
	for key, value := range map[string]any{
		"known": got.Known, "code": got.Code, "Wire": got.Wire, "message": got.Message, "automatic": got.Automatic, "retry_after": got.RetryAfter.Seconds(),
		"task": got.Task, "param": got.Param, "request_id": got.RequestID, "Action": d.Retry.Action.String(), "Throttle": d.Retry.Throttle,
		"WaitMin": d.Retry.Wait.Min, "WaitMax": d.Retry.Wait.Max,
	} {
		gives[key] = value
	}
	switch {
	case d.Code != nil:
		gives["Class"] = d.Code.Class
	case d.StandIn != nil:
		gives["Class"] = d.StandIn.Class
	}
	if d.Subtype != nil {
		gives["subtype"] = d.Subtype.Name
	}
	return gives
}

// mutate returns a response with a change.
func (s *service) mutate(r mutated) mutated {
	m := r
	other := s.responses[s.rnd.IntN(len(s.responses))]
	values := valuesOf(r.Body)
	kind := s.rnd.IntN(10)
	switch {
	case kind == 0:
		m.Status = anyOf(s.rnd, []int{other.Status, 200, 202, 204, 302, 400, 403, 408, 429, 500, 503, 0})
		m.Name += ", status"
	case kind == 1:
		m.Header, m.Name = other.Header, m.Name+", headers"
	case kind == 2:
		if m.Call = "plain"; r.Call == "plain" {
			m.Call = ""
		}
		m.Name += ", call"
	case kind == 3 && len(m.Body) > 1:
		return s.bytes(m)
	case kind == 4 && len(values) > 0:
		m.Body, m.Name = m.Body[:1+s.rnd.IntN(len(m.Body)-1)], m.Name+", cut"
	case len(values) == 0:
		m.Header = map[string][]string{"Date": m.Header["Date"], "Retry-After": {anyOf(s.rnd, []string{"7", "-1", "1e9", "x", "Fri, 15 Jan 2027 08:00:20 GMT"})}}
		m.Name += ", delay"
	default:
		return s.value(m, anyOf(s.rnd, values), anyOf(s.rnd, values), kind)
	}
	return m
}

// bytes deletes, duplicates or changes a few bytes.
func (s *service) bytes(m mutated) mutated {
	from := s.rnd.IntN(len(m.Body))
	to := min(len(m.Body), from+1+s.rnd.IntN(8))
	run := bytes.Clone(m.Body[from:to])
	switch s.rnd.IntN(3) {
	case 0:
		run, m.Name = nil, m.Name+", deleted bytes"
	case 1:
		run, m.Name = append(run, run...), m.Name+", duplicated bytes"
	default:
		run[0] ^= 1 << s.rnd.IntN(8)
		m.Name += ", flipped bit"
	}
	m.Body = spliced(m.Body, from, to, run)
	return m
}

// value removes a value or member, adds it once more with another value, or gives it
// another type.
func (s *service) value(m mutated, v, other valueAt, kind int) mutated {
	text := m.Body[v.at:v.end]
	switch {
	case kind == 5 && v.removed != [2]int{}:
		m.Body, m.Name = spliced(m.Body, v.removed[0], v.removed[1], nil), m.Name+", removed "+v.key
	case kind == 6 && v.key != "":
		twin := fmt.Appendf(bytes.Clone(text), ",%q:%s", v.key, m.Body[other.at:other.end])
		m.Body, m.Name = spliced(m.Body, v.at, v.end, twin), m.Name+", twice "+v.key
	case kind == 7:
		m.Body, m.Name = spliced(m.Body, v.at, v.end, m.Body[other.at:other.end]), m.Name+", other value of "+v.key
	default:
		types := []string{"null", "true", "-7.5", `"text"`, `{"x":1}`, `["x"]`, "{}", "[]", `""`}
		m.Body, m.Name = spliced(m.Body, v.at, v.end, []byte(anyOf(s.rnd, types))), m.Name+", other type of "+v.key
	}
	return m
}

func spliced(body []byte, from, to int, with []byte) []byte {
	return append(append(bytes.Clone(body[:from]), with...), body[to:]...)
}

func anyOf[T any](rnd *rand.Rand, all []T) T { return all[rnd.IntN(len(all))] }

// A valueAt is where a value is in a body.
type valueAt struct {
	key     string // "" for an element of an array
	at, end int
	removed [2]int // removed with the value: a comma
}

// valuesOf returns the values in a body, none if it is not JSON.
func valuesOf(body []byte) []valueAt {
	if !json.Valid(body) {
		return nil
	}
	w := walker{body: body, dec: json.NewDecoder(bytes.NewReader(body))}
	w.value("", 0)
	return w.all[:len(w.all)-1] // without the body itself
}

type walker struct {
	body []byte
	dec  *json.Decoder
	all  []valueAt
}

func (w *walker) token() (json.Token, int) {
	token, _ := w.dec.Token() // the body is valid
	return token, int(w.dec.InputOffset())
}

// value adds the values in the next value, and that itself. from is where it, or its key,
// begins with all before it.
func (w *walker) value(key string, from int) {
	at := int(w.dec.InputOffset())
	for bytes.IndexByte([]byte(" \t\r\n,:"), w.body[at]) >= 0 {
		at++
	}
	token, end := w.token()
	delim, _ := token.(json.Delim)
	for first := true; delim != 0 && w.dec.More(); first = false {
		from, inner := int(w.dec.InputOffset()), ""
		if delim == '{' {
			name, _ := w.token()
			inner, _ = name.(string)
		}
		w.value(inner, from)
		if last := &w.all[len(w.all)-1]; first && w.dec.More() {
			last.removed[1] += 1 + bytes.IndexByte(w.body[last.end:], ',') // the comma is behind the first one
		}
	}
	if delim != 0 {
		_, end = w.token()
	}
	w.all = append(w.all, valueAt{key, at, end, [2]int{from, end}})
}
