package markdown

import (
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

const directTitle md = "Safe to retry directly"

// retryLists writes lists of all codes by retry settings, each with its hint.
func (w *page) retryLists() {
	codes := public(w.plan.Codes)
	lists := []struct {
		title md
		has   func(*plan.Code) bool
	}{
		{"Fix the request before retrying", needsFix},
		{directTitle, isAutomatic},
		{"Do not retry automatically", func(c *plan.Code) bool { return !needsFix(c) && !isAutomatic(c) }},
	}
	for _, list := range lists {
		var items []md
		for _, c := range filter(codes, list.has) {
			items = append(items, w.hint(c))
		}
		if len(items) > 0 {
			w.heading(3, list.title)
			w.bullets(items)
		}
	}
}

func needsFix(c *plan.Code) bool { return c.Retry.Action == spec.ActionFix }

// hint writes "`code` — hint". If the code is automatic, it adds the subtypes that
// are not.
func (w *page) hint(c *plan.Code) md {
	line := w.reference(c, 0)
	if c.Retry.Hint != "" {
		line += " — " + inline(c.Retry.Hint, 0)
	}
	var not []md
	for _, s := range c.Subtypes {
		if c.Retry.Automatic && !s.Retry.Automatic {
			not = append(not, w.subtypeReference(s))
		}
	}
	if len(not) > 0 {
		line += " (but not " + series(not, "or") + ")"
	}
	return line
}
