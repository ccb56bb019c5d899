package vet

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var blindResubmit = rule{diag.Rule{
	ID:       "blind-resubmit",
	Severity: diag.Warning,
	Purpose:  "Before a loop submits the same request again after a failure, check Attempts.Again, Policy.Next, Decision.Automatic or a code: every submission is charged.",
	Bad:      "for range 3 {\n\tif task, err := submit(ctx, request); err == nil {\n\t\treturn task, nil\n\t}\n}\n",
	Good:     "attempts := policy.Begin(order)\nfor attempts.Again(ctx, err) {\n\ttask, err = submit(ctx, request)\n}\n",
}, checkResubmissions}

// checkResubmissions reports only loops that certainly resubmit. See the package
// documentation for the exact conditions.
func checkResubmissions(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		l := p.loopOf(c.Node())
		if l == nil {
			return
		}
		for i, s := range l.body.List {
			if sub := p.submissionIn(l, i, s); sub != nil && p.isBlind(l, sub) {
				p.report(sub.call, nil, "request is submitted again after any failure, and every submission is charged; check Attempts.Again, Policy.Next, Decision.Automatic or a code first")
				return
			}
		}
	}, (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil))
}

// A loop is a loop that may repeat the same work. Loops over the elements of a collection
// are excluded, because they do other work in each iteration.
type loop struct {
	node    ast.Node
	body    *ast.BlockStmt
	control []ast.Node // condition and post statement
	cond    ast.Expr
	changed map[types.Object]bool // declared, assigned or counted in the loop
}

func (p *pass) loopOf(n ast.Node) *loop {
	l := &loop{node: n, changed: make(map[types.Object]bool)}
	switch n := n.(type) {
	case *ast.ForStmt:
		l.body, l.cond = n.Body, n.Cond
		if n.Cond != nil {
			l.control = append(l.control, n.Cond)
		}
		if n.Post != nil {
			l.control = append(l.control, n.Post)
		}
	case *ast.RangeStmt:
		basic, ok := p.TypesInfo.TypeOf(n.X).Underlying().(*types.Basic)
		if !ok || basic.Info()&types.IsInteger == 0 {
			return nil
		}
		l.body = n.Body
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				p.change(l.changed, e)
			}
		case *ast.IncDecStmt:
			p.change(l.changed, n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				p.change(l.changed, n.X) // may be assigned by its address
			}
		case *ast.Ident:
			if obj := p.TypesInfo.Defs[n]; obj != nil {
				l.changed[obj] = true
			}
		}
		return true
	})
	return l
}

// change marks the variable of an expression, or of a part of a variable, as changed.
func (p *pass) change(changed map[types.Object]bool, e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			if obj := p.TypesInfo.ObjectOf(x); obj != nil {
				changed[obj] = true
			}
			return
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return
		}
	}
}

// A submission is a statement of a loop's body that submits and keeps the error.
type submission struct {
	call    *ast.CallExpr
	results map[types.Object]bool // assigned variables
	err     types.Object
	rest    []ast.Stmt // rest of the body, with the if statement of the submission
}

// submissionIn returns the submission in statement i of a loop. It returns nil if there is
// none, or if the request is not the same in each iteration.
func (p *pass) submissionIn(l *loop, i int, s ast.Stmt) *submission {
	rest := l.body.List[i+1:]
	if cond, ok := s.(*ast.IfStmt); ok && cond.Init != nil {
		s, rest = cond.Init, l.body.List[i:]
	}
	assign, ok := s.(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return nil
	}
	call, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return nil
	}
	callee := p.callee(call)
	if callee == nil || !p.sameRequest(l, i, call, callee) {
		return nil
	}
	sub := &submission{call: call, results: make(map[types.Object]bool), rest: rest}
	for _, e := range assign.Lhs {
		id, ok := e.(*ast.Ident)
		if !ok {
			return nil
		}
		if obj := p.TypesInfo.ObjectOf(id); obj != nil {
			sub.results[obj] = true
			if isErrorInterface(obj.Type()) {
				sub.err = obj
			}
		}
	}
	if sub.err == nil {
		return nil
	}
	return sub
}

// sameRequest reports whether a call submits the same request in each iteration.
func (p *pass) sameRequest(l *loop, i int, call *ast.CallExpr, callee *types.Func) bool {
	if fact := p.submitsFact(callee); fact != nil {
		if _, ok := p.passedOn(fact, call, nil); !ok {
			return false
		}
		return p.isInvariant(l, call, append(withoutContexts(p.TypesInfo, call.Args), receiver(call)...))
	}
	if !p.decodesResponse(callee) {
		return false
	}
	// The call decodes the response to a request of the loop.
	for _, s := range l.body.List[:i] {
		assign, ok := s.(*ast.AssignStmt)
		if !ok || len(assign.Rhs) != 1 {
			continue
		}
		post, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
		if !ok {
			continue
		}
		callee := p.callee(post)
		if callee == nil {
			continue
		}
		if _, body := p.posts(post, callee, nil); body != nil {
			return p.isInvariant(l, post, withoutContexts(p.TypesInfo, post.Args))
		}
	}
	return false
}

func receiver(call *ast.CallExpr) []ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return []ast.Expr{sel.X}
	}
	return nil
}

// isInvariant reports whether expressions have the same value in each iteration. They
// contain no variables that the loop changes, and no calls except of readers that start at
// the beginning of a request. The loop does not use their variables elsewhere, where it
// could change values that they point to.
func (p *pass) isInvariant(l *loop, call *ast.CallExpr, exprs []ast.Expr) bool {
	same := true
	objects := make(map[types.Object]bool)
	for _, e := range exprs {
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				same = same && (p.TypesInfo.Types[n.Fun].IsType() || p.isReader(n))
			case *ast.FuncLit:
				same = false
			case *ast.Ident:
				if v, ok := p.TypesInfo.Uses[n].(*types.Var); ok && !v.IsField() {
					objects[v] = true
					same = same && !l.changed[v]
				}
			}
			same = same && !receives(n)
			return same
		})
	}
	for _, e := range receiver(call) {
		if id, ok := ast.Unparen(e).(*ast.Ident); ok {
			delete(objects, p.TypesInfo.Uses[id]) // a client may also be used elsewhere
		}
	}
	return same && !p.usedElsewhere(l, call, objects)
}

// isReader reports whether a call returns a new reader of its argument.
func (p *pass) isReader(call *ast.CallExpr) bool {
	fn := p.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() + "." + fn.Name() {
	case "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString", "strings.NewReader":
		return true
	}
	return false
}

// usedElsewhere reports whether a loop uses variables outside of a call, other than to
// print them.
func (p *pass) usedElsewhere(l *loop, call *ast.CallExpr, objects map[types.Object]bool) bool {
	used := false
	ast.Inspect(l.node, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok && (c == call || p.prints(c)) {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && objects[p.TypesInfo.Uses[id]] {
			used = true
		}
		return !used
	})
	return used
}
