package classify

import (
	"bytes"
	"encoding/json"
	"strconv"
	"sync"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/export"
)

// Vectors are cases that every classifier of a table decides in the same way,
// whatever language it is written in.
type Vectors struct {
	// Generator marks a generated file: "errspec from evolink.yaml".
	Generator string   `json:"generator"`
	Table     string   `json:"table"` // its name
	Revision  string   `json:"revision"`
	Cases     []Vector `json:"cases"`
	// Responses are responses and their meaning.
	Responses []ResponseVector `json:"responses,omitempty"`
}

// A Vector is a code and a message, and what is decided about them.
type Vector struct {
	Code    WireCode `json:"code"`
	Message string   `json:"message"`
	Verdict Verdict  `json:"decision"`
	// Values are the named parts of the message.
	Values map[string]string `json:"values,omitempty"`
}

// A Verdict is a [Decision] in words. Two verdicts can be compared.
type Verdict struct {
	Code      WireCode    `json:"code"` // as the table spells it
	Known     bool        `json:"known"`
	Subtype   string      `json:"subtype,omitempty"` // "code/name"
	Class     string      `json:"class,omitempty"`
	Action    string      `json:"action"`
	Automatic bool        `json:"automatic"`
	Throttle  bool        `json:"throttle"`
	Wait      VerdictWait `json:"wait,omitzero"`
}

// VerdictWait is a wait as Go durations, empty where the table gives none.
type VerdictWait struct {
	Min string `json:"min"`
	Max string `json:"max"`
}

// VectorsOf decides all [Cases] of a valid table. The error is that of the first
// phrase that cannot be read.
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
	v.Responses, err = c.responses()
	running.Wait()
	return v, err
}

// Vector decides about a code and a message.
func (c *Classifier) Vector(wire, message string) Vector {
	d, values := c.ClassifyValues(wire, message)
	v := Vector{Code: wireCode(c.table, wire), Message: message, Verdict: c.verdict(d, wire)}
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

// String returns the code as the table writes it; an integer in decimal.
func (c WireCode) String() string { return c.text }

// MarshalJSON writes the code as the service sends it.
func (c WireCode) MarshalJSON() ([]byte, error) {
	if c.number {
		return []byte(c.text), nil
	}
	return jsonwrite.Value(c.text), nil
}

// UnmarshalJSON reads text or a whole number.
func (c *WireCode) UnmarshalJSON(data []byte) error {
	if n, err := strconv.ParseInt(string(data), 10, 64); err == nil {
		*c = WireCode{strconv.FormatInt(n, 10), true}
		return nil
	}
	*c = WireCode{}
	return json.Unmarshal(data, &c.text)
}

// usualCase is about how many bytes a case has.
const usualCase = 192

// Encode writes the vectors as JSON, a case on a line, so that a difference of two
// files shows cases.
func (v *Vectors) Encode() []byte {
	var buf bytes.Buffer
	buf.Grow(len(v.Cases) * usualCase)
	write := func(before string, value any) {
		buf.WriteString(before)
		buf.Write(jsonwrite.Value(value))
	}
	write("{\n \"generator\": ", v.Generator)
	write(",\n \"table\": ", v.Table)
	write(",\n \"revision\": ", v.Revision)
	buf.WriteString(",\n \"cases\": [")
	for i, c := range v.Cases {
		write([]string{"\n  ", ",\n  "}[min(i, 1)], c)
	}
	buf.WriteString("\n ]")
	for i, r := range v.Responses {
		write([]string{",\n \"responses\": [\n  ", ",\n  "}[min(i, 1)], r)
	}
	if len(v.Responses) > 0 {
		buf.WriteString("\n ]")
	}
	buf.WriteString("\n}\n")
	return buf.Bytes()
}

// ReadVectors reads what [Vectors.Encode] wrote.
func ReadVectors(data []byte) (*Vectors, error) {
	var v Vectors
	if err := json.Unmarshal(data, &v); err != nil {
		return nil, err
	}
	return &v, nil
}
