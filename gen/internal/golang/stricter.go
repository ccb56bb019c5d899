package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// hasStricter reports whether an automatic code of the table has a stricter subtype,
// which the unread rest of a long message may select.
func (p *pkg) hasStricter() bool {
	return slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Stricter })
}

// hasHidden reports whether an automatic code of the table has a stricter subtype that
// only a response selects.
func (p *pkg) hasHidden() bool {
	return slices.ContainsFunc(p.Codes, func(c *plan.Code) bool { return c.Hidden })
}

// emitCautiousClassify writes
//
//	func Classify(code Code, message string) Decision {
//		d := classify(code, message)
//		switch code.index() {
//		case 1, 5:
//			d.Automatic = false
//		}
//		return d
//	}
func emitCautiousClassify(f *file, p *pkg, doc string) {
	var cases []jen.Code
	for _, c := range p.Codes {
		if c.Hidden {
			cases = append(cases, jen.Lit(c.Index))
		}
	}
	f.decl(doc,
		jen.Func().Id("Classify").Params(jen.Id("code").Id("Code"), jen.Id("message").String()).Id("Decision").Block(
			jen.Id("d").Op(":=").Id("classify").Call(jen.Id("code"), jen.Id("message")),
			jen.Switch(jen.Id("code").Dot("index").Call()).Block(jen.Case(cases...).Block(jen.Id("d").Dot("Automatic").Op("=").False())),
			jen.Return(jen.Id("d")),
		))
}

// cautiousDecision writes the end of Classify for tables with stricter subtypes:
//
//	d := decisionAt(i)
//	if s := subtypeIn(i, message); s >= 0 {
//		d = subtypeDecisionAt(s)
//	}
//	if len(message) > maxMessage && hasStricter(i) {
//		d.Automatic = false
//	}
//	return d
func cautiousDecision() []jen.Code {
	return []jen.Code{
		jen.Id("d").Op(":=").Id("decisionAt").Call(jen.Id("i")),
		jen.If(jen.Id("s").Op(":=").Id("subtypeIn").Call(jen.Id("i"), jen.Id("message")), jen.Id("s").Op(">=").Lit(0)).Block(
			jen.Id("d").Op("=").Id("subtypeDecisionAt").Call(jen.Id("s")),
		),
		jen.If(jen.Len(jen.Id("message")).Op(">").Id("maxMessage").Op("&&").Id("hasStricter").Call(jen.Id("i"))).Block(
			jen.Id("d").Dot("Automatic").Op("=").False(),
		),
		jen.Return(jen.Id("d")),
	}
}

// emitHasStricter writes
//
//	func hasStricter(code int) bool {
//		switch code {
//		case 1, 5:
//			return true
//		}
//		return false
//	}
//
// or, for many codes,
//
//	func hasStricter(code int) bool { return stricter[code] != 0 }
func emitHasStricter(f *file, p *pkg) {
	if !p.hasStricter() {
		return
	}
	var cases []jen.Code
	flags := make([]uint32, len(p.Codes))
	for _, c := range p.Codes {
		if c.Stricter {
			cases = append(cases, jen.Lit(c.Index))
			flags[c.Index] = 1
		}
	}
	doc := "hasStricter reports whether the code at an index of the table is automatic and has a stricter subtype."
	signature := jen.Func().Id("hasStricter").Params(jen.Id("code").Int()).Bool()
	if p.hashed(len(cases)) {
		f.decl(doc, signature.Block(jen.Return(jen.Id("stricter").Index(jen.Id("code")).Op("!=").Lit(0))))
		column(f, "stricter", "uint8", "holds, for each code, 1 if it is automatic and has a stricter subtype, or 0.", flags)
		return
	}
	f.decl(doc, signature.Block(
		jen.Switch(jen.Id("code")).Block(jen.Case(cases...).Block(jen.Return(jen.True()))),
		jen.Return(jen.False()),
	))
}
