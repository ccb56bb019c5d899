package gen

import (
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
	"github.com/errspec/errspec/spec/names"
)

// Export writes a table as JSON, with the names and addresses that a plan gives
// its entries. The findings are names that cannot be.
func Export(t *spec.Table, public bool) ([]byte, diag.List) {
	entries, findings := Entries(t)
	if findings.HasErrors() {
		return nil, findings
	}
	return export.JSON(t, export.Options{Public: public, Notes: notes(entries)}), findings
}

// An Entry is a code or sub-type of a table, with the names and addresses that a
// plan gives it.
type Entry struct {
	Table   *spec.Table
	Code    *spec.Code
	Subtype *spec.Subtype // nil for a code
	Former  []string      // Go constants under former names
	export.Notes
}

// Entries returns the codes of a valid table, each with its sub-types behind it.
// The findings are names that cannot be.
func Entries(t *spec.Table) ([]Entry, diag.List) {
	n, findings := names.Of(t, names.Options{})
	if findings.HasErrors() {
		return nil, findings
	}
	var all []Entry
	for i, code := range n.Codes {
		c := &t.Codes[i]
		all = append(all, Entry{t, c, nil, names.FormerConsts(code.Former), export.Notes{Ident: code.Const, Anchor: code.Anchor, URL: code.URL}})
		for j, s := range code.Subtypes {
			all = append(all, Entry{t, c, &c.Subtypes[j], names.FormerConsts(s.Former), export.Notes{Ident: s.Const, Anchor: s.Anchor, URL: s.URL}})
		}
	}
	return all, findings
}

// Value returns what the service or the generated package calls the entry: a wire
// value, or "code/sub-type".
func (e Entry) Value() string {
	if e.Subtype != nil {
		return e.Code.Wire + "/" + e.Subtype.Name
	}
	return e.Code.Wire
}

// OtherValues returns what else means the entry: aliases and former names of the
// code, and of a subtype its name after each of them.
func (e Entry) OtherValues() []string {
	others := e.Code.OtherWires()
	if e.Subtype != nil {
		for i := range others {
			others[i] += "/" + e.Subtype.Name
		}
	}
	return others
}

// Statuses returns the HTTP statuses that stand for the code where a response names
// none.
func (e Entry) Statuses() []string {
	var all []string
	if r := e.Table.Response; r != nil {
		for _, h := range r.HTTP {
			if h.Code == e.Code.Wire {
				all = append(all, strconv.Itoa(h.Status))
			}
		}
	}
	return all
}

// JSON returns one of the entries as the export has it.
func (e Entry) JSON(all []Entry) []byte {
	return export.Options{Notes: notes(all)}.Entry(e.Table, e.Code, e.Subtype)
}

// notes returns what an export says about entries beyond the table itself.
func notes(all []Entry) func(*spec.Code, *spec.Subtype) export.Notes {
	byEntry := make(map[any]export.Notes, len(all))
	for _, e := range all {
		if e.Subtype != nil {
			byEntry[e.Subtype] = e.Notes
		} else {
			byEntry[e.Code] = e.Notes
		}
	}
	return func(c *spec.Code, s *spec.Subtype) export.Notes {
		if s != nil {
			return byEntry[s]
		}
		return byEntry[c]
	}
}
