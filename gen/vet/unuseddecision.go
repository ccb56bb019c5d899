package vet

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/errspec/errspec/spec/diag"
)

var unusedDecision = rule{diag.Rule{
	ID:       "unused-decision",
	Severity: diag.Warning,
	Purpose:  "Use the Decision that a call returns; the call has no other effect. Assign it to _ to ignore it deliberately.",
	Bad:      "evolink.Classify(code, message)\n",
	Good:     "decision := evolink.Classify(code, message)\n",
}, checkUnusedDecisions}

func checkUnusedDecisions(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		var call *ast.CallExpr
		switch n := c.Node().(type) {
		case *ast.ExprStmt:
			call, _ = ast.Unparen(n.X).(*ast.CallExpr)
		case *ast.GoStmt:
			call = n.Call
		case *ast.DeferStmt:
			call = n.Call
		}
		if call == nil {
			return
		}
		fn := p.callee(call)
		if fn == nil || p.tableOf(fn.Pkg()) == nil || fn.Signature().Results().Len() == 0 {
			return
		}
		if _, tn := p.named(fn.Signature().Results().At(0).Type()); tn != nil && tn.Name() == "Decision" {
			p.report(call, nil, "result of %s is not used", fn.Name())
		}
	}, (*ast.ExprStmt)(nil), (*ast.GoStmt)(nil), (*ast.DeferStmt)(nil))
}

// callee returns the function or method that is called, or nil if it is not known.
func (p *pass) callee(call *ast.CallExpr) *types.Func {
	fn, _ := typeutil.Callee(p.TypesInfo, call).(*types.Func)
	return fn
}
