package names

import (
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// An Entry is a code or subtype of a table with its names.
type Entry struct {
	Table   *spec.Table
	Names   *Names // of the table
	Code    *spec.Code
	Subtype *spec.Subtype // nil for a code
	Const   string
	Former  []string // Go constants under former names
	URL     string   // "" if there is none
}

// Entries returns the codes of a valid table, each followed by its subtypes. The
// findings are about names that are invalid or not unique; if there are any, Entries
// returns no entries.
func Entries(t *spec.Table) ([]Entry, diag.List) {
	n, findings := Of(t, Options{})
	if findings.HasErrors() {
		return nil, findings
	}
	var all []Entry
	for i := range n.Codes {
		c, code := &t.Codes[i], &n.Codes[i]
		all = append(all, Entry{t, n, c, nil, code.Const, FormerConsts(code.Former), code.URL})
		for j := range code.Subtypes {
			s := &code.Subtypes[j]
			all = append(all, Entry{t, n, c, &c.Subtypes[j], s.Const, FormerConsts(s.Former), s.URL})
		}
	}
	return all, findings
}

// Value returns the wire value of a code, or "code/subtype".
func (e Entry) Value() string {
	if e.Subtype != nil {
		return e.Code.Wire + "/" + e.Subtype.Name
	}
	return e.Code.Wire
}

// OtherValues returns the aliases and former names of the code. For a subtype, each is
// followed by a slash and the name of the subtype.
func (e Entry) OtherValues() []string {
	others := e.Code.OtherWires()
	if e.Subtype != nil {
		for i := range others {
			others[i] += "/" + e.Subtype.Name
		}
	}
	return others
}

// Statuses returns the HTTP statuses that determine the code if a response contains no
// code.
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
