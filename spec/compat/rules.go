package compat

import (
	"fmt"
	"slices"

	"github.com/errspec/errspec/spec/diag"
)

// Bump is the part of the version of a generated package that a change increments.
type Bump uint8

// The bumps, the smallest first.
const (
	NoBump Bump = iota // nothing changed
	Patch              // texts only
	Minor              // clients compile and retry as before
	Major              // breaks clients
)

// String returns "none", "patch", "minor" or "major".
func (b Bump) String() string {
	names := [...]string{"none", "patch", "minor", "major"}
	if int(b) < len(names) {
		return names[b]
	}
	return fmt.Sprintf("Bump(%d)", uint8(b))
}

// Group is a section of a changelog.
type Group string

// The groups of a changelog, in order. Changes of decisions come first.
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

// A Rule describes a kind of change and its effect on users of the table. Its
// identifier is the [Kind]. If the change affects no users, the example has no Good.
type Rule struct {
	diag.Rule
	Group   Group
	Bump    Bump
	Affects string // users that the change affects; "" for none
	message string // with {subject}, {part}, {was}, {is}, {message}
	help    string
}

// Kind returns the kind of change of the rule.
func (r Rule) Kind() Kind { return Kind(r.ID) }

// Rules returns the rules of all kinds of changes, those with the highest bump first.
func Rules() []Rule {
	all := slices.Clone(policy)
	for i := range all {
		all[i] = RuleOf(all[i].Kind())
	}
	return all
}

// RuleOf returns the rule of a kind of change.
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

// RuleUnused is the rule of accepted changes that do not occur.
const RuleUnused = "unused-accept"

// DiagRules returns the descriptions of the findings of this package: [Rules], and
// [RuleUnused], which is about errspec.yaml instead of a change.
func DiagRules() []diag.Rule {
	var all []diag.Rule
	for _, r := range Rules() {
		all = append(all, r.Rule)
	}
	return append(all, diag.Rule{ID: RuleUnused, Purpose: "Every accepted change should occur.", Severity: diag.Warning,
		Bad:  "# the code is in both states of the table\nbreaking:\n  accept:\n    - {rule: code-removed, subject: busy, reason: The service never sent it}\n",
		Good: "breaking:\n  accept: []\n"})
}
