package validate

import (
	"fmt"
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/response"
)

// checkResponseExamples reads the examples of responses. If the table has some, its fields
// must be found in one of them.
func checkResponseExamples(t *spec.Table, report reporter) {
	r := t.Response
	if r == nil || len(r.Examples) == 0 || t.Partial {
		return
	}
	reader, err := classify.NewReader(t)
	if err != nil || reader == nil {
		return // reported by other rules
	}
	read := false
	for i := range r.Examples {
		e := &r.Examples[i]
		got := classify.ReadExample(reader, e)
		read = read || got.Wire != "" || got.Message != "" || got.Task != "" || got.Status != ""
		for _, m := range mismatches(t, e, got) {
			at := e.ValueAt("gives")
			if e.Gives.Has(m.key) {
				at = e.Gives.ValueAt(m.key)
			}
			report(violation{at: at, about: e.Name, message: fmt.Sprintf("example %q has the %s %s, not %s", e.Name, m.key, m.got, m.want),
				help: "correct gives, or the description of the responses"})
		}
	}
	if !read && len(r.Fields) > 0 {
		report(violation{at: r.KeyAt("fields"), about: "fields", message: "no example contains a code, message, ID or status",
			help: "correct the paths of the fields, or add an example that contains them", related: []diag.Related{{Location: r.Examples[0].At(), Message: "first example"}}})
	}
}

// A mismatch is a key of gives that a response contradicts.
type mismatch struct{ key, got, want string }

func mismatches(t *spec.Table, e *spec.Example, got response.Reading) []mismatch {
	g := &e.Gives
	var all []mismatch
	compare := func(key string, given bool, got, want string) {
		if given && got != want {
			all = append(all, mismatch{key, got, want})
		}
	}
	text := func(key, got, want string) { compare(key, want != "", strconv.Quote(got), strconv.Quote(want)) }
	flag := func(key string, got bool, want *bool) {
		if want != nil {
			compare(key, true, strconv.FormatBool(got), strconv.FormatBool(*want))
		}
	}
	compare("outcome", g.Outcome != "", got.Outcome.String(), g.Outcome)
	text("code", got.Code, g.Code)
	flag("known", got.Known, g.Known)
	subtype := ""
	if got.Subtype >= 0 && got.Index >= 0 {
		subtype = t.Codes[got.Index].Subtypes[got.Subtype].Name
	}
	text("subtype", subtype, g.Subtype)
	text("message", got.Message, g.Message)
	text("task", got.Task, g.Task)
	text("param", got.Param, g.Param)
	text("request_id", got.RequestID, g.RequestID)
	if g.RetryAfter != nil {
		compare("retry_after", true, got.RetryAfter.String(), g.RetryAfter.String())
	}
	flag("automatic", got.Automatic, g.Automatic)
	return all
}
