package config

import (
	"slices"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/validate"
)

// Rules of a configuration.
const (
	ruleDuplicate = "duplicate-output"
	ruleLint      = "lint-setting"
	ruleSum       = "module-sum"
)

// Rules returns the rules that reading a configuration checks, without those of
// package form.
func Rules() []diag.Rule {
	const head = "version: 1\ntables:\n"
	return []diag.Rule{
		{ID: ruleDuplicate, Purpose: "In errspec.yaml, every output must have a different path.",
			Bad:  head + "  - {table: shop.yaml, go: {dir: errs}}\n  - {table: till.yaml, go: {dir: errs}}\n",
			Good: head + "  - {table: shop.yaml, go: {dir: shoperrs}}\n  - {table: till.yaml, go: {dir: tillerrs}}\n"},
		{ID: ruleLint, Purpose: "In errspec.yaml, lint: must name existing rules whose severity can be changed.",
			Bad:  head + "  - {table: shop.yaml, lint: {no-fix: off}}\n",
			Good: head + "  - {table: shop.yaml, lint: {no-fixes: off}}\n"},
	}
}

// exampleSum is the checksum of a module, as in go.sum.
const exampleSum = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

// SumRule returns the rule about the checksum of a module, which [Entry.CheckSum]
// checks.
func SumRule() diag.Rule {
	return diag.Rule{ID: ruleSum, Purpose: "In errspec.yaml, a table from a module must have the module's checksum in sum:.",
		Bad:  "version: 1\ntables:\n  - table: mod:example.com/shop@v1.2.0/errors.yaml\n    go: {dir: shoperr}\n",
		Good: "version: 1\ntables:\n  - table: mod:example.com/shop@v1.2.0/errors.yaml\n    sum: h1:" + exampleSum + "\n    go: {dir: shoperr}\n"}
}

// Fixed returns the rules that a configuration cannot turn off. A file that breaks
// one of them is invalid.
func Fixed() []diag.Rule {
	return slices.Concat(validate.Rules(), names.Rules(), Rules(), importer.Rules())
}
