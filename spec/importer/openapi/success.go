package openapi

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// failedStatus matches the status of a task that failed.
var failedStatus = lazyregexp.New(`(?i)^(?:fail|error|cancel|expired)`)

// reportsFailure reports whether a successful response says in its body whether it failed: with
// the status of a task, or with a field such as success. An object with the key error may be
// anything otherwise.
func (r *reader) reportsFailure(response *yaml.Node) bool {
	found := false
	r.bodyProperties(response, func(name string, n *yaml.Node) {
		switch name {
		case "success", "ok":
			found = found || r.text(n, "type") == "boolean"
		case "status", "state":
			found = found || slices.ContainsFunc(r.items(r.get(n, "enum")), func(v *yaml.Node) bool { return failedStatus.MatchString(v.Value) })
		}
	})
	return found
}

// properties calls f with the properties of a schema, without those of other properties.
func (r *reader) properties(n *yaml.Node, depth int, f func(name string, n *yaml.Node)) {
	n = r.get(n)
	if n == nil || depth > 8 || r.budget == 0 {
		return
	}
	r.budget--
	for _, key := range []string{"allOf", "oneOf", "anyOf"} {
		for _, part := range r.items(r.key(n, key)) {
			r.properties(part, depth+1, f)
		}
	}
	for _, p := range r.pairs(r.key(n, "properties")) {
		f(p.name(), p.value)
	}
}

// bodyProperties calls f with the properties of the bodies of a response.
func (r *reader) bodyProperties(response *yaml.Node, f func(name string, n *yaml.Node)) {
	for _, media := range r.pairs(r.get(response, "content")) {
		r.properties(r.key(r.get(media.value), "schema"), 0, f)
	}
}

// reportIgnored reports enumerations of codes in objects with the key error of successful
// responses that are not read.
func (r *reader) reportIgnored() {
	for _, response := range r.ignored {
		r.bodyProperties(response, func(name string, n *yaml.Node) {
			if !isErrorKey(name) {
				return
			}
			r.properties(n, 0, func(inner string, n *yaml.Node) {
				if path := name + "." + inner; strings.Contains(path, "code") {
					r.loseEnum(r.get(n), path, "its response is successful, and has no status or success field that says otherwise")
				}
			})
		})
	}
}
