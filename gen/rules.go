package gen

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/gen/vet"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/drift"
	"github.com/errspec/errspec/spec/lint"
)

// Rules about files.
const (
	RuleUnformatted = "unformatted"
	RuleStale       = "stale-output"
)

// Rules returns all rules of findings. They are about a table, changes of a table,
// outputs and modules, and Go code that uses generated packages. There is no other
// list of all rules.
func Rules() []diag.Rule {
	return slices.Concat(config.Fixed(), lint.Rules(), compat.DiagRules(), drift.Rules(), fileRules(), vet.Rules())
}

// fileRules returns the rules about errspec.yaml, outputs and files with markers.
func fileRules() []diag.Rule {
	return []diag.Rule{
		config.SumRule(),
		{ID: ruleMarker, Purpose: "Markers must be pairs of <!-- errspec:begin NAME --> and <!-- errspec:end --> (in .mdx also {/* … */}), each on a separate line and without nesting.",
			Bad:  "<!-- errspec:begin overview -->\n\nThis block has no end.\n",
			Good: "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"},
		{ID: ruleMarkerName, Purpose: "A marker must name an available block: " + strings.Join(markdown.Blocks(), ", ") + ".",
			Bad:  "<!-- errspec:begin overveiw -->\n<!-- errspec:end -->\n",
			Good: "<!-- errspec:begin overview -->\n<!-- errspec:end -->\n"},
		{ID: ruleServer, Purpose: "With server: true, the table must define the form of its responses with response.send.",
			Bad:  "# errors.yaml has no response.send\ngo: {dir: internal/apierr, server: true}\n",
			Good: "# errors.yaml has response: {send: own, fields: {code: {role: code}}}\ngo: {dir: internal/apierr, server: true}\n"},
		{ID: RuleUnformatted, Purpose: "A table must be formatted.",
			Bad:  "- title: Busy\n  code: 'busy'\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"},
		{ID: RuleStale, Purpose: "Outputs must be up to date.",
			Bad:  "# errors.yaml has changed\nerrspec generate --check\n",
			Good: "# errors.yaml has changed\nerrspec generate\nerrspec generate --check\n"},
	}
}
