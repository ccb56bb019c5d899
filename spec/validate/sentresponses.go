package validate

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/response"
)

// checkSent checks that clients read each response that the service sends as its code, subtype and
// message, with its parameter, request ID and delay.
func checkSent(t *spec.Table, report reporter) {
	r := t.Response
	if r == nil || r.Send == "" || r.Unread("send") || t.Partial || r.Unread("fields") || r.Unread("headers") {
		return
	}
	if _, ok := r.Source(spec.RoleCode); !ok {
		report(violation{at: r.ValueAt("send"), about: "response.send", message: "send: requires a field with the role code",
			help: "add a field under fields:, such as code: {role: code}"})
		return
	}
	reader, err := classify.NewReader(t)
	if err != nil || reader == nil || hasFindings(t) {
		return // reported by other checks
	}
	for _, sent := range classify.Sent(t) {
		got := classify.ReadExample(reader, &sent.Example)
		if problem := misreading(t, sent, got); problem != "" {
			at, about := sent.Code.At(), sent.Code.Wire
			if sent.Subtype != nil {
				at, about = sent.Subtype.At(), about+"/"+sent.Subtype.Name
			}
			shown, help := fmt.Sprintf("HTTP %d", sent.HTTP), "correct the fields of response:, the message or the HTTP status"
			if len(sent.Headers) > 0 {
				shown += " (" + headersOf(sent) + ")"
				help = "correct the fields or headers of response:, the message or the HTTP status; an underscore replaces what is not printable ASCII in a header"
			}
			report(violation{at: at, about: about, message: fmt.Sprintf("clients read %s from the response that the service sends, %s: %s", problem, shown, sent.Body),
				help:    help,
				related: []diag.Related{{Location: r.ValueAt("send"), Message: "form of the responses"}}})
		}
	}
}

// headersOf returns the headers of a response in one line.
func headersOf(sent classify.SentResponse) string {
	var all []string
	for _, h := range sent.Headers {
		all = append(all, h.Name+": "+h.Value)
	}
	return strings.Join(all, ", ")
}

// misreading returns the difference between a response and its reading, or "" if there is none.
func misreading(t *spec.Table, sent classify.SentResponse, got response.Reading) string {
	if got.Outcome != response.Error && got.Outcome != response.Failed {
		return "outcome " + got.Outcome.String()
	}
	if got.Index < 0 || !got.Known || &t.Codes[got.Index] != sent.Code {
		if got.Code == "" {
			return "no code"
		}
		return fmt.Sprintf("code %q", got.Code)
	}
	var read *spec.Subtype
	if got.Subtype >= 0 {
		read = &sent.Code.Subtypes[got.Subtype]
	}
	switch {
	case read == nil && sent.Subtype != nil:
		return "no subtype"
	case read != sent.Subtype:
		return fmt.Sprintf("subtype %q", read.Name)
	case got.Message != sent.Message && sent.Message != "":
		return fmt.Sprintf("message %q", got.Message)
	case got.Param != sent.Param:
		return fmt.Sprintf("parameter %q", got.Param)
	case got.RequestID != sent.RequestID:
		return fmt.Sprintf("request ID %q", got.RequestID)
	case got.RetryAfter != sent.RetryAfter:
		return fmt.Sprintf("delay %s", got.RetryAfter)
	}
	return ""
}
