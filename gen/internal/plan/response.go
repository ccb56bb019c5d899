package plan

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// Response describes the responses of the service.
type Response struct {
	Kinds   []Kind     // examples by kind, those of errors first
	Fields  []Field    // fields of the body, then headers
	HTTP    []HTTPCode // by status
	ID      *Field     // first fields with a role; nil if the table has none
	Status  *Field
	Model   *Field
	Code    *Field
	Message *Field
	Reader  *response.Reader // nil if the table does not describe where to find errors
}

// Field is one field of the response: a value of the body, or a header.
type Field struct {
	Path        string // "error.code", or the name of a header
	Header      bool   // whether it is a header
	Index       int    // in the table of the reader
	Role        spec.Role
	Type        spec.FieldType
	Description string // prose, "" if none
	Completed   []string
	Failed      []string
	GoName      string   // of the field of Task or Error; "" if neither has one
	GoType      string   // of the Go field
	OfError     bool     // whether the Go field belongs to Error
	Doc         []string // of the Go field
}

// HTTPCode is the code of an HTTP status, for responses without a code.
type HTTPCode struct {
	Status int
	Code   *Code
}

// Keys returns the keys of the path.
func (f *Field) Keys() []string { return strings.Split(f.Path, ".") }

// JSONType returns the JSON type of the field. A field with a role is a string, unless it
// is a code and codes are integers.
func (f Field) JSONType(wire spec.Wire) string {
	switch {
	case f.Role == spec.RoleCode && wire == spec.WireInteger:
		return "integer"
	case f.Role != spec.RoleNone:
		return "string"
	}
	return f.Type.String()
}

// Field returns the first field with the role, or nil. r may be nil.
func (r *Response) Field(role spec.Role) *Field {
	if r == nil {
		return nil
	}
	i := slices.IndexFunc(r.Fields, func(f Field) bool { return f.Role == role })
	if i < 0 {
		return nil
	}
	return &r.Fields[i]
}

// Has reports whether a field has the role, and the package reads responses. r may be nil.
func (r *Response) Has(role spec.Role) bool {
	return r != nil && r.Reader != nil && r.Field(role) != nil
}

// TaskFields returns the fields of the type Task.
func (r *Response) TaskFields() []*Field { return r.fields(false) }

// ErrorFields returns the fields of the type Error that have no role.
func (r *Response) ErrorFields() []*Field { return r.fields(true) }

func (r *Response) fields(ofError bool) []*Field {
	var fields []*Field
	for i := range r.all() {
		if f := &r.Fields[i]; f.GoName != "" && f.OfError == ofError {
			fields = append(fields, f)
		}
	}
	return fields
}

// FieldPath returns the path of the field at an index in the table of the reader.
func (r *Response) FieldPath(index int) string {
	if index == 0 {
		return "Retry-After"
	}
	return r.Fields[index-1].Path
}

func (r *Response) all() []Field {
	if r == nil {
		return nil
	}
	return r.Fields
}

// HasResponse reports whether the package reads responses.
func (p *Plan) HasResponse() bool { return p.Response != nil && p.Response.Reader != nil }

// HasTask reports whether responses are about tasks: one of their fields is a status.
func (p *Plan) HasTask() bool { return p.Response.Has(spec.RoleStatus) }

// HasWaiter reports whether tasks can be polled: they have an ID.
func (p *Plan) HasWaiter() bool { return p.HasTask() && p.Response.Has(spec.RoleID) }

// response plans the responses of the table.
func (b *builder) response(p *Plan) {
	r := b.table.Response
	if r == nil {
		return
	}
	p.Response = &Response{}
	for i, f := range slices.Concat(r.Fields, r.Headers) {
		n := b.names.Fields[i]
		p.Response.Fields = append(p.Response.Fields, Field{
			Path: f.Path, Header: i >= len(r.Fields), Index: i + 1, Role: f.Role, Type: f.Type, Description: f.Description,
			Completed: slices.Clone(f.Completed), Failed: slices.Clone(f.Failed),
			GoName: n.GoName, GoType: n.GoType, OfError: n.OfError,
		})
	}
	p.Response.ID, p.Response.Status, p.Response.Model = p.Response.Field(spec.RoleID), p.Response.Field(spec.RoleStatus), p.Response.Field(spec.RoleModel)
	p.Response.Code, p.Response.Message = p.Response.Field(spec.RoleCode), p.Response.Field(spec.RoleMessage)
	for _, h := range r.HTTP {
		p.Response.HTTP = append(p.Response.HTTP, HTTPCode{h.Status, b.byWire[h.Code]})
	}
	slices.SortFunc(p.Response.HTTP, func(a, b HTTPCode) int { return a.Status - b.Status })
	for _, h := range p.Response.HTTP {
		if h.Code != nil {
			h.Code.Statuses = append(h.Code.Statuses, h.Status)
		}
	}
	if reader, err := classify.NewReader(b.table); err == nil { // a finding of validation otherwise
		p.Response.Reader = reader
	}
	if p.HasResponse() {
		b.kinds(p)
		b.levels(p)
	}
}
