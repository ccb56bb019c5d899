package validate

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/response"
)

// checkResponseExamples lets the table prove how responses are read: each example has to decode to
// its expected meaning, and the fields that decide have to be in the examples.
func checkResponseExamples(t *spec.Table, report reporter) {
	if t.Response == nil || len(t.Response.Examples) == 0 {
		return
	}
	checkExampleNames(t.Response, report)
	reader, err := classify.NewReader(t)
	if err != nil || reader == nil || t.Partial || t.Response.Unread("fields") || t.Response.Unread("headers") {
		return // reported by the checks of the description
	}
	p := proof{table: t, reader: reader, report: report}
	for i := range t.Response.Examples {
		p.example(&t.Response.Examples[i])
	}
	p.roles()
}

func checkExampleNames(r *spec.Response, report reporter) {
	first := make(map[string]*spec.Example)
	for i := range r.Examples {
		e := &r.Examples[i]
		if before := first[e.Name]; before != nil && e.Name != "" {
			report(violation{at: e.ValueAt("name"), about: e.Name, message: fmt.Sprintf("duplicate example %q", e.Name), help: "rename or remove one of them",
				related: []diag.Related{{Location: before.ValueAt("name"), Message: "first defined here"}}})
			continue
		}
		first[e.Name] = e
	}
}

// A proof reads the examples of a table.
type proof struct {
	table  *spec.Table
	reader *response.Reader
	report reporter

	errors    bool               // whether there are examples of errors
	tasks     bool               // whether there are examples of tasks
	found     map[spec.Role]bool // roles of fields that examples contain
	paths     map[string]bool    // of values in examples that are not declared; nil until they are needed
	asked     int                // how often a path was looked for
	undecided bool               // whether an example could not be decoded
}

// example compares the meaning of an example with what it gives.
func (p *proof) example(e *spec.Example) {
	if e.Name == "" || e.Unread("body") || e.Unread("headers") || e.Unread("http") || e.Unread("call") { // reported
		p.undecided = true
		return
	}
	got := classify.ReadExample(p.reader, e)
	has := p.fields(e, got)
	g := &e.Gives
	differ := func(key, got, want string) {
		if got == want || g.Unread(key) {
			return
		}
		p.report(violation{at: g.ValueAt(key), about: e.Name, message: fmt.Sprintf("example %q: expected %s %s, got %s", e.Name, key, want, got),
			help: "correct the expectation, or the fields and codes of the table"})
	}
	text := func(key, got, want string) {
		switch {
		case want == "":
		case got == "":
			differ(key, "none", strconv.Quote(want))
		default:
			differ(key, strconv.Quote(got), strconv.Quote(want))
		}
	}
	flag := func(key string, got bool, want *bool) {
		if want != nil {
			differ(key, strconv.FormatBool(got), strconv.FormatBool(*want))
		}
	}
	if g.Outcome != "" {
		differ("outcome", got.Outcome.String(), g.Outcome)
	}
	text("code", got.Code, g.Code)
	flag("known", got.Known, g.Known)
	text("subtype", p.subtype(got), g.Subtype)
	text("message", got.Message, g.Message)
	text("task", got.Task, g.Task)
	text("param", got.Param, g.Param)
	text("request_id", got.RequestID, g.RequestID)
	if g.RetryAfter != nil {
		differ("retry_after", advice.Duration(got.RetryAfter), advice.Duration(*g.RetryAfter))
	}
	flag("automatic", got.Automatic, g.Automatic)
	p.readable(e, got, has)
}

// readable reports an example without an expected outcome that nothing can be read from.
func (p *proof) readable(e *spec.Example, got response.Reading, has bool) {
	switch {
	case e.Gives.Outcome != "" || e.Gives.Unread("outcome"):
	case got.Outcome == response.Unreadable:
		p.report(violation{at: e.ValueAt("body"), about: e.Name, message: fmt.Sprintf("example %q cannot be read as the response of a task", e.Name),
			help: "correct the body or the fields; write call: plain if the request is not about a task, or expect outcome: unreadable"})
	case e.Body != "" && !has:
		p.report(violation{at: e.ValueAt("body"), about: e.Name, message: fmt.Sprintf("example %q contains none of the fields of the table", e.Name),
			help: "correct the paths under fields:, or state the expected outcome under gives:"})
	}
}

func (p *proof) subtype(r response.Reading) string {
	if r.Index < 0 || r.Subtype < 0 {
		return ""
	}
	return p.table.Codes[r.Index].Subtypes[r.Subtype].Name
}

// fields notes the roles of the fields that an example contains, and reports whether there are
// any, with a role or not.
func (p *proof) fields(e *spec.Example, got response.Reading) bool {
	if p.found == nil {
		p.found = make(map[spec.Role]bool)
	}
	body, headers := classify.FieldsOf(p.reader, p.table, e)
	for _, f := range slices.Concat(body, headers) {
		p.found[f.Role] = true
	}
	if got.Outcome != response.Unreadable && json.Valid([]byte(e.Body)) {
		p.errors = p.errors || got.Outcome == response.Error || got.Outcome == response.Failed
		p.tasks = p.tasks || e.Status()/100 == 2 && e.Call == ""
	}
	return len(body) > 0
}

// roles reports fields that decide what a response means and that no example contains, if their
// path is probably wrong: there are examples of such responses, and they contain a similar path,
// or no field that decides at all.
func (p *proof) roles() {
	r := p.table.Response
	needs := []struct {
		role spec.Role
		has  bool // whether there are such examples
	}{{spec.RoleCode, p.errors}, {spec.RoleMessage, p.errors}, {spec.RoleStatus, p.tasks}, {spec.RoleID, p.tasks}}
	nothing := true
	for _, need := range needs {
		nothing = nothing && !p.found[need.role]
	}
	for _, need := range needs {
		if !need.has || p.found[need.role] || p.undecided {
			continue
		}
		var meant string
		f, ok := r.Source(need.role)
		for i := range r.Fields {
			if other := &r.Fields[i]; meant == "" && other.Role == need.role && p.asked < diag.MaxSuggestions {
				p.asked++
				if meant = diag.Suggest(other.Path, p.undeclared()); meant != "" {
					f = other
				}
			}
		}
		if !ok || meant == "" && !nothing {
			continue
		}
		v := violation{at: f.PathAt, about: f.Path, message: fmt.Sprintf("no example contains a field with role %s", need.role),
			help: "correct the path, or add an example that contains the field"}
		if meant != "" {
			v.help = "did you mean " + meant + "?"
		}
		p.report(v)
	}
}

// undeclared returns the paths of values in examples that are not fields of the table.
func (p *proof) undeclared() []string {
	if p.paths != nil {
		return slices.Sorted(maps.Keys(p.paths))
	}
	p.paths = make(map[string]bool)
	for i := range p.table.Response.Examples {
		var body any
		if json.Unmarshal([]byte(p.table.Response.Examples[i].Body), &body) == nil {
			p.walk("", body, 0)
		}
	}
	for i := range p.table.Response.Fields {
		delete(p.paths, p.table.Response.Fields[i].Path)
	}
	return slices.Sorted(maps.Keys(p.paths))
}

// maxPaths bounds the paths that may be suggested.
const maxPaths = 1000

// walk notes the paths of the values in v.
func (p *proof) walk(path string, v any, depth int) {
	if depth > maxKeys || len(p.paths) > maxPaths {
		return
	}
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			p.walk(strings.TrimPrefix(path+"."+key, "."), inner, depth+1)
		}
	case []any:
		for _, inner := range v {
			p.walk(path+"[]", inner, depth+1)
		}
	default:
		if v != nil {
			p.paths[path] = true
		}
	}
}
