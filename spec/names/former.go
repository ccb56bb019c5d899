package names

import (
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// former assigns the constants of codes under their former names, and those of their
// subtypes.
func (b *builder) former() {
	current := make(map[string]string)
	for i := range b.made.Codes {
		c, code := &b.table.Codes[i], &b.made.Codes[i]
		for j, wire := range c.RenamedFrom {
			by := owner{
				at: func() diag.Location { return c.ItemAt("renamed_from", j) }, kind: "former name",
				help: "move it to aliases:, which are also accepted but have no constants",
			}
			before := len(b.names.findings)
			code.Former = b.formerName(current, code.Former, "Code", code.Const, wire, by, spec.WireStem(wire))
			if len(b.names.findings) > before {
				continue // its subtypes would have no name either
			}
			for k := range code.Subtypes {
				s, name := &code.Subtypes[k], c.Subtypes[k].Name
				s.Former = b.formerName(current, s.Former, "Subtype", s.Const, wire+"/"+name, by, spec.WireStem(wire), name)
			}
		}
	}
}

// formerName appends a former name of the entry whose current constant is is. Two names of
// an entry may share a constant, such as too-fast and too_fast, and a code may keep its
// constant by name: although its wire value changes. current maps the constants of former
// names to their current constants.
func (b *builder) formerName(current map[string]string, all []Former, prefix, is, value string, by owner, parts ...string) []Former {
	f := Former{Value: value}
	if name := prefix + camel(parts...); name != is && current[name] != is {
		f.Const = b.names.identifier(prefix, by, value, parts...)
		current[name] = is
	}
	return append(all, f)
}

// FormerConsts returns the Go constants that belong to former names only.
func FormerConsts(all []Former) []string {
	var consts []string
	for _, f := range all {
		if f.Const != "" {
			consts = append(consts, f.Const)
		}
	}
	return consts
}

// FormerValues returns the former wire values or subtype values.
func FormerValues(all []Former) []string {
	var values []string
	for _, f := range all {
		values = append(values, f.Value)
	}
	return values
}
