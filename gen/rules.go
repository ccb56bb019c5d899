package gen

import (
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
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
func Rules() []diag.Rule { return append(config.Fixed(), lint.Rules()...) }

// AllRules returns the rules of every finding: those of [Rules], and those about
// how a table has changed, whether its outputs are up to date and where it comes
// from, which no single table can show.
func AllRules() []diag.Rule {
	all := Rules()
	for _, r := range compat.Rules() {
		e := r.Example()
		all = append(all, diag.Rule{ID: string(r.Kind), Purpose: r.Purpose, Severity: r.Severity, Before: e.Before, Bad: e.After, Good: e.Instead})
	}
	return append(all,
		diag.Rule{ID: compat.RuleUnused, Purpose: "Each break that is accepted happens.", Severity: diag.Warning,
			Bad:  "# the code is in both states of the table\nbreaking:\n  accept:\n    - {rule: code-removed, code: busy, reason: The service never sent it}\n",
			Good: "breaking:\n  accept: []\n"},
		config.SumRule(),
		diag.Rule{ID: ruleMarker, Purpose: "In a file that parts of a reference go into, <!-- errspec:begin NAME --> and <!-- errspec:end --> (in .mdx also {/* … */}) come in pairs, one behind the other, each on a line of its own.",
			Bad:  "<!-- errspec:begin overview -->\n\nNothing ends this part.\n",
			Good: "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"},
		diag.Rule{ID: ruleMarkerName, Purpose: "What a marker asks for is there: " + strings.Join(markdown.Blocks(), ", ") + ".",
			Bad:  "<!-- errspec:begin overveiw -->\n<!-- errspec:end -->\n",
			Good: "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"},
		diag.Rule{ID: RuleUnformatted, Purpose: "A table is in its canonical form.",
			Bad:  "- title: Busy\n  code: 'busy'\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"},
		diag.Rule{ID: RuleStale, Purpose: "What was made from a table is what would be made now.",
			Bad:  "# errors.yaml has changed\nerrspec generate --check\n",
			Good: "# errors.yaml has changed\nerrspec generate\nerrspec generate --check\n"},
	)
}
