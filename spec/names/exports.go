package names

import (
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// An Export is an exported name of the generated package that depends on the table.
type Export struct {
	Name   string // "CodeServiceError", "Task.Progress"
	Type   string // its declaration without its value: "const Code", "int64"
	Of     string // its entry: a wire value, "code/subtype", "class NAME", "field PATH"; "" for the table
	Former string // the former name of the code from which the constant is derived, "" for a current name
	At     diag.Location
}

// Exports returns the exported names that depend on the table t. n are the names of t.
func (n *Names) Exports(t *spec.Table) []Export {
	var all []Export
	add := func(name, typ, of string, at diag.Location) {
		all = append(all, Export{Name: name, Type: typ, Of: of, At: at})
	}
	former := func(names []Former, c *spec.Code, typ, of string, at diag.Location) {
		for i, f := range names {
			if f.Const != "" {
				all = append(all, Export{f.Const, typ, of, c.RenamedFrom[i], at})
			}
		}
	}
	for i := range n.Codes {
		c, code := &t.Codes[i], &n.Codes[i]
		add(code.Const, "const Code", c.Wire, c.At())
		former(code.Former, c, "const Code", c.Wire, c.At())
		for j := range code.Subtypes {
			s, at := &code.Subtypes[j], c.Subtypes[j].At()
			add(s.Const, "const Subtype", s.Value, at)
			former(s.Former, c, "const Subtype", s.Value, at)
		}
	}
	for i := range n.Classes {
		add(n.Classes[i].Const, "const Class", "class "+t.Classes[i].Name, t.Classes[i].At())
	}
	if t.Response != nil {
		n.exportsOfResponse(t, add)
	}
	if t.Idempotency != nil || t.Response != nil && hasTask(t.Response) {
		add("Attempts", "type", "", t.At())
		add("Reason", "type", "", t.At())
	}
	if i := t.Idempotency; i != nil {
		add("IdempotencyHeader", "const string", "idempotency", i.At())
		add("Attempts.SetKey", "func", "idempotency", i.At())
		if i.OptIn {
			add("Policy.Keys", "bool", "idempotency", i.At())
		}
	}
	return all
}

// exportsOfResponse adds the names of the part of a package that reads responses.
func (n *Names) exportsOfResponse(t *spec.Table, add func(name, typ, of string, at diag.Location)) {
	r := t.Response
	if !hasErrors(r) {
		return
	}
	add("DecodeError", "func", "", t.At())
	add("ResponseError", "type", "", t.At())
	for _, in := range []struct {
		role spec.Role
		name string
	}{{spec.RoleID, "TaskID"}, {spec.RoleModel, "Model"}, {spec.RoleRequestID, "RequestID"}, {spec.RoleParam, "Param"}} {
		if f, ok := r.Source(in.role); ok {
			add("Error."+in.name, "string", "field "+f.Path, f.At())
		}
	}
	for i, f := range n.Fields {
		field := slices.Concat(r.Fields, r.Headers)[i]
		switch {
		case f.OfError:
			add("Error."+f.GoName, f.GoType, "field "+field.Path, field.At())
		case f.GoName != "":
			add("Task."+f.GoName, f.GoType, "field "+field.Path, field.At())
		}
	}
	if !hasTask(r) {
		return
	}
	add("Task", "type", "", t.At())
	add("DecodeTask", "func", "", t.At())
	if _, ok := r.Field(spec.RoleID); ok {
		add("Waiter", "type", "", t.At())
		add("PollError", "type", "", t.At())
	}
}
