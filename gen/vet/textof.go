package vet

import (
	"go/ast"
	"go/token"
	"go/types"
)

// textOf returns the error whose text an expression is, such as err for err.Error() and
// for strings.ToLower(err.Error()), or nil. direct is false if the text is in a variable,
// because err may have changed since its assignment.
func (p *pass) textOf(e ast.Expr) (err ast.Expr, direct bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if value := p.onlyValue(e); value != nil {
			err, _ = p.textOf(value)
		}
		return err, false
	case *ast.CallExpr:
		switch p.stringsFunc(e) {
		case "ToLower", "ToUpper", "TrimSpace":
			return p.textOf(e.Args[0])
		}
		sel, ok := ast.Unparen(e.Fun).(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Error" || len(e.Args) != 0 {
			return nil, false
		}
		if t := p.TypesInfo.TypeOf(sel.X); t != nil && implementsError(t) {
			return sel.X, true
		}
	}
	return nil, false
}

// onlyValue returns the initial value of a local variable. It returns nil if the function
// assigns another value or takes the address of the variable.
func (p *pass) onlyValue(id *ast.Ident) ast.Expr {
	v, ok := p.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.Pkg() != p.Pkg || v.Parent() == nil || v.Parent() == p.Pkg.Scope() {
		return nil
	}
	at, ok := p.root.FindByPos(v.Pos(), v.Pos())
	if !ok {
		return nil
	}
	define, ok := at.Parent().Node().(*ast.AssignStmt)
	if !ok || len(define.Lhs) != len(define.Rhs) {
		return nil
	}
	var value ast.Expr
	for i, e := range define.Lhs {
		if e == at.Node() {
			value = define.Rhs[i]
		}
	}
	for f := range at.Enclosing((*ast.FuncDecl)(nil)) {
		if !p.assigns(f.Node(), v, define) {
			return value
		}
	}
	return nil
}

// assigns reports whether a function may assign a variable other than in its declaration.
func (p *pass) assigns(f ast.Node, v *types.Var, define *ast.AssignStmt) bool {
	changed := make(map[types.Object]bool)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				if n != define {
					p.change(changed, e)
				}
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				p.change(changed, n.X)
			}
		case *ast.RangeStmt:
			for _, e := range []ast.Expr{n.Key, n.Value} {
				if e != nil {
					p.change(changed, e)
				}
			}
		}
		return true
	})
	return changed[v]
}
