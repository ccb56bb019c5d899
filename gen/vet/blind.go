package vet

import (
	"go/ast"
	"go/token"
	"go/types"
)

// isBlind reports whether a loop ends after a successful submission and continues after
// every failure without checking it.
func (p *pass) isBlind(l *loop, sub *submission) bool {
	after, ok := p.afterFailure(l, sub)
	if !ok || leavesAlways(after) {
		return false
	}
	var evaluated []ast.Node
	for _, s := range after {
		evaluated = append(evaluated, s)
	}
	for _, n := range append(evaluated, l.control...) {
		if p.checks(l, sub, n) {
			return false
		}
	}
	return true
}

// afterFailure returns the statements that are executed after a failed submission. It
// returns false unless a success ends the loop:
//
//	if err == nil { …; return }   // or break; the rest is executed after a failure
//	if err != nil { …; continue } // the rest ends in return or break
//	for err != nil { … }          // err is not assigned before the next iteration
func (p *pass) afterFailure(l *loop, sub *submission) ([]ast.Stmt, bool) {
	for i, s := range sub.rest {
		cond, ok := s.(*ast.IfStmt)
		if !ok {
			continue
		}
		op := p.nilComparison(cond.Cond, sub.err)
		rest := sub.rest[i+1:]
		otherwise, isBlock := cond.Else.(*ast.BlockStmt)
		before := sub.rest[:i]
		switch {
		case op == token.EQL && leaves(cond.Body.List) && (cond.Else == nil || isBlock):
			if isBlock {
				rest = append(otherwise.List[:len(otherwise.List):len(otherwise.List)], rest...)
			}
			return append(before[:i:i], rest...), true
		case op == token.NEQ && isBlock && leaves(otherwise.List):
			return append(append(before[:i:i], cond.Body.List...), rest...), true
		case op == token.NEQ && cond.Else == nil && continues(cond.Body.List) && leaves(rest):
			return append(before[:i:i], cond.Body.List...), true
		}
		return nil, false
	}
	if l.cond != nil && p.nilComparison(l.cond, sub.err) == token.NEQ {
		return sub.rest, true
	}
	return nil, false
}

// nilComparison returns the operator with which an expression compares a variable with
// nil, or [token.ILLEGAL]. The comparison may be an operand of &&, as in the condition of
// a loop.
func (p *pass) nilComparison(e ast.Expr, v types.Object) token.Token {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	if !ok {
		return token.ILLEGAL
	}
	if b.Op == token.LAND {
		if op := p.nilComparison(b.X, v); op == token.NEQ {
			return op
		}
		return p.nilComparison(b.Y, v)
	}
	id, ok := ast.Unparen(b.X).(*ast.Ident)
	if ok && isComparison(b.Op) && p.TypesInfo.Uses[id] == v && p.TypesInfo.Types[b.Y].IsNil() {
		return b.Op
	}
	return token.ILLEGAL
}

// leaves reports whether statements end by leaving the loop.
func leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok == token.BREAK && s.Label == nil
	}
	return false
}

// leavesAlways reports whether one of the statements always leaves the loop or the
// program.
func leavesAlways(list []ast.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			if s.Tok != token.CONTINUE || s.Label != nil {
				return true
			}
			return false
		case *ast.ExprStmt:
			if call, ok := s.X.(*ast.CallExpr); ok && mayExit(call) {
				return true
			}
		}
	}
	return false
}

// mayExit reports whether a call may end the program. It compares only names, because any
// package may have a function Fatal.
func mayExit(call *ast.CallExpr) bool {
	name := ""
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch name {
	case "panic", "Panic", "Panicf", "Panicln", "Fatal", "Fatalf", "Fatalln", "Exit", "Goexit", "FailNow", "Skip", "SkipNow", "Skipf":
		return true
	}
	return false
}

func continues(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	s, ok := list[len(list)-1].(*ast.BranchStmt)
	return ok && s.Tok == token.CONTINUE && s.Label == nil
}

// checks reports whether a node that is evaluated after a failure may check it. The node
// uses a table, or a result of the submission other than to compare the error with nil,
// print it, keep it or return it.
func (p *pass) checks(l *loop, sub *submission, root ast.Node) bool {
	found := false
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt:
			return false
		case *ast.CallExpr:
			if p.prints(n) {
				return false
			}
		case *ast.BinaryExpr:
			if p.nilComparison(n, sub.err) != token.ILLEGAL && n.Op != token.LAND {
				return false
			}
		case *ast.AssignStmt:
			if p.keeps(l, sub, n) {
				return false
			}
		case *ast.Ident:
			obj := p.TypesInfo.ObjectOf(n)
			found = found || obj != nil && (sub.results[obj] || p.tableOf(obj.Pkg()) != nil)
		case ast.Expr:
			t, _ := p.named(dereferenced(p.TypesInfo.TypeOf(n)))
			found = found || t != nil
		}
		return !found
	})
	return found
}

// prints reports whether a call only formats or prints its arguments, or joins errors.
func (p *pass) prints(call *ast.CallExpr) bool {
	fn := p.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "fmt", "log", "log/slog":
		return true
	}
	return fn.Pkg().Path() == "errors" && fn.Name() == "Join"
}

// keeps reports whether an assignment only keeps the error in a variable that the loop
// does not read, as in last = err.
func (p *pass) keeps(l *loop, sub *submission, a *ast.AssignStmt) bool {
	if len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Tok != token.ASSIGN {
		return false
	}
	to, ok := a.Lhs[0].(*ast.Ident)
	if !ok {
		return false
	}
	switch from := ast.Unparen(a.Rhs[0]).(type) {
	case *ast.Ident:
		if p.TypesInfo.Uses[from] != sub.err {
			return false
		}
	case *ast.CallExpr:
		if !p.prints(from) {
			return false
		}
	default:
		return false
	}
	kept := p.TypesInfo.Uses[to]
	if kept == nil || kept == sub.err {
		return false
	}
	reads := 0
	ast.Inspect(l.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return !p.prints(n)
		case *ast.ReturnStmt:
			return false
		case *ast.Ident:
			if n != to && p.TypesInfo.Uses[n] == kept {
				reads++
			}
		}
		return true
	})
	return reads == 0
}

func dereferenced(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}
