package config

import (
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/form"
)

// Breaking is what a configuration says of breaking changes.
type Breaking struct {
	form.Entry
	Accept []Accepted
}

// Accepted is a break that has been decided on.
type Accepted struct {
	form.Entry
	Rule   string
	Code   string // the code, sub-type or other subject of the change
	Reason string
}

var breakingFormat = form.Object("breaking", func(b *Breaking) *form.Entry { return &b.Entry },
	form.Optional("accept", "Breaks that have been decided on.",
		form.List(acceptedFormat), func(b *Breaking) *[]Accepted { return &b.Accept }),
)

var acceptedFormat = form.Object("an accepted break", func(a *Accepted) *form.Entry { return &a.Entry },
	form.Required("rule", "Rule of the change, as errspec breaking prints it.",
		form.OneWord("a rule of breaking", breakingRuleIDs()), func(a *Accepted) *string { return &a.Rule }),
	form.Required("code", "The code, sub-type or other subject that the change is about; table for the table itself.",
		form.Line, func(a *Accepted) *string { return &a.Code }),
	form.Required("reason", "Why it is all right.",
		form.Line, func(a *Accepted) *string { return &a.Reason }),
)

func breakingRuleIDs() []string {
	var ids []string
	for _, r := range compat.Rules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// Breaks returns the accepted breaks of a catalog.
func (c Catalog) Breaks() []compat.Break {
	if c.Breaking == nil {
		return nil
	}
	var all []compat.Break
	for i := range c.Breaking.Accept {
		a := &c.Breaking.Accept[i]
		code := a.Code
		if code == "table" {
			code = ""
		}
		all = append(all, compat.Break{Rule: a.Rule, Code: code, Reason: a.Reason, At: a.ValueAt("rule")})
	}
	return all
}
