// Package explain writes the explanation of a code or an error as JSON, for tools and
// support: its meaning, who has to act, and what to do next.
//
// Keys of the table format and of errspec classify have the same names and values here.
// Keys that start with x-errspec- are derived. [Schema] returns the JSON Schema of a
// [Document].
package explain

import (
	"bytes"
	_ "embed"
	"strconv"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/names"
)

// An Explanation is a JSON object that explains a code, an error or a rule.
type Explanation = jsonwrite.Object

// schemaVersion changes if a key of a [Document] changes or is removed.
const schemaVersion = 1

// Document returns the JSON of explanations, with a line end. The number of errors in a text
// may be larger than that of the explanations; it is left out if it is negative.
func Document(errors int, all ...Explanation) []byte {
	var o jsonwrite.Object
	o.Add("schemaVersion", schemaVersion)
	if errors >= 0 {
		o.Add("errors", errors)
	}
	o.Add("explanations", append([]jsonwrite.Object{}, all...))
	var buf bytes.Buffer
	o.Write(&buf)
	return []byte(diag.EscapeJSON(buf.String()))
}

// Entry explains a code or a subtype.
func Entry(e names.Entry) Explanation {
	x := explained{
		table: e.Table, entry: &e, wire: e.Code.Wire, known: true, code: e.Code, subtype: e.Subtype,
		class: e.Code.Class, retry: e.Code.Retry, charged: e.Code.Charged,
	}
	if e.Subtype != nil {
		x.retry = e.Subtype.Retry
	}
	return x.object("code", nil)
}

// Error explains an error that was found in a text, and its decision. The entries are those
// of the table.
func Error(t *spec.Table, entries []names.Entry, d extract.Decision) Explanation {
	x := explained{
		table: t, wire: d.Code, known: d.Entry != nil, code: d.Entry, subtype: d.Subtype,
		class: d.Class(), retry: d.Retry, charged: d.Charged, note: Note(d),
	}
	for i := range entries {
		if e := &entries[i]; d.Entry != nil && e.Code == d.Entry && e.Subtype == d.Subtype {
			x.entry = e
		}
	}
	return x.object("error", func(o *Explanation) { found(o, d) })
}

// PollStopped explains a report that polling stopped before the task ended.
func PollStopped(t *spec.Table, f extract.Match) Explanation {
	var o Explanation
	o.Add("kind", "poll_stopped")
	o.Add("table", t.Name)
	o.Add("automatic", false)
	o.Add("charged", spec.ChargedUnknown.String())
	o.Add("x-errspec-acts", advice.Client)
	o.Add("x-errspec-next-step", advice.PollAgain)
	o.Text("message", f.Message)
	o.Text("task", f.Task)
	return o
}

// Rule explains a rule.
func Rule(r diag.Rule) Explanation {
	var o Explanation
	o.Add("kind", "rule")
	o.Add("rule", r.ID)
	o.Add("severity", r.Severity.String())
	o.Add("purpose", r.Purpose)
	o.Text("before", r.Before)
	o.Text("bad", r.Bad)
	o.Text("good", r.Good)
	return o
}

// explained is a code or error with its decision.
type explained struct {
	table   *spec.Table
	entry   *names.Entry // nil for an unlisted code
	wire    string       // "" for an error without a code
	known   bool
	code    *spec.Code    // nil for an unlisted code
	subtype *spec.Subtype // nil without a subtype
	class   string
	retry   spec.Retry
	charged spec.Charged
	note    string
}

// object returns the explanation. The function more adds the parts of a response or text.
func (x explained) object(kind string, more func(*Explanation)) Explanation {
	var o Explanation
	o.Add("kind", kind)
	o.Add("table", x.table.Name)
	if x.wire != "" {
		o.Add("code", x.wireValue())
	}
	o.Add("known", x.known)
	if x.subtype != nil {
		o.Add("subtype", x.code.Wire+"/"+x.subtype.Name)
	}
	o.Text("class", x.class)
	switch {
	case x.subtype != nil:
		o.Add("title", x.subtype.Title)
		o.Text("description", x.subtype.Description)
	case x.code != nil:
		o.Add("title", x.code.Title)
		o.Text("description", x.code.Description)
	}
	x.decision(&o)
	if more != nil {
		more(&o)
	}
	if x.entry != nil {
		o.Text("url", x.entry.URL)
		o.Add("entry", export.Options{Names: x.entry.Names}.Object(x.table, x.code))
	}
	return o
}

// decision adds the retry settings, and what follows from them.
func (x explained) decision(o *Explanation) {
	r := x.retry
	o.Add("action", r.Action.String())
	o.Add("automatic", r.Automatic)
	o.Add("throttle", r.Throttle)
	if !r.Wait.IsZero() {
		o.Add("wait", jsonwrite.Object{{Key: "min", Value: r.Wait.Min.String()}, {Key: "max", Value: r.Wait.Max.String()}})
	}
	o.Text("advice", r.Advice)
	o.Add("charged", x.charged.String())
	fault := spec.FaultUnknown
	if class, ok := x.table.Class(x.class); ok {
		fault = class.Fault
	}
	o.Add("x-errspec-acts", advice.Acts(r.Action.String(), fault.String(), r.Throttle))
	o.Add("x-errspec-next-step", NextStep(r))
	o.Text("note", x.note)
}

// wireValue returns the JSON value of the code: text or a number.
func (x explained) wireValue() any {
	if x.table.Wire == spec.WireInteger {
		if n, err := strconv.ParseInt(x.wire, 10, 64); err == nil {
			return n
		}
	}
	return x.wire
}

// found adds the parts of a response or text.
func found(o *Explanation, d extract.Decision) {
	var values jsonwrite.Object
	for _, v := range d.Values {
		values.Add(v.Name, v.Text)
	}
	if len(values) > 0 {
		o.Add("values", values)
	}
	o.Text("message", d.Message)
	o.Text("task", d.Task)
	r := d.Reading
	if r == nil {
		return
	}
	o.Text("param", r.Param)
	if r.HTTP != 0 {
		o.Add("http", r.HTTP)
	}
	o.Text("request_id", r.RequestID)
	if r.RetryAfter > 0 {
		o.Add("retry_after", r.RetryAfter.String())
	}
}

// NextStep returns the sentence about what to do after an error with the retry settings.
func NextStep(r spec.Retry) string {
	return advice.Retry(r.Action.String(), r.Automatic, advice.Wait(r.Wait.Min, r.Wait.Max))
}

// Note returns a sentence about the evidence for a decision. It returns "" if there is
// nothing to note.
func Note(d extract.Decision) string {
	switch {
	case d.Source == extract.Phrase:
		return "The text contains no code. This match is based on a phrase in the text."
	case d.Withheld && d.Reading != nil && d.Reading.HTTP != 0:
		return "The code is automatic, but this response is not sufficient evidence for a retry."
	case d.Withheld && d.Reading != nil:
		return "The code is automatic, but a body without its HTTP status and headers is not sufficient evidence for a retry."
	case d.Withheld:
		return "The code is automatic, but this text is not sufficient evidence for a retry."
	}
	return ""
}

//go:embed explanation.schema.json
var schema []byte

// Schema returns the JSON Schema of a [Document].
func Schema() []byte { return bytes.Clone(schema) }
