package gen

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/lint"
)

// Rules about files.
const (
	RuleUnformatted = "unformatted"
	RuleStale       = "stale-output"
)

// Rules describes every rule that a finding can name: those of reading and
// validating a table, of its names, of the configuration, of what is imported,
// and of package lint.
func Rules() []diag.Rule { return append(fixedRules(), lint.Rules()...) }

// fixedRules are those that nobody can turn off: what breaks them cannot be used.
func fixedRules() []diag.Rule {
	return slices.Concat(spec.Rules(), plan.Rules(), configRules(), importer.Rules())
}

// AllRules returns the rules of every finding: those of [Rules], and those about
// how a table has changed, whether its outputs are up to date and where it comes
// from, which no single table can show.
func AllRules() []diag.Rule {
	all := Rules()
	for _, r := range compat.Rules() {
		all = append(all, diag.Rule{ID: string(r.Kind), Purpose: r.Purpose, Severity: r.Severity})
	}
	return append(all,
		diag.Rule{ID: compat.RuleUnused, Purpose: "Each break that is accepted happens.", Severity: diag.Warning},
		diag.Rule{ID: ruleModuleSum, Purpose: "In errspec.yaml, the sum of a module that a table comes from is recorded, and is the module's."},
		diag.Rule{ID: ruleMarker, Purpose: "In a file that parts of a reference go into, <!-- errspec:begin NAME --> and <!-- errspec:end --> (in .mdx also {/* … */}) come in pairs, one behind the other, each on a line of its own."},
		diag.Rule{ID: ruleMarkerName, Purpose: "What a marker asks for is there: " + strings.Join(markdown.Blocks(), ", ") + "."},
		diag.Rule{ID: RuleUnformatted, Purpose: "A table is in its canonical form."},
		diag.Rule{ID: RuleStale, Purpose: "What was made from a table is what would be made now."},
	)
}
