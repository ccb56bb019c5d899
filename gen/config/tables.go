package config

import (
	"path/filepath"
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/lint"
)

// Tables returns the references of the listed tables, each once.
func (c *Config) Tables() []string {
	var refs []string
	for _, catalog := range c.all() {
		if !slices.Contains(refs, catalog.Table) {
			refs = append(refs, catalog.Table)
		}
	}
	return refs
}

// Of returns the catalogs that are generated from a table.
func (c *Config) Of(table string) []Catalog {
	var all []Catalog
	for _, catalog := range c.all() {
		if catalog.IsOf(table) {
			all = append(all, catalog)
		}
	}
	return all
}

// Lint returns the settings of the lint rules for a table: those of its first catalog that
// has any.
func (c *Config) Lint(table string) lint.Settings {
	for _, catalog := range c.Of(table) {
		if len(catalog.Lint) > 0 {
			return catalog.Lint
		}
	}
	return nil
}

// Accepted returns the accepted breaking changes of a table.
func (c *Config) Accepted(table string) []compat.Break {
	var all []compat.Break
	for _, catalog := range c.Of(table) {
		all = append(all, slices.DeleteFunc(catalog.Breaks(), isRemoval)...)
	}
	return all
}

// Removals returns the accepted removals of tables and packages. They may be in any
// catalog, since that of a removed table no longer exists.
func (c *Config) Removals() []compat.Break {
	var all []compat.Break
	for _, catalog := range c.all() {
		all = append(all, slices.DeleteFunc(catalog.Breaks(), func(b compat.Break) bool { return !isRemoval(b) })...)
	}
	return all
}

func isRemoval(b compat.Break) bool {
	return slices.Contains(compat.ConfigurationKinds(), compat.Kind(b.Rule))
}

// all returns the catalogs of a configuration that may be nil.
func (c *Config) all() []Catalog {
	if c == nil {
		return nil
	}
	return c.Catalogs
}

// IsOf reports whether the catalog is generated from a table.
func (c Catalog) IsOf(table string) bool {
	if !spec.IsFile(c.Table) || !spec.IsFile(table) {
		return c.Table == table
	}
	own, errOwn := filepath.Abs(c.Table)
	other, errOther := filepath.Abs(table)
	return errOwn == nil && errOther == nil && own == other
}
