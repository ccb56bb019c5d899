package vet

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
)

// A table is a generated package, as seen by its importers.
type table struct {
	pkg        *types.Package
	deprecated map[string]deprecation // by constant
	values     map[*types.TypeName]map[string]*types.Const
}

// tableOf returns the table of a generated package, or nil for other packages.
func (p *pass) tableOf(pkg *types.Package) *table {
	if pkg == nil {
		return nil
	}
	t, known := p.tables[pkg]
	if known {
		return t
	}
	var fact generated
	if p.ImportPackageFact(pkg, &fact) {
		t = &table{pkg: pkg, deprecated: make(map[string]deprecation), values: make(map[*types.TypeName]map[string]*types.Const)}
		for _, d := range fact.Deprecated {
			t.deprecated[d.Const] = d
		}
	}
	p.tables[pkg] = t
	return t
}

// reachable returns the tables among this package and its direct and indirect imports,
// sorted by path.
func (p *pass) reachable() []*table {
	var all []*table
	for _, f := range p.AllPackageFacts() {
		if t := p.tableOf(f.Package); t != nil {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b *table) int { return cmp.Compare(a.pkg.Path(), b.pkg.Path()) })
	return slices.Compact(all)
}

// named returns the table and the declaration of a type of a generated package, or nil for
// other types.
func (p *pass) named(t types.Type) (*table, *types.TypeName) {
	if t == nil {
		return nil, nil
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Parent() != n.Obj().Pkg().Scope() {
		return nil, nil
	}
	if table := p.tableOf(n.Obj().Pkg()); table != nil {
		return table, n.Obj()
	}
	return nil, nil
}

// wireType is like named, but only for the types Code and Subtype.
func (p *pass) wireType(t types.Type) (*table, *types.TypeName) {
	if table, tn := p.named(t); table != nil && (tn.Name() == "Code" || tn.Name() == "Subtype") {
		return table, tn
	}
	return nil, nil
}

// isWire reports whether an expression is a Code or Subtype.
func (p *pass) isWire(e ast.Expr) bool {
	t, _ := p.wireType(p.TypesInfo.TypeOf(e))
	return t != nil
}

// isCode reports whether an expression is a Code.
func (p *pass) isCode(e ast.Expr) bool {
	_, tn := p.wireType(p.TypesInfo.TypeOf(e))
	return tn != nil && tn.Name() == "Code"
}

// constants returns the constants of a type by value. If several have the same value, it
// returns the one that is not deprecated.
func (t *table) constants(tn *types.TypeName) map[string]*types.Const {
	if found := t.values[tn]; found != nil {
		return found
	}
	found := make(map[string]*types.Const)
	scope := t.pkg.Scope()
	for _, name := range scope.Names() { // sorted
		c, ok := scope.Lookup(name).(*types.Const)
		if !ok || !c.Exported() || !types.Identical(c.Type(), tn.Type()) {
			continue
		}
		value := wireText(c.Val())
		if old := found[value]; old == nil || t.isDeprecated(old) && !t.isDeprecated(c) {
			found[value] = c
		}
	}
	t.values[tn] = found
	return found
}

func (t *table) isDeprecated(c *types.Const) bool {
	_, is := t.deprecated[c.Name()]
	return is
}

// wireText returns a value as the service sends it.
func wireText(v constant.Value) string {
	if v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return v.ExactString()
}

// isNone reports whether a value is empty or zero.
func isNone(v constant.Value) bool {
	text := wireText(v)
	return text == "" || v.Kind() != constant.String && text == "0"
}

var errorInterface = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

func implementsError(t types.Type) bool { return types.Implements(t, errorInterface) }

// isErrorInterface reports whether a type is error or an interface that contains it.
func isErrorInterface(t types.Type) bool {
	return t != nil && types.IsInterface(t) && !isTypeParam(t) && implementsError(t)
}

func isTypeParam(t types.Type) bool {
	_, is := types.Unalias(t).(*types.TypeParam)
	return is
}
