package html

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/typescript"
)

// evidence contains the facts about the fields of responses by which the script
// distinguishes a response from another object. Keys are those of members of the body.
type evidence struct {
	Guessed bool     `json:"guessed,omitempty"` // whether the table defines neither code nor message
	Shows   []string `json:"shows,omitempty"`   // keys that show an error by themselves
	Says    []string `json:"says,omitempty"`    // keys that contain a message
	Groups  []string `json:"groups,omitempty"`  // keys of objects that contain a code or message
	States  []string `json:"states,omitempty"`  // values of the status of a task
	Settles []int    `json:"settles,omitempty"` // fields that show whether there is an error
	Status  bool     `json:"status,omitempty"`  // whether a decision may be stricter with the HTTP status
	Headers bool     `json:"headers,omitempty"` // whether a decision may be stricter with the headers
	Hides   bool     `json:"hides,omitempty"`   // whether texts of errors lack what makes a decision stricter
}

// evidenceOf returns the evidence of a format. It adds common fields of errors to a format
// without any.
func evidenceOf(f *typescript.Format, v *view) evidence {
	var e evidence
	has := func(roles ...string) bool {
		return slices.ContainsFunc(f.Fields, func(field typescript.Field) bool { return slices.Contains(roles, field.Role) })
	}
	e.Hides = has("retryable", "subtype") || slices.ContainsFunc(f.Fields, func(field typescript.Field) bool {
		return field.Role == "code" && len(field.Arrays) > 0
	})
	if e.Guessed = !has("code", "message"); e.Guessed {
		guess(f, v)
	}
	for _, n := range f.Body {
		e.walk(f, n, n.Key, false)
	}
	for _, field := range f.Fields {
		e.Headers = e.Headers || field.Header != "" && slices.Contains([]string{"code", "subtype", "retryable"}, field.Role)
	}
	for i := range conditions(f) {
		e.Status = e.Status || i == 0
		e.Headers = e.Headers || i > 0 && f.Fields[i].Header != ""
	}
	return e
}

// walk adds the fields at a node and below it, which are in the member key of the body.
func (e *evidence) walk(f *typescript.Format, n typescript.Node, key string, nested bool) {
	if n.Field > 0 {
		e.add(f.Fields[n.Field], n.Field, key, nested)
	}
	for _, inner := range n.Below {
		e.walk(f, inner, key, true)
	}
	if n.Each != nil {
		e.walk(f, *n.Each, key, true)
	}
}

func (e *evidence) add(field typescript.Field, index int, key string, nested bool) {
	once := func(keys *[]string, is bool) {
		if is && !slices.Contains(*keys, key) {
			*keys = append(*keys, key)
		}
	}
	isMessage := field.Role == "message"
	once(&e.Shows, slices.Contains([]string{"code", "success", "failure"}, field.Role) || nested && (isMessage || field.Role == "status"))
	once(&e.Says, isMessage)
	once(&e.Groups, nested && (isMessage || field.Role == "code"))
	switch field.Role {
	case "status":
		e.States = slices.Concat(e.States, field.Completed, field.Failed, field.Running)
	case "success":
		e.Settles = append(e.Settles, index)
	}
}

// guess adds the common fields of errors to a format. Some services send a code with every
// response.
func guess(f *typescript.Format, v *view) {
	listed := make(map[string]bool)
	for _, c := range v.Codes {
		for _, wire := range append(c.OtherWires(), c.Wire, c.Name) {
			listed[wire] = true
		}
	}
	ok := slices.DeleteFunc([]string{"0", "200", "ok", "OK", "success", "Success", "SUCCESS"}, func(s string) bool { return listed[s] })
	add := func(key, role string, below ...typescript.Node) typescript.Node {
		n := typescript.Node{Key: key, Below: below}
		if role == "" {
			return n
		}
		field := typescript.Field{Role: role}
		if role == "code" {
			field.OK = ok
		}
		n.Field = len(f.Fields)
		f.Fields = append(f.Fields, field)
		return n
	}
	nodes := []typescript.Node{add("error", "", add("code", "code"), add("message", "message")), add("code", "code"), add("message", "message")}
	if v.Plan.Response == nil {
		nodes = append(nodes, add("id", "id"))
	}
	for _, n := range nodes {
		if !slices.ContainsFunc(f.Body, func(own typescript.Node) bool { return own.Key == n.Key }) {
			f.Body = append(f.Body, n)
		}
	}
}
