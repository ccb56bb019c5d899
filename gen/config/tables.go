package config

import (
	"path/filepath"
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/lint"
)

// Refs returns the references of the listed tables, without duplicates.
func (c *Config) Refs() []string {
	var refs []string
	for _, entry := range c.all() {
		if !slices.Contains(refs, entry.Table) {
			refs = append(refs, entry.Table)
		}
	}
	return refs
}

// Of returns the entries of a table.
func (c *Config) Of(table string) []Entry {
	var all []Entry
	for _, entry := range c.all() {
		if entry.IsOf(table) {
			all = append(all, entry)
		}
	}
	return all
}

// Lint returns the settings of the lint rules for a table. They are those of its
// first entry that has any.
func (c *Config) Lint(table string) lint.Settings {
	for _, entry := range c.Of(table) {
		if len(entry.Lint) > 0 {
			return entry.Lint
		}
	}
	return nil
}

// Accepted returns the accepted breaking changes of a table.
func (c *Config) Accepted(table string) []compat.Break {
	var all []compat.Break
	for _, entry := range c.Of(table) {
		all = append(all, slices.DeleteFunc(entry.Breaks(), isRemoval)...)
	}
	return all
}

// Removals returns the accepted removals of tables and packages. They may be in any
// entry, because the entry of a removed table does not exist.
func (c *Config) Removals() []compat.Break {
	var all []compat.Break
	for _, entry := range c.all() {
		all = append(all, slices.DeleteFunc(entry.Breaks(), func(b compat.Break) bool { return !isRemoval(b) })...)
	}
	return all
}

func isRemoval(b compat.Break) bool {
	return slices.Contains(compat.ConfigurationKinds(), compat.Kind(b.Rule))
}

// all returns the entries of c. c may be nil.
func (c *Config) all() []Entry {
	if c == nil {
		return nil
	}
	return c.Tables
}

// IsOf reports whether the entry is generated from a table.
func (c Entry) IsOf(table string) bool {
	if !spec.IsFile(c.Table) || !spec.IsFile(table) {
		return c.Table == table
	}
	own, errOwn := filepath.Abs(c.Table)
	other, errOther := filepath.Abs(table)
	return errOwn == nil && errOther == nil && own == other
}
