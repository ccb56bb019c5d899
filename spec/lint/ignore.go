package lint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

const (
	ruleBadIgnore    = "bad-ignore"
	ruleUnusedIgnore = "unused-ignore"
)

func ignoreRules() []rule {
	return []rule{
		// These two are last: they look at what the others have found.
		{diag.Rule{ID: ruleBadIgnore, Severity: diag.Error, Purpose: "A comment errspec:ignore stands above an entry, names a rule that may be ignored, and says why.",
			Bad:  "# errspec:ignore no-fixes\n- code: busy\n  title: Busy\n  description: The shop is busy.\n",
			Good: "# errspec:ignore no-fixes nothing helps but time\n- code: busy\n  title: Busy\n  description: The shop is busy.\n"}, checkIgnores},
		{diag.Rule{ID: ruleUnusedIgnore, Severity: diag.Warning, Purpose: "A comment errspec:ignore is there for a finding.",
			Bad:  "# errspec:ignore http-fault the service answers so\n- code: busy\n  title: Busy\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"}, checkUnused},
	}
}

// mark is how a comment begins that speaks to lint.
const mark = "errspec:ignore"

// An ignore is a comment that says that a rule does not apply.
type ignore struct {
	file      *diag.File
	rule      string
	reason    string
	at        diag.Location // of the comment
	ruleAt    diag.Location
	lineRange // that it covers
}

// ignores returns the comments in the table's own files.
func ignores(t *spec.Table) []ignore {
	var all []ignore
	var hidden map[*diag.File]map[int]bool
	for _, file := range t.Files() {
		if !strings.Contains(file.Text, mark) {
			continue
		}
		if hidden == nil {
			hidden = t.LinesOfText(mark)
		}
		below := coveredBelow(file)
		for n := 1; n <= file.Lines(); n++ {
			if i, ok := ignoreAt(file, n); ok && !hidden[file][n] {
				i.lineRange = below(n)
				all = append(all, i)
			}
		}
	}
	return all
}

// ignoreAt reads the comment on a line, if it is one.
func ignoreAt(file *diag.File, n int) (ignore, bool) {
	line := file.Line(n)
	comment := strings.TrimLeft(line, " \t")
	rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimLeft(comment, "#"), " \t"), mark)
	if !strings.HasPrefix(comment, "#") || !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
		return ignore{}, false
	}
	column := func(text string) int { return len([]rune(line)) - len([]rune(text)) + 1 }
	place := func(from, to int) diag.Location {
		return diag.Location{File: file, Start: diag.Pos{Line: n, Column: from}, End: diag.Pos{Line: n, Column: to}}
	}
	i := ignore{file: file, at: place(column(comment), column(""))}
	rest = strings.TrimLeft(rest, " \t")
	i.rule, i.reason, _ = strings.Cut(rest, " ")
	i.reason = strings.TrimSpace(i.reason)
	i.ruleAt = place(column(rest), column(rest)+len([]rune(i.rule)))
	return i, true
}

// checkUnused reports comments that nothing needs.
func checkUnused(p *pass) {
	for _, i := range p.unused {
		d := diag.Diagnostic{Location: i.at, Subject: i.rule, Message: fmt.Sprintf("nothing here breaks the rule %s", i.rule), Help: "remove the comment"}
		if end := i.file.Offset(diag.Pos{Line: i.at.Start.Line + 1, Column: 1}); end > 0 {
			d.Fix = &diag.Fix{Message: "remove the comment", Edits: []diag.Edit{{File: i.file,
				Start: i.file.Offset(diag.Pos{Line: i.at.Start.Line, Column: 1}), End: end}}}
		}
		p.report(d)
	}
}

// checkIgnores reports comments that cannot be obeyed, takes away what the others
// cover, and remembers those that cover nothing.
func checkIgnores(p *pass) {
	var valid []ignore
	for _, i := range ignores(p.table) {
		if !p.reportBad(i) {
			valid = append(valid, i)
		}
	}
	c := newCovers(valid)
	p.findings = slices.DeleteFunc(p.findings, c.cover)
	for n, i := range valid {
		if !c.used(n) && !p.settings[i.rule].Off {
			p.unused = append(p.unused, i)
		}
	}
}

// reportBad reports a comment that cannot be obeyed.
func (p *pass) reportBad(i ignore) bool {
	d := diag.Diagnostic{Location: i.at, Subject: mark + " " + i.rule}
	isFixed := slices.ContainsFunc(p.fixed, func(r diag.Rule) bool { return r.ID == i.rule })
	isKnown := slices.ContainsFunc(rules(), func(r rule) bool { return r.ID == i.rule })
	switch {
	case i.rule == "":
		d.Message, d.Help = "the comment names no rule", "write # errspec:ignore RULE and the reason"
	case isFixed, i.rule == ruleBadIgnore, i.rule == ruleUnusedIgnore:
		d.Message, d.Help = fmt.Sprintf("the rule %s cannot be ignored", i.rule), "mend what it reports instead"
		d.Location = i.ruleAt
	case !isKnown:
		d.Message, d.Location = fmt.Sprintf("there is no rule %s", i.rule), i.ruleAt
		d.Help, d.Fix = meantRule(i)
	case i.reason == "":
		d.Message, d.Help = fmt.Sprintf("the comment does not say why %s is ignored", i.rule), "write the reason behind the rule"
	case i.first == 0:
		d.Message, d.Help = "the comment stands above nothing", "put it on the line above the entry"
	default:
		return false
	}
	p.report(d)
	return true
}

// meantRule says which rule a comment may mean.
func meantRule(i ignore) (help string, fix *diag.Fix) {
	var ids []string
	for _, r := range rules() {
		if r.ID != ruleBadIgnore && r.ID != ruleUnusedIgnore {
			ids = append(ids, r.ID)
		}
	}
	meant, only := diag.Nearest(i.rule, ids)
	if only {
		fix = diag.Replace(i.ruleAt, meant)
	}
	if meant == "" {
		return "the rules are " + strings.Join(ids, ", "), nil
	}
	return "did you mean " + meant + "?", fix
}
