package importer

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
)

// roles are the fields of a response that a package has to know, by the last
// name of their path.
var roles = []struct {
	role  string
	names []string
}{
	{"id", fields("id, task id")},
	{"model", fields("model")},
	{"code", fields("code, error code, err code, errno")},
	{"message", fields("message, error message, err message, msg")},
}

// guessRole gives a field the role that its name suggests, unless another field
// has it. It reports whether that is the role of the code.
func (d *draft) guessRole(f *field, r *response) bool {
	name := key(f.path[strings.LastIndexByte(f.path, '.')+1:])
	for _, guess := range roles {
		if !slices.Contains(guess.names, name) ||
			slices.ContainsFunc(r.fields, func(other *field) bool { return other.role == guess.role }) ||
			f.kind != "string" && !(guess.role == "code" && f.kind == "integer") {
			continue
		}
		f.role = guess.role
		f.todo.note("role", "guessed from the name")
		return guess.role == "code"
	}
	return false
}

// complete drops the fields that a table cannot have, and settles their types.
func (r *response) complete() {
	r.example = text(r.example)
	outer := make(map[string]bool) // paths that others lie in
	for _, f := range r.fields {
		for i, c := range f.path {
			if c == '.' {
				outer[f.path[:i]] = true
			}
		}
	}
	seen := make(map[string]bool)
	r.fields = slices.DeleteFunc(r.fields, func(f *field) bool {
		bad := !spec.IsFieldPath(f.path) || seen[f.path] || outer[f.path]
		seen[f.path] = true
		return bad
	})
	for _, f := range r.fields {
		f.description = line(f.description)
		if f.role != "" {
			f.kind = "" // it follows from the role
			continue
		}
		f.kind = fieldType(f.kind)
	}
}

// fieldType returns the type that the table format has for what pages write.
func fieldType(s string) string {
	switch parts := words(s); firstOf(parts...) {
	case "string", "str", "text", "enum":
		return "string"
	case "integer", "int", "int32", "int64", "long":
		return "integer"
	case "number", "float", "double", "decimal":
		return "number"
	case "boolean", "bool":
		return "boolean"
	}
	return "any"
}
