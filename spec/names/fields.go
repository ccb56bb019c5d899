package names

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
)

// Field is the names of a field of the response.
type Field struct {
	GoName  string // of the field of Task or Error; "" if neither has it
	GoType  string // "string", "json.RawMessage"; "" if neither has it
	OfError bool   // whether Error has it, not Task
}

// fields names the fields of the types Task and Error: those of the body, then headers.
// Task has the first ID, status and model, and the fields without a role; but those next
// to a code or a message, and all of a table without tasks, are fields of Error.
func (b *builder) fields() {
	r := b.table.Response
	if r == nil {
		return
	}
	all := slices.Concat(r.Fields, r.Headers)
	b.made.Fields = make([]Field, len(all))
	if !hasErrors(r) {
		return
	}
	task, failure := taskNamer(), errorNamer()
	named := map[spec.Role]bool{}
	for i := range all {
		f := &all[i]
		ofTask := f.Role == spec.RoleID || f.Role == spec.RoleStatus || f.Role == spec.RoleModel
		if f.Role != spec.RoleNone && (!ofTask || !hasTask(r) || named[f.Role]) || f.Role == spec.RoleNone && strings.Contains(f.Path, "[]") {
			continue // one in an array may have several values
		}
		named[f.Role] = true
		made := Field{GoType: goType(f), OfError: !ofTask && (!hasTask(r) || b.nextToError(f.Path))}
		n := task
		if made.OfError {
			n = failure
		}
		made.GoName = n.identifier("", claim{
			at: f.At, kind: "response field", fix: "remove the field from the table; clients can still read it from the response",
		}, f.Path, fieldWords(f)...)
		b.made.Fields[i] = made
	}
	b.names.findings = append(b.names.findings, slices.Concat(task.findings, failure.findings)...)
}

// fieldWords returns the words of a field's name: those of its path, or its role if Task has
// a method with that name, as with the status "done".
func fieldWords(f *spec.Field) []string {
	words := strings.FieldsFunc(f.Path, func(r rune) bool { return strings.ContainsRune(".[]", r) })
	if f.Role != spec.RoleNone && slices.Contains(taskMethods, camel(words...)) {
		return []string{f.Role.String()}
	}
	return words
}

// nextToError reports whether a field is in the same object as a code or message.
func (b *builder) nextToError(path string) bool {
	return slices.ContainsFunc(b.table.Response.Fields, func(f spec.Field) bool {
		at := strings.LastIndexByte(f.Path, '.')
		return at > 0 && (f.Role == spec.RoleCode || f.Role == spec.RoleMessage) && strings.HasPrefix(path, f.Path[:at+1])
	})
}

// goType returns the type of a field of Task. A field with a role is text.
func goType(f *spec.Field) string {
	if f.Role != spec.RoleNone {
		return "string"
	}
	switch f.Type {
	case spec.TypeInteger:
		return "int64"
	case spec.TypeNumber:
		return "float64"
	case spec.TypeBoolean:
		return "bool"
	case spec.TypeAny:
		return "json.RawMessage"
	}
	return "string"
}

// hasTask reports whether the package has the type Task: a field is the status of a task.
func hasTask(r *spec.Response) bool {
	_, ok := r.Field(spec.RoleStatus)
	return ok && hasErrors(r)
}

// hasErrors reports whether the package reads responses: the table describes where a code
// or message is, or which code an HTTP status means.
func hasErrors(r *spec.Response) bool {
	_, code := r.Source(spec.RoleCode)
	_, message := r.Source(spec.RoleMessage)
	return code || message || len(r.HTTP) > 0
}
