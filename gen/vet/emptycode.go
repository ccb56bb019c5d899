package vet

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var emptyCode = rule{diag.Rule{
	ID:       "empty-code",
	Severity: diag.Warning,
	Purpose:  "Do not return an empty Code as an error: the error is not nil and has no information.",
	Bad:      "return evolink.Code(\"\")\n",
	Good:     "return nil\n",
}, checkEmptyCodes}

// checkEmptyCodes reports empty constants that are returned or assigned as errors. There
// is no fix: the author may have intended nil or a code, and a wrong fix could turn a
// failure into a success.
func checkEmptyCodes(p *pass) {
	check := func(e ast.Expr, to types.Type) {
		t, tn := p.wireType(p.TypesInfo.TypeOf(e))
		value := p.TypesInfo.Types[e].Value
		if t == nil || value == nil || !isNone(value) || !isErrorInterface(to) || t.constants(tn)[wireText(value)] != nil {
			return
		}
		p.report(e, nil, "%s is empty but, as an error, not nil; return nil or a code", p.source(e))
	}
	p.nodes(func(c inspector.Cursor) {
		switch n := c.Node().(type) {
		case *ast.ReturnStmt:
			results := p.resultsAround(c)
			if results == nil || results.Len() != len(n.Results) {
				return
			}
			for i, e := range n.Results {
				check(e, results.At(i).Type())
			}
		case *ast.AssignStmt:
			if len(n.Lhs) != len(n.Rhs) {
				return
			}
			for i, e := range n.Rhs {
				check(e, p.TypesInfo.TypeOf(n.Lhs[i]))
			}
		case *ast.ValueSpec:
			for _, e := range n.Values {
				if n.Type != nil {
					check(e, p.TypesInfo.TypeOf(n.Type))
				}
			}
		}
	}, (*ast.ReturnStmt)(nil), (*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil))
}

// resultsAround returns the results of the function that contains a statement.
func (p *pass) resultsAround(c inspector.Cursor) *types.Tuple {
	for f := range c.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch f := f.Node().(type) {
		case *ast.FuncDecl:
			if fn, ok := p.TypesInfo.Defs[f.Name].(*types.Func); ok {
				return fn.Signature().Results()
			}
		case *ast.FuncLit:
			if sig, ok := p.TypesInfo.TypeOf(f).(*types.Signature); ok {
				return sig.Results()
			}
		}
		return nil
	}
	return nil
}
