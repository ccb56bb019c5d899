package response

import (
	"strings"
	"testing"
	"time"
)

// tasks is a table of tasks for the tests of rules.
func tasks() Description {
	return Description{
		Fields: []Field{
			{Path: "id", Role: RoleID},
			{Path: "status", Role: RoleStatus, Completed: []string{"done"}, Failed: []string{"failed", "halted"}},
			{Path: "ok", Role: RoleSuccess},
			{Path: "fault", Role: RoleFailure},
			{Path: "error.code", Role: RoleCode},
			{Path: "error.type", Role: RoleCode},
			{Path: "error.reason", Role: RoleSubtype},
			{Path: "error.message", Role: RoleMessage},
			{Path: "error.param", Role: RoleParam},
			{Path: "error", Role: RoleMessage},
			{Path: "code", Role: RoleCode, OK: []string{"0"}},
			{Path: "msg", Role: RoleMessage},
			{Path: "wait", Role: RoleRetryAfter},
			{Path: "retryable", Role: RoleRetryable},
			{Path: "kind"},
			{Path: "note", Role: RoleCode, When: []Condition{{Name: "kind", Values: []string{"error", "fault"}}}},
		},
		Headers: []Field{{Path: "x-code", Role: RoleCode}, {Path: "x-left"}, {Path: "x-wait", Role: RoleRetryAfter}},
		HTTP:    []HTTPCode{{429, "limit"}, {503, "down"}},
		Codes:   ruleCodes(),
	}
}

func ruleCodes() []Code {
	return []Code{
		{Wire: "limit", Aliases: []string{"8", "429"}, Automatic: true},
		{Wire: "down", Automatic: true, Match: []string{"is down"}},
		{Wire: "bad", Aliases: []string{"400"}, Prefixes: []string{"bad.", "bad.very."}},
		{Wire: "worse", Prefixes: []string{"bad.very.very."}},
		{Wire: "quota", Automatic: true, When: []Condition{{Name: "http", Values: []string{"403", "409"}}, {Name: "x-left", Values: []string{"0"}}}},
		{Wire: "busy", Automatic: true, Subtypes: []Subtype{
			{Name: "queue", Automatic: true, Match: []string{"queue"}},
			{Name: "spent", Match: []string{"spent"}},
			{Name: "paid", When: []Condition{{Name: "http", Values: []string{"402"}}}},
			{Name: "renamed", Values: []string{"R1"}, Automatic: true},
			{Name: "other", Fallback: true, Automatic: true},
		}},
		{Wire: "slow", Automatic: true, Subtypes: []Subtype{{Name: "slower", Automatic: true, Wait: time.Minute, When: []Condition{{Name: "http", Values: []string{"402"}}}}, {Name: "fast", Automatic: true}}},
		{Wire: "stopped", When: []Condition{{Name: "status", Values: []string{"halted"}}}},
		{Wire: "odd", Automatic: true, Subtypes: []Subtype{
			{Name: "known", Automatic: true, Match: []string{"familiar"}},
			{Name: "other", Fallback: true},
		}},
	}
}

// lists is a table of arrays.
func lists() Description {
	return Description{
		Fields: []Field{
			{Path: "errors[]", Role: RoleFailure},
			{Path: "errors[].code", Role: RoleCode, OK: []string{"0"}},
			{Path: "errors[].type", Role: RoleCode},
			{Path: "errors[].message", Role: RoleMessage},
			{Path: "errors[].path", Role: RoleParam},
			{Path: "errors[].parts[].code", Role: RoleCode},
			{Path: "errors[].parts[].message", Role: RoleMessage},
			{Path: "details[].reason", Role: RoleSubtype},
			{Path: "details[].wait", Role: RoleRetryAfter},
			{Path: "message", Role: RoleMessage},
			{Path: "code", Role: RoleCode},
		},
		HTTP:  []HTTPCode{{429, "limit"}},
		Codes: ruleCodes()[:1:1],
	}
}

type ruleCase struct {
	call   string // "" is a task's
	status int
	header string // "name: value; name: value"
	body   string
	want   string // see [brief]
}

// brief returns a reading as words: outcome, code ("?" after one that is not listed, "=" after one with a prefix), /subtype,
// "message", #task, @param, the delay, auto.
func brief(r *Reader, got Reading) string {
	words := []string{got.Outcome.String()}
	code := got.Code
	if code != "" && !got.Known {
		code += "?"
		if got.StandIn >= 0 {
			code += r.table.codes[got.StandIn].Wire
		}
	}
	if got.Known && code != r.table.codes[got.Index].Wire {
		code += "=" + r.table.codes[got.Index].Wire
	}
	if got.Subtype >= 0 {
		code += "/" + r.table.codes[got.Index].Subtypes[got.Subtype].Name
	}
	if got.Strictest != got.Subtype {
		code += "/" + r.table.codes[got.Index].Subtypes[got.Strictest].Name
	}
	if code != "" {
		words = append(words, code)
	}
	if got.Message != "" {
		words = append(words, "\""+got.Message+"\"")
	}
	if got.Task != "" {
		words = append(words, "#"+got.Task)
	}
	if got.Param != "" {
		words = append(words, "@"+got.Param)
	}
	if got.RetryAfter > 0 {
		words = append(words, got.RetryAfter.String())
	}
	if got.Automatic {
		words = append(words, "auto")
	}
	return strings.Join(words, " ")
}

func (c ruleCase) run(t *testing.T, r *Reader) {
	t.Helper()
	call := TaskCall
	if c.call == "plain" {
		call = PlainCall
	}
	header := make(map[string][]string)
	for _, line := range strings.Split(c.header, "; ") {
		if name, value, ok := strings.Cut(line, ": "); ok {
			header[name] = append(header[name], value)
		}
	}
	if got := brief(r, r.Read(call, c.status, header, []byte(c.body))); got != c.want {
		t.Errorf("%s %d %s %s\ngot  %s\nwant %s", c.call, c.status, c.header, c.body, got, c.want)
	}
}

func testRules(t *testing.T, d Description, rules map[string][]ruleCase) {
	t.Helper()
	r := compileTable(t, d)
	for name, cases := range rules {
		t.Run(name, func(t *testing.T) {
			for _, c := range cases {
				c.run(t, r)
			}
		})
	}
}

func TestRules(t *testing.T) {
	testRules(t, tasks(), map[string][]ruleCase{
		"1 errors": {
			{"", 404, "", `{"status":"done"}`, `error`},
			{"", 302, "", ``, `error`},
			{"plain", 200, "", `{"ok":false}`, `error`},
			{"plain", 200, "", `{"ok":"true"}`, `ok`},
			{"plain", 200, "", `{"fault":"x"}`, `error`},
			{"plain", 200, "", `{"fault":[]}`, `ok`},
			{"plain", 200, "", `{"fault":false}`, `ok`},
			{"", 200, "", `{"status":"failed"}`, `failed`},
			{"plain", 200, "", `{"error":{"code":"bad"}}`, `error bad`},
			{"", 200, "", `{"id":"t","error":{"code":"bad"}}`, `failed bad #t`},
			{"", 200, "", `{"status":"busy","error":{"code":"bad"},"ok":false}`, `running`},
			{"", 200, "", `{"status":"done","error":{"code":"limit"}}`, `failed limit`},
			{"", 200, "", `{"status":"done"}`, `ok`},
			{"plain", 200, "", `{"error":"bad","msg":"oh"}`, `ok`},
			{"plain", 200, "", `{"ok":true,"error":{"code":"bad"}}`, `ok`},
			{"", 200, "", `{"ok":true,"status":"failed","error":{"code":"bad"}}`, `failed bad`},
			{"plain", 200, "", `{"ok":true,"fault":{"x":1}}`, `error`},
			{"", 500, "", `{"id":"t","error":{"code":"bad"}}`, `error bad #t`},
		},
		"2 no error": {
			{"", 200, "", `{"id":"t"}`, `running #t`},
			{"plain", 200, "", `{"id":"t"}`, `running #t`},
			{"", 200, "", `{}`, `unreadable`},
			{"plain", 200, "", `{}`, `ok`},
			{"plain", 200, "", `<p>`, `unreadable`},
			{"plain", 200, "", ``, `unreadable`},
			{"plain", 200, "x-code: bad", `{"a"`, `unreadable`},
			{"plain", 204, "", ``, `ok`},
			{"plain", 204, "", `{"ok":false}`, `ok`},
			{"", 205, "", ``, `unreadable`},
			{"", 400, "", `{"status":"failed","id":"t"}`, `error #t`},
			{"plain", 200, "", `[1]`, `ok`},
			{"plain", 200, "", `"ok"`, `ok`},
		},
		"3 values": {
			{"plain", 400, "", `{"error":{"code":["limit"],"message":{"a":1}}}`, `error`},
			{"plain", 400, "", `{"error":{"code":"","type":"limit"}}`, `error limit auto`},
			{"plain", 400, "", `{"error":{"code":null,"type":"limit"}}`, `error limit auto`},
			{"plain", 400, "", `{"error":{"code":true,"message":1.50}}`, `error true? "1.50"`},
			{"plain", 404, "", `{"error":{"code":404,"type":"limit"}}`, `error limit auto`},
			{"plain", 404, "", `{"error":{"code":404}}`, `error`},
			{"plain", 404, "", `{"error":{"code":"404","type":"new"}}`, `error new?`},
			{"plain", 500, "", `{"error":{"code":"4:0"}}`, `error 4:0?`},
			{"plain", 429, "", `{"error":{"code":4290}}`, `error 4290?limit`},
			{"plain", 429, "", `{"error":{"code":429}}`, `error limit auto`},
			{"plain", 429, "", `{"error":{"code":429,"type":"new"}}`, `error limit`},
			{"plain", 400, "", `{"error":{"code":400}}`, `error bad`},
			{"plain", 400, "", `{"error":{"code":400,"type":"limit"}}`, `error limit auto`},
			{"plain", 400, "", `{"error":{"code":400,"type":"new"}}`, `error bad`},
			{"plain", 200, "", `{"code":0,"msg":"success","error":{"type":"bad"}}`, `error bad`},
			{"", 200, "", `{"code":0,"msg":"success","status":"failed"}`, `failed`},
			{"plain", 400, "", `{"code":0,"msg":"success"}`, `error "success"`},
			{"plain", 400, "", `{"error":"text"}`, `error "text"`},
			{"plain", 400, "", `{"error":{"message":"text"}}`, `error "text"`},
		},
		"4 body in an array": {
			{"plain", 400, "", `[1,{"error":{"code":"bad","message":"m"}},{"error":{"code":"limit"}}]`, `error bad "m"`},
			{"plain", 400, "", `[{},{"error":{"code":"bad"}}]`, `error`},
			{"plain", 200, "", `[{"x":1},{"error":{"code":"limit","message":"m"}},{"id":"t"}]`, `error limit "m"`},
			{"plain", 200, "", `[{"id":"t"},{"error":{"code":"limit"}}]`, `error limit`},
			{"plain", 200, "", `[{"id":"t"},{"id":"u"}]`, `ok`},
			{"plain", 200, "", `[{"kind":"event","note":"bad"},{"kind":"error","note":"limit"}]`, `error limit`},
			{"", 200, "", `[{"id":"t","status":"done"}]`, `unreadable`},
			{"plain", 400, "", `{"error":{"code":"bad","param":["body","a",0,{"x":1},"é\n"]}}`, `error bad @body.a.0.é` + "\n"},
		},
		"5 no code": {
			{"plain", 400, "", `{"msg":" limit\n"}`, `error limit " limit` + "\n" + `"`},
			{"plain", 400, "", `{"msg":"bad.x"}`, `error "bad.x"`},
			{"plain", 400, "", `{"msg":"the limit"}`, `error "the limit"`},
			{"plain", 403, "x-left: 0", `{"msg":"it is down"}`, `error quota "it is down" auto`},
			{"plain", 403, "x-left: 0", `{"msg":"limit"}`, `error limit "limit"`},
			{"plain", 429, "", `{"msg":"it is down"}`, `error down "it is down"`},
			{"plain", 429, "", `{"msg":"m"}`, `error limit "m" auto`},
			{"", 200, "", `{"status":"failed","msg":"it is down"}`, `failed down "it is down"`},
			{"plain", 200, "", `{"msg":"it is down"}`, `ok`},
			{"plain", 429, "", `{"error":{"code":"new","type":"down"}}`, `error new?down`},
			{"plain", 429, "", `{"error":{"code":"new"}}`, `error new?limit`},
			{"plain", 400, "", `{"error":{"code":"new"}}`, `error new?`},
			{"", 200, "", `{"status":"failed","error":{"code":"new"}}`, `failed new?`},
			{"plain", 503, "", ``, `error down`}, // an unnamed 5xx
			{"plain", 429, "", `too many`, `error limit auto`},
			{"plain", 429, "", strings.Repeat(" ", 100) + `{"error":{"code":"qu`, `error limit`},
			{"plain", 429, "", "\ufeff" + `{"error":{"code":"quota"}}`, `error limit`},
			{"plain", 429, "", `data: {"error":{"code":"quota"}}`, `error limit`},
		},
		"6 delays": {
			{"plain", 400, "retry-after: 7", `{"wait":3}`, `error 7s`},
			{"plain", 400, "Retry-After: 7; X-WAIT: 9", `{"wait":"31s"}`, `error 31s`},
			{"plain", 400, "", `{"wait":"1.203608125s"}`, `error 1.203608125s`},
			{"plain", 400, "", `{"wait":"1m30s"}`, `error 1m30s`},
			{"plain", 400, "", `{"wait":1.5e1}`, `error 15s`},
			{"plain", 400, "", `{"wait":"0.29"}`, `error 290ms`},
			{"plain", 400, "", `{"wait":1e99}`, `error 2562047h47m16.854775807s`},
			{"plain", 400, "", `{"wait":-5}`, `error`},
			{"plain", 400, "", `{"wait":"soon"}`, `error`},
			{"plain", 400, "retry-after: Sat, 28 Nov 2026 00:02:00 GMT; date: Sat, 28 Nov 2026 00:00:00 GMT", ``, `error 2m0s`},
			{"plain", 400, "retry-after: Saturday, 28-Nov-26 00:02:00 GMT; date: Sat, 28 Nov 2026 00:00:00 GMT", ``, `error 2m0s`},
			{"plain", 400, "retry-after: Sat, 28 Nov 2026 00:02:00 GMT; date: Sat, 28 Nov 2026 01:00:00 GMT", ``, `error`},
			{"plain", 429, "", `{"retryable":false}`, `error limit`},
			{"plain", 429, "", `{"retryable":true}`, `error limit auto`},
			{"plain", 429, "", `{"retryable":null}`, `error limit auto`},
			{"plain", 429, "", `{"retryable":"fal"}`, `error limit`},
			{"plain", 400, "", `{"retryable":true,"error":{"code":"bad"}}`, `error bad`},
		},
		"7 precedence": {
			{"plain", 400, "x-code: limit", `{"error":{"code":"bad"}}`, `error bad`},
			{"plain", 400, "X-CODE: limit", ``, `error limit auto`},
			{"plain", 400, "X-Code: bad; x-code: limit", ``, `error bad`},
			{"plain", 200, "", `{"note":"bad","kind":"event"}`, `ok`},
			{"plain", 200, "", `{"note":"bad"}`, `ok`},
			{"plain", 200, "", `{"note":"bad","kind":"fault"}`, `error bad`},
			{"plain", 403, "", ``, `error`},
			{"plain", 409, "x-left: 0", ``, `error quota auto`},
			{"", 200, "", `{"status":"halted"}`, `failed stopped`},
			{"plain", 400, "", `{"status":"halted"}`, `error`},
			{"plain", 400, "x-left: 0", ``, `error`},
			{"plain", 400, "", `{"error":{"code":"bad.very.small"}}`, `error bad.very.small=bad`},
			{"plain", 400, "", `{"error":{"code":"bad.very.very.x"}}`, `error bad.very.very.x=worse`},
			{"plain", 400, "", `{"error":{"code":"8"}}`, `error limit auto`},
		},
		"8 subtypes": {
			{"plain", 400, "", `{"error":{"code":"busy","reason":"QUEUE"}}`, `error busy/queue auto`},
			{"plain", 400, "", `{"error":{"code":"busy","reason":"R1"}}`, `error busy/renamed auto`},
			{"plain", 400, "", `{"error":{"code":"busy","reason":"renamed"}}`, `error busy/other`},
			{"plain", 400, "", `{"error":{"code":"busy","reason":"new"}}`, `error busy/other`},
			{"plain", 400, "", `{"error":{"code":"busy","reason":{"x":1}}}`, `error busy`},
			{"plain", 400, "", `{"error":{"code":"limit","reason":"new"}}`, `error limit auto`},
			{"plain", 402, "", `{"error":{"code":"busy"}}`, `error busy/paid`},
			{"plain", 402, "", `{"error":{"code":"busy","reason":"queue"}}`, `error busy/queue/paid`},
			{"plain", 400, "", `{"error":{"code":"busy","reason":"queue","message":"all spent"}}`, `error busy/queue/spent "all spent"`},
			{"plain", 400, "", `{"error":{"code":"busy","message":"all spent"}}`, `error busy/spent "all spent"`},
			{"plain", 400, "", `{"error":{"code":"busy","message":"m"}}`, `error busy/other "m" auto`},
			{"plain", 400, "", `{"error":{"code":"busy","message":" "}}`, `error busy " " auto`},
			{"plain", 400, "", `{"error":{"code":"slow","reason":"new"}}`, `error slow`},
			{"plain", 402, "", `{"error":{"code":"slow","reason":"fast"}}`, `error slow/fast/slower auto`},
			{"plain", 400, "", `{"error":{"code":"odd","message":"familiar"}}`, `error odd/known "familiar" auto`},
			{"plain", 400, "", `{"error":{"code":"odd","message":"strange"}}`, `error odd/other "strange"`},
			{"plain", 400, "", `{"error":{"code":"new","type":"busy","reason":"queue"}}`, `error new?busy`},
		},
	})
}

func TestArrays(t *testing.T) {
	d := lists()
	d.Codes = ruleCodes()
	d.Codes = append(d.Codes[:4:4], d.Codes[5])
	testRules(t, d, map[string][]ruleCase{
		"elements": {
			{"plain", 200, "", `{"errors":[]}`, `ok`},
			{"plain", 200, "", `{"errors":[null,""]}`, `ok`},
			{"plain", 200, "", `{"errors":[{"message":"m"}]}`, `error "m"`},
			{"plain", 200, "", `{"errors":[{"code":"limit","message":"m","path":["a",0]}]}`, `error limit "m" @a.0 auto`},
			{"plain", 400, "", `{"errors":[{"message":"first","path":"a"},{"message":"second","code":"limit","path":"b"}]}`, `error limit "second" @b`},
			{"plain", 400, "", `{"errors":[{"code":"new","message":"first"},{"code":"bad","message":"second"}]}`, `error bad "second"`},
			{"plain", 400, "", `{"errors":[{"code":"new","message":"first"},{"code":"newer","message":"second"}]}`, `error new? "first"`},
			{"plain", 400, "", `{"errors":[{"code":"new","type":"down","message":"first"}]}`, `error new?down "first"`},
			{"plain", 400, "", `{"errors":[{"type":"bad"},{"code":"limit"}]}`, `error bad`},
			{"plain", 400, "", `{"errors":[{"code":"limit"},{"code":"down"}]}`, `error limit auto`},
			{"plain", 400, "", `{"errors":[{"code":"limit"},{"code":"bad"}]}`, `error limit`},
			{"plain", 400, "", `{"errors":[{"code":"limit"},{"code":"new"}]}`, `error limit`},
			{"plain", 400, "", `{"errors":[{"code":"limit"},{"code":"busy"}]}`, `error limit`},
			{"plain", 400, "", `{"errors":[{"code":"limit"},{"message":"m"}]}`, `error limit`},
			{"plain", 400, "", `{"errors":[{"message":"m"},{"code":"limit"}]}`, `error limit`},
			{"plain", 400, "", `{"errors":[{"message":"m","code":"down"},{"code":"limit","message":"n"}]}`, `error down "m" auto`},
			{"plain", 400, "", `{"errors":[{"code":0,"message":"m"},{"code":"limit"}]}`, `error limit`},
			{"plain", 400, "", `{"errors":[{"path":"x"},{"message":"m","path":"y"}]}`, `error "m" @y`},
			{"plain", 400, "", `{"message":"all","errors":[{"code":"limit"}]}`, `error limit "all" auto`},
			{"plain", 400, "", `{"code":"down","errors":[{"type":"limit","message":"m"}]}`, `error limit "m" auto`},
			{"plain", 200, "", `{"errors":{"code":"bad"}}`, `ok`},
			{"plain", 429, "", `{"errors":{"code":"bad"}}`, `error limit`},
		},
		"nested": {
			{"plain", 400, "", `{"errors":[{"parts":[{"code":"new","message":"a"},{"code":"bad","message":"b"}]}]}`, `error bad "b"`},
			{"plain", 400, "", `{"errors":[{"parts":[{"code":"limit","message":"a"},{"code":"bad","message":"b"}]}]}`, `error limit "a"`},
			{"plain", 400, "", `{"errors":[{"code":"bad","message":"m","parts":[{"code":"limit","message":"a"}]}]}`, `error bad "m"`},
			{"plain", 400, "", `{"errors":[{"parts":[{"code":"new","message":"a"}]},{"parts":[{"message":"x"},{"code":"bad","message":"b"}]}]}`, `error bad "b"`},
		},
		"details": {
			{"plain", 400, "", `{"code":"busy","details":[{"wait":2},{"reason":"queue"},{"wait":"9s"},{"wait":3}]}`, `error busy/queue 9s auto`},
			{"plain", 400, "", `{"code":"busy","details":[{"reason":"queue"},{"reason":"spent"}]}`, `error busy/queue/spent`},
			{"plain", 400, "", `{"code":"busy","details":[{"reason":"new"},{"reason":"queue"}]}`, `error busy/queue`},
			{"plain", 400, "", `{"code":"busy","details":"none"}`, `error busy`},
			{"plain", 400, "", `{"code":"busy","details":[]}`, `error busy auto`},
		},
	})
}

func TestRunningList(t *testing.T) {
	d := tasks()
	d.Fields[1].Running = []string{"queued"}
	testRules(t, d, map[string][]ruleCase{"running": {
		{"", 200, "", `{"status":"queued","error":{"code":"bad"}}`, `running`},
		{"", 200, "", `{"id":"t","status":"odd"}`, `unreadable #t`},
		{"", 200, "", `{"id":"t","status":"odd","error":{"code":"limit"}}`, `unreadable #t`},
	}})
}

// TestID reads a table without a status: an ID alone is not a running task.
func TestID(t *testing.T) {
	testRules(t, Description{
		Fields: []Field{{Path: "id", Role: RoleID}, {Path: "code", Role: RoleCode}}, Codes: []Code{{Wire: "bad"}},
	}, map[string][]ruleCase{"id": {
		{"", 200, "", `{"id":"t"}`, `ok #t`},
		{"", 200, "", `{}`, `ok`},
		{"", 200, "", `{"id":"t","code":"bad"}`, `failed bad #t`},
	}})
}

func TestIntegers(t *testing.T) {
	testRules(t, Description{
		Fields: []Field{{Path: "code", Role: RoleCode}, {Path: "message", Role: RoleMessage}}, Integer: true,
		Codes: []Code{{Wire: "17", Aliases: []string{"seventeen"}}, {Wire: "-4"}},
	}, map[string][]ruleCase{"integers": {
		{"plain", 400, "", `{"code":17}`, `error 17`},
		{"plain", 400, "", `{"code":"017"}`, `error 17`},
		{"plain", 400, "", `{"code":"seventeen"}`, `error 17`},
		{"plain", 400, "", `{"code":-4}`, `error -4`},
		{"plain", 400, "", `{"code":17.0}`, `error 17.0?`},
		{"plain", 400, "", `{"message":"17"}`, `error "17"`},
	}})
}

// TestMessageFirst lists the message before the code that means success.
func TestMessageFirst(t *testing.T) {
	testRules(t, Description{
		Fields: []Field{
			{Path: "data.status", Role: RoleStatus, Failed: []string{"failed"}},
			{Path: "data.text", Role: RoleMessage},
			{Path: "text", Role: RoleMessage},
			{Path: "data.other", Role: RoleMessage},
			{Path: "code", Role: RoleCode, OK: []string{"0", "OK"}},
		},
		Headers: []Field{{Path: "grpc-status", Role: RoleCode, OK: []string{"0"}}},
	}, map[string][]ruleCase{"message": {
		{"", 200, "", `{"text":"success","code":0,"data":{"status":"failed"}}`, `failed`},
		{"", 200, "", `{"text":"success","code":"OK","data":{"status":"failed","text":"broken"}}`, `failed "broken"`},
		{"", 200, "", `{"text":"oh","code":1,"data":{"status":"failed"}}`, `failed 1? "oh"`},
		{"", 400, "", `{"text":"oh","code":0}`, `error "oh"`},
		{"", 400, "", `{"data":{"other":"b"},"text":"a"}`, `error "a"`},
		{"plain", 200, "grpc-status: 0", `{}`, `ok`},
		{"plain", 200, "grpc-status: 5", `{}`, `error 5?`},
	}})
}

func TestParseDelay(t *testing.T) {
	now := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"7": 7 * time.Second, " 7\t": 7 * time.Second, "1.001": 1001 * time.Millisecond, "1.203608125s": 1203608125, "2m": 2 * time.Minute, "0": 0,
		"99999999999999999999": 1<<63 - 1, "1e999": 1<<63 - 1,
		"Sat, 28 Nov 2026 00:02:00 GMT": 2 * time.Minute, "Fri, 27 Nov 2026 00:02:00 GMT": 0, "Sat Nov 28 00:00:09 2026": 9 * time.Second,
		"": -1, "-1": -1, "-1s": -1, "soon": -1, "nan": -1, "7 s": -1, "1 2": -1,
	} {
		got, ok := parseDelay(text, time.Second, now)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestCutsAndUnits(t *testing.T) {
	testRules(t, Description{
		Fields: []Field{
			{Path: "type", Role: RoleCode, CutAfter: "#", CutBefore: ":"},
			{Path: "until", Role: RoleRetryAfter, Unit: "epoch"},
			{Path: "ms", Role: RoleRetryAfter, Unit: "ms"},
			{Path: "hint", Role: RoleRetryAfter, Match: "Retry  after <num> seconds"},
		},
		Codes: []Code{{Wire: "bad"}},
	}, map[string][]ruleCase{
		"cuts": {
			{"plain", 400, "", `{"type":"a#bad:http://x/#y"}`, `error bad`},
			{"plain", 400, "", `{"type":"bad:x"}`, `error bad`},
			{"plain", 400, "", `{"type":"x#bad"}`, `error bad`},
			{"plain", 400, "", `{"type":"x#"}`, `error`},
			{"plain", 200, "", `{"type":":x"}`, `ok`},
		},
		"units": {
			{"plain", 400, "", `{"ms":520}`, `error 520ms`},
			{"plain", 400, "date: Sat, 28 Nov 2026 00:00:00 GMT", `{"until":1795824030}`, `error 30s`},
			{"plain", 400, "date: Sat, 28 Nov 2026 00:00:00 GMT", `{"until":1795823999}`, `error`},
			{"plain", 400, "date: Sat, 28 Nov 2026 00:00:00 GMT", `{"until":1e30}`, (`error ` + (1<<63 - 1 - 1795824000*time.Second).String())},
			{"plain", 400, "", `{"hint":"Please retry AFTER 60 seconds."}`, `error 1m0s`},
			{"plain", 400, "", `{"hint":"retry after a while"}`, `error`},
		},
	})
}
