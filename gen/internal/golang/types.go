package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitTypes writes the types Error and Task, whose fields depend on the table.
func emitTypes(f *file, p *pkg) {
	emitErrorType(f, p)
	if p.HasTask() {
		emitTaskType(f, p)
		emitTaskRoles(f, p)
		emitTaskMembers(f, p)
	}
}

// emitErrorType writes
//
//	type Error struct {
//		Code       Code
//		…
//		source *received // the response, nil if there was none
//	}
func emitErrorType(f *file, p *pkg) {
	var fields []jen.Code
	add := func(has bool, name string, typ *jen.Statement, doc string) {
		if has {
			fields = append(fields, jen.Id(name).Add(typ).Do(func(s *jen.Statement) {
				if doc != "" {
					s.Comment("// " + doc)
				}
			}))
		}
	}
	r := p.Response
	add(true, "Code", jen.Id("Code"), "listed code; the original value if unlisted")
	add(true, "Wire", jen.String(), `code as sent by the service, "" if none`)
	add(true, "Message", jen.String(), "")
	add(r.Has(spec.RoleID), "TaskID", jen.String(), "")
	add(r.Has(spec.RoleModel), "Model", jen.String(), "")
	add(r.Has(spec.RoleRequestID), "RequestID", jen.String(), "for the service's support")
	add(r.Has(spec.RoleParam), "Param", jen.String(), "parameter of the request that caused the error")
	add(true, "HTTPStatus", jen.Int(), "HTTP status of the response, 0 if none")
	add(true, "RetryAfter", jen.Qual("time", "Duration"), "wait requested by the service, 0 if none")
	for _, field := range r.ErrorFields() {
		fields = append(fields, declared(field, len(fields) > 0)...)
	}
	if p.HasResponse() {
		fields = append(fields, jen.Line())
		if p.has("refined") {
			fields = append(fields, jen.List(jen.Id("subtype"), jen.Id("strictest")).Id("Subtype").Comment("// that the response selects, and whose retry settings apply"))
		}
		add(true, "standIn", jen.Int(), "index, from 1, of the code whose advice applies if Code is unlisted")
		add(true, "manual", jen.Bool(), "whether the response forbids, or may forbid, automatic retries")
		add(true, "source", jen.Op("*").Id("received"), "the response, nil if there was none")
	}
	if p.HasTask() {
		add(true, "unsettled", jen.Bool(), "whether the response leaves the outcome of the submission open")
	}
	of := "a request"
	if p.HasTask() {
		of = "a request or a task"
	}
	f.decl(`Error is the error of `+of+`. Its methods accept a nil *Error.

With [errors.Is] and [errors.As], it matches its [Code] and its [Subtype].`,
		jen.Type().Id("Error").Struct(fields...))
}

// declared returns the declaration of a field that the table describes.
func declared(field *plan.Field, after bool) []jen.Code {
	var out []jen.Code
	if len(field.Doc) > 0 && after {
		out = append(out, jen.Line())
	}
	return append(append(out, comments(field.Doc)...), jen.Id(field.GoName).Add(goType(field)))
}

// emitTaskType writes
//
//	type Task struct {
//		ID     string
//		Status string
//		err    *Error
//		source *received
//	}
func emitTaskType(f *file, p *pkg) {
	var fields []jen.Code
	for _, field := range p.Response.TaskFields() {
		fields = append(fields, declared(field, len(fields) > 0)...)
	}
	fields = append(fields, jen.Line(),
		jen.Id("err").Op("*").Id("Error").Comment("// failure reported by the response, nil if none; see Err"),
		jen.Id("source").Op("*").Id("received").Comment("// the response, nil if there was none"))
	f.decl("Task is the service's response to a submission or a poll. Fields that are missing in the response, or have an unexpected type, are zero.",
		jen.Type().Id("Task").Struct(fields...))
}

// emitTaskRoles writes how the copied files read the fields with a role, whose names
// depend on the table:
//
//	func (t *Task) status() string { return t.Status }
func emitTaskRoles(f *file, p *pkg) {
	role := func(role spec.Role) {
		if field := p.Response.Field(role); field != nil {
			f.decl(role.String()+" returns the field with the role "+role.String()+".", jen.Func().Params(jen.Id("t").Op("*").Id("Task")).Id(role.String()).Params().String().Add(returns(jen.Id("t").Dot(field.GoName))))
		}
	}
	role(spec.RoleID)
	role(spec.RoleStatus)
}

// emitTaskMembers writes
//
//	func (t *Task) members() any {
//		return map[string]any{
//			"id":     t.ID,
//			"status": t.Status,
//		}
//	}
func emitTaskMembers(f *file, p *pkg) {
	root := new(members)
	for _, role := range []spec.Role{spec.RoleID, spec.RoleStatus} {
		if field := p.Response.Field(role); field != nil {
			root.add(strings.Split(field.Path, "."), jen.Id("t").Dot(field.GoName))
		}
	}
	f.decl("members returns the ID and the status as the members of a JSON object.",
		jen.Func().Params(jen.Id("t").Op("*").Id("Task")).Id("members").Params().Any().Block(jen.Return(root.code())))
}

// members are the members of an object, by path, in order.
type members struct {
	keys   []string
	values map[string]jen.Code
	inner  map[string]*members
}

func (m *members) add(path []string, value jen.Code) {
	key := path[0]
	if m.values == nil {
		m.values, m.inner = make(map[string]jen.Code), make(map[string]*members)
	}
	if m.values[key] == nil && m.inner[key] == nil {
		m.keys = append(m.keys, key)
	}
	if len(path) == 1 {
		m.values[key] = value
		return
	}
	if m.inner[key] == nil {
		m.inner[key] = new(members)
	}
	m.inner[key].add(path[1:], value)
}

func (m *members) code() *jen.Statement {
	var elements []jen.Code
	for _, key := range m.keys {
		value := m.values[key]
		if m.inner[key] != nil {
			value = m.inner[key].code()
		}
		elements = append(elements, jen.Lit(key).Op(":").Add(value))
	}
	return jen.Map(jen.String()).Any().Add(rows(elements...))
}

// goType writes the type of a field: int64 or json.RawMessage.
func goType(f *plan.Field) *jen.Statement {
	if f.GoType == rawMessage {
		return jen.Qual("encoding/json", "RawMessage")
	}
	return jen.Id(f.GoType)
}

const rawMessage = "json.RawMessage"

// isTyped reports whether a field contains values other than text.
func isTyped(f *plan.Field) bool { return f.GoType != "string" }
