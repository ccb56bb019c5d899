package vet

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var deprecatedCode = rule{diag.Rule{
	ID:       "deprecated-code",
	Severity: diag.Warning,
	Purpose:  "Do not use deprecated codes or former names.",
	Bad:      "if errors.Is(err, evolink.CodeTooFast) { // renamed to quota_exceeded\n",
	Good:     "if errors.Is(err, evolink.CodeQuotaExceeded) {\n",
}, checkDeprecated}

func checkDeprecated(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		id := c.Node().(*ast.Ident)
		used, ok := p.TypesInfo.Uses[id].(*types.Const)
		if !ok || used.Pkg() == p.Pkg {
			return
		}
		t := p.tableOf(used.Pkg())
		if t == nil || !t.isDeprecated(used) || used.Parent() != used.Pkg().Scope() {
			return
		}
		d := t.deprecated[used.Name()]
		p.report(id, p.replacement(c, t, d), "%s.%s is deprecated: %s", t.pkg.Name(), used.Name(), d.Text)
	}, (*ast.Ident)(nil))
}

// replacement returns the fix that replaces the old constant by the new one, or nil if
// that would result in duplicate cases or keys.
func (p *pass) replacement(c inspector.Cursor, t *table, d deprecation) *analysis.SuggestedFix {
	with, ok := t.pkg.Scope().Lookup(d.Instead).(*types.Const)
	if !ok || p.clashes(c, t, with) {
		return nil
	}
	id := c.Node().(*ast.Ident)
	if p.written(fileOf(c), id.Pos(), with) == "" {
		return nil
	}
	return suggest("use "+with.Name(), replace(id.Pos(), id.End(), with.Name()))
}

// clashes reports whether the switch or literal around a case or key already contains the
// constant, or another expression that would be replaced by it.
func (p *pass) clashes(c inspector.Cursor, t *table, with *types.Const) bool {
	if _, ok := c.Parent().Node().(*ast.SelectorExpr); ok {
		c = c.Parent()
	}
	c = outermost(c)
	var others []ast.Expr
	switch n := c.Parent().Node().(type) {
	case *ast.CaseClause:
		s, ok := c.Parent().Parent().Parent().Node().(*ast.SwitchStmt)
		if !ok {
			return false
		}
		for e := range cases(s) {
			others = append(others, e)
		}
	case *ast.KeyValueExpr:
		lit, ok := c.Parent().Parent().Node().(*ast.CompositeLit)
		if !ok || n.Key != c.Node() {
			return false
		}
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				others = append(others, kv.Key)
			}
		}
	}
	for _, e := range others {
		if e != c.Node() && p.becomes(e, t, with) {
			return true
		}
	}
	return false
}

// becomes reports whether an expression is a constant, or would be replaced by it.
func (p *pass) becomes(e ast.Expr, t *table, with *types.Const) bool {
	value := p.TypesInfo.Types[e].Value
	if value == nil {
		return false
	}
	if wireText(value) == wireText(with.Val()) {
		return true
	}
	_, tn := p.wireType(with.Type())
	if old := t.constants(tn)[wireText(value)]; old != nil {
		return t.deprecated[old.Name()].Instead == with.Name()
	}
	return false
}
