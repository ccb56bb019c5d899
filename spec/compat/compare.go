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

// Compare returns how a valid table has changed, with what that does to the names of
// its Go package: the table's own settings first, then its codes in the order of the new
// state. Decisions are compared by making them: both classifiers decide about the cases
// of both tables. The findings are names that are invalid or not unique.
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
	if err := c.behaviour(); err != nil {
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

	exported, exports map[string]names.Export // by name: of the old package and of the new one

	pairs    []pair                    // codes that are in both
	partner  map[*spec.Code]*spec.Code // of codes of the old table
	before   map[string]*spec.Code     // of the old table: codes by all their spellings
	byWire   map[string]*spec.Code     // of the new table
	reserved map[string]bool           // wire values that the new table reserves
	gone     map[string]bool           // subjects whose removal is reported
	arrived  map[string]arrival        // subtypes that a code has got, by name; nil until it is asked for
}

// export names what both packages export.
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

// index finds out which codes are the same ones.
func (c *comparison) index() {
	c.partner = make(map[*spec.Code]*spec.Code)
	c.gone = make(map[string]bool)
	c.byWire = spellings(c.new)
	c.before = spellings(c.old)
	c.reserved = make(map[string]bool)
	for _, r := range c.new.Reserved {
		c.reserved[r.Code] = true
	}
	stems := make(map[string]*spec.Code) // of codes whose wire value is new
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

// spellings returns the codes of a table by all their wire values.
func spellings(t *spec.Table) map[string]*spec.Code {
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

// names compares what the generated packages export. What goes with an entry of
// the table that is gone is reported there.
func (c *comparison) names() {
	for _, name := range slices.Sorted(maps.Keys(c.exported)) {
		was := c.exported[name]
		is, there := c.exports[name]
		switch {
		case !there && !c.gone[was.Of]:
			c.add(Change{Kind: NameRemoved, Subject: name, Part: was.Of, Was: was.Type, Old: was.At, New: c.placeOf(was.Of), help: c.keepName(was)})
		case there && was.Type != is.Type:
			c.add(Change{Kind: NameChanged, Subject: name, Part: is.Of, Was: was.Type, Is: is.Type, Old: was.At, New: is.At})
		}
	}
}

// keepName says what gives a code and its subtypes the constants that they had, ""
// if the name is of neither.
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
		return "write name: " + old.Name + " in the code " + new.Wire
	case old.Wire == new.Wire:
		return "remove name: from the code " + new.Wire
	}
	return "move " + old.Wire + " from aliases: to renamed_from: of " + new.Wire + ", which keeps its constants"
}

// newNames reports names that no entry of the table brings: those of the answers.
func (c *comparison) newNames() {
	for _, name := range slices.Sorted(maps.Keys(c.exports)) {
		is := c.exports[name]
		if _, had := c.exported[name]; !had && (is.Of == "" || strings.HasPrefix(is.Of, "field ")) {
			c.add(Change{Kind: NameAdded, Subject: name, Part: is.Of, Is: is.Type, Old: c.old.At(), New: is.At})
		}
	}
}

// placeOf returns the place of an entry in the new table.
func (c *comparison) placeOf(subject string) diag.Location {
	if old := c.before[owner(subject)]; old != nil && c.partner[old] != nil {
		return c.partner[old].At()
	}
	return c.new.At()
}
