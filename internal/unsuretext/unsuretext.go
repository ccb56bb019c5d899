// Package unsuretext generates texts after which no client may retry a request
// automatically: only a message names a code, or polling stopped. The tests of all
// readers of errors in text use it.
package unsuretext

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A Source generates texts for one table.
type Source struct {
	Rand  *rand.Rand
	Table string // name of the table
	Code  string // an automatic code of the table
	Other string // a code that is not automatic
}

// Text returns a text. Its code is in a position for which the generated package's
// Policy does not allow a retry.
func (s *Source) Text() string {
	if s.Rand.IntN(3) == 0 {
		return s.stopped()
	}
	return s.mentioned()
}

// pick returns one of several texts.
func (s *Source) pick(texts ...string) string { return texts[s.Rand.IntN(len(texts))] }

// named returns the texts with the names of the table and the codes.
func (s *Source) named(texts ...string) string {
	return strings.NewReplacer("TABLE", s.Table, "CODE", s.Code, "OTHER", s.Other).Replace(s.pick(texts...))
}

// message returns a message that mentions the code.
func (s *Source) message() string {
	var b strings.Builder
	for range 1 + s.Rand.IntN(3) {
		b.WriteString(s.pick("", "", " ", "unknown field ", "it's ", `said "`, "see '", `\`, "`", "} ", "]", "(", "\n", "é: "))
		b.WriteString(s.named(
			"code: CODE", `"code": "CODE"`, `'code': 'CODE'`, "code=CODE", "[CODE]", "error_code=CODE", "CODE", "`CODE`", "**CODE**", "errorCode: 'CODE'",
			"TABLE: CODE: x", "TABLE: CODE", "TABLE: CODE (task t-1)", `err="TABLE: CODE: x"`, "error=CODE",
			`{"error":{"code":"CODE"}}`, `{"id":"t-1","status":"failed","error":{"code":"CODE","message":"m"}}`, "{'error': {'code': 'CODE'}}",
			"{ error: { code: 'CODE' } }", `{"error"=>{"code"=>"CODE"}}`, `{\"error\":{\"code\":\"CODE\"}}`, "map[error:map[code:CODE]]", "{error={code=CODE}}",
			"table=TABLE code=CODE message=m", "table=TABLE revision=1 code=CODE message=m", `{"table":"TABLE","revision":"1","code":"CODE","message":"m"}`,
		))
		b.WriteString(s.pick("", " ", `"`, "'", ", ", ": ", "\n", " is not listed"))
	}
	return b.String()
}

// mentioned returns a text with a message that mentions the code. The code of the
// response or Error is another one, or it has none.
func (s *Source) mentioned() string {
	message := s.message()
	if s.Rand.IntN(3) > 0 {
		return s.around(s.printed(s.body(message)), true)
	}
	line := strings.Join(strings.Fields(message), " ")
	code := s.named("OTHER", "brand_new", "HTTP 400", "no code")
	if s.Rand.IntN(3) > 0 {
		return s.around(s.Table+": "+code+": "+line+s.pick("", " (task t-1)"), false)
	}
	if s.Rand.IntN(2) == 0 {
		return fmt.Sprintf(`time=1 level=ERROR err.table=%s err.revision=1 err.code=%s err.message=%s`, s.Table, strconv.Quote(code), strconv.Quote(line))
	}
	return text(object{{"level", "ERROR"}, {s.pick("err", "error", "x"), object{{"table", s.Table}, {"revision", "1"}, {"code", code}, {"message", line}}}})
}

// body returns a response with the message.
func (s *Source) body(message string) object {
	failure := object{{"message", message}}
	switch s.Rand.IntN(6) {
	case 0:
		failure = append(failure, member{"code", nil})
	case 1:
		failure = append(object{{"code", ""}}, failure...)
	case 2:
		failure = append(failure, member{"code", s.named("OTHER", "brand_new")})
	case 3:
		failure = append(failure, member{"code", 403}, member{"type", "invalid_request_error"})
	}
	var body object
	switch s.Rand.IntN(9) {
	case 0:
		body = object{{"error", message}}
	case 1:
		body = object{{"error", []any{failure}}}
	case 2:
		body = object{{"error", []any{message}}}
	case 3:
		body = object{{s.pick("message", "msg", "detail", "reason", "error_message"), message}}
	case 4:
		body = object{{"errors", []any{object{{"message", message}}}}}
	case 5:
		body = object{{"error", object{{"details", []any{object{{"message", message}}}}}}}
	default:
		body = object{{"error", failure}}
	}
	if s.Rand.IntN(3) == 0 {
		body = append(object{{"id", "t-2"}, {"status", "failed"}}, body...)
	}
	return body
}

// printed returns an object in the format of some program.
func (s *Source) printed(o object) string {
	switch s.Rand.IntN(6) {
	case 0:
		return python(o)
	case 1:
		return javaScript(o, s.pick(" ", "\n"))
	case 2:
		return ruby(o)
	case 3:
		return "b" + pythonText(text(o))
	}
	return text(o)
}

// around returns a text with a typical context. structure is true if the text may
// be a value by itself.
func (s *Source) around(t string, structure bool) string {
	switch s.Rand.IntN(7) {
	case 0:
		return "openai.BadRequestError: Error code: 400 - " + t
	case 1:
		return "2026-01-02T03:04:05Z ERROR [worker-3] request failed: " + t
	case 2:
		return `time=1 level=ERROR msg="request failed" ` + s.pick("err", "body", "x") + "=" + strconv.Quote(t)
	case 3:
		return text(object{{"level", "ERROR"}, {s.pick("msg", "err", "body", "x", "prompt"), t}, {"n", 1}})
	case 4:
		if structure && json.Valid([]byte(t)) {
			return `{"level":"ERROR","msg":"request failed","` + s.pick("response", "x") + `":` + t + `}`
		}
		return python(object{{"level", "ERROR"}, {"err", t}})
	}
	return t
}

// stopped returns a text with a stopped poll and an Error that would be automatic
// alone.
func (s *Source) stopped() string {
	stop := s.Table + ": stopped polling task t-9" + s.pick("", ": EOF", ": context deadline exceeded", ": Get \"https://x\": EOF", ": "+s.Table+": HTTP 503")
	failure := s.named("TABLE: CODE: x (task t-1)", "TABLE: CODE", "submit: TABLE: CODE: x", "TABLE: CODE: x: TABLE: OTHER: y")
	switch s.Rand.IntN(8) {
	case 0:
		return s.around(failure+" ("+stop+")", false)
	case 1:
		return s.around(failure+": "+stop, false)
	case 2:
		return s.around(stop+s.pick("; ", ", ", " ")+failure, false)
	case 3:
		return s.around(failure+"\n"+s.pick("", "poll: ", "EOF\n")+stop, false)
	case 4:
		return s.around(stop+"\n"+failure, false)
	case 5:
		return fmt.Sprintf(`level=ERROR err.table=%s err.revision=1 err.code=%s err.message=m poll=%q`, s.Table, s.Code, stop)
	case 6:
		value := object{{"table", s.Table}, {"revision", "1"}, {"code", s.Code}, {"message", "m"}}
		return s.printed(append(object{{"level", "ERROR"}, {"poll", stop}}, s.pickMembers(value)...))
	}
	body := object{{"id", "t-1"}, {"status", "failed"}, {"error", object{{"code", s.Code}, {"message", "m"}}}}
	if s.Rand.IntN(2) == 0 {
		return s.printed(append(body, member{"poll", stop}))
	}
	return "got " + strings.ReplaceAll(s.printed(body), "\n", " ") + " " + stop
}

// pickMembers returns members unchanged or in a nested object.
func (s *Source) pickMembers(o object) object {
	if s.Rand.IntN(2) == 0 {
		return o
	}
	return object{{"err", o}}
}
