package config

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/lint"
)

// severities are the possible settings of a rule.
var severities = []struct {
	name    string
	setting lint.Setting
}{
	{"off", lint.Setting{Off: true}},
	{"info", lint.Setting{Severity: diag.Info}},
	{"warning", lint.Setting{Severity: diag.Warning}},
	{"error", lint.Setting{Severity: diag.Error}},
}

// lintSettings is a mapping from rules to severities.
var lintSettings = form.WithSchema(decodeLintSettings, lintSchema)

// severity is the name of one of the severities.
var severity = form.OneWord("a severity", severityNames())

func severityNames() []string {
	var names []string
	for _, l := range severities {
		names = append(names, l.name)
	}
	return names
}

func lintSchema() form.Schema {
	s := form.Schema{Type: "object"}
	for _, r := range lint.Rules() {
		value := severity.Schema()
		value.Description = r.Purpose
		s.Properties = append(s.Properties, form.Property{Key: r.ID, Value: value})
	}
	return s
}

func decodeLintSettings(d *form.Decoder, n *yaml.Node) (lint.Settings, bool) {
	if !d.Expect(n, yaml.MappingNode, "lint") {
		return nil, false
	}
	settings := make(lint.Settings)
	d.EachPair(n, "lint", func(key, val *yaml.Node) {
		if !checkSettable(d, key) {
			return
		}
		if name, ok := severity.Decode(d, val); ok {
			settings[key.Value] = severities[slices.Index(severityNames(), name)].setting
		}
	})
	return settings, true
}

// checkSettable reports a rule whose severity cannot be set.
func checkSettable(d *form.Decoder, key *yaml.Node) bool {
	is := func(r diag.Rule) bool { return r.ID == key.Value }
	if slices.ContainsFunc(lint.Rules(), is) {
		return true
	}
	if now, ok := diag.RenamedRule(key.Value); ok {
		d.Report(ruleLint, key, "write "+now, "the rule %s is now %s", key.Value, now).Fix = d.Fix(key, now)
		return false
	}
	if slices.ContainsFunc(Fixed(), is) {
		d.Report(ruleLint, key, "remove the setting; a table with this finding is invalid", "the severity of rule %s cannot be changed", key.Value)
		return false
	}
	var ids []string
	for _, r := range lint.Rules() {
		ids = append(ids, r.ID)
	}
	help := "rules: " + strings.Join(ids, ", ")
	meant, only := diag.Nearest(key.Value, ids)
	if meant != "" {
		help = "did you mean " + meant + "?"
	}
	finding := d.Report(ruleLint, key, help, "unknown rule %q", key.Value)
	if only {
		finding.Fix = d.Fix(key, meant)
	}
	return false
}
