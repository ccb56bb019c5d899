package markdown

import "github.com/errspec/errspec/spec/diag"

// A RuleGroup is the rules about one kind of input.
type RuleGroup struct {
	Title, Intro string
	Language     string // of the examples
	Rules        []diag.Rule
}

// Rules returns the page of rules, in groups. Each starts with an overview.
func (m Manual) Rules(groups []RuleGroup) []byte {
	w := m.writer()
	for _, g := range groups {
		w.heading(2, md(g.Title))
		w.block(md(g.Intro))
		var rows [][]md
		for _, r := range g.Rules {
			rows = append(rows, []md{link(code(r.ID, inCell|inLabel), "#"+r.ID), md(r.Severity.String()), described(r.Purpose, inCell)})
		}
		w.table([]md{"Rule", "Severity", "Purpose"}, rows)
		for _, r := range g.Rules {
			w.heading(3, md(r.ID))
			w.block(described(r.Purpose, lineStart) + " Severity: " + md(r.Severity.String()) + ".")
			for _, s := range r.Samples() {
				w.block(text(s.Label, lineStart))
				w.block(codeBlock(md(g.Language), s.Text, false))
			}
		}
	}
	return w.bytes()
}
