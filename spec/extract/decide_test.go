package extract_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/extract"
)

// A verdict contains the compared fields of a decision.
type verdict struct {
	code, subtype string
	known         bool
	action        spec.Action
	automatic     bool
	min, max      time.Duration
}

func verdictOf(d extract.Decision) verdict {
	return verdict{d.Code, d.SubtypeName(), d.Entry != nil, d.Retry.Action, d.Retry.Automatic, d.Retry.Wait.Min, d.Retry.Wait.Max}
}

func TestDecide(t *testing.T) {
	const s, m, h = time.Second, time.Minute, time.Hour
	x := extractorOf(t, shop)
	for line, w := range map[string]verdict{
		// Decisions of the table.
		`shop: busy: slow down (task t)`:              {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`shop: rate_limited: slow down (task t)`:      {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`shop: busy: come back later please (task t)`: {"busy", "busy/later", true, spec.ActionWait, false, m, h},
		`shop: busy: quota is used up`:                {"busy", "busy/used_up", true, spec.ActionSupport, false, 0, 0},
		`shop: bad_input: file exceeds 10MB`:          {"bad_input", "bad_input/too_big", true, spec.ActionFix, false, 0, 0},
		`shop: bad_input: whatever`:                   {"bad_input", "bad_input/other", true, spec.ActionFix, false, 0, 0},
		`shop: brand_new: quota is used up`:           {"brand_new", "", false, spec.ActionSupport, false, 0, 0},
		`shop: no code: quota is used up`:             {"", "", false, spec.ActionSupport, false, 0, 0},
		// The status of a response without a task is unknown.
		`{"error":{"code":"slow","message":""}}`: {"slow", "", true, spec.ActionWait, false, 0, 0},

		// Two cases match, and the one with more literal text is looser.
		`shop: busy: come back later please do, quota is used up`: {"busy", "busy/soon", true, spec.ActionWait, false, m, h},
		// Action never is unchanged.
		`shop: busy: come back later please do and stop it now`: {"busy", "busy/soon", true, spec.ActionNever, false, 0, 0},
		// The message was truncated: the phrase of a stricter case may be missing.
		`shop: busy: ` + strings.Repeat("x", 300) + `…`: {"busy", "", true, spec.ActionNever, false, 0, 0},
		// Text cannot exclude a fallback, or a phrase that folding changes.
		`shop: slow: all is fine`: {"slow", "slow/fine", true, spec.ActionWait, false, 0, 0},
		`shop: gap: all is fine`:  {"gap", "gap/fine", true, spec.ActionWait, false, 0, 0},
		// A response can, if its status is known.
		`{"id":"t","status":"failed","error":{"code":"slow","message":"all is fine"}}`:         {"slow", "slow/fine", true, spec.ActionWait, true, 0, 0},
		`{"id":"t","status":"failed","error":{"code":"gap","message":"all is fine"}}`:          {"gap", "gap/fine", true, spec.ActionWait, true, 0, 0},
		`{"status":400,"headers":{},"body":{"error":{"code":"slow","message":"all is fine"}}}`: {"slow", "slow/fine", true, spec.ActionWait, true, 0, 0},
		`{"status":503,"headers":{},"body":{"error":{"code":"slow","message":"all is fine"}}}`: {"slow", "slow/fine", true, spec.ActionWait, false, 0, 0},
		`{"error":{"code":"slow","message":"all is fine"}}`:                                    {"slow", "slow/fine", true, spec.ActionWait, false, 0, 0},
		`{"error":{"code":"gap","message":"all is fine"}}`:                                     {"gap", "gap/fine", true, spec.ActionWait, false, 0, 0},
		// If a task ID may be part of the message, both interpretations apply.
		`shop: busy: slow down (task quota is used up)`: {"busy", "", true, spec.ActionWait, false, s, 2 * s},

		// Only a phrase or a mention identifies the code.
		`[broken] oops`:          {"broken", "", true, spec.ActionRetry, false, 0, 0},
		`code=broken`:            {"broken", "", true, spec.ActionRetry, false, 0, 0},
		`come back later please`: {"busy", "busy/later", true, spec.ActionWait, false, m, h},
		`all is fine, says the field x is wrong man`: {"gap", "gap/gap", true, spec.ActionWait, false, 0, 0},
		`request refused`: {"bad_input", "", true, spec.ActionFix, false, 0, 0},

		// The code may come from an HTTP status after which the outcome is unknown.
		`shop: no: x`:                                                   {"no", "", true, spec.ActionRetry, false, 0, 0},
		`{"error":{"code":"no"}}`:                                       {"no", "", true, spec.ActionRetry, false, 0, 0},
		`shop: busy: context canceled`:                                  {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`said "shop: busy: slow down"`:                                  {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`didn't: shop: busy: slow down (task t)`:                        {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`prompt="shop: busy: slow"`:                                     {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`err="x: shop: busy: slow (task t)"`:                            {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`{"level":"E","err":"shop: busy: slow (task t)"}`:               {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`{"level":"E","x":"shop: busy: slow"}`:                          {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"err":"shop: busy: slow"}`:                                    {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`400 - {'error': {'code': 'busy'}}`:                             {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`400 - b'{"error": {"code": "busy"}}'`:                          {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`msg='{"error": {"code": "busy"}}'`:                             {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"error":[{"code":"busy"}]}`:                                   {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","body":{"error":{"code":"busy"}}}`:                {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","e":{"error":[{"x":{"error":{"code":"busy"}}}]}}`: {"busy", "", true, spec.ActionWait, false, s, 2 * s},

		// LogValue writes a revision.
		`table=shop revision=1 code=busy task=t message=m`: {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`table=shop code=busy message=m`:                   {"busy", "", true, spec.ActionWait, false, s, 2 * s},

		// Texts with several codes.
		`shop: busy: x: shop: bad_input: y`:                          {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`shop: busy: x: shop: broken: y (task t)`:                    {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`[busy] after [bad_input]`:                                   {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`[busy] after [broken]`:                                      {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`code=brand_new after [busy]`:                                {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`code=busy err.code=bad_input`:                               {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","code":"busy","err":"bad_input"}`:              {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","a":{"code":"busy"},"b":{"code":"bad_input"}}`: {"busy", "", true, spec.ActionWait, false, s, 2 * s},

		// The text around an Error or a response leaves the outcome unknown, or the
		// Error contains no task ID.
		`shop: busy: slow down`:                                                   {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`shop: busy: x (task t); EOF`:                                             {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`shop: busy: x (task t) (http2: server sent GOAWAY)`:                      {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`EOF: shop: busy: x (task t)`:                                             {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`curl: (28) Operation timed out; shop: busy: x (task t)`:                  {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`HTTP 503: shop: busy: x (task t)`:                                        {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`status=502 err="shop: busy: x (task t)"`:                                 {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`503 Service Unavailable: {"error":{"code":"busy"}}`:                      {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","status":503,"err":"shop: busy: x (task t)"}`:               {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","http":{"status_code":408},"err":"shop: busy: x (task t)"}`: {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","err":"shop: busy: x (task t)","cause":["unexpected EOF"]}`: {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","msg":"connection refused","err":{"table":"shop","revision":"1","code":"busy","task":"t","message":"m"}}`: {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","err":"shop: busy: x (task t)","msg":"shop: bad_input: y (task t)"}`:                                      {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","prompt":{"error":{"code":"busy"}}}`:                                                                      {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`{"level":"E","messages":[{"body":{"error":{"code":"busy"}}}]}`:                                                         {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`table=shop revision=1 code=busy message=m`:                                                                             {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`a.table=shop a.revision=1 a.code=busy a.task=t b.table=shop b.revision=1 b.code=bad_input b.task=t`:                    {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`shop: response is not a task: x; shop: busy: x (task t)`:                                                               {"busy", "", true, spec.ActionWait, false, s, 2 * s},
		`shop: busy: the queue has 503 entries (task t)`:                                                                        {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`{"level":"E","status":429,"err":"shop: busy: x (task t)"}`:                                                             {"busy", "", true, spec.ActionWait, true, s, 2 * s},
		`shop: busy: no EOFs (task t)`:                                                                                          {"busy", "", true, spec.ActionWait, true, s, 2 * s},
	} {
		if got := verdictOf(x.Decide(read(x, line))); got != w {
			t.Errorf("%.80s\n got %+v\nwant %+v", line, got, w)
		}
	}
}

func TestValues(t *testing.T) {
	x := extractorOf(t, shop)
	for line, w := range map[string][]classify.Value{
		`shop: bad_input: between 1 and 2.5 (task t-3)`: {{Name: "min", Text: "1"}, {Name: "max", Text: "2.5"}},
		`the file exceeds 10MB`:                         {{Name: "limit_mb", Text: "10"}},
		`shop: gap: field color is wrong`:               {{Name: "field", Text: "color"}},
		`shop: bad_input: whatever 10MB`:                nil,
	} {
		if got := x.Decide(x.Line(line)).Values; !reflect.DeepEqual(got, w) {
			t.Errorf("%s: got %v, want %v", line, got, w)
		}
	}
}

// The decision about the fields of a response is that of the classifier.
func TestDecideResponse(t *testing.T) {
	table := tableOf(t, shop)
	x := extractorOf(t, shop)
	classifier, err := classify.New(table)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range classify.Cases(table) {
		f := extract.Match{Source: extract.Response, Code: c.Wire, Message: c.Message}
		want, got := classifier.Classify(c.Wire, c.Message), x.Decide(f)
		if got.Entry == nil != (want.Code == nil) || !reflect.DeepEqual(got.Subtype, want.Subtype) || !reflect.DeepEqual(got.Retry, want.Retry) {
			t.Errorf("%+v: got %+v, want %+v", c, got, want)
		}
	}
}

// FuzzLine checks properties of every text: reading it ends, and the decision is not
// looser than text allows.
func FuzzLine(f *testing.F) {
	for line := range lines {
		f.Add(line)
	}
	for object := range objects {
		f.Add(object)
	}
	x := extractorOf(f, shop)
	f.Fuzz(func(t *testing.T, text string) {
		findings := []extract.Match{x.Line(text)}
		if f, end, err := x.Object(text); err == nil {
			if end <= 0 || end > len(text) {
				t.Errorf("%q ends at %d", text, end)
			}
			findings = append(findings, f)
		} else if err.Offset < 0 || err.Offset > len(text) {
			t.Errorf("%q: %v at %d", text, err, err.Offset)
		}
		for _, f := range findings {
			d := x.Decide(f)
			if d.Retry.Automatic && (f.Source == extract.Phrase || f.Source == extract.None || d.Entry == nil) {
				t.Errorf("%q is automatic: %+v", text, f)
			}
			if d.Entry != nil && len(spec.Looser(d.Entry.Retry, d.Retry)) > 0 {
				t.Errorf("%q is looser than its code: %+v", text, d.Retry)
			}
		}
	})
}

// Reading takes linear time for texts that make a naive reader start again at every
// byte. No time is measured: if the time is not linear, the test takes minutes.
func TestHostileTexts(t *testing.T) {
	x := extractorOf(t, shop)
	n := longtest.Choose(1<<17, 1<<20)
	for _, unit := range []string{
		`shop: `, `shop: "`, `shop: x: `, `shop: busy `, `="`, `="\`, `="shop: `, `a="shop: `, `code`, `code=`, `code="`, `code: `, `code=x `, `Code`, `CODE`, `[`, `[busy`, `[]`,
		`{"`, `{"a":`, `{"a":"`, `{"a":{"code":"`, `table=shop `, `table=shop code=`, `x.table=shop x.code=`, ` (task `, `(task x)`, `\`, `\"`, `"`, `=`, `.`, `a.`, ` `, "\xff", `…`, `1`, `{"err":"`, `err={"`, `err="{\"`,
		`{'`, `{'a':`, `{'a',`, `b'{`, `'{"`, `"{'`, `{ a: `, `[{'a':'`, `{"a":'{`, `shop: busy {'`, `shop: stopped polling task `, `err="shop: busy {'a':\"`, "`", `{'error':`, `{"error":"`, `{"error":[`,
		"HTTP/2 429\na: b\n", "HTTP/2 429\n\n", "< HTTP/2 429\n<\n", `{"status":429,"body":`, `{"status":429,"headers":{"a":["b"],`,
	} {
		text := strings.Repeat(unit, n/len(unit))
		for _, s := range []string{text, "shop: busy: " + text, `{"msg":` + text, text + `"`, text + `"}`} {
			x.Decide(x.Line(s))
			if f, _, err := x.Object(s); err == nil {
				x.Decide(f)
			}
			x.Transcript(s)
		}
	}
	deep := strings.Repeat(`{"a":`, 500) + `"shop: busy"` + strings.Repeat("}", 500)
	wide := `{"a":[` + strings.Repeat(`{"msg":"[busy"},`, n/16) + `0]}`
	for _, s := range []string{deep, wide} {
		if _, _, err := x.Object(s); err != nil {
			t.Error(err)
		}
	}
}
