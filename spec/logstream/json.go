package logstream

import (
	"strconv"

	"github.com/errspec/errspec/internal/jsonwrite"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/extract"
)

// appendDecision appends the members of a decision, which follow those of its location,
// and the end of the line:
//
//	,"code":"service_error","known":true,"subtype":"","class":"server","action":"wait","automatic":true,
//	"wait":{"min":"30s","max":"1m0s"},"values":{"limit_mb":"10"},"task":"t-1"}
//
// The subtype includes its code, as in generated packages. Members with text are always
// present; wait, charged, values and those of [appendResponse] are present only if they are not empty. appendDecision also
// returns the index of the value of automatic.
func appendDecision(b []byte, d extract.Decision) (line []byte, automatic int) {
	b = appendCode(append(b, `,"code":`...), d)
	b = appendBool(append(b, `,"known":`...), d.Entry != nil)
	b = append(b, `,"subtype":`...)
	if d.Subtype != nil {
		b = appendString(b, d.Entry.Wire)
		b = append(b[:len(b)-1], '/')
		b = append(append(b, d.Subtype.Name...), '"') // a name needs no escapes
	} else {
		b = append(b, `""`...)
	}
	b = appendString(append(b, `,"class":`...), d.Class())
	b = appendString(append(b, `,"action":`...), d.Retry.Action.String())
	b = append(b, `,"automatic":`...)
	automatic = len(b)
	b = appendBool(b, d.Retry.Automatic)
	if w := d.Retry.Wait; !w.IsZero() {
		b = appendString(append(b, `,"wait":{"min":`...), w.Min.String())
		b = appendString(append(b, `,"max":`...), w.Max.String())
		b = append(b, '}')
	}
	if d.Charged != spec.ChargedUnknown {
		b = appendString(append(b, `,"charged":`...), d.Charged.String())
	}
	b = appendValues(b, d.Values)
	b = appendString(append(b, `,"task":`...), d.Task)
	b = appendResponse(b, d.Reading)
	return append(b, '}', '\n'), automatic
}

// appendResponse appends what only a response says, as far as it does:
//
//	"http":429,"request_id":"req_1","retry_after":"1m0s"
func appendResponse(b []byte, r *extract.Reading) []byte {
	if r == nil {
		return b
	}
	if r.HTTP != 0 {
		b = strconv.AppendInt(append(b, `,"http":`...), int64(r.HTTP), 10)
	}
	if r.RequestID != "" {
		b = appendString(append(b, `,"request_id":`...), r.RequestID)
	}
	if r.RetryAfter > 0 {
		b = appendString(append(b, `,"retry_after":`...), r.RetryAfter.String())
	}
	return b
}

// appendCode appends the code as the service sends it: as text or as a number.
func appendCode(b []byte, d extract.Decision) []byte {
	if d.Integer {
		if n, err := strconv.ParseInt(d.Code, 10, 64); err == nil {
			return strconv.AppendInt(b, n, 10)
		}
	}
	return appendString(b, d.Code)
}

func appendValues(b []byte, values []classify.Value) []byte {
	if len(values) == 0 {
		return b
	}
	b = append(b, `,"values":{`...)
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendString(b, v.Name), ':')
		b = appendString(b, v.Text)
	}
	return append(b, '}')
}

func appendString(b []byte, s string) []byte { return jsonwrite.AppendString(b, s, diag.IsHostile) }

func appendBool(b []byte, v bool) []byte {
	if v {
		return append(b, isTrue...)
	}
	return append(b, isFalse...)
}
