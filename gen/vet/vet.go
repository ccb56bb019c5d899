package vet

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/errspec/errspec/spec/diag"
)

// Analyzer finds misuse of packages that errspec generated. The category of a diagnostic
// is the identifier of its rule, which is also at the end of its message.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:      "errspec",
		Doc:       analysisDoc(),
		URL:       "https://pkg.go.dev/github.com/errspec/errspec/gen/vet",
		Requires:  []*analysis.Analyzer{inspect.Analyzer},
		FactTypes: []analysis.Fact{new(generated), new(submits)},
	}
	missing := a.Flags.Bool(MissingCodesFlag, false, "also report switches over a Code that do not cover all listed codes")
	a.Run = func(pass *analysis.Pass) (any, error) {
		run(pass, *missing)
		return nil, nil
	}
	return a
}

// MissingCodesFlag is the flag of [Analyzer] that turns on missing-codes.
const MissingCodesFlag = "missing-codes"

// A rule is a kind of finding, and the check that reports it.
type rule struct {
	diag.Rule
	check func(*pass)
}

// rules returns all rules, in the order of the documentation.
func rules() []rule {
	return []rule{
		codeLiteral, missingDefault, missingCodes, errorCompare, emptyCode,
		errorText, deprecatedCode, unusedDecision, blindResubmit, attemptsInLoop, unsetKey, freshKey, ignoreRule,
	}
}

// Rules returns the descriptions of all rules. Their identifiers are stable.
func Rules() []diag.Rule {
	var all []diag.Rule
	for _, r := range rules() {
		all = append(all, r.Rule)
	}
	return all
}

func analysisDoc() string {
	doc := "report misuse of packages that errspec generated\n\nThe rules:\n\n"
	for _, r := range Rules() {
		doc += fmt.Sprintf("%s: %s\n\n", r.ID, r.Purpose)
	}
	return doc + "To ignore a rule, add //errspec:ignore RULE REASON on the line or on the line above."
}

// A pass is the analysis of one package.
type pass struct {
	*analysis.Pass
	tables  map[*types.Package]*table // nil for packages that are not generated
	root    inspector.Cursor
	rule    string // identifier of the rule that is being checked
	reports []analysis.Diagnostic
}

// run analyzes a package. It exports facts about the package, and checks the rules if the
// package depends on a generated one.
func run(ap *analysis.Pass, withMissing bool) {
	p := &pass{
		Pass:   ap,
		tables: make(map[*types.Package]*table),
		root:   ap.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root(),
	}
	p.exportGenerated()
	skipped := make(map[string]bool)
	reached := len(ap.AllPackageFacts()) > 0
	if reached {
		p.exportSubmits()
	}
	for _, r := range rules() {
		if r.ID == missingCodes.ID && !withMissing {
			skipped[r.ID] = true
			continue
		}
		if reached && r.check != nil {
			p.rule = r.ID
			r.check(p)
		}
	}
	found := p.unignored(skipped)
	slices.SortStableFunc(found, func(a, b analysis.Diagnostic) int { return cmp.Compare(a.Pos, b.Pos) })
	for _, d := range found {
		d.Message += " [" + d.Category + "]"
		p.nameFile(&d)
		ap.Report(d)
	}
}

// RealFile is the start of a related message with the real file name of a diagnostic, if
// //line comments specify another one.
const RealFile = "the file is "

// nameFile adds the real name of the file, which fixes change, if //line comments specify
// another one.
func (p *pass) nameFile(d *analysis.Diagnostic) {
	if name := p.Fset.PositionFor(d.Pos, false).Filename; name != p.Fset.Position(d.Pos).Filename {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: d.Pos, Message: RealFile + name})
	}
}

// report records a finding at a node. fix may be nil.
func (p *pass) report(at analysis.Range, fix *analysis.SuggestedFix, format string, args ...any) {
	d := analysis.Diagnostic{
		Pos: at.Pos(), End: at.End(), Category: p.rule, Message: fmt.Sprintf(format, args...),
	}
	if fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	}
	p.reports = append(p.reports, d)
}

// nodes calls f for each node of the given types, except in generated files, which cannot
// be fixed by hand.
func (p *pass) nodes(f func(inspector.Cursor), kinds ...ast.Node) {
	for file := range p.root.Preorder((*ast.File)(nil)) {
		if ast.IsGenerated(file.Node().(*ast.File)) {
			continue
		}
		for c := range file.Preorder(kinds...) {
			f(c)
		}
	}
}

// fileOf returns the file that contains a node.
func fileOf(c inspector.Cursor) *ast.File {
	for f := range c.Enclosing((*ast.File)(nil)) {
		return f.Node().(*ast.File)
	}
	return nil
}

// outermost returns an expression with all parentheses around it.
func outermost(c inspector.Cursor) inspector.Cursor {
	for {
		if _, ok := c.Parent().Node().(*ast.ParenExpr); !ok {
			return c
		}
		c = c.Parent()
	}
}

// source returns the formatted source of an expression.
func (p *pass) source(e ast.Expr) string {
	var b strings.Builder
	if err := format.Node(&b, p.Fset, e); err != nil {
		return types.ExprString(e)
	}
	return b.String()
}

func isComparison(op token.Token) bool { return op == token.EQL || op == token.NEQ }

// head returns the part of a switch before its brace, where findings are reported.
func head(s *ast.SwitchStmt) analysis.Range {
	return headRange{s.Pos(), s.Body.Lbrace}
}

type headRange struct{ pos, end token.Pos }

func (r headRange) Pos() token.Pos { return r.pos }
func (r headRange) End() token.Pos { return r.end }
