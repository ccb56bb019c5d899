package gen

import (
	"sync"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/names"
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
	n, findings := names.Of(t, names.Options{})
	side := compat.Side{Table: t, Names: make(map[string]compat.Name)}
	if findings.HasErrors() {
		return side, findings
	}
	for _, e := range n.Exports(t) {
		side.Names[e.Name] = compat.Name{Type: e.Type, Of: e.Of, Former: e.Former, At: e.At}
	}
	return side, findings
}
