package classify

import (
	"encoding/json"
	"strconv"
	"sync"
	"time"

	"github.com/errspec/errspec/internal/chunked"
	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/export"
)

// Vectors are cases with the decisions that every classifier of a table must return, in
// all languages.
type Vectors struct {
	// Generator marks a generated file: "errspec from evolink.yaml".
	Generator string   `json:"generator"`
	Table     string   `json:"table"` // name of the table
	Revision  string   `json:"revision"`
	Cases     []Vector `json:"cases"`
	// Responses are responses and their meaning.
	Responses []ResponseVector `json:"responses,omitempty"`
	// Long are cases and responses with long messages.
	Long []LongVector `json:"long,omitempty"`
	// Pauses are errors with the waits before their retries.
	Pauses []PauseVector `json:"pauses,omitempty"`
	// RetryAfter are values of the header Retry-After with the waits that they request.
	RetryAfter []RetryAfterVector `json:"retry_after,omitempty"`
	// Stored are tasks and errors as JSON.
	Stored []StoredVector `json:"stored,omitempty"`
	// Keys are the idempotency keys of pieces of work.
	Keys []KeyVector `json:"keys,omitempty"`
}

// A Vector is a code and a message, with their decision.
type Vector struct {
	Code    WireCode `json:"code"`
	Message Text     `json:"message"`
	Verdict Verdict  `json:"decision"`
	// Values are the values of named placeholders in the message.
	Values map[string]string `json:"values,omitempty"`
}

// A Verdict is a comparable [Decision].
type Verdict struct {
	Code      WireCode    `json:"code"` // the code in the table
	Known     bool        `json:"known"`
	Subtype   string      `json:"subtype,omitempty"` // "code/name"
	Class     string      `json:"class,omitempty"`
	Action    string      `json:"action"`
	Automatic bool        `json:"automatic"`
	Throttle  bool        `json:"throttle"`
	Charged   string      `json:"charged,omitempty"` // "no" or "yes"
	Wait      VerdictWait `json:"wait,omitzero"`
}

// A VerdictWait is a wait as Go durations, which are empty if the table defines no wait.
type VerdictWait struct {
	Min string `json:"min"`
	Max string `json:"max"`
}

// MarshalJSON implements [json.Marshaler]. It adds the wait in milliseconds, for languages
// without Go durations.
func (w VerdictWait) MarshalJSON() ([]byte, error) {
	ms := func(s string) int64 {
		d, _ := time.ParseDuration(s) // the text of a duration
		return milliseconds(d)
	}
	return jsonwrite.Value(struct {
		Min   string `json:"min"`
		Max   string `json:"max"`
		MinMS int64  `json:"min_ms"`
		MaxMS int64  `json:"max_ms"`
	}{w.Min, w.Max, ms(w.Min), ms(w.Max)}), nil
}

// milliseconds returns a duration rounded to whole milliseconds.
func milliseconds(d time.Duration) int64 { return d.Round(time.Millisecond).Milliseconds() }

// VectorsOf returns the vectors of a valid table: the decisions for all [Cases] and
// [ResponseCases], waits, and stored tasks and errors. The error is that of the first invalid
// phrase.
func VectorsOf(t *spec.Table) (*Vectors, error) {
	c, err := New(t)
	if err != nil {
		return nil, err
	}
	v := &Vectors{Table: t.Name}
	var running sync.WaitGroup
	running.Go(func() { v.Revision = export.Revision(t) })
	cases := Cases(t)
	v.Cases = make([]Vector, 0, len(cases))
	for _, each := range cases {
		v.Cases = append(v.Cases, c.Vector(each.Wire, each.Message))
	}
	v.Pauses, v.RetryAfter = c.pauses(v.Cases), retryAfters()
	v.Keys = keyVectors(t)
	v.Long = c.longCases()
	reader, err := NewReader(t)
	if err == nil && reader != nil {
		v.Responses, v.Stored = c.responses(reader), c.stored(reader)
		v.Long = append(v.Long, c.longResponses(reader)...)
	}
	running.Wait()
	return v, err
}

// Vector returns the decision for a code and a message.
func (c *Classifier) Vector(wire, message string) Vector {
	d, values := c.ClassifyValues(wire, message)
	v := Vector{Code: wireCode(c.table, wire), Message: Text(message), Verdict: c.verdict(d, wire)}
	for _, value := range values {
		if v.Values == nil {
			v.Values = make(map[string]string)
		}
		v.Values[value.Name] = value.Text
	}
	return v
}

// A WireCode is a code in JSON: text, or a whole number in a table of integers.
type WireCode struct {
	text   string
	number bool
}

func wireCode(t *spec.Table, wire string) WireCode { return WireCode{wire, t.Wire == spec.WireInteger} }

// String returns the code in the form of the table; an integer in decimal.
func (c WireCode) String() string { return c.text }

// MarshalJSON implements [json.Marshaler]. It writes the code as the service sends it.
func (c WireCode) MarshalJSON() ([]byte, error) { return c.append(nil), nil }

func (c WireCode) append(b []byte) []byte {
	if c.number {
		return append(b, c.text...)
	}
	return jsonwrite.AppendText(b, c.text)
}

// UnmarshalJSON implements [json.Unmarshaler]. It accepts text or a whole number.
func (c *WireCode) UnmarshalJSON(data []byte) error {
	if n, err := strconv.ParseInt(string(data), 10, 64); err == nil {
		*c = WireCode{strconv.FormatInt(n, 10), true}
		return nil
	}
	*c = WireCode{}
	return json.Unmarshal(data, &c.text)
}

// Encode returns the vectors as JSON with one case on each line, so that diffs show whole
// cases.
func (v *Vectors) Encode() []byte {
	var buf chunked.Buffer
	var line []byte
	write := func(before string, value any) {
		buf.WriteString(before)
		switch value := value.(type) {
		case nil:
		case *Vector:
			line = value.append(line[:0])
			buf.Write(line)
		default:
			buf.Write(jsonwrite.Value(value))
		}
	}
	write("{\n \"generator\": ", v.Generator)
	write(",\n \"table\": ", v.Table)
	write(",\n \"revision\": ", v.Revision)
	cases := make([]*Vector, len(v.Cases))
	for i := range v.Cases {
		cases[i] = &v.Cases[i]
	}
	list(write, "cases", cases)
	list(write, "responses", v.Responses)
	list(write, "long", v.Long)
	list(write, "pauses", v.Pauses)
	list(write, "retry_after", v.RetryAfter)
	list(write, "stored", v.Stored)
	list(write, "keys", v.Keys)
	buf.WriteString("\n}\n")
	return buf.Bytes()
}

// append appends the vector as encoding/json writes it. Large tables have thousands.
func (v *Vector) append(b []byte) []byte {
	b = v.Code.append(append(b, `{"code":`...))
	b = v.Message.append(append(b, `,"message":`...))
	b = v.Verdict.append(append(b, `,"decision":`...))
	if len(v.Values) > 0 {
		b = append(append(b, `,"values":`...), jsonwrite.Value(v.Values)...)
	}
	return append(b, '}')
}

func (v *Verdict) append(b []byte) []byte {
	text := func(key, value string) {
		if value != "" {
			b = jsonwrite.AppendText(append(b, key...), value)
		}
	}
	b = v.Code.append(append(b, `{"code":`...))
	b = strconv.AppendBool(append(b, `,"known":`...), v.Known)
	text(`,"subtype":`, v.Subtype)
	text(`,"class":`, v.Class)
	b = jsonwrite.AppendText(append(b, `,"action":`...), v.Action)
	b = strconv.AppendBool(append(b, `,"automatic":`...), v.Automatic)
	b = strconv.AppendBool(append(b, `,"throttle":`...), v.Throttle)
	text(`,"charged":`, v.Charged)
	if v.Wait != (VerdictWait{}) {
		b = append(append(b, `,"wait":`...), jsonwrite.Value(v.Wait)...)
	}
	return append(b, '}')
}

// list writes a member whose value is an array with one element on each line. It writes
// nothing for an empty array.
func list[T any](write func(before string, value any), name string, all []T) {
	for i, element := range all {
		write([]string{",\n \"" + name + "\": [\n  ", ",\n  "}[min(i, 1)], element)
	}
	if len(all) > 0 {
		write("\n ]", nil)
	}
}

// ReadVectors decodes the result of [Vectors.Encode].
func ReadVectors(data []byte) (*Vectors, error) {
	var v Vectors
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, err
	}
	return &v, nil
}
