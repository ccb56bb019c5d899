package classify

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

// A LongVector is a case or a response with a message of about the length that classifiers
// read, 64 KiB. Each <pad> in it stands for Pad spaces.
type LongVector struct {
	Pad      int             `json:"pad"`
	Case     *Vector         `json:"case,omitempty"`
	Response *ResponseVector `json:"response,omitempty"`
}

// A longMessage is a message with a number of spaces for the pad.
type longMessage struct {
	text string
	pad  int
}

const pad = "<pad>"

// longMessages are a message that is read to its end, one with a blank beginning, which is
// read, and one with a rest that is not read.
var longMessages = []longMessage{
	{pad + "x", match.MaxMessage - 1},
	{pad + "x", match.MaxMessage},
	{"x" + pad, match.MaxMessage},
}

func (m longMessage) expand(text string) string {
	return strings.ReplaceAll(text, pad, strings.Repeat(" ", m.pad))
}

func (m longMessage) shorten(text string) string {
	return strings.ReplaceAll(text, strings.Repeat(" ", m.pad), pad)
}

// maxLongCodes is the maximum number of codes with long messages.
const maxLongCodes = 4

// longCodes returns indexes of codes for which the length of a message matters: those with
// stricter subtypes first, then those with a subtype for other messages, then others.
func longCodes(t *spec.Table) []int {
	rank := func(i int) int {
		c := &t.Codes[i]
		switch {
		case c.Retry.Automatic && c.HasStricterSubtype():
			return 0
		case slices.ContainsFunc(c.Subtypes, func(s spec.Subtype) bool { return s.Fallback }):
			return 1
		case c.Retry.Automatic:
			return 2
		}
		return 3
	}
	var all []int
	for i := range t.Codes {
		all = append(all, i)
	}
	slices.SortStableFunc(all, func(a, b int) int { return rank(a) - rank(b) })
	return all[:min(len(all), maxLongCodes)]
}

// longCases returns codes with long messages.
func (c *Classifier) longCases() []LongVector {
	var expanded []string // once for all codes
	for _, m := range longMessages {
		expanded = append(expanded, m.expand(m.text))
	}
	var all []LongVector
	for _, i := range longCodes(c.table) {
		for k, m := range longMessages {
			v := c.Vector(c.table.Codes[i].Wire, expanded[k])
			v.Message = Text(m.text)
			all = append(all, LongVector{Pad: m.pad, Case: &v})
		}
	}
	return all
}

// longResponses returns responses with long messages: with a code, and with each subtype of
// the code that only the response selects.
func (c *Classifier) longResponses(reader *response.Reader) []LongVector {
	field, ok := c.table.Response.Field(spec.RoleMessage)
	if !ok {
		return nil
	}
	cases := responseCases{table: c.table}
	for _, i := range longCodes(c.table) {
		cases.with(field, false, 400, pad, cases.failure(i))
		cases.selected(field, i)
	}
	var all []LongVector
	for i := range cases.all {
		for _, m := range longMessages {
			e := cases.all[i]
			body := strings.Replace(e.Body, pad, m.text, 1)
			e.Body = m.expand(body)
			v := c.responseVector(reader, &e)
			v.Body = body
			if v.Error != nil {
				v.Error.Message = Text(m.shorten(string(v.Error.Message)))
			}
			all = append(all, LongVector{Pad: m.pad, Response: &v})
		}
	}
	return all
}

// selected adds a response for each subtype of a code that a field or conditions select, with
// a message of the pad.
func (c *responseCases) selected(message *spec.Field, code int) {
	others := set(c.failure(code), message, pad)
	f, sent := c.table.Response.Field(spec.RoleSubtype)
	for _, s := range c.table.Codes[code].Subtypes {
		name := "subtype " + c.table.Codes[code].Wire + "/" + s.Name
		if sent {
			value := s.Name
			if len(s.Values) > 0 {
				value = s.Values[0]
			}
			c.add(name, 400, nil, set(others, f, value))
		}
		if len(s.When) > 0 {
			status, headers, values := c.fulfilled(s.When)
			c.add(name+" by conditions", status, headers, append(slices.Clone(others), values...))
		}
	}
}
