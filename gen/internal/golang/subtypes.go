package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"
)

// emitSubtypes writes the type Subtype, its constants and their documentation.
func emitSubtypes(f *file, p *pkg) {
	all := p.subtypes
	f.decl(`Subtype is a case of a code, which the message or the response selects. Its value is the code,
a slash and a name, or "" for no subtype.

Subtype implements error, so that errors.Is can find it in a wrapped error.`,
		jen.Type().Id("Subtype").String())
	if len(all) > 0 && !p.packedSubtypes() {
		f.raw("Subtypes, in table order.", subtypeConsts(all))
	}
	for _, s := range all {
		emitFormer(f, s.Const, s.Former)
	}
	f.decl("String returns the subtype with its code: \"code/name\".",
		method("s", "Subtype", "String").String().Add(returns(jen.String().Call(jen.Id("s")))))
	f.decl("Error returns s.String(). It implements the error interface.",
		method("s", "Subtype", "Error").String().Add(returns(jen.String().Call(jen.Id("s")))))
	emitSubtypeCode(f, p)
	emitSubtypeInfo(f, p)
	emitSubtypeListed(f, p)
	if k := p.subtypeKeys; !k.hashed && len(k.others) == 0 && k.rows > 0 {
		emitSubtypeIndex(f)
	} else {
		k.emitIndex(f, "subtype")
	}
	switch {
	case p.packedSubtypes():
		emitPackedSubtypes(f, p)
		return
	case p.subtypeKeys.hashed:
		p.subtypeKeys.emitKeys(f, "subtypes in table order")
	}
	emitSubtypeTable(f, p)
}

// emitSubtypeCode writes
//
//	func (s Subtype) Code() Code {
//		if i := s.index(); i >= 0 {
//			return subtypeInfos[i].Code
//		}
//		return ""
//	}
func emitSubtypeCode(f *file, p *pkg) {
	zero := jen.Lit("")
	if p.integer() {
		zero = jen.Lit(0)
	}
	f.decl("Code returns the code of a listed subtype, or the zero Code.",
		method("s", "Subtype", "Code").Id("Code").Block(
			jen.If(jen.Id("i").Op(":=").Id("s").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(codeOfSubtype(p, jen.Id("i"))),
			),
			jen.Return(zero),
		))
}

// codeOfSubtype writes the code of the subtype at an index of the table.
func codeOfSubtype(p *pkg, i *jen.Statement) *jen.Statement {
	if p.packedSubtypes() {
		return codeAt(p, jen.Int().Call(jen.Id("subtypeCode").Index(i)))
	}
	return jen.Id("subtypeInfos").Index(i).Dot("Code")
}

// emitSubtypeInfo writes the type SubtypeInfo and the method Info.
func emitSubtypeInfo(f *file, p *pkg) {
	listed := []jen.Code{
		jen.Id("info").Op(":=").Id("subtypeInfos").Index(jen.Id("i")),
		cloneField("Examples"),
	}
	if !p.ownText() {
		listed = append(listed, jen.Id("code").Op(":=").Id("info").Dot("Code").Dot("Info").Call(),
			jen.List(jen.Id("info").Dot("Advice"), jen.Id("info").Dot("Hint"), jen.Id("info").Dot("URL")).Op("=").
				List(jen.Id("code").Dot("Advice"), jen.Id("code").Dot("Hint"), jen.Id("code").Dot("URL")))
	}
	listed = append(listed, jen.Return(jen.Id("info")))
	if p.packedSubtypes() {
		listed = []jen.Code{jen.Return(jen.Id("subtypeInfoAt").Call(jen.Id("i")))}
	}
	f.decl("Info returns a copy of the subtype's documentation. For a subtype that the table\ndoes not list, it contains only the subtype.",
		method("s", "Subtype", "Info").Id("SubtypeInfo").Block(append([]jen.Code{
			jen.Id("i").Op(":=").Id("s").Dot("index").Call(),
			jen.If(jen.Id("i").Op("<").Lit(0)).Block(
				jen.Return(jen.Id("SubtypeInfo").Values(key("Subtype", jen.Id("s")))),
			),
		}, listed...)...))
	f.decl("SubtypeInfo is the documentation of a subtype.",
		jen.Type().Id("SubtypeInfo").Struct(
			jen.Id("Subtype").Id("Subtype"),
			jen.Id("Code").Id("Code"),
			jen.Id("Title").String(),
			jen.Id("Description").String(),
			jen.Id("Examples").Index().String().Comment("// messages that the service sends"),
			jen.Id("Advice").String().Comment("// own advice, or the code's"),
			jen.Id("Hint").String().Comment("// short form of Advice"),
			jen.Id("URL").String(),
		))
}

// emitSubtypeIndex writes, for few subtypes whose codes have neither aliases nor former
// names,
//
//	func (s Subtype) index() int {
//		for i := range subtypeInfos {
//			if subtypeInfos[i].Subtype == s {
//				return i
//			}
//		}
//		return -1
//	}
func emitSubtypeIndex(f *file) {
	f.decl("index returns the index of the subtype in the table, or -1.",
		method("s", "Subtype", "index").Int().Block(
			jen.For(jen.Id("i").Op(":=").Range().Id("subtypeInfos")).Block(
				jen.If(jen.Id("subtypeInfos").Index(jen.Id("i")).Dot("Subtype").Op("==").Id("s")).Block(jen.Return(jen.Id("i"))),
			),
			jen.Return(jen.Lit(-1)),
		))
}

// emitSubtypeListed writes, if codes have other names,
//
//	func (s Subtype) listed() Subtype {
//		if i := s.index(); i >= 0 {
//			return subtypeDecisionAt(i).Subtype
//		}
//		return s
//	}
func emitSubtypeListed(f *file, p *pkg) {
	if len(p.subtypeKeys.others) == 0 {
		f.decl("listed returns s: the codes of the table have neither aliases nor former names.",
			method("s", "Subtype", "listed").Id("Subtype").Add(returns(jen.Id("s"))))
		return
	}
	f.decl("listed returns the listed subtype for an alias or former name, and s otherwise.",
		method("s", "Subtype", "listed").Id("Subtype").Block(
			jen.If(jen.Id("i").Op(":=").Id("s").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(jen.Id("subtypeDecisionAt").Call(jen.Id("i")).Dot("Subtype")),
			),
			jen.Return(jen.Id("s")),
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
func emitSubtypeTable(f *file, p *pkg) {
	all, own := p.subtypes, p.ownText()
	f.table("subtypeInfos", "SubtypeInfo", "holds the documentation of each subtype, in table order.", len(all), func(i int) (l literal) {
		s := all[i]
		l.add("Subtype", s.Const)
		l.add("Code", s.Code.Const)
		l.add("Title", strconv.Quote(s.Title))
		l.text("Description", s.Description)
		l.texts("Examples", s.Examples)
		if own {
			l.text("Advice", s.Retry.Advice)
			l.text("Hint", s.Retry.Hint)
			l.text("URL", s.URL)
		}
		return l
	})
}
