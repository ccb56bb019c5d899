package spec

import (
	"github.com/errspec/errspec/spec/diag"
)

// Rules that are checked while a table is read, in addition to those of package form.
const (
	ruleVersion = "format-version"
	ruleInclude = "include"
	ruleExtends = "extends"
)

// ReadingRules returns the rules that are checked while a table is read, without those of
// package form.
func ReadingRules() []diag.Rule {
	return []diag.Rule{
		{ID: ruleVersion, Purpose: "The format version must be supported by this version of errspec.",
			Bad:  "errspec: 2\n",
			Good: "errspec: 1\n"},
		{ID: ruleInclude, Purpose: "Included files must exist in the table's directory or a subdirectory.",
			Bad:  "include: [error/*.yaml]\n",
			Good: "include: [errors/*.yaml]\n"},
		{ID: ruleExtends, Purpose: "The base table must exist, and additions must not replace anything in it.",
			Bad:  "extends: builtin:evolink\nadditions:\n  - {code: quota_exeeded, aliases: [too_many_tasks]}\n",
			Good: "extends: builtin:evolink\nadditions:\n  - {code: quota_exceeded, aliases: [too_many_tasks]}\n"},
	}
}
