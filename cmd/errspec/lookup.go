package main

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// An entry is a code or sub-type of a table, with what only its export says.
type entry struct {
	table   *spec.Table
	code    *spec.Code
	subtype *spec.Subtype // nil for a code
	ident   string        // Go constant
	url     string        // "" if there is none
	json    json.RawMessage
}

// value returns what the service or the generated package calls the entry.
func (e entry) value() string {
	if e.subtype != nil {
		return e.code.Wire + "/" + e.subtype.Name
	}
	return e.code.Wire
}

// An exportedEntry is what is read back of an export.
type exportedEntry struct {
	Ident    string            `json:"x-errspec-ident"`
	URL      string            `json:"x-errspec-url"`
	Subtypes []json.RawMessage `json:"subtypes"`
}

// entriesOf returns the codes and sub-types of a valid table, in its order.
func entriesOf(t *spec.Table) ([]entry, diag.List) {
	data, findings := gen.Export(t, false)
	if findings.HasErrors() {
		return nil, findings
	}
	var export struct{ Codes []json.RawMessage }
	must(json.Unmarshal(data, &export))
	var all []entry
	for i, raw := range export.Codes {
		var code exportedEntry
		must(json.Unmarshal(raw, &code))
		c := &t.Codes[i]
		all = append(all, entry{table: t, code: c, ident: code.Ident, url: code.URL, json: raw})
		for j, raw := range code.Subtypes {
			var sub exportedEntry
			must(json.Unmarshal(raw, &sub))
			all = append(all, entry{table: t, code: c, subtype: &c.Subtypes[j], ident: sub.Ident, url: sub.URL, json: raw})
		}
	}
	return all, nil
}

// must holds that an export is what errspec wrote a moment ago.
func must(err error) {
	if err != nil {
		panic("errspec: its own export: " + err.Error())
	}
}

// A manner is one way to name an entry, the surest first.
type manner func(e entry, name string) bool

var manners = []manner{
	func(e entry, name string) bool { return e.value() == name },
	func(e entry, name string) bool { return e.subtype == nil && slices.Contains(e.code.OtherWires(), name) },
	func(e entry, name string) bool { return e.ident == name },
	func(e entry, name string) bool {
		return e.subtype == nil && e.table.Wire == spec.WireInteger && e.code.Stem() == name
	},
	func(e entry, name string) bool { return e.subtype != nil && e.subtype.Name == name },
	func(e entry, name string) bool {
		return strings.EqualFold(e.value(), name) || strings.EqualFold(e.ident, name)
	},
	func(e entry, name string) bool { return e.subtype == nil && strings.HasPrefix(e.value(), name) },
	func(e entry, name string) bool {
		return e.subtype != nil && (strings.HasPrefix(e.value(), name) || strings.HasPrefix(e.subtype.Name, name))
	},
	func(e entry, name string) bool { return strings.HasPrefix(e.ident, name) },
}

// find returns the entries that a name means: those of the surest manner in which
// it means any.
func find(all []entry, name string) []entry {
	if name == "" {
		return nil
	}
	for _, means := range manners {
		var found []entry
		for _, e := range all {
			if means(e, name) {
				found = append(found, e)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// namesOf returns everything that an entry may be called, for suggestions.
func namesOf(all []entry) []string {
	var names []string
	for _, e := range all {
		names = append(names, e.value(), e.ident)
		if e.subtype == nil {
			names = append(names, e.code.OtherWires()...)
			names = append(names, e.code.Stem())
		} else {
			names = append(names, e.subtype.Name)
		}
	}
	return names
}
