package vet

import (
	"go/ast"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var missingDefault = rule{diag.Rule{
	ID:       "missing-default",
	Severity: diag.Warning,
	Purpose:  "A switch over a Code needs a default case: the service may send codes that the table does not list.",
	Bad:      "switch e.Code {\ncase evolink.CodeQuotaExceeded:\n\tslowDown()\n}\n",
	Good:     "switch e.Code {\ncase evolink.CodeQuotaExceeded:\n\tslowDown()\ndefault:\n\tgiveUp(e)\n}\n",
}, checkMissingDefault}

var missingCodes = rule{diag.Rule{
	ID:       "missing-codes",
	Severity: diag.Warning,
	Purpose:  "Only with the missing-codes flag: a switch over a Code must cover all codes that are not deprecated.",
	Bad:      "switch e.Code {\ncase evolink.CodeQuotaExceeded:\n\tslowDown()\ndefault:\n\tgiveUp(e)\n}\n",
	Good:     "switch e.Code {\ncase evolink.CodeQuotaExceeded:\n\tslowDown()\ncase evolink.CodeServiceError, evolink.CodeUnknownError: // and so on\n\tgiveUp(e)\ndefault:\n\treport(e)\n}\n",
}, checkMissingCodes}

func checkMissingDefault(p *pass) {
	p.codeSwitches(func(s *ast.SwitchStmt) {
		if !hasDefault(s) {
			p.report(head(s), nil, "switch over a Code has no default case; the service may send codes that %s does not list", p.packageOf(s.Tag))
		}
	})
}

// checkMissingCodes skips switches with a case that is not constant, because its value is
// unknown.
func checkMissingCodes(p *pass) {
	p.codeSwitches(func(s *ast.SwitchStmt) {
		t, tn := p.wireType(p.TypesInfo.TypeOf(s.Tag))
		missing := maps.Clone(t.constants(tn))
		for e := range cases(s) {
			value := p.TypesInfo.Types[e].Value
			if value == nil {
				return
			}
			delete(missing, wireText(value))
		}
		var names []string
		for _, c := range missing {
			if !t.isDeprecated(c) {
				names = append(names, c.Name())
			}
		}
		if len(names) > 0 {
			slices.Sort(names)
			p.report(head(s), nil, "switch over a Code does not cover %s", enumerate(names))
		}
	})
}

// codeSwitches calls f for each switch whose tag is a Code.
func (p *pass) codeSwitches(f func(*ast.SwitchStmt)) {
	p.nodes(func(c inspector.Cursor) {
		if s := c.Node().(*ast.SwitchStmt); s.Tag != nil && p.isCode(s.Tag) {
			f(s)
		}
	}, (*ast.SwitchStmt)(nil))
}

func (p *pass) packageOf(e ast.Expr) string {
	t, _ := p.wireType(p.TypesInfo.TypeOf(e))
	return t.pkg.Name()
}

func hasDefault(s *ast.SwitchStmt) bool {
	return slices.ContainsFunc(s.Body.List, func(clause ast.Stmt) bool { return clause.(*ast.CaseClause).List == nil })
}

// cases returns the expressions of all cases.
func cases(s *ast.SwitchStmt) func(yield func(ast.Expr) bool) {
	return func(yield func(ast.Expr) bool) {
		for _, clause := range s.Body.List {
			for _, e := range clause.(*ast.CaseClause).List {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// maxNamed is the maximum number of names in a message. If there are more, it counts the
// rest.
const maxNamed = 5

func enumerate(names []string) string {
	if len(names) <= maxNamed {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:maxNamed-1], ", ") + " and " + strconv.Itoa(len(names)-maxNamed+1) + " more"
}
