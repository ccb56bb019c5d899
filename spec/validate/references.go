package validate

import (
	"fmt"
	"strconv"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// checkReferences checks that every class and code that the table refers to is defined.
func checkReferences(t *spec.Table, report reporter) {
	refs := newReferences(t, report)
	if t.Unlisted != "" {
		refs.code(t.Unlisted, t.ValueAt("unlisted"), "unlisted", func(meant string) *diag.Fix { return t.Fix("unlisted", meant) })
	}
	if t.Response != nil {
		for _, h := range t.Response.HTTP {
			status := strconv.Itoa(h.Status)
			refs.code(h.Code, h.At, "http "+status, func(meant string) *diag.Fix { return t.Response.FixPair("http", status, meant) })
		}
	}
	if i := t.Idempotency; i != nil {
		for key, codes := range idempotencyCodes(i) {
			for n, code := range codes {
				refs.code(code, i.ItemAt(key, n), key, func(string) *diag.Fix { return nil })
			}
		}
	}
	classes := t.ClassesByName()
	eachCode(t, func(c *spec.Code) {
		if classes[c.Class] == nil && c.Class != "" && !refs.classesPartial {
			refs.missing("class", c.Class, c.ValueAt("class"), c.Wire, refs.classes, func(meant string) *diag.Fix { return c.Fix("class", meant) })
		}
		if c.Deprecated == nil || c.Deprecated.ReplacedBy == "" {
			return
		}
		at := c.Deprecated.ValueAt("replaced_by")
		if c.Deprecated.ReplacedBy == c.Wire {
			report(violation{at: at, about: c.Wire, message: fmt.Sprintf("replaced_by of code %q refers to the code itself", c.Wire), help: "name another code, or remove replaced_by"})
			return
		}
		refs.code(c.Deprecated.ReplacedBy, at, c.Wire, func(meant string) *diag.Fix { return c.Deprecated.Fix("replaced_by", meant) })
	})
}

// references are the codes and classes of a table, by which references are checked.
type references struct {
	report  reporter
	listed  map[string]bool
	codes   []string
	classes []string
	unknown int // number of references to undefined entries so far

	// Whether some of them could not be read: a code or class that seems to be missing may
	// be one of those.
	codesPartial, classesPartial bool
}

func newReferences(t *spec.Table, report reporter) *references {
	r := &references{
		report: report, listed: make(map[string]bool, len(t.Codes)),
		codesPartial: t.Partial, classesPartial: t.Unread("classes"),
	}
	for i := range t.Codes {
		wire := t.Codes[i].Wire
		if wire == "" {
			wire = t.Codes[i].Text("code") // the intended code, if it is a number without quotes
		}
		r.codesPartial = r.codesPartial || wire == ""
		r.listed[wire] = true
		r.codes = append(r.codes, t.Codes[i].Wire)
	}
	for _, c := range t.Classes {
		r.classesPartial = r.classesPartial || c.Name == ""
		r.classes = append(r.classes, c.Name)
	}
	return r
}

func (r *references) code(wire string, at diag.Location, about string, fix func(meant string) *diag.Fix) {
	if !r.listed[wire] && !r.codesPartial {
		r.missing("code", wire, at, about, r.codes, fix)
	}
}

func (r *references) missing(kind, name string, at diag.Location, about string, known []string, fix func(meant string) *diag.Fix) {
	v := violation{at: at, about: about, message: fmt.Sprintf("unknown %s %q", kind, name),
		help: fmt.Sprintf("define the %s, or name one that the table defines", kind)}
	if r.unknown++; r.unknown <= diag.MaxSuggestions {
		meant, only := diag.Nearest(name, known)
		if meant != "" {
			v.help = "did you mean " + meant + "?"
		}
		if only {
			v.fix = fix(meant)
		}
	}
	r.report(v)
}

// checkReserved checks that no entry uses a reserved code, subtype or name.
func checkReserved(t *spec.Table, report reporter) {
	codes, subtypes, names := make(map[string]*spec.Reserved), make(map[string]*spec.Reserved), make(map[string]*spec.Reserved)
	for i := range t.Reserved {
		r := &t.Reserved[i]
		if n := countSet(r.Code, r.Subtype, r.Name); n != 1 && wellFormed(r) {
			report(violation{at: r.At(), about: "reserved/" + r.Code + r.Subtype + r.Name, message: "a reserved entry must have exactly one of code, subtype and name", help: "write a separate entry for each of them"})
		}
		codes[r.Code], subtypes[r.Subtype], names[r.Name] = r, r, r
	}
	use := func(kind, name string, by map[string]*spec.Reserved, at func() diag.Location) {
		r, reserved := by[name]
		if !reserved || name == "" {
			return
		}
		why := ""
		if r.Reason != "" {
			why = ": " + r.Reason
		}
		report(violation{at: at(), about: name,
			message: fmt.Sprintf("%s %q is reserved%s", kind, name, why),
			help:    "choose another one; existing clients still use the old meaning",
			related: []diag.Related{{Location: r.At(), Message: "reserved here"}}})
	}
	eachCode(t, func(c *spec.Code) {
		code := func() diag.Location { return c.ValueAt("code") }
		use("code", c.Wire, codes, code)
		use("name", c.Name, names, func() diag.Location { return c.ValueAt("name") })
		if c.Name == "" {
			use("name", c.Wire, names, code)
		}
		for j, alias := range c.Aliases {
			use("alias", alias, codes, func() diag.Location { return c.ItemAt("aliases", j) })
		}
		for j, old := range c.RenamedFrom {
			at := func() diag.Location { return c.ItemAt("renamed_from", j) }
			use("former name", old, codes, at)
			use("name", spec.WireStem(old), names, at)
		}
		for j := range c.Subtypes {
			s := &c.Subtypes[j]
			for _, wire := range append([]string{c.Wire}, c.OtherWires()...) {
				use("subtype", wire+"/"+s.Name, subtypes, func() diag.Location { return s.ValueAt("name") })
			}
		}
	})
}

// wellFormed reports whether all values of the entry could be read. Otherwise reading it
// has reported the finding.
func wellFormed(r *spec.Reserved) bool {
	if r.At().File == nil {
		return false // not even a mapping
	}
	for _, key := range []string{"code", "subtype", "name"} {
		if r.Unread(key) {
			return false
		}
	}
	return true
}

func countSet(values ...string) int {
	n := 0
	for _, v := range values {
		if v != "" {
			n++
		}
	}
	return n
}
