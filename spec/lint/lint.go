// Package lint holds rules of good tables: what is valid and still probably not
// meant, what a reader will miss, what a client cannot use.
//
// [Rules] lists them. [Run] holds a table against them and against the comments
// in which its authors say that a rule does not apply:
//
//	# errspec:ignore no-fixes the service documents no fix
//	- code: busy
//
// Such a comment is on the line above an entry or a key, or at the end of its
// first line, and covers the entry, or the key with its value. It names one rule
// and says why. A comment without a reason, about a rule that is not there or about one
// that makes a table invalid, and a comment that nothing needs are findings
// themselves.
package lint

import (
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/names"
)

// A Setting is what a configuration makes of a rule.
type Setting struct {
	Off      bool
	Severity diag.Severity
}

// Settings are by the identifiers of rules. Rules that are not in them are as
// [Rules] has them.
type Settings map[string]Setting

// A rule is a description and how to find what breaks it.
type rule struct {
	diag.Rule
	check func(*pass)
}

func rules() []rule {
	return slices.Concat(completenessRules(), adviceRules(), proseRules(), phraseRules(), ignoreRules())
}

// Rules describes all rules of this package.
func Rules() []diag.Rule {
	var all []diag.Rule
	for _, r := range rules() {
		all = append(all, r.Rule)
	}
	return all
}

// Run returns what breaks the rules, of what the table itself says: a table that
// it extends is not its author's to fix. It also returns the findings of
// [names.Check], which no comment and no setting can suppress. The table may have
// mistakes; what could not be read is left aside. fixed are the rules of others that
// may not be ignored.
func Run(t *spec.Table, s Settings, fixed []diag.Rule) diag.List {
	p := &pass{table: t, settings: s, fixed: slices.Concat(fixed, names.Rules())}
	for _, r := range rules() {
		setting, set := s[r.ID]
		p.rule, p.muted = r.Rule, setting.Off
		if set {
			p.rule.Severity = setting.Severity
		}
		if !p.muted || r.ID == ruleBadIgnore { // comments are obeyed all the same
			r.check(p)
		}
	}
	return append(names.Check(t), p.findings...)
}

// A pass is one run over a table.
type pass struct {
	table    *spec.Table
	settings Settings
	fixed    []diag.Rule
	rule     diag.Rule // that is being checked
	muted    bool      // whether its findings are not wanted
	findings diag.List
	found    []phrase  // see phrases
	unused   []*ignore // comments that cover no finding
}

// report adds a finding of the rule that is being checked.
func (p *pass) report(d diag.Diagnostic) {
	if p.muted || !p.table.Owns(d.Location) {
		return
	}
	d.Rule, d.Severity = p.rule.ID, p.rule.Severity
	p.findings = append(p.findings, d)
}

// codes calls f for each code that was read.
func (p *pass) codes(f func(c *spec.Code)) {
	for i := range p.table.Codes {
		if c := &p.table.Codes[i]; c.Wire != "" {
			f(c)
		}
	}
}
