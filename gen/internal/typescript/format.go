package typescript

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitFormat writes the description of responses.
func emitFormat(m *module) string {
	f := m.data.Format
	if f == nil {
		return ""
	}
	var fields, body, http, codes, subtypes []expr
	for _, field := range f.Fields {
		fields = append(fields, m.fieldNode(field))
	}
	for _, n := range f.Body {
		body = append(body, bodyNode(n))
	}
	for _, h := range f.HTTP {
		http = append(http, numbers(h[:]))
	}
	for _, s := range f.Codes {
		codes = append(codes, selectorNode(s))
	}
	for _, s := range f.Subtypes {
		subtypes = append(subtypes, selectorNode(s))
	}
	members := []expr{
		member("fields", list(fields...)),
		member("body", list(body...)),
		member("http", list(http...)),
		atom(fmt.Sprintf("tasks: %t", f.Tasks)),
	}
	if m.features["when"] {
		members = append(members, member("codes", list(codes...)))
	}
	if m.features["refined"] {
		members = append(members, member("subtypes", list(subtypes...)))
	}
	all := object(members...)
	all.broken = true
	return comment(0, "The fields of responses, and the codes that HTTP statuses and conditions select. Codes and subtypes are indexes.") +
		all.print("const format: Format = ", 0, ";") + "\n"
}

func (m *module) fieldNode(f Field) expr {
	var items []expr
	one := func(name, value string) {
		if value != "" {
			items = append(items, member(name, text(value)))
		}
	}
	several := func(name string, values []string) {
		if len(values) > 0 {
			items = append(items, member(name, texts(values)))
		}
	}
	one("role", f.Role)
	one("header", f.Header)
	several("ok", f.OK)
	several("completed", f.Completed)
	several("failed", f.Failed)
	several("running", f.Running)
	if len(f.When) > 0 {
		items = append(items, member("when", conditionNodes(f.When)))
	}
	one("before", f.Before)
	one("after", f.After)
	one("unit", f.Unit)
	if f.Match != nil {
		items = append(items, member("match", phraseNode(*f.Match)))
	}
	if len(f.Arrays) > 0 {
		items = append(items, member("arrays", numbers(f.Arrays)))
	}
	n := object(items...)
	n.spaced = len(items) > 0
	return n
}

func conditionNodes(all []Condition) expr {
	var items []expr
	for _, c := range all {
		items = append(items, object(atom("field: "+itoa(c.Field)), member("values", texts(c.Values))))
	}
	return list(items...)
}

func selectorNode(s Selector) expr {
	items := []expr{atom("code: " + itoa(s.Code))}
	if s.Subtype != nil {
		items = append(items, atom("subtype: "+itoa(*s.Subtype)))
	}
	return object(append(items, member("when", conditionNodes(s.When)))...)
}

func bodyNode(n Node) expr {
	var items []expr
	if n.Key != "" {
		items = append(items, member("key", text(n.Key)))
	}
	if n.Field != 0 {
		items = append(items, atom("field: "+itoa(n.Field)))
	}
	if len(n.Below) > 0 {
		var below []expr
		for _, inner := range n.Below {
			below = append(below, bodyNode(inner))
		}
		items = append(items, member("below", list(below...)))
	}
	if n.Each != nil {
		items = append(items, member("each", bodyNode(*n.Each)))
	}
	return object(items...)
}

// emitResponseTypes writes the type Task and the details of errors, with the functions
// that read their fields.
func emitResponseTypes(m *module) string {
	var b strings.Builder
	if fields := m.Response.ErrorFields(); m.features["details"] {
		name := m.names.Prefix + "ErrorDetails"
		b.WriteString(m.interfaceOf(name, "The fields of an error that have no role. Those that are missing, or have an unexpected type, are undefined.", fields))
		b.WriteString("\n" + comment(0, "Returns the fields of an error that have no role.") +
			m.reader("function detailsOf({ facts }: Reading): "+name, fields))
	}
	if m.features["task"] {
		fields := m.Response.TaskFields()
		b.WriteString("\n" + m.interfaceOf("Task", "A response about a task. Fields without a role that are missing, or have an unexpected type, are undefined.", fields))
		b.WriteString("\n" + comment(0, "Returns the fields of a task.") + m.reader("function taskFields(facts: Facts): Task", fields))
		for _, field := range fields {
			if field.Role == spec.RoleID || field.Role == spec.RoleStatus {
				fmt.Fprintf(&b, "\n%sfunction %sOf(task: Task): string {\n  return task.%s;\n}\n",
					comment(0, "Returns the field with the role "+field.Role.String()+"."), field.Role, m.names.Fields[field])
			}
		}
	}
	return b.String()
}

func (m *module) interfaceOf(name, doc string, fields []*plan.Field) string {
	var b strings.Builder
	b.WriteString(comment(0, doc) + "export interface " + name + " {\n")
	for _, f := range fields {
		if f.Description != "" {
			b.WriteString(comment(2, paragraphs(f.Description)...))
		}
		fmt.Fprintf(&b, "  readonly %s: %s;\n", m.names.Fields[f], fieldType(f))
	}
	b.WriteString("}\n")
	return b.String()
}

func fieldType(f *plan.Field) string {
	if f.Role != spec.RoleNone {
		return "string"
	}
	switch f.Type {
	case spec.TypeInteger, spec.TypeNumber:
		return "number | undefined"
	case spec.TypeBoolean:
		return "boolean | undefined"
	case spec.TypeAny:
		return "unknown"
	}
	return "string | undefined"
}

// reader writes a function that reads fields.
func (m *module) reader(signature string, fields []*plan.Field) string {
	var items []expr
	for _, f := range fields {
		items = append(items, atom(m.names.Fields[f]+": "+fieldValue(f)))
	}
	all := object(items...)
	all.broken = true
	return signature + " {\n  " + all.print("return ", 2, ";") + "\n}\n"
}

func fieldValue(f *plan.Field) string {
	if f.Role != spec.RoleNone {
		return fmt.Sprintf("facts.text(facts.first(%s))", quote(f.Role.String()))
	}
	method := map[spec.FieldType]string{
		spec.TypeInteger: "number", spec.TypeNumber: "number", spec.TypeBoolean: "boolean", spec.TypeAny: "any",
	}[f.Type]
	if method == "" {
		method = "fieldText"
	}
	return fmt.Sprintf("facts.%s(%d)", method, f.Index)
}
