package golang

import (
	"math"
	"strings"

	"github.com/dave/jennifer/jen"
)

// Stringers are written as by golang.org/x/tools/cmd/stringer: all names in one string,
// and their offsets in a table.

// emitOffsets writes
//
//	const codeNames = "no_topicno_leader"
//
//	var codeOffsets = [...]uint8{0, 8, 17}
func emitOffsets(f *file, prefix string, names []string) {
	offsets, end := []uint32{0}, 0
	for _, n := range names {
		end += len(n)
		offsets = append(offsets, uint32(end))
	}
	f.jen.Line()
	f.jen.Const().Id(prefix + "Names").Op("=").Lit(strings.Join(names, ""))
	f.jen.Line()
	f.jen.Var().Id(prefix + "Offsets").Op("=").Index(jen.Op("...")).Id(unsignedFor(end)).Op(numberList(offsets, decimal, ""))
}

// offsetName writes codeNames[codeOffsets[i]:codeOffsets[i+1]].
func offsetName(prefix string, index *jen.Statement) *jen.Statement {
	return jen.Id(prefix+"Names").Index(
		jen.Id(prefix+"Offsets").Index(index.Clone()),
		jen.Id(prefix+"Offsets").Index(index.Clone().Op("+").Lit(1)),
	)
}

// unsignedFor returns the smallest unsigned type for n.
func unsignedFor(n int) string {
	switch {
	case n <= math.MaxUint8:
		return "uint8"
	case n <= math.MaxUint16:
		return "uint16"
	}
	return "uint32"
}

// A guard is a constant and the value that it was generated with.
type guard struct {
	name, value string
}

// emitGuard writes a function that compiles only if the constants have their values:
//
//	func _() {
//		var x [1]struct{}
//		_ = x[ActionFix-1]
//	}
func emitGuard(f *file, guards []guard) {
	var b strings.Builder
	b.WriteString("func _() {\n\tvar x [1]struct{}\n")
	for _, g := range guards {
		minus := "-"
		if strings.HasPrefix(g.value, "-") {
			minus = " - " // as formatted by gofmt: two signs would be one operator
		}
		// Negative values are subtracted, too, because -value may not fit into an int64.
		b.WriteString("\t_ = x[" + g.name + minus + g.value + "]\n")
	}
	b.WriteString("}")
	f.raw("An \"invalid array index\" error here means that a constant has changed since its\n"+
		"name was generated. Run errspec again.", b.String())
}

// emitEnum writes the constants and the Stringer of an enumeration that does not depend
// on the table:
//
//	const (
//		FaultUnknown Fault = iota // …
//		FaultClient
//	)
func emitEnum(f *file, typ, prefix, doc string, values []enumValue) {
	var defs []jen.Code
	var names []string
	var guards []guard
	for i, v := range values {
		def := jen.Id(v.ident)
		if i == 0 {
			def.Id(typ).Op("=").Iota()
		}
		defs = append(defs, def.Comment("// "+v.doc))
		names = append(names, v.name)
		guards = append(guards, guard{v.ident, jenInt(i)})
	}
	f.decl(doc, jen.Const().Defs(defs...))
	receiver := strings.ToLower(typ[:1])
	f.decl("String returns the name of the "+prefix+", or a string such as \""+typ+"(9)\".",
		method(receiver, typ, "String").String().Block(
			jen.If(jen.Int().Call(jen.Id(receiver)).Op(">=").Len(jen.Id(prefix+"Offsets")).Op("-").Lit(1)).Block(
				jen.Return(jen.Lit(typ+"(").Op("+").Qual("strconv", "Itoa").Call(jen.Int().Call(jen.Id(receiver))).Op("+").Lit(")")),
			),
			jen.Return(offsetName(prefix, jen.Id(receiver))),
		))
	emitOffsets(f, prefix, names)
	emitGuard(f, guards)
}

// An enumValue is one constant of an enumeration.
type enumValue struct {
	ident, name, doc string
}
