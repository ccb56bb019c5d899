package gen

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/lint"
)

// Rules about files.
const (
	RuleUnformatted = "unformatted"
	RuleStale       = "stale-output"
)

// Rules returns the rules of every finding: those that one table can break, those about
// how a table has changed, whether its outputs are up to date and where it comes from, and
// those about Go code that uses generated packages. It is the only list of all of them.
func Rules() []diag.Rule {
	return slices.Concat(config.Fixed(), lint.Rules(), compat.DiagRules(), fileRules(), vet.Rules())
}

// fileRules describes the rules about errspec.yaml, outputs and files with markers.
func fileRules() []diag.Rule {
	return []diag.Rule{
		config.SumRule(),
		{ID: ruleMarker, Purpose: "In a file that parts of a reference go into, <!-- errspec:begin NAME --> and <!-- errspec:end --> (in .mdx also {/* … */}) come in pairs, one behind the other, each on a line of its own.",
			Bad:  "<!-- errspec:begin overview -->\n\nNothing ends this part.\n",
			Good: "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"},
		{ID: ruleMarkerName, Purpose: "A marker must name an available block: " + strings.Join(markdown.Blocks(), ", ") + ".",
			Bad:  "<!-- errspec:begin overveiw -->\n<!-- errspec:end -->\n",
			Good: "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"},
		{ID: RuleUnformatted, Purpose: "A table must be formatted.",
			Bad:  "- title: Busy\n  code: 'busy'\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"},
		{ID: RuleStale, Purpose: "Outputs must be up to date.",
			Bad:  "# errors.yaml has changed\nerrspec generate --check\n",
			Good: "# errors.yaml has changed\nerrspec generate\nerrspec generate --check\n"},
	}
}
