package plan

import (
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// oldNames names the constants that codes had under former names, and those that
// their subtypes had with them.
func (b *builder) oldNames() {
	former := make(map[string]string)
	for i, code := range b.made {
		c := &b.table.Codes[i]
		for j, wire := range c.RenamedFrom {
			by := claim{
				at: func() diag.Location { return c.ItemAt("renamed_from", j) }, kind: "the old name",
				mend: "move it to aliases:, which are accepted as well and have no constants",
			}
			before := len(b.names.findings)
			code.OldNames = b.oldName(former, code.OldNames, "Code", code.Const, spec.WireStem(wire), wire, by)
			if len(b.names.findings) > before {
				continue // nor would its subtypes have a name
			}
			for _, s := range code.Subtypes {
				s.OldNames = b.oldName(former, s.OldNames, "Subtype", s.Const, spec.WireStem(wire)+"_"+s.Name, wire+"/"+s.Name, by)
			}
		}
	}
}

// oldName appends a former name of the entry that has the constant current. Two
// spellings of one entry may share a constant, as too-fast and too_fast do, and a
// code may keep its constant with name: while its wire value changes. former holds
// the constants of former names, and the current constant of each.
func (b *builder) oldName(former map[string]string, names []OldName, prefix, current, stem, value string, by claim) []OldName {
	old := OldName{Wire: value}
	if name := prefix + camel(stem); name != current && former[name] != current {
		old.Const = b.names.identifier(prefix, stem, by, value)
		former[name] = current
	}
	return append(names, old)
}
