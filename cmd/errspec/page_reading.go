package main

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/prose"
	"github.com/errspec/errspec/spec/response"
)

// A part is a row of the table of a response: what was found, where, and its value.
type part struct{ name, place, value string }

// found is a reading with the places of its parts.
type found struct {
	*extract.Reading
	at response.Places
}

// reading writes the table of the parts of a response:
//
//	Part         Read from           Value
//	HTTP status  status              429
//	Code         error.code          rate_limit
//	Delay        header Retry-After  30s
func (p *page) reading(d extract.Decision) {
	r := found{d.Reading, d.Reading.Places()}
	code := part{"Code", r.codePlace(), d.Code}
	if d.Entry != nil && r.Wire != "" && r.Wire != d.Code {
		code.value = r.Wire + ", which means " + d.Code
	}
	subtype := part{"Subtype", placeName(r.at.Subtype, "phrase in the message"), ""}
	if d.Subtype != nil {
		subtype.value = d.Subtype.Name
		switch {
		case r.at.Subtype.Name != "":
		case d.Subtype.Fallback:
			subtype.place = "no other subtype"
		case len(d.Subtype.When) > 0 && len(d.Subtype.Match) == 0:
			subtype.place = "conditions of the subtype"
		}
	}
	standIn := part{"Advice of", "later field or HTTP status", ""}
	if d.StandIn != nil {
		standIn.value = d.StandIn.Wire
	}
	p.parts([]part{
		r.http(), code, standIn, subtype,
		{"Message", placeName(r.at.Message, ""), prose.Shorten(r.Message, maxShown)},
		{"Parameter", placeName(r.at.Param, ""), r.Param},
		r.task(), r.request(), r.delay(),
	})
}

// nothing explains that a text contains no error.
func (p *page) nothing(table *spec.Table, f extract.Match) {
	if f.Reading != nil {
		p.noError(f.Reading)
		return
	}
	p.line("No error of " + table.Name + " found: the text contains no code, phrase or HTTP status of the table.")
}

// noError explains a response that is not an error.
func (p *page) noError(reading *extract.Reading) {
	r := found{reading, reading.Places()}
	switch r.Outcome {
	case response.OK:
		p.line("The response contains no error.")
	case response.Running:
		p.line("The response contains no error: the task has not ended.")
	default:
		p.line("The response contains no error, and no status or ID of a task.")
	}
	p.heading("")
	p.parts([]part{r.http(), {"Status", placeName(r.at.Status, ""), r.Status}, r.task(), r.request(), r.delay()})
}

func (r found) http() part {
	if r.HTTP == 0 {
		return part{}
	}
	return part{"HTTP status", "status", strconv.Itoa(r.HTTP)}
}

func (r found) task() part { return part{"Task", placeName(r.at.Task, ""), r.Task} }

func (r found) request() part {
	return part{"Request ID", placeName(r.at.RequestID, ""), r.RequestID}
}

func (r found) delay() part {
	if r.RetryAfter <= 0 {
		return part{}
	}
	return part{"Delay", placeName(r.at.RetryAfter, ""), advice.Duration(r.RetryAfter)}
}

// codePlace returns where the code was read.
func (r found) codePlace() string {
	switch r.Origin {
	case response.FromMessage:
		return "message"
	case response.FromPhrase:
		return "phrase in the message"
	case response.FromCondition:
		return "conditions of the code"
	case response.FromHTTP:
		return "HTTP status"
	}
	return placeName(r.at.Code, "")
}

func placeName(p response.Place, none string) string {
	switch {
	case p.Name == "":
		return none
	case p.Header:
		return "header " + p.Name
	}
	return p.Name
}

// parts writes a table. Rows without a value are left out.
func (p *page) parts(all []part) {
	rows := []part{{"Part", "Read from", "Value"}}
	names, places := 0, 0
	for _, row := range all {
		row.place = diag.Printable(row.place)
		if strings.TrimSpace(row.value) != "" {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		names, places = max(names, displaywidth.Of(row.name)), max(places, displaywidth.Of(row.place))
	}
	indent := strings.Repeat(" ", names+places+4)
	for _, row := range rows {
		p.wrapped(pad(row.name, names+2)+pad(row.place, places+2), indent, row.value)
	}
}

func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-displaywidth.Of(text)))
}
