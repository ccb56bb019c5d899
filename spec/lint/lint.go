// Package lint contains rules for valid tables. They report entries that are probably
// not intended, that lack information for readers, or that clients cannot use.
//
// [Rules] lists them. [Run] applies them to a table, except where a comment ignores a
// rule:
//
//	# errspec:ignore no-fixes the service documents no fix
//	- code: busy
//
// Such a comment is on the line above an entry or a key, or at the end of its first
// line. It covers the entry, or the key with its value. It names one rule and gives a
// reason. A comment is itself a finding if it has no reason, if its rule is unknown or
// makes a table invalid, or if it ignores no finding.
package lint

import (
	"slices"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/names"
)

// A Setting is the configuration of a rule.
type Setting struct {
	Off      bool
	Severity diag.Severity
}

// Settings contains the settings of rules by their identifiers. Other rules have the
// settings of [Rules].
type Settings map[string]Setting

// A rule is a description of a rule, and a function that reports its findings.
type rule struct {
	diag.Rule
	check func(*pass)
}

func rules() []rule {
	return slices.Concat(completenessRules(), adviceRules(), proseRules(), phraseRules(), ignoreRules())
}

// Rules returns the descriptions of all rules of this package.
func Rules() []diag.Rule {
	var all []diag.Rule
	for _, r := range rules() {
		all = append(all, r.Rule)
	}
	return all
}

// Run returns the findings of the rules about entries of the table itself; entries of
// its base table are not checked. It also returns the findings of [names.Check], which
// comments and settings cannot suppress. The table may be invalid; entries that cannot
// be decoded are skipped. fixed contains the rules of other packages that comments must
// not ignore.
func Run(t *spec.Table, s Settings, fixed []diag.Rule) diag.List {
	p := &pass{table: t, settings: s, fixed: slices.Concat(fixed, names.Rules())}
	for _, r := range rules() {
		setting, set := s[r.ID]
		p.rule, p.muted = r.Rule, setting.Off
		if set {
			p.rule.Severity = setting.Severity
		}
		if !p.muted || r.ID == ruleBadIgnore { // comments apply even if the rule is off
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
	rule     diag.Rule // current rule
	muted    bool      // whether the current rule is off
	findings diag.List
	found    []phrase  // see phrases
	unused   []*ignore // comments that cover no finding
}

// report adds a finding of the current rule.
func (p *pass) report(d diag.Diagnostic) {
	if p.muted || !p.table.Owns(d.Location) {
		return
	}
	d.Rule, d.Severity = p.rule.ID, p.rule.Severity
	p.findings = append(p.findings, d)
}

// codes calls f for each decoded code.
func (p *pass) codes(f func(c *spec.Code)) {
	for i := range p.table.Codes {
		if c := &p.table.Codes[i]; c.Wire != "" {
			f(c)
		}
	}
}
