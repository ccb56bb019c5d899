package vet

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var codeLiteral = rule{diag.Rule{
	ID:       "code-literal",
	Severity: diag.Warning,
	Purpose:  "Use the constant of a code or subtype instead of a literal, so that the compiler reports removed and misspelled codes.",
	Bad:      "if e.Code == \"quota_exceeded\" {\n",
	Good:     "if e.Code == evolink.CodeQuotaExceeded {\n",
}, checkLiterals}

// checkLiterals reports literals whose type, after comparison, conversion or assignment,
// is Code or Subtype. The set of codes is open, so an unlisted value is reported only if
// it is similar to a listed one.
func checkLiterals(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		lit := wholeLiteral(c)
		expr := lit.Node().(ast.Expr)
		if t, tn := p.wireType(p.TypesInfo.TypeOf(expr)); t != nil {
			p.literal(lit, expr, t, tn)
			return
		}
		if t, tn, edits := p.comparedAsText(lit); t != nil {
			p.comparedLiteral(lit, t, tn, edits)
		}
	}, (*ast.BasicLit)(nil))
}

// wholeLiteral returns a literal with its sign and its parentheses.
func wholeLiteral(c inspector.Cursor) inspector.Cursor {
	c = outermost(c)
	if u, ok := c.Parent().Node().(*ast.UnaryExpr); ok && (u.Op == token.SUB || u.Op == token.ADD) {
		c = outermost(c.Parent())
	}
	return c
}

// literal reports a literal that is a Code or Subtype itself.
func (p *pass) literal(lit inspector.Cursor, expr ast.Expr, t *table, tn *types.TypeName) {
	value := p.TypesInfo.Types[expr].Value
	if value == nil || isOperand(lit) {
		return
	}
	listed := t.constants(tn)[wireText(value)]
	if listed == nil {
		if !namesConstant(lit) {
			p.misspelled(expr, t, tn, value)
		}
		return
	}
	whole := expr
	if call, ok := lit.Parent().Node().(*ast.CallExpr); ok && p.TypesInfo.Types[call.Fun].IsType() {
		whole = call // the constant needs no conversion
	}
	var fix *analysis.SuggestedFix
	if name := p.written(fileOf(lit), expr.Pos(), listed); name != "" {
		fix = suggest("use "+name, replace(whole.Pos(), whole.End(), name))
	}
	p.report(expr, fix, "use the constant %[2]s.%[3]s instead of %[1]s", p.source(expr), t.pkg.Name(), listed.Name())
}

// isOperand reports whether an expression is only an operand, as in "quota_" + "exceeded".
func isOperand(c inspector.Cursor) bool {
	switch parent := c.Parent().Node().(type) {
	case *ast.BinaryExpr:
		return !isComparison(parent.Op)
	case *ast.UnaryExpr:
		return true
	}
	return false
}

// namesConstant reports whether an expression is the value of a constant declaration,
// which is the recommended way to name an unlisted code.
func namesConstant(c inspector.Cursor) bool {
	c = outermost(c)
	if call, ok := c.Parent().Node().(*ast.CallExpr); ok && len(call.Args) == 1 {
		c = outermost(c.Parent())
	}
	spec := c.Parent()
	if _, ok := spec.Node().(*ast.ValueSpec); !ok {
		return false
	}
	decl, ok := spec.Parent().Node().(*ast.GenDecl)
	return ok && decl.Tok == token.CONST
}

// misspelled reports a text that is similar to a listed one. Numbers are never similar.
func (p *pass) misspelled(at ast.Expr, t *table, tn *types.TypeName, value constant.Value) {
	if value.Kind() != constant.String || isNone(value) {
		return
	}
	byText := t.constants(tn)
	if meant := diag.Suggest(constant.StringVal(value), slices.Sorted(maps.Keys(byText))); meant != "" {
		p.report(at, nil, "%s has no code or subtype %s; did you mean %s.%s?", t.pkg.Name(), p.source(at), t.pkg.Name(), byText[meant].Name())
	}
}

// comparedAsText returns the type of the Code or Subtype whose text a literal is compared
// with, as in string(c) == "x" and c.String() == "x". It also returns the edits that
// remove the conversion, or nil in a switch.
func (p *pass) comparedAsText(lit inspector.Cursor) (*table, *types.TypeName, []analysis.TextEdit) {
	var other ast.Expr
	inSwitch := false
	switch parent := lit.Parent().Node().(type) {
	case *ast.BinaryExpr:
		if !isComparison(parent.Op) {
			return nil, nil, nil
		}
		if other = parent.X; ast.Unparen(parent.X) == ast.Unparen(lit.Node().(ast.Expr)) {
			other = parent.Y
		}
	case *ast.CaseClause:
		if s, ok := lit.Parent().Parent().Parent().Node().(*ast.SwitchStmt); ok {
			other, inSwitch = s.Tag, true
		}
	}
	call, ok := other.(*ast.CallExpr)
	if !ok {
		return nil, nil, nil
	}
	inner, edits := p.asText(call)
	if inner == nil {
		return nil, nil, nil
	}
	if inSwitch {
		edits = nil // a fix would have to change all cases
	}
	t, tn := p.wireType(p.TypesInfo.TypeOf(inner))
	return t, tn, edits
}

// asText returns the expression that a call converts to text or a plain number, and the
// edits that remove the conversion.
func (p *pass) asText(call *ast.CallExpr) (ast.Expr, []analysis.TextEdit) {
	if len(call.Args) == 1 && p.TypesInfo.Types[call.Fun].IsType() {
		if _, ok := p.TypesInfo.TypeOf(call).(*types.Basic); !ok {
			return nil, nil
		}
		arg := call.Args[0]
		return arg, []analysis.TextEdit{replace(call.Pos(), arg.Pos(), ""), replace(arg.End(), call.End(), "")}
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) != 0 || sel.Sel.Name != "String" && sel.Sel.Name != "Error" {
		return nil, nil
	}
	if t, _ := p.wireType(p.TypesInfo.TypeOf(sel.X)); t == nil {
		return nil, nil // sel.X is a pointer, which cannot be compared
	}
	return sel.X, []analysis.TextEdit{replace(sel.X.End(), call.End(), "")}
}

// comparedLiteral reports a literal that is compared with the text of a Code or Subtype.
func (p *pass) comparedLiteral(lit inspector.Cursor, t *table, tn *types.TypeName, edits []analysis.TextEdit) {
	expr := lit.Node().(ast.Expr)
	value := p.TypesInfo.Types[expr].Value
	if value == nil || isText(tn) != (value.Kind() == constant.String) {
		return // String of an integer code returns its name
	}
	listed := t.constants(tn)[wireText(value)]
	if listed == nil {
		p.misspelled(expr, t, tn, value)
		return
	}
	var fix *analysis.SuggestedFix
	if name := p.written(fileOf(lit), expr.Pos(), listed); name != "" && edits != nil {
		fix = suggest("compare with "+name, append(edits, replace(expr.Pos(), expr.End(), name))...)
	}
	p.report(expr, fix, "%s is %s.%s; compare the %s directly", p.source(expr), t.pkg.Name(), listed.Name(), tn.Name())
}

func isText(tn *types.TypeName) bool {
	basic, ok := tn.Type().Underlying().(*types.Basic)
	return ok && basic.Kind() == types.String
}
