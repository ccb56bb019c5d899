package vet

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/errspec/errspec/spec/diag"
)

var ignoreRule = rule{diag.Rule{
	ID:       "ignore",
	Severity: diag.Warning,
	Purpose:  "A //errspec:ignore comment must name a rule that reports a finding on its line or the next, and give a reason.",
	Bad:      "//errspec:ignore code-literal\nif code == \"quota_exceeded\" {\n",
	Good:     "//errspec:ignore code-literal this file is also built without the package\nif code == \"quota_exceeded\" {\n",
}, nil}

const directive = "//errspec:ignore"

// An ignore is a comment that suppresses one rule on its line and on the line after the
// comment group.
type ignore struct {
	comment     *ast.Comment
	file        string
	line, below int
	rule        string
	used        bool
}

// unignored returns the findings that no comment suppresses, and findings about the
// comments. Comments for skipped rules are not reported as unused.
func (p *pass) unignored(skipped map[string]bool) []analysis.Diagnostic {
	p.rule = ignoreRule.ID
	found := p.reports
	p.reports = nil
	ignores := p.ignores()
	var kept []analysis.Diagnostic
	for _, d := range found {
		if !ignored(p.Fset.Position(d.Pos), d.Category, ignores) {
			kept = append(kept, d)
		}
	}
	for _, i := range ignores {
		if !i.used && !skipped[i.rule] {
			p.report(i.comment, suggest("remove it", replace(i.comment.Pos(), i.comment.End(), "")), "no finding of %s to ignore here", i.rule)
		}
	}
	return append(kept, p.reports...)
}

func ignored(at token.Position, rule string, ignores []*ignore) bool {
	for _, i := range ignores {
		if i.rule == rule && i.file == at.Filename && (at.Line == i.line || at.Line == i.below) {
			i.used = true
			return true
		}
	}
	return false
}

// ignores returns the valid ignore comments, and reports invalid ones.
func (p *pass) ignores() []*ignore {
	var all []*ignore
	for _, f := range p.Files {
		if ast.IsGenerated(f) {
			continue
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				text, ok := strings.CutPrefix(c.Text, directive)
				if !ok || text != "" && text[0] != ' ' && text[0] != '\t' {
					continue
				}
				name, reason, _ := strings.Cut(strings.TrimSpace(text), " ")
				if problem := malformed(name, reason); problem != "" {
					p.report(c, nil, "%s", problem)
					continue
				}
				at := p.Fset.Position(c.Pos())
				all = append(all, &ignore{
					comment: c, file: at.Filename, line: at.Line, below: p.Fset.Position(group.End()).Line + 1, rule: name,
				})
			}
		}
	}
	return all
}

// malformed returns the problem of an ignore comment, or "" if it is valid.
func malformed(name, reason string) string {
	var ids []string
	for _, r := range Rules() {
		if r.ID == name && name != ignoreRule.ID {
			if strings.TrimSpace(reason) == "" {
				return fmt.Sprintf("ignore comment without a reason: write %s %s REASON", directive, name)
			}
			return ""
		}
		if r.ID != ignoreRule.ID {
			ids = append(ids, r.ID)
		}
	}
	if name == "" {
		return "ignore comment without a rule and a reason: write " + directive + " RULE REASON"
	}
	if now, ok := diag.RenamedRule(name); ok {
		return fmt.Sprintf("the rule %s is now %s", name, now)
	}
	problem := fmt.Sprintf("unknown rule %q", name)
	if meant := diag.Suggest(name, ids); meant != "" {
		problem += "; did you mean " + meant + "?"
	}
	return problem
}
