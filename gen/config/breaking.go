package config

import (
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"gopkg.in/yaml.v3"
)

// Breaking contains the settings for breaking changes.
type Breaking struct {
	form.Entry
	Accept []Accepted
}

// Accepted is an accepted change.
type Accepted struct {
	form.Entry
	Rule    string
	Subject string // a code, subtype, class, Go name or table, as in the finding
	Reason  string
}

var breakingFormat = form.Object("breaking", func(b *Breaking) *form.Entry { return &b.Entry },
	form.Optional("accept", "Accepted breaking changes.",
		form.List(acceptedFormat), func(b *Breaking) *[]Accepted { return &b.Accept }),
)

var acceptedFormat = form.Object("an accepted change", func(a *Accepted) *form.Entry { return &a.Entry },
	form.Required("rule", "Rule of the change, as printed by errspec breaking.",
		breakingRule, func(a *Accepted) *string { return &a.Rule }),
	form.Required("subject", "The code, subtype or other subject of the change; table for the table itself.",
		form.Line, func(a *Accepted) *string { return &a.Subject }).Formerly("code"),
	form.Required("reason", "Why the change is acceptable.",
		form.Line, func(a *Accepted) *string { return &a.Reason }),
)

// breakingRule is the identifier of a rule of breaking.
var breakingRule = form.WithSchema(decodeBreakingRule, knownBreakingRule.Schema)

var knownBreakingRule = form.OneWord("a rule of breaking", breakingRuleIDs())

func decodeBreakingRule(d *form.Decoder, n *yaml.Node) (string, bool) {
	if now, ok := diag.RenamedRule(n.Value); ok {
		d.Report(form.RuleValue, n, "write "+now, "the rule %s is now %s", n.Value, now).Fix = d.Fix(n, now)
		return "", false
	}
	return knownBreakingRule.Decode(d, n)
}

func breakingRuleIDs() []string {
	var ids []string
	for _, r := range compat.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// Breaks returns the accepted changes of an entry.
func (c Entry) Breaks() []compat.Break {
	if c.Breaking == nil {
		return nil
	}
	var all []compat.Break
	for i := range c.Breaking.Accept {
		a := &c.Breaking.Accept[i]
		subject := a.Subject
		if subject == "table" {
			subject = ""
		}
		all = append(all, compat.Break{Rule: a.Rule, Subject: subject, Reason: a.Reason, At: a.ValueAt("rule")})
	}
	return all
}
