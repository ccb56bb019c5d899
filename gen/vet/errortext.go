package vet

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

var errorText = rule{diag.Rule{
	ID:       "error-text",
	Severity: diag.Warning,
	Purpose:  "Do not search the text of an error for codes: the text may contain anything. Use errors.Is.",
	Bad:      "if strings.Contains(err.Error(), \"quota_exceeded\") {\n",
	Good:     "if errors.Is(err, evolink.CodeQuotaExceeded) {\n",
}, checkErrorTexts}

// searches are the functions of package strings that search a text. The value is true for
// functions that return a bool, as errors.Is does.
var searches = map[string]bool{
	"Contains": true, "HasPrefix": true, "HasSuffix": true, "EqualFold": true,
	"Index": false, "LastIndex": false, "Count": false, "Cut": false, "Split": false,
}

// checkErrorTexts reports values of tables that are searched in, or compared with, the
// result of Error(), also if its case is changed. A value that is a single word or a
// number may have another meaning, so it is reported only in files that import its table.
func checkErrorTexts(p *pass) {
	wires := sync.OnceValue(p.wires) // most packages do not search error texts
	p.nodes(func(c inspector.Cursor) {
		switch n := c.Node().(type) {
		case *ast.CallExpr:
			name := p.stringsFunc(n)
			if returnsBool, ok := searches[name]; ok && len(n.Args) == 2 {
				p.search(c, n, name, returnsBool, wires)
			}
		case *ast.BinaryExpr:
			if isComparison(n.Op) {
				p.textComparison(c, n, wires)
			}
		case *ast.SwitchStmt:
			p.textSwitch(c, n, wires)
		}
	}, (*ast.CallExpr)(nil), (*ast.BinaryExpr)(nil), (*ast.SwitchStmt)(nil))
}

// A wire is a value of a table and its constant.
type wire struct {
	table    *table
	constant *types.Const
}

// wires returns the codes and subtypes of all reachable tables by their text. Several
// tables may have the same value.
func (p *pass) wires() map[string][]wire {
	all := make(map[string][]wire)
	for _, t := range p.reachable() {
		for _, name := range []string{"Code", "Subtype"} {
			tn, ok := t.pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok {
				continue
			}
			for text, c := range t.constants(tn) {
				all[text] = append(all[text], wire{t, c})
			}
		}
	}
	return all
}

// find returns the value of a table that a literal contains, if it is reported in the
// file.
func (p *pass) find(c inspector.Cursor, e ast.Expr, wires func() map[string][]wire) (wire, bool) {
	lit, ok := ast.Unparen(e).(*ast.BasicLit)
	if !ok {
		return wire{}, false
	}
	value := p.TypesInfo.Types[lit].Value
	if value == nil || value.Kind() != constant.String {
		return wire{}, false
	}
	text := constant.StringVal(value)
	found := wires()[text]
	for _, w := range found {
		if p.written(fileOf(c), e.Pos(), w.constant) != "" {
			return w, true
		}
	}
	if len(found) == 0 || !strings.ContainsAny(text, "_/") {
		return wire{}, false
	}
	return found[0], true
}

func (p *pass) search(c inspector.Cursor, call *ast.CallExpr, name string, returnsBool bool, wires func() map[string][]wire) {
	err, direct := p.textOf(call.Args[0])
	if err == nil {
		return
	}
	w, ok := p.find(c, call.Args[1], wires)
	if !ok {
		return
	}
	var fix *analysis.SuggestedFix
	is, edits := p.errorsIs(fileOf(c), call.Pos())
	text := p.written(fileOf(c), call.Pos(), w.constant)
	if direct && returnsBool && is != "" && text != "" {
		fix = suggest("use errors.Is", append(edits,
			replace(call.Fun.Pos(), call.Fun.End(), is),
			replace(call.Args[0].Pos(), call.Args[0].End(), p.source(err)),
			replace(call.Args[1].Pos(), call.Args[1].End(), text))...)
	}
	p.report(call, fix, "strings.%s searches the text of an error for %s.%s; use errors.Is", name, w.table.pkg.Name(), w.constant.Name())
}

func (p *pass) textComparison(c inspector.Cursor, b *ast.BinaryExpr, wires func() map[string][]wire) {
	lit := b.Y
	err, direct := p.textOf(b.X)
	if err == nil {
		lit = b.X
		err, direct = p.textOf(b.Y)
	}
	if err == nil || p.isWire(err) { // code-literal reports comparisons with a Code
		return
	}
	w, ok := p.find(c, lit, wires)
	if !ok {
		return
	}
	var fix *analysis.SuggestedFix
	is, edits := p.errorsIs(fileOf(c), b.Pos())
	text := p.written(fileOf(c), b.Pos(), w.constant)
	if direct && is != "" && text != "" {
		call := is + "(" + p.source(err) + ", " + text + ")"
		if b.Op == token.NEQ {
			call = "!" + call
		}
		fix = suggest("use errors.Is", append(edits, replace(b.Pos(), b.End(), call))...)
	}
	p.report(b, fix, "text of an error compared with %s.%s; use errors.Is", w.table.pkg.Name(), w.constant.Name())
}

// textSwitch reports switch err.Error() { case "x": }.
func (p *pass) textSwitch(c inspector.Cursor, s *ast.SwitchStmt, wires func() map[string][]wire) {
	if s.Tag == nil {
		return
	}
	if err, _ := p.textOf(s.Tag); err == nil || p.isWire(err) {
		return
	}
	for e := range cases(s) {
		if w, ok := p.find(c, e, wires); ok {
			p.report(e, nil, "text of an error compared with %s.%s; use errors.Is", w.table.pkg.Name(), w.constant.Name())
		}
	}
}

// stringsFunc returns the name of the called function of package strings, or "" if
// another function is called.
func (p *pass) stringsFunc(call *ast.CallExpr) string {
	fn := p.callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || fn.Signature().Recv() != nil {
		return ""
	}
	return fn.Name()
}
