package compat

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/diag"
)

// Bump is by how much the version of a generated package has to rise.
type Bump uint8

// The bumps, the smallest first.
const (
	NoBump Bump = iota // nothing changed
	Patch              // texts only
	Minor              // whoever compiles and retries goes on as before
	Major              // somebody breaks
)

// String returns "none", "patch", "minor" or "major".
func (b Bump) String() string {
	names := [...]string{"none", "patch", "minor", "major"}
	if int(b) < len(names) {
		return names[b]
	}
	return fmt.Sprintf("Bump(%d)", uint8(b))
}

// Group is what kind of thing a change is, for readers of a changelog.
type Group string

// The groups of a changelog, in their order: what programs do otherwise comes
// first.
const (
	GroupDecisions  Group = "Decisions"
	GroupRemoved    Group = "Removed"
	GroupDeprecated Group = "Renamed and deprecated"
	GroupAdded      Group = "Added"
	GroupTexts      Group = "Texts"
)

// Groups returns the groups in their order.
func Groups() []Group {
	return []Group{GroupDecisions, GroupRemoved, GroupDeprecated, GroupAdded, GroupTexts}
}

// A Rule defines what a kind of change means for those who use the table. Its identifier
// is the [Kind]; of a change that affects nobody, the example has no Good.
type Rule struct {
	diag.Rule
	Group   Group
	Bump    Bump
	Affects string // who is hurt, "" if nobody
	message string // with {subject}, {part}, {was}, {is}, {message}
	help    string
}

// Kind returns the kind of change that the rule is about.
func (r Rule) Kind() Kind { return Kind(r.ID) }

// Rules returns what every kind of change means, the gravest first.
func Rules() []Rule {
	all := slices.Clone(policy)
	for i := range all {
		all[i] = RuleOf(all[i].Kind())
	}
	return all
}

// RuleOf returns what a kind of change means.
func RuleOf(k Kind) Rule { return byKind[k] }

var byKind = func() map[Kind]Rule {
	all := make(map[Kind]Rule, len(policy))
	for _, r := range policy {
		e := examples[r.Kind()]
		r.Before, r.Bad, r.Good = e.before, e.after, e.instead
		all[r.Kind()] = r
	}
	return all
}()

// RuleUnused is the rule of accepted breaks that do not happen.
const RuleUnused = "unused-accept"

// DiagRules describes what findings of this package name: [Rules], and [RuleUnused], which
// is about errspec.yaml instead of a change.
func DiagRules() []diag.Rule {
	var all []diag.Rule
	for _, r := range Rules() {
		all = append(all, r.Rule)
	}
	return append(all, diag.Rule{ID: RuleUnused, Purpose: "Every accepted change should occur.", Severity: diag.Warning,
		Bad:  "# the code is in both states of the table\nbreaking:\n  accept:\n    - {rule: code-removed, subject: busy, reason: The service never sent it}\n",
		Good: "breaking:\n  accept: []\n"})
}
