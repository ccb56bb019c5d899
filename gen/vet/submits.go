package vet

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
)

// A submits fact marks a function that submits a request of its caller and returns the
// error. The package documentation has the exact conditions.
type submits struct {
	// Method is the index of the parameter that must be "POST", or -1 if there is none.
	Method int
}

func (*submits) AFact() {}

func (s *submits) String() string {
	if s.Method < 0 {
		return "submits"
	}
	return "submits(method " + strconv.Itoa(s.Method) + ")"
}

const alwaysPost = -1

// exportSubmits exports facts about the functions of the package that submit. They may
// call each other, so it repeats the search until it finds no more.
func (p *pass) exportSubmits() {
	var open []*function
	for _, f := range p.Files {
		for _, decl := range f.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil {
				if fn := p.function(decl); fn != nil {
					open = append(open, fn)
				}
			}
		}
	}
	for found := true; found; {
		found = false
		for i, fn := range open {
			if fn == nil {
				continue
			}
			if method, ok := p.submission(fn); ok {
				p.ExportObjectFact(fn.obj, &submits{method})
				open[i], found = nil, true
			}
		}
	}
}

// A function is a function that may submit: it has parameters and returns an error.
type function struct {
	obj    *types.Func
	body   *ast.BlockStmt
	params map[types.Object]int
	from   map[types.Object]bool // parameters, and variables that are derived from them
}

func (p *pass) function(decl *ast.FuncDecl) *function {
	obj, ok := p.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || errorResult(obj.Signature()) < 0 {
		return nil
	}
	fn := &function{obj, decl.Body, make(map[types.Object]int), make(map[types.Object]bool)}
	params := obj.Signature().Params()
	for i := range params.Len() {
		fn.params[params.At(i)] = i
		if !isContext(params.At(i).Type()) {
			fn.from[params.At(i)] = true
		}
	}
	if len(fn.from) == 0 || !p.callsOut(fn) {
		return nil
	}
	for before := -1; before != len(fn.from); {
		before = len(fn.from)
		inspectOwn(fn.body, func(n ast.Node) {
			if a, ok := n.(*ast.AssignStmt); ok && p.mentions(a.Rhs, fn.from) {
				p.derive(fn, a.Lhs)
			}
		})
	}
	return fn
}

// callsOut reports whether a function calls another one that may make it submit.
func (p *pass) callsOut(fn *function) bool {
	calls := false
	inspectOwn(fn.body, func(n ast.Node) {
		if call, ok := n.(*ast.CallExpr); ok && !calls {
			callee := p.callee(call)
			calls = callee != nil && (callee.Pkg() == p.Pkg || p.decodesResponse(callee) || p.submitsFact(callee) != nil)
		}
	})
	return calls
}

// derive marks variables as derived from parameters, except for errors, which are not part
// of a request.
func (p *pass) derive(fn *function, lhs []ast.Expr) {
	for _, e := range lhs {
		id, ok := e.(*ast.Ident)
		if !ok {
			continue
		}
		if obj := p.TypesInfo.ObjectOf(id); obj != nil && !isErrorInterface(obj.Type()) {
			fn.from[obj] = true
		}
	}
}

// submission reports whether a function is known to submit, and returns the index of its
// parameter for the method.
func (p *pass) submission(fn *function) (method int, ok bool) {
	decodes, posts := false, false
	postMethod := alwaysPost
	inspectOwn(fn.body, func(n ast.Node) {
		call, isCall := n.(*ast.CallExpr)
		if !isCall {
			return
		}
		callee := p.callee(call)
		if callee == nil {
			return
		}
		decodes = decodes || p.decodesResponse(callee)
		if m, body := p.posts(call, callee, fn); body != nil && p.mentions([]ast.Expr{body}, fn.from) {
			postMethod, posts = m, true
		}
		if fact := p.submitsFact(callee); fact != nil && !ok && p.mentions(withoutContexts(p.TypesInfo, call.Args), fn.from) {
			method, ok = p.passedOn(fact, call, fn)
		}
	})
	if ok {
		return method, true
	}
	return postMethod, posts && decodes
}

// posts returns the body that a call of net/http sends by POST, and the parameter for the
// method. It returns a nil body if the call does not send one.
func (p *pass) posts(call *ast.CallExpr, callee *types.Func, fn *function) (method int, body ast.Expr) {
	if callee.Pkg() == nil || callee.Pkg().Path() != "net/http" {
		return 0, nil
	}
	args := call.Args
	switch {
	case callee.Name() == "Post" && len(args) == 3:
		return alwaysPost, args[2]
	case callee.Name() == "PostForm" && len(args) == 2:
		return alwaysPost, args[1]
	case callee.Name() == "NewRequestWithContext" && len(args) == 4:
		args = args[1:]
	case callee.Name() == "NewRequest" && len(args) == 3:
	default:
		return 0, nil
	}
	if method, ok := p.methodIs(args[0], fn); ok {
		return method, args[2]
	}
	return 0, nil
}

// passedOn returns the parameter of fn that a call of a submitting function passes as the
// method. It returns false if the method is not known to be POST.
func (p *pass) passedOn(fact *submits, call *ast.CallExpr, fn *function) (method int, ok bool) {
	if fact.Method < 0 {
		return alwaysPost, true
	}
	if fact.Method >= len(call.Args) {
		return 0, false
	}
	return p.methodIs(call.Args[fact.Method], fn)
}

// methodIs reports whether an expression is "POST" or a parameter of fn, and returns the
// index of the parameter. An unknown method may not be POST, so it returns false.
func (p *pass) methodIs(e ast.Expr, fn *function) (method int, ok bool) {
	if value := p.TypesInfo.Types[e].Value; value != nil {
		return alwaysPost, value.Kind() == constant.String && constant.StringVal(value) == "POST"
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok || fn == nil {
		return 0, false
	}
	method, ok = fn.params[p.TypesInfo.Uses[id]]
	return method, ok
}

// submitsFact returns the fact about a function that submits, or nil if it does not.
func (p *pass) submitsFact(fn *types.Func) *submits {
	var fact submits
	if fn.Pkg() == nil || !p.ImportObjectFact(fn.Origin(), &fact) {
		return nil
	}
	return &fact
}

// decodesResponse reports whether a function is DecodeTask or DecodeError of a generated
// package.
func (p *pass) decodesResponse(fn *types.Func) bool {
	return (fn.Name() == "DecodeTask" || fn.Name() == "DecodeError") && fn.Signature().Recv() == nil && p.tableOf(fn.Pkg()) != nil
}

// errorResult returns the index of the last result if it is an error, or -1.
func errorResult(sig *types.Signature) int {
	last := sig.Results().Len() - 1
	if last >= 0 && isErrorInterface(sig.Results().At(last).Type()) {
		return last
	}
	return -1
}

func isContext(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Name() == "Context" && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "context"
}

func withoutContexts(info *types.Info, args []ast.Expr) []ast.Expr {
	var rest []ast.Expr
	for _, e := range args {
		if t := info.TypeOf(e); t == nil || !isContext(t) {
			rest = append(rest, e)
		}
	}
	return rest
}

// mentions reports whether expressions contain one of the objects.
func (p *pass) mentions(exprs []ast.Expr, objects map[types.Object]bool) bool {
	found := false
	for _, e := range exprs {
		ast.Inspect(e, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && objects[p.TypesInfo.Uses[id]] {
				found = true
			}
			return !found
		})
	}
	return found
}

// inspectOwn calls f for the nodes of a body. It skips function literals, because it is
// unknown when they run.
func inspectOwn(body ast.Node, f func(ast.Node)) {
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

// receives reports whether a node receives from a channel.
func receives(n ast.Node) bool {
	u, ok := n.(*ast.UnaryExpr)
	return ok && u.Op == token.ARROW
}
