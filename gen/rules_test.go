package gen

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/errspec/errspec/gen/config"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/compat"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/drift"
	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/lint"
	"github.com/errspec/errspec/spec/validate"
)

// The bad example of a rule must break it, and the good example must not. The good
// example must not break a rule that makes a table invalid.
func TestRules(t *testing.T) {
	seen := make(map[string]bool)
	for _, r := range slices.Concat(config.Fixed(), lint.Rules(), drift.Rules()) {
		if r.Purpose == "" || !strings.HasSuffix(r.Purpose, ".") || strings.Contains(r.Purpose, "\n") || seen[r.ID] || !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(r.ID) {
			t.Errorf("rule %q: purpose %q, or its identifier is not unique", r.ID, r.Purpose)
		}
		seen[r.ID] = true
		breaks := func(d diag.Diagnostic) bool { return d.Rule == r.ID }
		bad, good := findingsOf(r.ID, r.Bad), findingsOf(r.ID, r.Good)
		if !slices.ContainsFunc(bad, breaks) {
			t.Errorf("%s: the bad example has the findings %v\n%s", r.ID, bad, r.Bad)
		}
		if slices.ContainsFunc(good, breaks) || good.HasErrors() {
			t.Errorf("%s: the good example has the findings %v\n%s", r.ID, good, r.Good)
		}
		for _, d := range bad {
			if d.Rule == r.ID && d.Severity != r.Severity {
				t.Errorf("%s: got severity %s, want %s", r.ID, d.Severity, r.Severity)
			}
		}
	}
}

// findingsOf returns the findings about an example of a rule, completed by whole.
func findingsOf(rule, example string) diag.List {
	if strings.HasPrefix(rule, "import-") {
		return importer.CSV("codes.csv", example, importer.Options{Columns: map[string]string{"title": "title"}}).Findings
	}
	if slices.ContainsFunc(drift.Rules(), func(r diag.Rule) bool { return r.ID == rule }) {
		return driftOf(example)
	}
	if strings.HasPrefix(example, "version:") {
		_, findings := config.Parse(&diag.File{Name: config.FileName, Text: example})
		return findings
	}
	included := fstest.MapFS{"errors/more.yaml": {Data: []byte("codes:\n  - {code: full, title: Full, description: The shop is full.}\n")}}
	table, findings := spec.Parse("table.yaml", whole(example), included)
	if table != nil {
		findings = append(append(findings, validate.Run(table)...), Lint(table, nil)...)
	}
	return findings
}

// driftOf returns the differences between the text of a page and a table. The first line of
// the page may accept one.
func driftOf(example string) diag.List {
	table, _ := spec.Parse("table.yaml", "errspec: 1\nname: shop\ntitle: Shop\ncodes:\n  - code: too_busy\n    title: Busy\n    description: The shop is busy.\n"+
		"    retry: {advice: Retry later}\n    subtypes: [{name: holidays, title: Holidays, description: Before holidays, match: [holidays]}]\n", nil)
	var o drift.Options
	if strings.HasPrefix(example, "# source:") {
		o.Accept = []drift.Accepted{{Rule: drift.RuleCode, Subject: "too_slow"}}
	}
	source, findings := drift.Read(&diag.File{Name: "page.txt", Text: example}, "text", table, importer.Options{})
	if source == nil {
		return findings
	}
	return drift.Compare(table, source, findings, o)
}

// whole adds the required keys to a part of a table.
func whole(example string) string {
	has := func(key string) bool {
		return strings.HasPrefix(example, key+":") || strings.Contains(example, "\n"+key+":")
	}
	if strings.HasPrefix(example, "- ") || strings.HasPrefix(example, "# ") {
		example = "codes:\n" + example
	}
	for _, part := range []struct{ key, text string }{
		{"errspec", "errspec: 1\n"}, {"name", "name: shop\n"}, {"title", "title: Shop errors\n"},
	} {
		if !has(part.key) {
			example = part.text + example
		}
	}
	if !has("extends") && !has("classes") {
		example += "classes:\n  - {name: client, title: Yours, fault: client}\n  - {name: server, title: Ours, fault: server}\n"
	}
	if !has("codes") && !has("extends") {
		example += "codes:\n  - {code: busy, title: Busy, description: The shop is busy.}\n"
	}
	return example
}

// The example of each rule about changes must show such a change, and one that does
// not break the rule.
func TestRulesOfChanges(t *testing.T) {
	for _, r := range compat.Rules() {
		if r.Before == "" || r.Bad == "" || (r.Good == "") != (r.Affects == "") {
			t.Errorf("%s: the example is incomplete: %+v", r.ID, r.Rule)
			continue
		}
		if slices.Contains(compat.ConfigurationKinds(), r.Kind()) {
			for _, text := range []string{r.Before, r.Bad, r.Good} {
				if _, findings := config.Parse(&diag.File{Name: config.FileName, Text: text}); len(findings) > 0 {
					t.Errorf("%s: %v in\n%s", r.ID, findings, text)
				}
			}
			continue
		}
		before := parsed(t, "before.yaml", whole(r.Before))
		isOne := func(c compat.Change) bool { return c.Kind == r.Kind() }
		if changes := compared(t, before, parsed(t, "after.yaml", whole(r.Bad))); !slices.ContainsFunc(changes, isOne) {
			t.Errorf("%s: the change is %v", r.ID, changes)
		}
		if r.Good == "" {
			continue
		}
		changes := compared(t, before, parsed(t, "instead.yaml", whole(r.Good)))
		if slices.ContainsFunc(changes, isOne) || compat.Judge(changes, nil).Findings.HasErrors() {
			t.Errorf("%s: the other change is %v", r.ID, changes)
		}
	}
}

// The same applies to the examples of rules about files.
func TestRulesOfFiles(t *testing.T) {
	rules := make(map[string]diag.Rule)
	for _, r := range Rules() {
		if _, taken := rules[r.ID]; taken {
			t.Errorf("duplicate rule %s", r.ID)
		}
		rules[r.ID] = r
		if len(r.Samples()) < 2 {
			t.Errorf("%s has no example", r.ID)
		}
	}
	p, _ := plan.New(parsed(t, "t.yaml", whole("")), plan.Options{})
	for _, id := range []string{ruleMarker, ruleMarkerName} {
		for i, text := range []string{rules[id].Bad, rules[id].Good} {
			broken := i == 0
			in := injection{plan: p, file: &diag.File{Name: "README.md", Text: text}}
			in.parts()
			if slices.ContainsFunc(in.findings, func(d diag.Diagnostic) bool { return d.Rule == id }) != broken {
				t.Errorf("%s: the findings of %q are %v", id, text, in.findings)
			}
		}
	}
	formatted := make(map[string]bool)
	for _, text := range []string{rules[RuleUnformatted].Bad, rules[RuleUnformatted].Good} {
		text, findings := canonical.Format("t.yaml", whole(text))
		if formatted[text] = true; len(findings) > 0 {
			t.Error(findings)
		}
	}
	if len(formatted) != 1 {
		t.Errorf("the examples of %s are different tables: %v", RuleUnformatted, formatted)
	}
	for _, id := range []string{config.SumRule().ID, compat.RuleUnused} {
		for i, text := range []string{rules[id].Bad, rules[id].Good} {
			if !strings.HasPrefix(text, "version:") {
				text = "version: 1\ntables:\n  - table: t.yaml\n    markdown: {file: t.md}\n    " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n    ") + "\n"
			}
			c, findings := config.Parse(&diag.File{Name: config.FileName, Text: text})
			if len(findings) > 0 {
				t.Fatalf("%s: %v\n%s", id, findings, text)
			}
			sum := regexp.MustCompile(`sum: (.+)`).FindStringSubmatch(rules[id].Good)
			if sum != nil && (len(c.Tables[0].CheckSum(sum[1])) > 0) != (i == 0) {
				t.Errorf("%s: the findings of %q are %v", id, text, c.Tables[0].CheckSum(sum[1]))
			}
		}
	}
}
