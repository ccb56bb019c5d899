package gen

import (
	"sync"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
)

// Compare returns how a valid table has changed, with what that does to the names
// of its Go package. The findings are names that cannot be.
func Compare(old, new *spec.Table) ([]compat.Change, diag.List, error) {
	var before, after compat.Side
	var findings, found diag.List
	var both sync.WaitGroup
	both.Go(func() { before, findings = sideOf(old) })
	both.Go(func() { after, found = sideOf(new) })
	both.Wait()
	findings = append(findings, found...)
	if findings.HasErrors() {
		return nil, findings, nil
	}
	changes, err := compat.Compare(before, after)
	return changes, findings, err
}

// sideOf returns a table with the names of its Go package.
func sideOf(t *spec.Table) (compat.Side, diag.List) {
	p, findings := plan.Names(t, plan.Options{})
	side := compat.Side{Table: t, Names: make(map[string]compat.Name)}
	if findings.HasErrors() {
		return side, findings
	}
	places := placesOf(t)
	for _, e := range p.Exports() {
		at, ok := places[e.Of]
		if !ok {
			at = t.At()
		}
		side.Names[e.Name] = compat.Name{Type: e.Type, Of: e.Of, Former: e.Former, At: at}
	}
	return side, findings
}

// placesOf returns the places of a table's entries, by what plan.Export calls
// them.
func placesOf(t *spec.Table) map[string]diag.Location {
	places := make(map[string]diag.Location)
	for i := range t.Codes {
		c := &t.Codes[i]
		places[c.Wire] = c.At()
		for j := range c.Subtypes {
			places[c.Wire+"/"+c.Subtypes[j].Name] = c.Subtypes[j].At()
		}
	}
	for i := range t.Classes {
		places["class "+t.Classes[i].Name] = t.Classes[i].At()
	}
	if t.Response != nil {
		for i := range t.Response.Fields {
			places["field "+t.Response.Fields[i].Path] = t.Response.Fields[i].At()
		}
	}
	return places
}
