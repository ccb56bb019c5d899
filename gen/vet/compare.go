package vet

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var errorCompare = rule{diag.Rule{
	ID:       "error-compare",
	Severity: diag.Warning,
	Purpose:  "Use errors.Is to test an error for a code or subtype: errors contain codes and may be wrapped, so == does not match.",
	Bad:      "if err == evolink.CodeQuotaExceeded {\n",
	Good:     "if errors.Is(err, evolink.CodeQuotaExceeded) {\n",
}, checkErrorComparisons}

func checkErrorComparisons(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		switch n := c.Node().(type) {
		case *ast.BinaryExpr:
			if isComparison(n.Op) {
				p.comparison(c, n)
			}
		case *ast.SwitchStmt:
			if n.Tag != nil && isErrorInterface(p.TypesInfo.TypeOf(n.Tag)) {
				p.errorSwitch(c, n)
			}
		}
	}, (*ast.BinaryExpr)(nil), (*ast.SwitchStmt)(nil))
}

// comparison reports err == code and err != code, with the operands in either order.
func (p *pass) comparison(c inspector.Cursor, b *ast.BinaryExpr) {
	err, code := b.X, b.Y
	if p.isWire(err) {
		err, code = code, err
	}
	if !p.isWire(code) || !isErrorInterface(p.TypesInfo.TypeOf(err)) || p.isTarget(c, err) {
		return
	}
	var fix *analysis.SuggestedFix
	if is, edits := p.errorsIs(fileOf(c), b.Pos()); is != "" {
		not := ""
		if b.Op == token.NEQ {
			not = "!"
		}
		if err == b.X {
			edits = append(edits, insert(b.Pos(), not+is+"("), replace(b.X.End(), b.Y.Pos(), ", "), insert(b.End(), ")"))
		} else { // move the error to the front
			edits = append(edits, insert(b.Pos(), not+is+"("+p.source(err)+", "), replace(b.X.End(), b.End(), ")"))
		}
		fix = suggest("use errors.Is", edits...)
	}
	p.report(b, fix, "error compared with a %[2]s using %[1]s; use errors.Is, which also finds it in wrapped errors", b.Op, p.typeName(code))
}

// errorSwitch reports switch err { case code: }.
func (p *pass) errorSwitch(c inspector.Cursor, s *ast.SwitchStmt) {
	if p.isTarget(c, s.Tag) {
		return
	}
	for e := range cases(s) {
		if p.isWire(e) {
			p.report(head(s), p.fixSwitch(c, s), "error compared with a %s in a switch; use errors.Is, which also finds it in wrapped errors", p.typeName(e))
			return
		}
	}
}

// fixSwitch returns the fix that makes each case a separate condition. The tag is then
// evaluated for each case, so it must be a variable.
func (p *pass) fixSwitch(c inspector.Cursor, s *ast.SwitchStmt) *analysis.SuggestedFix {
	tag, ok := ast.Unparen(s.Tag).(*ast.Ident)
	is, edits := p.errorsIs(fileOf(c), s.Body.Pos())
	if !ok || is == "" {
		return nil
	}
	edits = append(edits, replace(s.Tag.Pos(), s.Body.Lbrace, ""))
	for e := range cases(s) {
		switch t := p.TypesInfo.Types[e]; {
		case t.IsNil():
			edits = append(edits, insert(e.Pos(), tag.Name+" == "))
		case t.Type != nil && implementsError(t.Type):
			edits = append(edits, insert(e.Pos(), is+"("+tag.Name+", "), insert(e.End(), ")"))
		default:
			return nil
		}
	}
	return suggest("use errors.Is", edits...)
}

func (p *pass) typeName(e ast.Expr) string {
	_, tn := p.wireType(p.TypesInfo.TypeOf(e))
	return tn.Name()
}

// isTarget reports whether an expression is the parameter of the enclosing method
// Is(error) bool, which is expected to compare it.
func (p *pass) isTarget(c inspector.Cursor, e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	for f := range c.Enclosing((*ast.FuncDecl)(nil)) {
		decl := f.Node().(*ast.FuncDecl)
		fn, ok := p.TypesInfo.Defs[decl.Name].(*types.Func)
		if !ok || decl.Recv == nil || fn.Name() != "Is" {
			return false
		}
		params := fn.Signature().Params()
		return params.Len() == 1 && params.At(0) == p.TypesInfo.Uses[id]
	}
	return false
}
