package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// emitInfo writes the documentation of all codes.
func emitInfo(f *file, p *pkg) {
	emitInfoType(f)
	emitInfoMethod(f, p)
	if p.packedCodes() {
		emitPackedInfo(f, p)
		return
	}
	emitInfoTable(f, p)
}

// emitInfoType writes the types Info and Deprecation.
func emitInfoType(f *file) {
	lists := func(name, doc string) *jen.Statement { return jen.Id(name).Index().String().Comment("// " + doc) }
	f.decl("Info is the documentation of a code. Texts are plain; prose may contain `code` and\n[links](https://example.com). Fields that the table does not set are empty.",
		jen.Type().Id("Info").Struct(
			jen.Id("Code").Id("Code"),
			jen.Id("Class").Id("Class"),
			jen.Id("Title").String().Comment("// short title"),
			jen.Id("Description").String().Comment("// one line of prose"),
			jen.Id("Details").String().Comment("// prose; paragraphs are separated by blank lines"),
			jen.Id("Advice").String().Comment("// recommendation for people"),
			jen.Id("Hint").String().Comment("// short form of Advice"),
			lists("Causes", "prose"),
			lists("Avoid", "prose: how to avoid the error"),
			lists("Fixes", "prose: how to fix the error"),
			lists("Examples", "verbatim messages or requests"),
			jen.Id("Subtypes").Index().Id("Subtype"),
			jen.Id("URL").String().Comment("// URL of the documentation"),
			jen.Id("HTTP").Int().Comment("// HTTP status of the code, or 0"),
			jen.Id("GRPC").String().Comment("// canonical gRPC status, such as UNAVAILABLE"),
			jen.Id("Since").String().Comment("// version of the service that introduced the code"),
			jen.Id("Deprecation").Op("*").Id("Deprecation").Comment("// nil unless the code is deprecated"),
		))
	f.decl("Deprecation describes the deprecation of a code.",
		jen.Type().Id("Deprecation").Struct(
			jen.Id("Since").String(),
			jen.Id("Reason").String(),
			jen.Id("ReplacedBy").Id("Code").Comment("// zero if there is no replacement"),
		))
}

// emitInfoMethod writes
//
//	func (c Code) Info() Info {
//		i := c.index()
//		if i < 0 {
//			return unlistedInfo(c)
//		}
//		info := infos[i]
//		info.Causes = slices.Clone(info.Causes)
//		…
//		return info
//	}
//
//	func unlistedInfo(c Code) Info {
//		return Info{Code: c, …}
//	}
func emitInfoMethod(f *file, p *pkg) {
	doc := "Info returns a copy of the code's documentation. For a code that the table does not\nlist, it contains only the code"
	unlisted := []jen.Code{jen.Return(jen.Id("Info").Values(key("Code", jen.Id("c"))))}
	if p.Unlisted != nil {
		doc += " and the advice of\n[" + p.Unlisted.Const + "]"
		unlisted = []jen.Code{
			jen.Id("unknown").Op(":=").Id(p.Unlisted.Const).Dot("Info").Call(),
			jen.Return(jen.Id("Info").Values(
				key("Code", jen.Id("c")),
				key("Advice", jen.Id("unknown").Dot("Advice")),
				key("Hint", jen.Id("unknown").Dot("Hint")),
				key("Fixes", jen.Id("unknown").Dot("Fixes")),
			)),
		}
	}
	body := []jen.Code{
		jen.Id("i").Op(":=").Id("c").Dot("index").Call(),
		jen.If(jen.Id("i").Op("<").Lit(0)).Block(jen.Return(jen.Id("unlistedInfo").Call(jen.Id("c")))),
	}
	if p.packedCodes() {
		body = append(body, jen.Return(jen.Id("infoAt").Call(jen.Id("i"))))
	} else {
		body = append(body, copyInfo(p)...)
	}
	f.decl(doc+".", method("c", "Code", "Info").Id("Info").Block(body...))
	f.decl("unlistedInfo returns the Info of an unlisted code.",
		jen.Func().Id("unlistedInfo").Params(jen.Id("c").Id("Code")).Id("Info").Block(unlisted...))
}

// copyInfo writes the statements that return a copy of a row of the table.
func copyInfo(p *pkg) []jen.Code {
	info := func(name string) *jen.Statement { return jen.Id("info").Dot(name) }
	body := []jen.Code{jen.Id("info").Op(":=").Id("infos").Index(jen.Id("i"))}
	if p.hasClasses() {
		body = append(body, info("Class").Op("=").Id("decisions").Index(jen.Id("i")).Dot("Class"))
	}
	if p.hasSameHint() {
		body = append(body, jen.If(info("Hint").Op("==").Lit("")).Block(info("Hint").Op("=").Add(info("Advice"))))
	}
	if p.urlIsAnchor() {
		body = append(body, info("URL").Op("=").Lit(p.DocsURL+"#").Op("+").String().Call(info("Code")))
	}
	for _, list := range []string{"Causes", "Avoid", "Fixes", "Examples"} {
		body = append(body, cloneField(list))
	}
	switch {
	case p.packedSubtypes():
		body = append(body, cloneField("Subtypes"))
	case len(p.subtypes) > 0:
		row := jen.Id("subtypeInfos").Index(jen.Id("k"))
		body = append(body, jen.For(jen.Id("k").Op(":=").Range().Id("subtypeInfos")).Block(
			jen.If(row.Clone().Dot("Code").Op("==").Add(info("Code"))).Block(
				info("Subtypes").Op("=").Append(info("Subtypes"), row.Clone().Dot("Subtype")),
			)))
	}
	if p.hasDeprecated() {
		body = append(body, jen.If(info("Deprecation").Op("!=").Nil()).Block(
			jen.Id("deprecation").Op(":=").Op("*").Add(info("Deprecation")),
			info("Deprecation").Op("=").Op("&").Id("deprecation"),
		))
	}
	return append(body, jen.Return(jen.Id("info")))
}

// emitInfoTable writes
//
//	var infos = [...]Info{
//		{
//			Code:  CodeServiceError,
//			Title: "Service Error",
//			…
//		},
//	}
func emitInfoTable(f *file, p *pkg) {
	f.table("infos", "Info", "holds the documentation of each code, in table order.", len(p.Codes), func(i int) literal { return infoRow(p, p.Codes[i]) })
}

// infoRow returns the elements of an Info that are not zero, without those that copyInfo
// adds.
func infoRow(p *pkg, c *plan.Code) (l literal) {
	l.add("Code", c.Const)
	l.text("Title", c.Title)
	l.text("Description", c.Description)
	l.text("Details", c.Details)
	l.text("Advice", c.Retry.Advice)
	if !sameHint(c) {
		l.text("Hint", c.Retry.Hint)
	}
	l.texts("Causes", c.CauseTexts())
	l.texts("Avoid", c.Avoid)
	l.texts("Fixes", c.Fixes)
	l.texts("Examples", c.Examples)
	if p.packedSubtypes() {
		subtypes := make([]string, len(c.Subtypes))
		for i, s := range c.Subtypes {
			subtypes[i] = s.Const
		}
		l.list("Subtypes", "Subtype", subtypes)
	}
	if !p.urlIsAnchor() {
		l.text("URL", c.URL)
	}
	if c.HTTP != 0 {
		l.add("HTTP", strconv.Itoa(c.HTTP))
	}
	l.text("GRPC", c.GRPC)
	l.text("Since", c.Since)
	if c.Deprecated != nil {
		l.add("Deprecation", deprecation(c.Deprecated))
	}
	return l
}

// deprecation returns &Deprecation{…} with each element on a separate line.
func deprecation(d *plan.Deprecated) string {
	var l literal
	l.text("Since", d.Since)
	l.text("Reason", d.Reason)
	if d.ReplacedBy != nil {
		l.add("ReplacedBy", d.ReplacedBy.Const)
	}
	if len(l.keys) == 0 {
		return "&Deprecation{}"
	}
	return "&Deprecation{\n" + string(l.appendTo(nil, "\t\t\t")) + "\t\t}"
}
