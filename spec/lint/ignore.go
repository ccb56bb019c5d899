package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/layout"
)

const (
	ruleBadIgnore    = "bad-ignore"
	ruleUnusedIgnore = "unused-ignore"
)

func ignoreRules() []rule {
	return []rule{
		// These two are last, because they depend on the findings of the others.
		{diag.Rule{ID: ruleBadIgnore, Severity: diag.Error, Purpose: "A comment errspec:ignore must be above an entry or at the end of its first line, name a rule that may be ignored, and give a reason.",
			Bad:  "# errspec:ignore no-fixes\n- code: busy\n  title: Busy\n  description: The shop is busy.\n",
			Good: "# errspec:ignore no-fixes nothing helps but time\n- code: busy\n  title: Busy\n  description: The shop is busy.\n"}, checkIgnores},
		{diag.Rule{ID: ruleUnusedIgnore, Severity: diag.Warning, Purpose: "An errspec:ignore comment should suppress a finding.",
			Bad:  "# errspec:ignore http-fault the service responds with it\n- code: busy\n  title: Busy\n  description: The shop is busy.\n",
			Good: "- code: busy\n  title: Busy\n  description: The shop is busy.\n"}, checkUnused},
	}
}

// mark is the start of an ignore comment.
const mark = "errspec:ignore"

// An ignore is a comment that ignores a rule.
type ignore struct {
	file   *diag.File
	rule   string
	reason string
	note   layout.Note
	at     diag.Location // of the comment
	ruleAt diag.Location
	used   bool
}

// ignores returns the ignore comments in the table's own files.
func ignores(t *spec.Table) []ignore {
	var all []ignore
	for _, file := range t.Files() {
		if !strings.Contains(file.Text, mark) {
			continue
		}
		root := form.NewDecoder(file).Parse() // the table does not contain comments
		if root == nil {
			continue // nested too deep: already reported
		}
		for _, n := range layout.Notes(file, root) {
			if i, ok := ignoreOf(file, n); ok {
				all = append(all, i)
			}
		}
	}
	return all
}

// ignoreOf parses a comment. It returns false if it is not an ignore comment.
func ignoreOf(file *diag.File, n layout.Note) (ignore, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimLeft(n.Text, "#"), " \t"), mark)
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
		return ignore{}, false
	}
	end := n.Start.Column + utf8.RuneCountInString(n.Text)
	place := func(from, to int) diag.Location {
		return diag.Location{File: file, Start: diag.Pos{Line: n.Start.Line, Column: from}, End: diag.Pos{Line: n.Start.Line, Column: to}}
	}
	i := ignore{file: file, note: n, at: place(n.Start.Column, end)}
	rest = strings.TrimLeft(rest, " \t")
	i.rule, i.reason = rest, ""
	if space := strings.IndexAny(rest, " \t"); space >= 0 {
		i.rule, i.reason = rest[:space], strings.TrimSpace(rest[space:])
	}
	start := end - utf8.RuneCountInString(rest)
	i.ruleAt = place(start, start+utf8.RuneCountInString(i.rule))
	return i, true
}

// checkUnused reports comments that ignore no finding.
func checkUnused(p *pass) {
	for _, i := range p.unused {
		d := diag.Diagnostic{Location: i.at, Subject: i.rule, Message: fmt.Sprintf("no finding of rule %s to ignore here", i.rule), Help: "remove the comment"}
		d.Fix = &diag.Fix{Message: "remove the comment", Edits: []diag.Edit{i.removal()}}
		p.report(d)
	}
}

// removal returns the edit that removes a comment, and its line if the line contains
// nothing else.
func (i ignore) removal() diag.Edit {
	at := i.at.Start
	if i.note.Alone {
		return diag.Edit{File: i.file,
			Start: i.file.Offset(diag.Pos{Line: at.Line, Column: 1}),
			End:   i.file.Offset(diag.Pos{Line: at.Line + 1, Column: 1})}
	}
	end := i.file.Offset(at)
	before := i.file.Text[:end]
	return diag.Edit{File: i.file, Start: len(strings.TrimRight(before, " \t")), End: end + len(i.note.Text)}
}

// checkIgnores reports invalid comments, removes the findings that the valid ones
// cover, and stores those that cover none.
func checkIgnores(p *pass) {
	var valid []*ignore
	for _, i := range ignores(p.table) {
		if !p.reportBad(i) {
			valid = append(valid, &i)
		}
	}
	covers := coversOf(valid)
	p.findings = slices.DeleteFunc(p.findings, func(d diag.Diagnostic) bool {
		return covers[coverKey{d.File, d.Rule}].use(d.Start)
	})
	for _, i := range valid {
		if !i.used && !p.settings[i.rule].Off {
			p.unused = append(p.unused, i)
		}
	}
}

// reportBad reports an invalid comment. It returns false if the comment is valid.
func (p *pass) reportBad(i ignore) bool {
	d := diag.Diagnostic{Location: i.at, Subject: mark + " " + i.rule}
	isFixed := slices.ContainsFunc(p.fixed, func(r diag.Rule) bool { return r.ID == i.rule })
	isKnown := slices.ContainsFunc(rules(), func(r rule) bool { return r.ID == i.rule })
	switch {
	case i.rule == "":
		d.Message, d.Help = "ignore comment without a rule", "write # errspec:ignore RULE REASON"
	case isFixed, i.rule == ruleBadIgnore, i.rule == ruleUnusedIgnore:
		d.Message, d.Help = fmt.Sprintf("rule %s cannot be ignored", i.rule), "fix the finding instead"
		d.Location = i.ruleAt
	case !isKnown:
		d.Message, d.Location = fmt.Sprintf("unknown rule %s", i.rule), i.ruleAt
		if now, ok := diag.RenamedRule(i.rule); ok {
			d.Message, d.Help, d.Fix = fmt.Sprintf("the rule %s is now %s", i.rule, now), "write "+now, diag.Replace(i.ruleAt, now)
			break
		}
		d.Help, d.Fix = meantRule(i)
	case i.reason == "":
		d.Message, d.Help = fmt.Sprintf("no reason given for ignoring %s", i.rule), "add a reason after the rule"
	case !i.note.About:
		d.Message, d.Help = "no entry below the ignore comment", "put the comment on the line above the entry, indented like the entry, or at the end of its first line"
	default:
		return false
	}
	p.report(d)
	return true
}

// meantRule returns the help and the fix for a comment with an unknown rule.
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
		return "rules: " + strings.Join(ids, ", "), nil
	}
	return "did you mean " + meant + "?", fix
}
