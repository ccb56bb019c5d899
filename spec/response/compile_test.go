package response

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/match"
)

// TestCompileErrors gives descriptions that cannot be.
func TestCompileErrors(t *testing.T) {
	codes := []Code{{Wire: "a"}}
	for _, c := range []struct {
		d    Description
		want string // in the error
	}{
		{Description{Fields: []Field{{Path: "a", Role: "cod"}}}, `field a: unknown role "cod"`},
		{Description{Fields: []Field{{Path: "a"}, {Path: "a"}}}, `field a is declared twice`},
		{Description{Fields: []Field{{Path: "a..b"}}}, `field a..b: key 2 is empty or invalid`},
		{Description{Fields: []Field{{Path: "[].b"}}}, `key 1 is empty`},
		{Description{Fields: []Field{{Path: ""}}}, `key 1 is empty`},
		{Description{Fields: []Field{{Path: "a]"}}}, `key 1 is empty or invalid`},
		{Description{Fields: []Field{{Path: "a[].b[].c[]"}}}, `at most 2 arrays`},
		{Description{Fields: []Field{{Path: "a", OK: []string{"0"}}}}, `field a: ok is for the role code`},
		{Description{Fields: []Field{{Path: "a", Role: RoleCode, OK: []string{""}}}}, `ok has an empty value`},
		{Description{Fields: []Field{{Path: "a", Role: RoleMessage, CutAfter: "#"}}}, `cut is for the role code`},
		{Description{Fields: []Field{{Path: "a", Role: RoleCode, Unit: "ms"}}}, `unit is for the role retry_after`},
		{Description{Fields: []Field{{Path: "a", Role: RoleRetryAfter, Unit: "h"}}}, `unknown unit "h"`},
		{Description{Fields: []Field{{Path: "a", Role: RoleRetryAfter, Match: "soon"}}}, `expected a phrase with one <num>`},
		{Description{Fields: []Field{{Path: "a", Role: RoleRetryAfter, Match: "<num> or <num> s"}}}, `expected a phrase with one <num>`},
		{Description{Fields: []Field{{Path: "a", Role: RoleRetryAfter, Match: "<any> <num> s"}}}, `expected a phrase with one <num>`},
		{Description{Fields: []Field{{Path: "a", Failed: []string{"x"}}}}, `failed is for the role status`},
		{Description{Fields: []Field{{Path: "a", Role: RoleStatus, Failed: []string{"x"}, Completed: []string{"x"}}}}, `status "x" is listed twice`},
		{Description{Headers: []Field{{Path: "x-status", Role: RoleStatus}}}, `header x-status: the role status is for fields of the body`},
		{Description{Headers: []Field{{Path: "x-a"}, {Path: "X-A"}}}, `header X-A is declared twice`},
		{Description{Headers: []Field{{Path: "x: a"}}}, `header "x: a": expected the name of a header`},
		{Description{Fields: []Field{{Path: "a", When: []Condition{{Name: "b", Values: []string{"1"}}}}}}, `field a: when: unknown field "b"`},
		{Description{Fields: []Field{{Path: "a", When: []Condition{{Name: "http", Values: []string{"4xx"}}}}}}, `"4xx" is not an HTTP status`},
		{Description{Fields: []Field{{Path: "a", When: []Condition{{Name: "http"}}}}}, `when http has no values`},
		{Description{Fields: []Field{{Path: "a[]"}, {Path: "b", When: []Condition{{Name: "a[]", Values: []string{"1"}}}}}}, `field a[] is in an array`},
		{Description{Fields: []Field{
			{Path: "a", When: []Condition{{Name: "c", Values: []string{"1"}}}}, {Path: "b", When: []Condition{{Name: "a", Values: []string{"1"}}}}, {Path: "c"},
		}}, `field b: when: field a has conditions itself`},
		{Description{HTTP: []HTTPCode{{404, "b"}}, Codes: codes}, `http 404: unknown code "b"`},
		{Description{HTTP: []HTTPCode{{200, "a"}}, Codes: codes}, `http 200: expected an HTTP status from 300 to 599`},
		{Description{Codes: []Code{{Wire: "a"}, {Wire: "b", Aliases: []string{"a"}}}}, `code "a" is empty or listed twice`},
		{Description{Codes: []Code{{Wire: "a", Prefixes: []string{""}}}}, `prefix "" is empty`},
		{Description{Codes: []Code{{Wire: "1", Prefixes: []string{"1"}}}, Integer: true}, `prefix "1" is`},
		{Description{Codes: []Code{{Wire: "a", Match: []string{"<num>"}}}}, `code a: match: `},
		{Description{Codes: []Code{{Wire: "a", Subtypes: []Subtype{{Name: "s", Automatic: true}}}}}, `subtype a/s is automatic, its code is not`},
	} {
		_, err := Compile(c.d)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %s", err, c.want)
		}
	}
	_, err := Compile(Description{Fields: []Field{{Path: "a", Role: "x"}, {Path: "b", Role: "y"}}})
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("not all that is wrong: %v", err)
	}
}

// TestReadingConcurrently is for the race detector.
func TestReadingConcurrently(t *testing.T) {
	r := compileTable(t, tasks())
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			if got := r.Read(PlainCall, 429, nil, []byte(`{"msg":"it is down"}`)); got.Code != "down" || got.Origin != FromPhrase {
				t.Errorf("%+v", got)
			}
		})
	}
}

// TestOrigin names where codes come from.
func TestOrigin(t *testing.T) {
	r := compileTable(t, tasks())
	for _, c := range []struct {
		status int
		header string
		body   string
		want   Origin
	}{
		{429, "", `{"error":{"code":"limit"}}`, FromField},
		{429, "", `{"error":{"code":"new"}}`, FromField},
		{429, "", `{"msg":"limit"}`, FromMessage},
		{403, "0", `{}`, FromCondition},
		{429, "", `{"msg":"it is down"}`, FromPhrase},
		{429, "", ``, FromHTTP},
		{400, "", ``, FromNothing},
		{200, "", `{}`, FromNothing},
	} {
		got := r.Read(PlainCall, c.status, map[string][]string{"X-Left": {c.header}}, []byte(c.body))
		if got.Origin != c.want {
			t.Errorf("HTTP %d %s: %v, want %v", c.status, c.body, got.Origin, c.want)
		}
	}
}

// The end of a message that is too long to be matched may contain the phrase of a stricter
// subtype, so the error is not automatic.
func TestLongMessage(t *testing.T) {
	r := compileTable(t, Description{
		Fields: []Field{{Path: "code", Role: RoleCode}, {Path: "msg", Role: RoleMessage}},
		Codes: []Code{
			{Wire: "plain", Automatic: true},
			{Wire: "strict", Automatic: true, Subtypes: []Subtype{{Name: "final", Match: []string{"for good"}}}},
		},
	})
	for code, automatic := range map[string][2]bool{"plain": {true, true}, "strict": {true, false}} {
		for i, length := range []int{match.MaxMessage, match.MaxMessage + 1} {
			body := `{"code":"` + code + `","msg":"` + strings.Repeat("x", length) + `"}`
			if got := r.Read(PlainCall, 400, nil, []byte(body)); got.Automatic != automatic[i] {
				t.Errorf("%s: a message of %d bytes is automatic: %v", code, length, got.Automatic)
			}
		}
	}
}
