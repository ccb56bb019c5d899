package names

import (
	"strings"

	"github.com/errspec/errspec/spec"
)

// Field is the names of a field of the response.
type Field struct {
	GoName string // of the field of Task; "" if Task does not have it
	GoType string // "string", "json.RawMessage"; "" if Task does not have it
}

// fields names the fields of the type Task: those of the response that are not
// part of the error.
func (b *builder) fields() {
	r := b.table.Response
	if r == nil {
		return
	}
	b.made.Fields = make([]Field, len(r.Fields))
	if !hasTask(r) {
		return
	}
	n := fieldNamer()
	for i := range r.Fields {
		f := &r.Fields[i]
		if f.Role == spec.RoleCode || f.Role == spec.RoleMessage {
			continue
		}
		b.made.Fields[i] = Field{
			GoName: n.identifier("", claim{
				at: f.At, kind: "response field", fix: "remove the field from the table; clients can still read it from the response",
			}, f.Path, strings.Split(f.Path, ".")...),
			GoType: goType(f),
		}
	}
	b.names.findings = append(b.names.findings, n.findings...)
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

// hasTask reports whether the package has the type Task, which needs the status of a
// task and the code of its error.
func hasTask(r *spec.Response) bool {
	_, status := r.Field(spec.RoleStatus)
	_, code := r.Field(spec.RoleCode)
	return status && code
}
