package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/match"
)

func responseRules() []validation {
	return []validation{
		{diag.Rule{ID: "bad-response", Purpose: "The description of responses must be consistent: keys must suit the role of their field, and values must have one meaning.",
			Bad:  "response:\n  fields:\n    code: {role: code, completed: [done]}\n",
			Good: "response:\n  fields:\n    code: {role: code}\n    status: {role: status, completed: [done]}\n"}, checkResponse},
		{diag.Rule{ID: "bad-condition", Purpose: "A condition must name http, or a declared field or header that is not in an array.",
			Bad:  "response:\n  fields:\n    reason: {role: code, when: {kind: Status}}\n",
			Good: "response:\n  fields:\n    kind: {type: string}\n    reason: {role: code, when: {kind: Status}}\n"}, checkConditions},
		{diag.Rule{ID: "bad-prefix", Purpose: "A prefix must identify one code. Integer codes must not have prefixes.",
			Bad:  busy + "  prefixes: [busy.]\n- code: full\n  title: Full\n  description: The shop is full.\n  prefixes: [busy.]\n",
			Good: busy + "  prefixes: [busy.]\n- code: full\n  title: Full\n  description: The shop is full.\n  prefixes: [full.]\n"}, checkPrefixes},
		{diag.Rule{ID: "sent-mismatch", Purpose: "With response.send, clients must read each response that the service sends as its code, subtype and message.",
			Bad:  "response:\n  send: problem\n  fields:\n    error: {role: code}\ncodes:\n- {code: busy, title: Busy, description: The shop is busy., http: 503}\n",
			Good: "response:\n  send: problem\n  fields:\n    code: {role: code}\ncodes:\n- {code: busy, title: Busy, description: The shop is busy., http: 503}\n"}, checkSent},
		{diag.Rule{ID: "response-mismatch", Purpose: "An example response must decode to the meaning under gives:.",
			Bad:  "response:\n  fields:\n    code: {role: code}\n  examples:\n    - {name: busy, body: '{\"code\":\"busy\"}', gives: {code: full}}\n",
			Good: "response:\n  fields:\n    code: {role: code}\n  examples:\n    - {name: busy, body: '{\"code\":\"busy\"}', gives: {code: busy}}\n"}, checkResponseExamples},
	}
}

// Limits on the paths of fields: package response does not read more arrays.
const (
	maxKeys   = 16  // keys of a path
	maxNested = 2   // arrays on a path
	maxArrays = 255 // arrays on all paths
)

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
	eachCode(t, func(c *spec.Code) { checkValues(c, report) })
	r := t.Response
	if r == nil {
		return
	}
	found := false
	c := responseChecker{table: t, report: func(v violation) { found = true; report(v) }, arrays: make(map[string]bool)}
	for i := range r.Fields {
		c.field(&r.Fields[i])
		c.path(&r.Fields[i])
	}
	headers := make(map[string]*spec.Field)
	for i := range r.Headers {
		f := &r.Headers[i]
		c.field(f)
		c.header(f, headers)
	}
	for _, h := range r.HTTP {
		if h.Status < 300 {
			c.report(violation{at: h.At, about: "http", message: fmt.Sprintf("HTTP status %d is not an error status", h.Status),
				help: "list statuses from 300 to 599"})
		}
	}
	if found || t.Partial || r.Unread("fields") || r.Unread("headers") {
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
	for _, check := range []func(*spec.Table, reporter){checkDuplicateCodes, checkReferences, checkPhrases, checkConditions, checkPrefixes, checkStricter, checkSubtypes} {
		check(t, func(violation) { found = true })
	}
	return found
}

type responseChecker struct {
	table  *spec.Table
	report reporter
	arrays map[string]bool // of the paths so far
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
	for _, list := range []struct {
		key    string
		values []string
	}{{"ok", f.OK}, {"running", f.Running}, {"completed", f.Completed}, {"failed", f.Failed}} {
		if f.Has(list.key) && !f.Unread(list.key) && len(list.values) == 0 {
			c.report(violation{at: f.ValueAt(list.key), about: f.Path, message: list.key + ": is empty", help: "list values, or remove " + list.key})
		}
	}
	if f.Has("cut") && !f.Unread("cut") && f.Cut.After+f.Cut.Before == "" && !f.Cut.Unread("after") && !f.Cut.Unread("before") {
		c.report(violation{at: f.ValueAt("cut"), about: f.Path, message: "cut: has neither after nor before",
			help: "add after: or before: with the text at which the code starts or ends"})
	}
	if f.Role != spec.RoleNone && f.Has("type") {
		c.report(violation{at: f.ValueAt("type"), about: f.Path, message: fmt.Sprintf("type cannot be set: role %s determines it", f.Role), help: "remove type"})
	}
	if f.Role == spec.RoleStatus {
		c.statuses(f)
	}
	if f.Match != "" {
		c.delay(f)
	}
}

// path checks the path of a field of the body.
func (c responseChecker) path(f *spec.Field) {
	bad := func(help, format string, args ...any) {
		c.report(violation{at: f.PathAt, about: f.Path, message: fmt.Sprintf(format, args...), help: help})
	}
	if n := strings.Count(f.Path, ".") + 1; n > maxKeys {
		bad("use a field nearer to the root", "path has %d keys; the limit is %d", n, maxKeys)
	}
	nested := strings.Count(f.Path, "[]")
	if nested > maxNested {
		bad("use a field nearer to the root", "path has %d arrays; the limit is %d", nested, maxNested)
	}
	if nested > 0 && f.Role.OfTask() {
		bad("a response is about one task; lists of tasks are not supported", "a field in an array cannot have role %s", f.Role)
	}
	for i := range f.Path {
		if array := f.Path[:i+1]; strings.HasSuffix(array, "[]") && !c.arrays[array] && len(c.arrays) <= maxArrays {
			if c.arrays[array] = true; len(c.arrays) > maxArrays {
				bad("remove fields in arrays", "fields are in more than %d arrays", maxArrays)
			}
		}
	}
}

// statuses checks the lists of a status.
func (c responseChecker) statuses(f *spec.Field) {
	if f.Unread("completed") || f.Unread("failed") || f.Unread("running") {
		return
	}
	if len(f.Completed) == 0 && !f.Has("completed") {
		c.report(violation{at: f.ValueAt("role"), about: f.Path, message: "the status field has no completed values",
			help: "add completed: with the values that mean success"})
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
		if fault, ok := err.(*match.ParseError); ok {
			problem = fault.Msg
		}
	} else if strings.Count(f.Match, "<num>") != 1 || strings.Contains(f.Match, "<any") || strings.Contains(f.Match, "<num:") {
		problem = "expected one placeholder, <num>"
	}
	if problem != "" {
		c.report(violation{at: f.ValueAt("match"), about: f.Path, message: fmt.Sprintf("phrase %q: %s", f.Match, problem),
			help: "write <num> in place of the delay, and no other placeholder"})
	}
}

// header checks the additional rules for headers.
func (c responseChecker) header(f *spec.Field, seen map[string]*spec.Field) {
	name := strings.ToLower(f.Path)
	if before := seen[name]; before != nil {
		c.report(violation{at: f.PathAt, about: f.Path, message: fmt.Sprintf("header %s is listed twice: names of headers are not case-sensitive", f.Path),
			help: "remove one of them", related: []diag.Related{{Location: before.PathAt, Message: "first entry"}}})
	}
	seen[name] = f
	if f.Role.OfTask() {
		c.report(violation{at: f.ValueAt("role"), about: f.Path, message: fmt.Sprintf("role %s is not available for headers", f.Role), help: "use a field of the body"})
	}
}

// checkValues checks that a value selects one subtype of a code. A subtype without values has its
// name, in any case.
func checkValues(code *spec.Code, report reporter) {
	names, owner := make(map[string]*spec.Subtype), make(map[string]*spec.Subtype)
	for j := range code.Subtypes {
		if s := &code.Subtypes[j]; len(s.Values) == 0 && !s.Unread("values") && s.Name != "" {
			names[s.Name] = s
		}
	}
	for j := range code.Subtypes {
		s := &code.Subtypes[j]
		if s.Has("values") && !s.Unread("values") && len(s.Values) == 0 {
			report(violation{at: s.ValueAt("values"), about: code.Wire + "/" + s.Name, message: "values: is empty", help: "list values, or remove values"})
		}
		for i, value := range s.Values {
			before := owner[value]
			if before == nil {
				before = names[strings.ToLower(value)]
			}
			if before != nil && value != "" {
				report(violation{at: s.ItemAt("values", i), about: code.Wire + "/" + s.Name,
					message: fmt.Sprintf("value %q selects subtypes %q and %q", value, before.Name, s.Name), help: "keep it with one of them",
					related: []diag.Related{{Location: before.ValueAt("values"), Message: "first entry"}}})
			}
			owner[value] = s
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
			if before, taken := first[prefix]; taken && prefix != "" {
				report(violation{at: at, about: c.Wire, message: fmt.Sprintf("prefix %q belongs to two codes", prefix), help: "remove one of them",
					related: []diag.Related{{Location: before, Message: "first entry"}}})
				continue
			}
			first[prefix] = at
		}
	}
}
