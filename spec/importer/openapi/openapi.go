// Package openapi creates a first table from an OpenAPI file, version 3.0, 3.1 or 3.2, in JSON
// or YAML.
//
// It reads the bodies of error responses, in schemas and examples, into fields. Names and types
// of the fields give them roles, and the values of the fields with the role code are the codes:
// enumerations, constants and examples. Extensions whose name contains "error" or "code" may
// list codes too. Every example is decoded with the new table, and has to give its code.
//
// As in package importer, the report accounts for every response, enumeration, example and
// extension of codes. No imported code is automatic.
package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
	"github.com/errspec/errspec/spec/prose"
)

// maxNodes limits the schemas and values of errors that are read, because references can multiply
// them. maxLevels limits the levels of schemas.
const (
	maxNodes  = 50_000
	maxLevels = 16
)

// A reader collects what an OpenAPI file contains about errors.
type reader struct {
	*document
	options importer.Options
	byPath  map[string]*field
	fields  []*field
	headers []string // names of headers with the ID of a request
	seen    map[*yaml.Node]*usage
	uses    []*usage
	samples []*example
	parts   []*importer.Entry
	byNode  map[*yaml.Node]*importer.Entry
	codes   []*code
	byWire  map[string]*code
	budget  int

	codeFields []*field     // the surest first
	byStatus   bool         // the codes are HTTP statuses
	ignored    []*yaml.Node // successful responses
}

// A usage is a response with the statuses that it is used for.
type usage struct {
	node     *yaml.Node
	line     int
	name     string
	statuses []int // 0 for default and for unknown statuses
}

// Read reads an OpenAPI file. file is its name in findings.
func Read(file, text string, o importer.Options) importer.Result {
	f := &diag.File{Name: file, Text: text}
	d, line, err := parse(f)
	if err != nil {
		return failed(f, line, "use an OpenAPI file in YAML or JSON", "cannot be read: "+err.Error())
	}
	version := d.text(d.root, "openapi")
	if !versionPattern.MatchString(version) {
		help, message := "use an OpenAPI file of version 3.0, 3.1 or 3.2", "openapi: is missing"
		if v := d.text(d.root, "swagger"); v != "" {
			message, help = "Swagger "+v+" is not supported", "convert the file to OpenAPI 3.0 or 3.1"
		} else if version != "" {
			message = fmt.Sprintf("OpenAPI version %q is not supported", version)
		}
		return failed(f, 1, help, message)
	}
	r := &reader{document: d, options: o, byPath: make(map[string]*field), seen: make(map[*yaml.Node]*usage), byNode: make(map[*yaml.Node]*importer.Entry), byWire: make(map[string]*code), budget: maxNodes}
	r.findResponses()
	for _, u := range r.uses {
		r.readResponse(u)
	}
	r.readCodes(r.setRoles())
	r.readExtensions(r.root, 0)
	r.readNamedEnums()
	r.describeByResponse()
	r.reportIgnored()
	if len(r.codes) == 0 {
		r.readStatuses()
	}
	return r.finish()
}

func failed(f *diag.File, line int, help, message string) importer.Result {
	return importer.Result{Findings: diag.List{finding(f, importer.RuleSource, line, message, help)}}
}

func finding(f *diag.File, rule string, line int, message, help string) diag.Diagnostic {
	return diag.Diagnostic{Rule: rule, Severity: diag.Error, Message: message, Help: help, Location: f.AtLine(line)}
}

// part returns the entry of the report for a node. The first use of a node counts.
func (r *reader) part(kind facts.Kind, n *yaml.Node, name string) *importer.Entry {
	e := r.byNode[n]
	if e == nil {
		e = &importer.Entry{Fact: &facts.Fact{Kind: kind, Line: n.Line, Name: prose.Shorten(draft.Line(name), 60)}}
		r.byNode[n] = e
		r.parts = append(r.parts, e)
	}
	return e
}

func used(e *importer.Entry, what string) { e.Used, e.Lost, e.What = true, false, what }
func skip(e *importer.Entry, why string)  { e.Used, e.Lost, e.What = false, false, why }
func lose(e *importer.Entry, why string)  { e.Used, e.Lost, e.What = false, true, why }

// methods are the keys of operations.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

// findResponses finds the responses of operations, and then the components that no operation
// uses.
func (r *reader) findResponses() {
	for _, section := range []string{"paths", "webhooks"} {
		for _, path := range r.pairs(r.key(r.root, section)) {
			for _, op := range r.pairs(path.value) {
				if !slices.Contains(methods, op.name()) {
					continue
				}
				for _, p := range r.pairs(r.get(op.value, "responses")) {
					if !strings.HasPrefix(p.name(), "x-") {
						r.addUse(p, strings.ToUpper(op.name())+" "+path.name(), p.name())
					}
				}
			}
		}
	}
	for _, p := range r.pairs(r.get(r.root, "components", "responses")) {
		if n, _ := r.follow(p.value); n == nil || r.seen[n] == nil {
			r.addUse(p, "components", cmp.Or(statusInName.FindString(p.name()), p.name()))
		}
	}
}

// statusInName matches the status in the name of a component.
var statusInName = lazyregexp.New(`[1-5][0-9]{2}`)

func (r *reader) addUse(p pair, where, status string) {
	n, err := r.follow(p.value)
	if err != nil {
		lose(r.part(facts.ResponseFact, p.value, p.name()+" of "+where), err.Error())
		return
	}
	u := r.seen[n]
	if u == nil {
		u = &usage{node: n, line: p.key.Line, name: p.name() + " of " + where}
		r.seen[n] = u
		r.uses = append(r.uses, u)
	}
	number := 0
	if s := strings.ToUpper(status); len(s) == 3 && strings.HasSuffix(s, "XX") {
		number = int(s[0]-'0') * 1000 // a class of statuses
	} else if number, err = strconv.Atoi(status); err != nil && successName.MatchString(status) {
		number = 200
	}
	if !slices.Contains(u.statuses, number) {
		u.statuses = append(u.statuses, number)
	}
}

// successName matches names of components that are not errors.
var successName = lazyregexp.New(`(?i)success|^ok|created|accepted|no_?content|redirect|modified|^default2`)

// isError reports whether a status, or a class of statuses, is one of errors. 0 is: it stands
// for default.
func isError(status int) bool {
	return status == 0 || 400 <= status && status <= 599 || status == 4000 || status == 5000
}

func isSuccess(status int) bool { return 200 <= status && status <= 299 || status == 2000 }

// readResponse reads the bodies of a response.
func (r *reader) readResponse(u *usage) {
	n := u.node
	e := r.part(facts.ResponseFact, n, u.name)
	e.Fact.Line = u.line
	status, success := 0, false
	switch {
	case slices.ContainsFunc(u.statuses, isError):
		if len(u.statuses) == 1 && u.statuses[0] < 600 {
			status = u.statuses[0]
		}
		r.readHeaders(n)
	case slices.ContainsFunc(u.statuses, isSuccess):
		success = true
		if !r.reportsFailure(n) {
			r.ignored = append(r.ignored, n)
			skip(e, "it is not an error")
			return
		}
	default:
		skip(e, "it is not an error")
		return
	}
	c := context{response: u, status: status, success: success, visiting: make(map[*yaml.Node]bool)}
	media, isJSON := r.pairs(r.get(n, "content")), false
	for _, m := range media {
		if name := strings.ToLower(m.name()); !strings.Contains(name, "json") && !strings.Contains(name, "*") {
			continue
		}
		isJSON = true
		if err := r.schema(r.key(r.get(m.value), "schema"), "", 0, c); err != nil && err != errNoTarget && !success {
			lose(e, err.Error())
			return
		}
		r.readExamples(u, r.get(m.value), c)
	}
	switch {
	case len(media) > 0 && !isJSON:
		skip(e, "its body is not JSON")
	case success:
		used(e, "failures with a successful status")
	default:
		used(e, "HTTP status and body of errors")
	}
}

// readHeaders reads the headers of a response that have the ID of a request.
func (r *reader) readHeaders(n *yaml.Node) {
	for _, h := range r.pairs(r.get(n, "headers")) {
		name := strings.ToLower(h.name())
		if (draft.Key(name) == "x request id" || draft.Key(name) == "request id") && !slices.Contains(r.headers, name) {
			r.headers = append(r.headers, name)
		}
	}
}
