package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A mutant is a change of one location in a file.
type mutant struct {
	part     part
	file     string // path in part.dir
	line     int
	from, to int    // range of the replaced bytes
	text     string // replacement
	old      string // replaced text
	source   string // the line without indentation; preceded by the previous line if it is not unique in the file
	nth      int    // number among equal changes of the line, from 1
	fate     fate
}

// String returns the location and the change of the mutant.
func (m *mutant) String() string {
	return fmt.Sprintf("%s:%d: %s", m.file, m.line, m.change())
}

func (m *mutant) change() string {
	change := oneLine(m.old) + " => " + oneLine(m.text)
	if m.nth > 1 {
		change += fmt.Sprintf(" [%d]", m.nth)
	}
	return change
}

// key returns the key of the mutant in equivalent.txt. It contains the text of the
// line, so that it stays valid if other lines are added.
func (m *mutant) key() string {
	return m.file + " | " + m.source + " | " + m.change()
}

// anyKey returns the key of all mutants of the line.
func (m *mutant) anyKey() string { return m.file + " | " + m.source + " | *" }

func oneLine(s string) string {
	if s == "" {
		return "nothing"
	}
	return strings.Join(strings.Fields(s), " ")
}

// mutantsOf returns all mutants of an area, in the order of its files.
func mutantsOf(a area, root string) ([]*mutant, error) {
	var all []*mutant
	for _, p := range a.parts {
		for _, name := range strings.Fields(p.files) {
			source, err := os.ReadFile(filepath.Join(root, p.dir, name))
			if err != nil {
				return nil, err
			}
			found, err := mutantsIn(p, name, string(source))
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

// A finder collects the mutants of one file.
type finder struct {
	part    part
	name    string
	source  string
	lines   []string // without indentation
	file    *token.File
	results []*ast.FieldList // of the enclosing functions, the innermost last
	found   []*mutant
	seen    map[string]bool
	same    map[string]int // mutants by line and change
}

func mutantsIn(p part, name, source string) ([]*mutant, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, 0)
	if err != nil {
		return nil, err
	}
	f := &finder{part: p, name: name, source: source, lines: strings.Split(source, "\n"), file: fset.File(file.Pos()), seen: map[string]bool{}, same: map[string]int{}}
	for i, line := range f.lines {
		f.lines[i] = strings.TrimSpace(line)
	}
	var stack []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			f.leave(stack[len(stack)-1])
			stack = stack[:len(stack)-1]
			return true
		}
		if _, ok := n.(*ast.ImportSpec); ok {
			return false
		}
		stack = append(stack, n)
		f.enter(n)
		return true
	})
	return f.found, nil
}

// enter applies the operators to a node:
//
//   - comparisons become their opposites and move their bound by one; && and ||
//     replace each other, and so do arithmetic and bit operators,
//   - conditions of if, for and case are negated, and those of if made false,
//   - statements are removed,
//   - whole numbers and characters become one more and one less, negative ones only
//     more; true and false replace each other,
//   - results become the zero value of their type, bools their opposite.
func (f *finder) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		f.results = append(f.results, n.Type.Results)
	case *ast.FuncLit:
		f.results = append(f.results, n.Type.Results)
	case *ast.BinaryExpr:
		for _, op := range swaps[n.Op] {
			f.add(n.OpPos, n.OpPos+token.Pos(len(n.Op.String())), op)
		}
	case *ast.IfStmt:
		f.negate(n.Cond)
		f.add(n.Cond.Pos(), n.Cond.End(), "false && ("+f.text(n.Cond)+")")
	case *ast.ForStmt:
		f.negate(n.Cond)
	case *ast.SwitchStmt:
		if n.Tag == nil {
			for _, clause := range n.Body.List {
				for _, e := range clause.(*ast.CaseClause).List {
					f.negate(e)
				}
			}
		}
	case *ast.AssignStmt:
		for _, op := range swaps[n.Tok] {
			f.add(n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), op)
		}
		if n.Tok != token.DEFINE {
			f.remove(n)
		}
	case *ast.IncDecStmt:
		for _, op := range swaps[n.Tok] {
			f.add(n.TokPos, n.TokPos+2, op)
		}
		f.remove(n)
	case *ast.ExprStmt, *ast.BranchStmt, *ast.DeferStmt:
		f.remove(n)
	case *ast.ReturnStmt:
		f.zero(n)
	case *ast.UnaryExpr:
		if n.Op == token.SUB {
			f.add(n.Pos(), n.End(), "("+f.text(n)+" + 1)")
		}
	case *ast.BasicLit:
		if f.source[f.file.Offset(n.Pos())-1] == '-' {
			return // a value below the one for "none" also means "none"
		}
		if n.Kind == token.INT || n.Kind == token.CHAR {
			f.add(n.Pos(), n.End(), "("+n.Value+" + 1)")
			f.add(n.Pos(), n.End(), "("+n.Value+" - 1)")
		}
	case *ast.Ident:
		switch n.Name {
		case "true":
			f.add(n.Pos(), n.End(), "false")
		case "false":
			f.add(n.Pos(), n.End(), "true")
		}
	}
}

func (f *finder) leave(n ast.Node) {
	switch n.(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		f.results = f.results[:len(f.results)-1]
	}
}

var swaps = map[token.Token][]string{
	token.EQL: {"!="}, token.NEQ: {"=="},
	token.LSS: {"<=", ">="}, token.LEQ: {"<", ">"}, token.GTR: {">=", "<="}, token.GEQ: {">", "<"},
	token.LAND: {"||"}, token.LOR: {"&&"},
	token.ADD: {"-"}, token.SUB: {"+"}, token.MUL: {"/"}, token.QUO: {"*"}, token.REM: {"*"},
	token.AND: {"|"}, token.OR: {"&"}, token.XOR: {"&"}, token.AND_NOT: {"&"}, token.SHL: {">>"}, token.SHR: {"<<"},
	token.INC: {"--"}, token.DEC: {"++"},
	token.ADD_ASSIGN: {"-="}, token.SUB_ASSIGN: {"+="}, token.MUL_ASSIGN: {"/="}, token.QUO_ASSIGN: {"*="},
	token.OR_ASSIGN: {"&="}, token.AND_ASSIGN: {"|="},
}

// negate negates a condition. Comparisons, && and || have separate operators.
func (f *finder) negate(cond ast.Expr) {
	if _, ok := cond.(*ast.BinaryExpr); cond != nil && !ok {
		f.add(cond.Pos(), cond.End(), "!("+f.text(cond)+")")
	}
}

func (f *finder) remove(n ast.Node) { f.add(n.Pos(), n.End(), "") }

// zero replaces the results of a return statement with zero values, one at a time.
func (f *finder) zero(n *ast.ReturnStmt) {
	var types []string
	if fields := f.results[len(f.results)-1]; fields != nil {
		for _, field := range fields.List {
			for range max(1, len(field.Names)) {
				types = append(types, f.text(field.Type))
			}
		}
	}
	if len(types) != len(n.Results) {
		return // a call that returns all results
	}
	for i, e := range n.Results {
		text := f.text(e)
		switch {
		case text == "true" || text == "false" || text == "nil" || text == "0" || text == `""`:
		case types[i] == "bool":
			f.add(e.Pos(), e.End(), "!("+text+")")
		default:
			f.add(e.Pos(), e.End(), "*new("+types[i]+")")
		}
	}
}

func (f *finder) text(n ast.Node) string {
	return f.source[f.file.Offset(n.Pos()):f.file.Offset(n.End())]
}

// add adds the mutant that replaces a range of bytes.
func (f *finder) add(from, to token.Pos, text string) {
	m := &mutant{part: f.part, file: f.name, line: f.file.Line(from), from: f.file.Offset(from), to: f.file.Offset(to), text: text}
	m.old = f.source[m.from:m.to]
	m.source = f.lines[m.line-1]
	again := func(line string) bool { return line == m.source }
	if i := slices.IndexFunc(f.lines, again); i != m.line-1 || slices.ContainsFunc(f.lines[m.line:], again) {
		m.source = f.lines[m.line-2] + " / " + m.source
	}
	if key := fmt.Sprint(m.from, m.to, text); !f.seen[key] {
		f.seen[key] = true
		same := fmt.Sprint(m.line, m.old, text)
		f.same[same]++
		m.nth = f.same[same]
		f.found = append(f.found, m)
	}
}
