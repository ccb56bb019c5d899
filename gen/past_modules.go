package gen

import (
	"slices"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
)

// removedModules returns the Python package and the modules of an ancestor that are no
// longer outputs. at is the location of the current tables.
func (p *Past) removedModules(a *ancestor, at diag.Location) []compat.Change {
	var all []compat.Change
	if a.Python != nil && !p.generatesPython(a) {
		all = append(all, compat.Change{Kind: compat.PackageRemoved, Subject: a.Python.Dir, Was: a.Python.Dir, Old: a.Python.ValueAt("dir"), New: at})
	}
	for _, module := range []*config.File{a.TypeScript, a.JavaScript} {
		if module != nil && !p.generatesModule(a.key(module.File)) {
			all = append(all, compat.Change{Kind: compat.ModuleRemoved, Subject: module.File, Was: module.File, Old: module.ValueAt("file"), New: at})
		}
	}
	return all
}

// generatesPython reports whether the Python package of an ancestor is still an output.
func (p *Past) generatesPython(a *ancestor) bool {
	return slices.ContainsFunc(p.now, func(c config.Entry) bool {
		return c.Python != nil && p.key(c.Python.Dir) == a.key(a.Python.Dir)
	})
}

// generatesModule reports whether a TypeScript or JavaScript module with the key is an
// output.
func (p *Past) generatesModule(key string) bool {
	return slices.ContainsFunc(p.now, func(c config.Entry) bool {
		return c.TypeScript != nil && p.key(c.TypeScript.File) == key || c.JavaScript != nil && p.key(c.JavaScript.File) == key
	})
}
