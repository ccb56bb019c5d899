package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

func responseRules() []validation {
	return []validation{
		{diag.Rule{ID: "bad-response", Purpose: "The description of responses must be consistent: keys must suit the role of their field, and conditions must name declared fields.",
			Bad:  "response:\n  fields:\n    code: {role: code, completed: [done]}\n",
			Good: "response:\n  fields:\n    code: {role: code}\n    status: {role: status, completed: [done]}\n"}, checkResponse},
		{diag.Rule{ID: "bad-prefix", Purpose: "A prefix must identify one code. Integer codes must not have prefixes.",
			Bad:  busy + "  prefixes: [busy.]\n- code: full\n  title: Full\n  description: The shop is full.\n  prefixes: [busy.]\n",
			Good: busy + "  prefixes: [busy.]\n- code: full\n  title: Full\n  description: The shop is full.\n  prefixes: [full.]\n"}, checkPrefixes},
		{diag.Rule{ID: "response-mismatch", Purpose: "An example response must mean what it gives.",
			Bad:  "response:\n  fields:\n    code: {role: code}\n  examples:\n    - {name: busy, body: '{\"code\":\"busy\"}', gives: {code: full}}\n",
			Good: "response:\n  fields:\n    code: {role: code}\n  examples:\n    - {name: busy, body: '{\"code\":\"busy\"}', gives: {code: busy}}\n"}, checkResponseExamples},
	}
}

// maxArrays is how many arrays the path of a field may lead through.
const maxArrays = 2

// roleKeys are the keys of fields that only some roles have.
var roleKeys = []struct {
	key   string
	roles []spec.Role
}{
	{"ok", []spec.Role{spec.RoleCode, spec.RoleSuccess}},
	{"cut", []spec.Role{spec.RoleCode}},
	{"unit", []spec.Role{spec.RoleRetryAfter}},
	{"match", []spec.Role{spec.RoleRetryAfter}},
	{"running", []spec.Role{spec.RoleStatus}},
	{"completed", []spec.Role{spec.RoleStatus}},
	{"failed", []spec.Role{spec.RoleStatus}},
}

func checkResponse(t *spec.Table, report reporter) {
	r := t.Response
	if r == nil {
		return
	}
	found := false
	c := responseChecker{table: t, report: func(v violation) { found = true; report(v) }}
	for i := range r.Fields {
		c.field(&r.Fields[i])
	}
	headers := make(map[string]*spec.Field)
	for i := range r.Headers {
		f := &r.Headers[i]
		c.field(f)
		c.header(f, headers)
	}
	for _, h := range r.HTTP {
		if h.Status < 300 {
			c.report(violation{at: h.At, about: "http", message: fmt.Sprintf("HTTP status %d is not one of an error", h.Status),
				help: "list statuses from 300 to 599"})
		}
	}
	for i := range t.Codes {
		code := &t.Codes[i]
		c.conditions(code.Entry, code.When, code.Wire)
		c.values(code)
		for j := range code.Subtypes {
			c.conditions(code.Subtypes[j].Entry, code.Subtypes[j].When, code.Wire+"/"+code.Subtypes[j].Name)
		}
	}
	if found || t.Partial {
		return
	}
	if _, err := classify.NewReader(t); err != nil && !hasFindings(t) {
		problem, _, _ := strings.Cut(err.Error(), "\n")
		report(violation{at: t.ValueAt("response"), about: "response", message: problem})
	}
}

// hasFindings reports whether another rule explains why the responses of a table cannot be
// read.
func hasFindings(t *spec.Table) bool {
	found := false
	for _, check := range []func(*spec.Table, reporter){checkDuplicateCodes, checkReferences, checkPhrases, checkPrefixes, checkStricter, checkSubtypes} {
		check(t, func(violation) { found = true })
	}
	return found
}

type responseChecker struct {
	table  *spec.Table
	report reporter
}

func (c responseChecker) field(f *spec.Field) {
	if f.Unread("role") {
		return // reported, and the rest follows from it
	}
	for _, only := range roleKeys {
		if f.Has(only.key) && !slices.Contains(only.roles, f.Role) {
			roles := only.roles[0].String()
			for _, role := range only.roles[1:] {
				roles += " or " + role.String()
			}
			c.report(violation{at: f.ValueAt(only.key), about: f.Path, message: only.key + ": requires role " + roles,
				help: "add role: " + only.roles[0].String() + ", or remove " + only.key})
		}
	}
	for key, values := range map[string][]string{"ok": f.OK, "running": f.Running, "completed": f.Completed, "failed": f.Failed} {
		if f.Has(key) && !f.Unread(key) && len(values) == 0 {
			c.report(violation{at: f.ValueAt(key), about: f.Path, message: key + ": is empty", help: "list values, or remove " + key})
		}
	}
	if f.Role != spec.RoleNone && f.Has("type") {
		c.report(violation{at: f.ValueAt("type"), about: f.Path, message: fmt.Sprintf("type cannot be set: role %s determines it", f.Role), help: "remove type"})
	}
	if strings.Count(f.Path, "[]") > maxArrays {
		c.report(violation{at: f.At(), about: f.Path, message: fmt.Sprintf("%s leads through more than %d arrays", f.Path, maxArrays), help: "use a field nearer to the root"})
	}
	if f.Role == spec.RoleStatus {
		c.statuses(f)
	}
	if f.Match != "" {
		c.delay(f)
	}
	c.conditions(f.Entry, f.When, f.Path)
}

// statuses checks the lists of a status.
func (c responseChecker) statuses(f *spec.Field) {
	if f.Unread("completed") || f.Unread("failed") || f.Unread("running") {
		return
	}
	if len(f.Completed) == 0 && len(f.Failed) == 0 {
		c.report(violation{at: f.ValueAt("role"), about: f.Path, message: "the status field has neither completed nor failed values",
			help: "add completed: and failed: with the values that the service sends"})
	}
	listed := make(map[string]string)
	for _, list := range []struct {
		key    string
		values []string
	}{{"running", f.Running}, {"completed", f.Completed}, {"failed", f.Failed}} {
		for i, value := range list.values {
			if before, ok := listed[value]; ok && value != "" {
				where := "under " + before + " and " + list.key
				if before == list.key {
					where = "twice"
				}
				c.report(violation{at: f.ItemAt(list.key, i), about: f.Path, message: fmt.Sprintf("status %q is listed %s", value, where),
					help: "remove one of them"})
			}
			listed[value] = list.key
		}
	}
}

// delay checks the phrase of a delay, whose number is the delay.
func (c responseChecker) delay(f *spec.Field) {
	problem := ""
	if _, err := match.Parse(f.Match); err != nil {
		problem = err.Error()
	} else if strings.Count(f.Match, "<num>") != 1 || strings.Contains(f.Match, "<any") || strings.Contains(f.Match, "<num:") {
		problem = "expected one placeholder, <num>"
	}
	if problem != "" {
		c.report(violation{at: f.ValueAt("match"), about: f.Path, message: fmt.Sprintf("phrase %q: %s", f.Match, problem),
			help: "write <num> where the delay is, and no other placeholder"})
	}
}

// header checks what only headers must not have.
func (c responseChecker) header(f *spec.Field, seen map[string]*spec.Field) {
	name := strings.ToLower(f.Path)
	if before := seen[name]; before != nil {
		c.report(violation{at: f.At(), about: f.Path, message: fmt.Sprintf("header %s is listed twice: names of headers are not case-sensitive", f.Path),
			help: "remove one of them", related: []diag.Related{{Location: before.At(), Message: "first entry"}}})
	}
	seen[name] = f
	switch f.Role {
	case spec.RoleID, spec.RoleStatus, spec.RoleModel:
		c.report(violation{at: f.ValueAt("role"), about: f.Path, message: fmt.Sprintf("role %s is not available for headers", f.Role), help: "use a field of the body"})
	}
}

// conditions checks that conditions name declared fields, and HTTP statuses.
func (c responseChecker) conditions(e spec.Entry, when []spec.Condition, about string) {
	if e.Has("when") && !e.Unread("when") && len(when) == 0 {
		c.report(violation{at: e.ValueAt("when"), about: about, message: "when: has no conditions", help: "add a condition, or remove when"})
	}
	for _, cond := range when {
		at := e.PairAt("when", cond.Name)
		switch {
		case cond.Name == "http":
			for _, value := range cond.Values {
				if status, err := strconv.Atoi(value); err != nil || len(value) != 3 || status < 100 || status > 599 {
					c.report(violation{at: at, about: about, message: fmt.Sprintf("invalid HTTP status %q", value), help: "write a number from 100 to 599"})
				}
			}
		case !c.declared(cond.Name):
			c.report(violation{at: at, about: about, message: fmt.Sprintf("unknown field %q", cond.Name),
				help: "declare it under response.fields or response.headers, or use http"})
		}
	}
}

// declared reports whether the table declares a field or header.
func (c responseChecker) declared(name string) bool {
	r := c.table.Response
	return r != nil && (slices.ContainsFunc(r.Fields, func(f spec.Field) bool { return f.Path == name }) ||
		slices.ContainsFunc(r.Headers, func(f spec.Field) bool { return strings.EqualFold(f.Path, name) }))
}

// values checks that a value selects one subtype of a code.
func (c responseChecker) values(code *spec.Code) {
	owner := make(map[string]string)
	for _, s := range code.Subtypes {
		if len(s.Values) == 0 {
			owner[s.Name] = s.Name
		}
	}
	for j := range code.Subtypes {
		s := &code.Subtypes[j]
		for i, value := range s.Values {
			if before, taken := owner[value]; taken {
				c.report(violation{at: s.ItemAt("values", i), about: code.Wire + "/" + s.Name,
					message: fmt.Sprintf("value %q selects subtypes %q and %q", value, before, s.Name), help: "keep it with one of them"})
			}
			owner[value] = s.Name
		}
	}
}

func checkPrefixes(t *spec.Table, report reporter) {
	first := make(map[string]diag.Location)
	for i := range t.Codes {
		c := &t.Codes[i]
		for k, prefix := range c.Prefixes {
			at := c.ItemAt("prefixes", k)
			if t.Wire == spec.WireInteger {
				report(violation{at: at, about: c.Wire, message: "integer codes cannot have prefixes", help: "list the codes under aliases:"})
				continue
			}
			if before, taken := first[prefix]; taken {
				report(violation{at: at, about: c.Wire, message: fmt.Sprintf("prefix %q belongs to two codes", prefix), help: "remove one of them",
					related: []diag.Related{{Location: before, Message: "first entry"}}})
				continue
			}
			first[prefix] = at
		}
	}
}
