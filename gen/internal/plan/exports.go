package plan

import "github.com/errspec/errspec/spec"

// An Export is an exported name of the generated package that depends on the
// table.
type Export struct {
	Name   string // "CodeServiceError", "Task.Progress"
	Type   string // "const Code", "int64"
	Of     string // the entry that it is made for: a wire value, "code/sub-type", "class NAME", "field PATH"; "" for the table
	Former string // the former name of the code that the constant is made from, "" for a current one
}

// Exports returns the exported names that depend on the table.
func (p *Plan) Exports() []Export {
	var all []Export
	add := func(name, typ, of string) { all = append(all, Export{Name: name, Type: typ, Of: of}) }
	former := func(names []OldName, c *Code, typ, of string) {
		for i, old := range names {
			if old.Const != "" {
				all = append(all, Export{old.Const, typ, of, c.OldNames[i].Wire})
			}
		}
	}
	for _, c := range p.Codes {
		add(c.Const, "const Code", c.Wire)
		former(c.OldNames, c, "const Code", c.Wire)
		for _, s := range c.Subtypes {
			add(s.Const, "const Subtype", s.Value)
			former(s.OldNames, c, "const Subtype", s.Value)
		}
	}
	for _, c := range p.Classes {
		add(c.Const, "const Class", "class "+c.Name)
	}
	if r := p.Response; r != nil {
		if r.ID != nil {
			add("Error.TaskID", "string", "field "+r.ID.Path)
		}
		if r.Model != nil {
			add("Error.Model", "string", "field "+r.Model.Path)
		}
	}
	if p.HasTask() {
		add("Task", "type", "")
		add("DecodeTask", "func", "")
		for _, f := range p.Response.TaskFields() {
			add("Task."+f.GoName, f.GoType(), "field "+f.Path)
		}
	}
	if p.HasWaiter() {
		add("Waiter", "type", "")
		add("PollError", "type", "")
	}
	return all
}

// GoType returns the type of the field of Task. A field with a role is text.
func (f *Field) GoType() string {
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
