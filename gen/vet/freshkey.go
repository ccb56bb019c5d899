package vet

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var freshKey = rule{diag.Rule{
	ID:       "fresh-key",
	Severity: diag.Warning,
	Purpose:  "Do not create idempotency keys in the loop that retries, use Attempts.SetKey: a retry with a new key is charged again.",
	Bad:      "for attempts.Again(ctx, err) {\n\trequest := newRequest(ctx)\n\trequest.Header.Set(evolink.IdempotencyHeader, uuid.NewString())\n\ttask, err = submit(request)\n}\n",
	Good:     "for attempts.Again(ctx, err) {\n\trequest := newRequest(ctx)\n\tattempts.SetKey(request.Header)\n\ttask, err = submit(request)\n}\n",
}, checkFreshKeys}

// checkFreshKeys reports headers of keys that are set to a random value, or to the time, in
// each iteration of a loop that calls Again or Next.
func checkFreshKeys(p *pass) {
	p.nodes(func(c inspector.Cursor) {
		l := p.loopOf(c.Node())
		if l == nil {
			return
		}
		header := p.keyHeader(l)
		if header == "" {
			return
		}
		eachInIteration(l.body, func(n ast.Node) {
			name, value := p.headerSet(n)
			if name == nil || name.Kind() != constant.String || !strings.EqualFold(constant.StringVal(name), header) {
				return
			}
			if p.isFresh(value) || p.isFresh(p.defined(l.body, value)) {
				p.report(value, nil, "each retry has a new idempotency key, and is charged again; call SetKey of the attempts")
			}
		})
	}, (*ast.ForStmt)(nil), (*ast.RangeStmt)(nil))
}

// keyHeader returns the header of keys in the package whose attempts or policy a loop asks in
// each iteration. It returns "" if the loop does not ask, or the package has no keys.
func (p *pass) keyHeader(l *loop) (header string) {
	find := func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || !p.isMethod(call, "Attempts", "Again") && !p.isMethod(call, "Policy", "Next") {
			return
		}
		if c, ok := p.callee(call).Pkg().Scope().Lookup("IdempotencyHeader").(*types.Const); ok {
			header = constant.StringVal(c.Val())
		}
	}
	if l.cond != nil {
		ast.Inspect(l.cond, func(n ast.Node) bool {
			find(n)
			return true
		})
	}
	eachInIteration(l.body, find)
	return header
}

// headerSet returns the name and the value of a header that a node sets:
// h.Set(name, value), h.Add(name, value) or h[name] = []string{value}.
func (p *pass) headerSet(n ast.Node) (name constant.Value, value ast.Expr) {
	switch n := n.(type) {
	case *ast.CallExpr:
		fn := p.callee(n)
		if fn == nil || len(n.Args) != 2 || fn.Name() != "Set" && fn.Name() != "Add" || !isHTTPHeader(fn.Signature().Recv()) {
			return nil, nil
		}
		return p.TypesInfo.Types[n.Args[0]].Value, n.Args[1]
	case *ast.AssignStmt:
		if len(n.Lhs) != 1 || len(n.Rhs) != 1 {
			return nil, nil
		}
		index, ok := ast.Unparen(n.Lhs[0]).(*ast.IndexExpr)
		list, isList := ast.Unparen(n.Rhs[0]).(*ast.CompositeLit)
		if ok && isList && len(list.Elts) == 1 {
			return p.TypesInfo.Types[index.Index].Value, list.Elts[0]
		}
	}
	return nil, nil
}

func isHTTPHeader(recv *types.Var) bool {
	if recv == nil {
		return false
	}
	named, ok := types.Unalias(recv.Type()).(*types.Named)
	return ok && named.Obj().Name() == "Header" && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "net/http"
}

// defined returns the expression that an iteration assigns to a new variable, or nil.
func (p *pass) defined(body *ast.BlockStmt, variable ast.Expr) (value ast.Expr) {
	id, ok := variable.(*ast.Ident)
	if !ok {
		return nil
	}
	obj := p.TypesInfo.Uses[id]
	assigned := 0
	ast.Inspect(body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			return true
		}
		for i, e := range assign.Lhs {
			left, ok := e.(*ast.Ident)
			if !ok || obj == nil || p.TypesInfo.ObjectOf(left) != obj {
				continue
			}
			if assigned++; p.TypesInfo.Defs[left] == obj {
				value = assign.Rhs[min(i, len(assign.Rhs)-1)]
			}
		}
		return true
	})
	if assigned > 1 {
		return nil
	}
	return value
}

// isFresh reports whether an expression contains a call that returns another value each time.
func (p *pass) isFresh(e ast.Expr) bool {
	if e == nil {
		return false
	}
	fresh := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			fresh = fresh || p.returnsFresh(n)
		}
		return !fresh
	})
	return fresh
}

// freshFunctions are functions that return another value each time, by package.
var freshFunctions = map[string][]string{
	"crypto/rand":                {"Text", "Int", "Prime"},
	"math/rand":                  {"Int", "Int63", "Int63n", "Int31", "Int31n", "Intn", "Uint32", "Uint64", "Float64"},
	"math/rand/v2":               {"Int", "IntN", "Int64", "Int64N", "Int32", "Int32N", "Uint32", "Uint64", "Uint64N", "UintN", "N", "Float64"},
	"github.com/google/uuid":     {"New", "NewString", "NewRandom", "NewUUID", "NewV6", "NewV7"},
	"github.com/gofrs/uuid":      {"NewV1", "NewV4", "NewV6", "NewV7"},
	"github.com/gofrs/uuid/v5":   {"NewV1", "NewV4", "NewV6", "NewV7"},
	"github.com/satori/go.uuid":  {"NewV1", "NewV4"},
	"github.com/rs/xid":          {"New"},
	"github.com/segmentio/ksuid": {"New"},
	"github.com/oklog/ulid/v2":   {"Make"},
}

// returnsFresh reports whether a call returns a random value, or the time as a number.
func (p *pass) returnsFresh(call *ast.CallExpr) bool {
	fn := p.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == "time" && strings.HasPrefix(fn.Name(), "Unix") {
		for _, e := range receiver(call) {
			now, ok := ast.Unparen(e).(*ast.CallExpr)
			if ok && p.callee(now) != nil && p.callee(now).FullName() == "time.Now" {
				return true
			}
		}
	}
	return fn.Signature().Recv() == nil && slices.Contains(freshFunctions[fn.Pkg().Path()], fn.Name())
}
