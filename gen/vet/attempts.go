package vet

import (
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var attemptsInLoop = rule{diag.Rule{
	ID:       "attempts-in-loop",
	Severity: diag.Warning,
	Purpose:  "Call Policy.Begin before the loop that submits: attempts that begin in each iteration count no submissions and have new keys.",
	Bad:      "for range 3 {\n\tattempts := policy.Begin(order)\n\tif attempts.Again(ctx, err) {\n\t\ttask, err = submit(ctx, request)\n\t}\n}\n",
	Good:     "attempts := policy.Begin(order)\nfor attempts.Again(ctx, err) {\n\ttask, err = submit(ctx, request)\n}\n",
}, checkAttemptsInLoops}

// checkAttemptsInLoops reports attempts that begin in a loop and are asked in the same loop, and
// those at the same work in each iteration. Attempts at other work in each iteration have a
// loop of their own.
func checkAttemptsInLoops(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		l := p.loopOf(c.Node())
		if l == nil {
			return
		}
		eachInIteration(l.body, func(n ast.Node) {
			assign, ok := n.(*ast.AssignStmt)
			if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
				return
			}
			call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
			if !ok || !p.isMethod(call, "Policy", "Begin") || len(call.Args) != 1 {
				return
			}
			if p.isSameWork(l, call.Args[0]) || p.asks(l.body, assign.Lhs[0]) {
				p.report(call, nil, "attempts begin in each iteration of the loop; call Begin before it")
			}
		})
	}, (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil))
}

// eachInIteration calls f for the nodes of a loop's body that each iteration runs once: those in
// inner loops and function literals are left out.
func eachInIteration(body *ast.BlockStmt, f func(ast.Node)) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.FuncLit:
			return false
		}
		if n != nil {
			f(n)
		}
		return true
	})
}

// isMethod reports whether a call is one of a method of a type of a generated package.
func (p *pass) isMethod(call *ast.CallExpr, typ, method string) bool {
	fn := p.callee(call)
	if fn == nil || fn.Name() != method || fn.Signature().Recv() == nil {
		return false
	}
	recv := fn.Signature().Recv().Type()
	if pointer, ok := recv.(*types.Pointer); ok {
		recv = pointer.Elem()
	}
	_, tn := p.named(recv)
	return tn != nil && tn.Name() == typ
}

// isSameWork reports whether the ID of the work is a text or a variable that the loop does not
// change. An empty ID is a new one each time.
func (p *pass) isSameWork(l *loop, work ast.Expr) bool {
	if value := p.TypesInfo.Types[work].Value; value != nil {
		return constant.StringVal(value) != ""
	}
	id, ok := ast.Unparen(work).(*ast.Ident)
	return ok && !l.changed[p.TypesInfo.Uses[id]]
}

// asks reports whether an iteration calls Again of the attempts in a variable.
func (p *pass) asks(body *ast.BlockStmt, variable ast.Expr) bool {
	id, ok := variable.(*ast.Ident)
	if !ok {
		return false
	}
	obj, found := p.TypesInfo.ObjectOf(id), false
	eachInIteration(body, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && p.isMethod(call, "Attempts", "Again") {
			for _, e := range receiver(call) {
				used, ok := ast.Unparen(e).(*ast.Ident)
				found = found || ok && p.TypesInfo.Uses[used] == obj
			}
		}
	})
	return found
}

var missingKey = rule{diag.Rule{
	ID:       "missing-key",
	Severity: diag.Warning,
	Purpose:  "Call Attempts.SetKey for each submission: a submission without its idempotency key is charged again.",
	Bad:      "attempts := policy.Begin(order)\nfor attempts.Again(ctx, err) {\n\ttask, err = submit(ctx, request)\n}\n",
	Good:     "attempts := policy.Begin(order)\nfor attempts.Again(ctx, err) {\n\trequest := newRequest(ctx)\n\tattempts.SetKey(request.Header)\n\ttask, err = submit(request)\n}\n",
}, checkMissingKeys}

// checkMissingKeys reports attempts in a local variable that is used only to call methods, of
// which none is SetKey. Where programs must enable keys, they may do without.
func checkMissingKeys(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		var body *ast.BlockStmt
		switch fn := c.Node().(type) {
		case *ast.FuncDecl:
			body = fn.Body
		case *ast.FuncLit:
			body = fn.Body
		}
		if body == nil {
			return
		}
		eachInFunction(body, func(n ast.Node) {
			assign, ok := n.(*ast.AssignStmt)
			if !ok || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
				return
			}
			call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
			id, isVar := assign.Lhs[0].(*ast.Ident)
			if !ok || !isVar || !p.isMethod(call, "Policy", "Begin") || !hasKeys(p.callee(call)) {
				return
			}
			obj := p.TypesInfo.Defs[id]
			if methods := p.methodsOf(body, obj); obj != nil && methods["Again"] && !methods["SetKey"] && !methods[""] {
				p.report(call, nil, "SetKey of these attempts is never called, so that no submission contains its key")
			}
		})
	}, (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil))
}

// eachInFunction calls f for the nodes of a function without those of function literals.
func eachInFunction(body *ast.BlockStmt, f func(ast.Node)) {
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if n != nil {
			f(n)
		}
		return true
	})
}

// hasKeys reports whether the package of Begin has keys that need not be enabled.
func hasKeys(begin *types.Func) bool {
	scope := begin.Pkg().Scope()
	if scope.Lookup("IdempotencyHeader") == nil {
		return false
	}
	policy := scope.Lookup("Policy")
	field, _, _ := types.LookupFieldOrMethod(policy.Type(), true, begin.Pkg(), "Keys")
	return field == nil
}

// methodsOf returns the methods of a variable that code calls. "" stands for any other use.
func (p *pass) methodsOf(body *ast.BlockStmt, obj types.Object) map[string]bool {
	methods := make(map[string]bool)
	called := make(map[*ast.Ident]bool)
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				if id, ok := ast.Unparen(sel.X).(*ast.Ident); ok && p.TypesInfo.Uses[id] == obj {
					called[id] = true
					methods[sel.Sel.Name] = true
				}
			}
		}
		if id, ok := n.(*ast.Ident); ok && obj != nil && p.TypesInfo.Uses[id] == obj && !called[id] {
			methods[""] = true
		}
		return true
	})
	return methods
}
