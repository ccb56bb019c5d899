package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitSubtypes writes the type Subtype, its constants and what is known of each.
func emitSubtypes(f *file, p *plan.Plan) {
	all := subtypesOf(p)
	f.decl(`Subtype is a case of a code that only the message tells: the code, a slash and a
name. It is "" where there is none.

A Subtype is an error, so that errors.Is finds it as it finds a [Code].`,
		jen.Type().Id("Subtype").String())
	if len(all) > 0 {
		var g group
		for _, s := range all {
			g.add(s.Doc, jen.Id(s.Const).Id("Subtype").Op("=").Lit(s.Value))
		}
		f.decl("The sub-types of the table, in its order.", jen.Const().Defs(g...))
	}
	f.decl("String returns the sub-type with its code, \"code/name\".",
		method("s", "Subtype", "String").String().Block(jen.Return(jen.String().Call(jen.Id("s")))))
	f.decl("Error returns what String returns, so that a Subtype is an error.",
		method("s", "Subtype", "Error").String().Block(jen.Return(jen.String().Call(jen.Id("s")))))
	emitSubtypeCode(f, p)
	emitSubtypeInfo(f)
	keys := subtypeKeys(p)
	keys.emitIndex(f, "sub-type")
	if hashed(len(keys.values)) {
		keys.emitKeys(f, "sub-types in the table's order")
	}
	emitSubtypeTable(f, all)
}

func subtypesOf(p *plan.Plan) []*plan.Subtype {
	var all []*plan.Subtype
	for _, c := range p.Codes {
		all = append(all, c.Subtypes...)
	}
	return all
}

// emitSubtypeCode writes
//
//	func (s Subtype) Code() Code {
//		if i := s.index(); i >= 0 {
//			return subtypeInfos[i].Code
//		}
//		return ""
//	}
func emitSubtypeCode(f *file, p *plan.Plan) {
	zero := jen.Lit("")
	if p.Wire == spec.WireInteger {
		zero = jen.Lit(0)
	}
	f.decl("Code returns the code that a listed sub-type belongs to.",
		method("s", "Subtype", "Code").Id("Code").Block(
			jen.If(jen.Id("i").Op(":=").Id("s").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(jen.Id("subtypeInfos").Index(jen.Id("i")).Dot("Code")),
			),
			jen.Return(zero),
		))
}

// emitSubtypeInfo writes the type SubtypeInfo and the method that returns one.
func emitSubtypeInfo(f *file) {
	f.decl("Info returns what the table says about the sub-type. The caller owns it. For a\nsub-type that the table does not list, it holds only the sub-type itself.",
		method("s", "Subtype", "Info").Id("SubtypeInfo").Block(
			jen.Id("i").Op(":=").Id("s").Dot("index").Call(),
			jen.If(jen.Id("i").Op("<").Lit(0)).Block(
				jen.Return(jen.Id("SubtypeInfo").Values(key("Subtype", jen.Id("s")))),
			),
			jen.Id("info").Op(":=").Id("subtypeInfos").Index(jen.Id("i")),
			cloneField("Examples"),
			jen.Return(jen.Id("info")),
		))
	f.decl("SubtypeInfo is what the table says about a sub-type.",
		jen.Type().Id("SubtypeInfo").Struct(
			jen.Id("Subtype").Id("Subtype"),
			jen.Id("Code").Id("Code"),
			jen.Id("Title").String(),
			jen.Id("Description").String(),
			jen.Id("Examples").Index().String().Comment("// messages that the service sends"),
			jen.Id("Advice").String().Comment("// its own, or its code's"),
			jen.Id("Hint").String().Comment("// shorter than the advice, or the same"),
			jen.Id("URL").String(),
		))
}

// cloneField writes info.Name = slices.Clone(info.Name).
func cloneField(name string) *jen.Statement {
	return jen.Id("info").Dot(name).Op("=").Qual("slices", "Clone").Call(jen.Id("info").Dot(name))
}

// emitSubtypeTable writes
//
//	var subtypeInfos = [...]SubtypeInfo{
//		{
//			Subtype: SubtypeInvalidParametersFileTooLarge,
//			…
//		},
//	}
func emitSubtypeTable(f *file, all []*plan.Subtype) {
	var elements []jen.Code
	for _, s := range all {
		row := []jen.Code{
			key("Subtype", jen.Id(s.Const)),
			key("Code", jen.Id(s.Code.Const)),
			key("Title", jen.Lit(s.Title)),
		}
		row = appendText(row, "Description", s.Description)
		row = appendTexts(row, "Examples", s.Examples)
		row = appendText(row, "Advice", s.Retry.Advice)
		row = appendText(row, "Hint", s.Retry.Hint)
		row = appendText(row, "URL", s.URL)
		elements = append(elements, rows(row...))
	}
	f.decl("subtypeInfos is the table of sub-types.",
		jen.Var().Id("subtypeInfos").Op("=").Index(jen.Op("...")).Id("SubtypeInfo").Add(rows(elements...)))
}
