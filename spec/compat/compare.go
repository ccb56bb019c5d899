package compat

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/names"
)

// Compare returns the changes of a valid table and of the names in its Go package. The
// settings of the table come first, then its codes in the order of the new version.
// Decisions are compared by behavior: both classifiers classify the cases of both
// tables. The findings report names that are invalid or not unique.
func Compare(old, new *spec.Table) ([]Change, diag.List, error) {
	c := comparison{old: old, new: new}
	findings := c.export()
	if findings.HasErrors() {
		return nil, findings, nil
	}
	c.index()
	c.settings()
	c.classes()
	c.codes()
	c.reservations()
	if err := c.behavior(); err != nil {
		return nil, findings, err
	}
	if err := c.responses(); err != nil {
		return nil, findings, err
	}
	c.names()
	c.newNames()
	return c.changes, findings, nil
}

// A comparison collects changes.
type comparison struct {
	old, new *spec.Table
	changes  []Change

	exported, exports map[string]names.Export // exported names of the old and the new package

	pairs    []pair                    // codes in both tables
	partner  map[*spec.Code]*spec.Code // new version of codes of the old table
	before   map[string]*spec.Code     // codes of the old table by all their wire values
	byWire   map[string]*spec.Code     // codes of the new table by wire value
	reserved map[string]bool           // wire values that the new table reserves
	gone     map[string]bool           // subjects whose removal was reported
	arrived  map[string]arrival        // subtypes that were added to a code, by name; nil until first used
}

// export determines the exported names of both packages.
func (c *comparison) export() diag.List {
	var before, after diag.List
	var both sync.WaitGroup
	both.Go(func() { c.exported, before = exportsOf(c.old) })
	both.Go(func() { c.exports, after = exportsOf(c.new) })
	both.Wait()
	return append(before, after...)
}

// exportsOf returns the exported names of a table's package, by name.
func exportsOf(t *spec.Table) (map[string]names.Export, diag.List) {
	n, findings := names.Of(t, names.Options{})
	if findings.HasErrors() {
		return nil, findings
	}
	byName := make(map[string]names.Export)
	for _, e := range n.Exports(t) {
		byName[e.Name] = e
	}
	return byName, findings
}

// A pair is one code before and after.
type pair struct{ old, new *spec.Code }

func (c *comparison) add(change Change) { c.changes = append(c.changes, change) }

// differ reports a change of kind unless before and after are the same.
func (c *comparison) differ(kind Kind, subject, part, was, is string, old, new diag.Location) {
	if was != is {
		c.add(Change{Kind: kind, Subject: subject, Part: part, Was: was, Is: is, Old: old, New: new})
	}
}

// index determines which codes of both tables are the same.
func (c *comparison) index() {
	c.partner = make(map[*spec.Code]*spec.Code)
	c.gone = make(map[string]bool)
	c.byWire = wireValues(c.new)
	c.before = wireValues(c.old)
	c.reserved = make(map[string]bool)
	for _, r := range c.new.Reserved {
		c.reserved[r.Code] = true
	}
	stems := make(map[string]*spec.Code) // codes with a new wire value
	for i := range c.new.Codes {
		if code := &c.new.Codes[i]; c.before[code.Wire] == nil {
			stems[code.Stem()] = code
		}
	}
	taken := make(map[*spec.Code]bool)
	match := func(old, new *spec.Code) {
		if new != nil && c.partner[old] == nil && !taken[new] {
			c.partner[old] = new
			taken[new] = true
		}
	}
	for _, same := range []func(old *spec.Code) *spec.Code{
		func(old *spec.Code) *spec.Code { return exactly(c.byWire[old.Wire], old.Wire) },
		func(old *spec.Code) *spec.Code { return c.byWire[old.Wire] },
		func(old *spec.Code) *spec.Code { return stems[old.Stem()] }, // the same constant with another value
	} {
		for i := range c.old.Codes {
			match(&c.old.Codes[i], same(&c.old.Codes[i]))
		}
	}
	for i := range c.old.Codes {
		if old := &c.old.Codes[i]; c.partner[old] != nil {
			c.pairs = append(c.pairs, pair{old, c.partner[old]})
		}
	}
}

// wireValues returns the codes of a table by all their wire values.
func wireValues(t *spec.Table) map[string]*spec.Code {
	all := make(map[string]*spec.Code, len(t.Codes))
	for i := range t.Codes {
		for _, wire := range append(t.Codes[i].OtherWires(), t.Codes[i].Wire) {
			all[wire] = &t.Codes[i]
		}
	}
	return all
}

func exactly(code *spec.Code, wire string) *spec.Code {
	if code == nil || code.Wire != wire {
		return nil
	}
	return code
}

// names compares the exported names of the generated packages. Names of removed entries
// are reported with the entry.
func (c *comparison) names() {
	for _, name := range slices.Sorted(maps.Keys(c.exported)) {
		was := c.exported[name]
		is, there := c.exports[name]
		switch {
		case !there && !c.gone[was.Of]:
			c.add(Change{Kind: NameRemoved, Subject: name, Part: was.Of, Was: was.Type, Old: was.At, New: c.locationOf(was.Of), help: c.keepName(was)})
		case there && was.Type != is.Type:
			c.add(Change{Kind: NameChanged, Subject: name, Part: is.Of, Was: was.Type, Is: is.Type, Old: was.At, New: is.At})
		}
	}
}

// keepName returns the fix that restores the constants of a code and its subtypes. It
// returns "" if the name belongs to neither.
func (c *comparison) keepName(was names.Export) string {
	old := c.before[owner(was.Of)]
	if old == nil || c.partner[old] == nil {
		return ""
	}
	new := c.partner[old]
	switch {
	case was.Former != "":
		return "list " + was.Former + " under renamed_from: of " + new.Wire + ", which keeps its constants"
	case old.Name != "":
		return "add name: " + old.Name + " in the code " + new.Wire
	case old.Wire == new.Wire:
		return "remove name: from the code " + new.Wire
	}
	return "move " + old.Wire + " from aliases: to renamed_from: of " + new.Wire + ", which keeps its constants"
}

// newNames reports names that belong to no entry of the table: those of responses.
func (c *comparison) newNames() {
	for _, name := range slices.Sorted(maps.Keys(c.exports)) {
		is := c.exports[name]
		if _, had := c.exported[name]; !had && (is.Of == "" || strings.HasPrefix(is.Of, "field ")) {
			c.add(Change{Kind: NameAdded, Subject: name, Part: is.Of, Is: is.Type, Old: c.old.At(), New: is.At})
		}
	}
}

// locationOf returns the location of an entry in the new table.
func (c *comparison) locationOf(subject string) diag.Location {
	if old := c.before[owner(subject)]; old != nil && c.partner[old] != nil {
		return c.partner[old].At()
	}
	return c.new.At()
}
