package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// emitInfo writes what the table says about each code.
func emitInfo(f *file, p *plan.Plan) {
	emitInfoType(f)
	emitInfoMethod(f, p)
	emitInfoTable(f, p)
}

// emitInfoType writes the types Info and Deprecation.
func emitInfoType(f *file) {
	lists := func(name, doc string) *jen.Statement { return jen.Id(name).Index().String().Comment("// " + doc) }
	f.decl("Info is what the table says about a code. Its texts are plain, but for `code` and\n[links](https://example.com) in prose. What the table does not say is empty.",
		jen.Type().Id("Info").Struct(
			jen.Id("Code").Id("Code"),
			jen.Id("Class").Id("Class"),
			jen.Id("Title").String().Comment("// a few words"),
			jen.Id("Description").String().Comment("// one line of prose"),
			jen.Id("Details").String().Comment("// prose; a blank line between paragraphs"),
			jen.Id("Advice").String().Comment("// what to do, for people"),
			jen.Id("Hint").String().Comment("// shorter than the advice, or the same"),
			lists("Causes", "prose"),
			lists("Avoid", "prose: how to keep the error from happening"),
			lists("Fixes", "prose: how to put it right"),
			lists("Examples", "messages or requests, as they stand"),
			jen.Id("Subtypes").Index().Id("Subtype"),
			jen.Id("URL").String().Comment("// of the documentation"),
			jen.Id("HTTP").Int().Comment("// status that the code comes with, or 0"),
			jen.Id("GRPC").String().Comment("// canonical status, such as UNAVAILABLE"),
			jen.Id("Since").String().Comment("// version of the service that has the code first"),
			jen.Id("Deprecation").Op("*").Id("Deprecation").Comment("// nil unless the code is deprecated"),
		))
	f.decl("Deprecation says that a code is on its way out.",
		jen.Type().Id("Deprecation").Struct(
			jen.Id("Since").String(),
			jen.Id("Reason").String(),
			jen.Id("ReplacedBy").Id("Code").Comment("// no code if nothing replaces it"),
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
func emitInfoMethod(f *file, p *plan.Plan) {
	doc := "Info returns what the table says about the code. The caller owns it. For a code\nthat the table does not list, it holds only the code itself"
	unlisted := []jen.Code{jen.Return(jen.Id("Info").Values(key("Code", jen.Id("c"))))}
	if p.Unknown != nil {
		doc += " and the advice of\n[" + p.Unknown.Const + "]"
		unlisted = []jen.Code{
			jen.Id("unknown").Op(":=").Id(p.Unknown.Const).Dot("Info").Call(),
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
		jen.Id("info").Op(":=").Id("infos").Index(jen.Id("i")),
	}
	for _, list := range []string{"Causes", "Avoid", "Fixes", "Examples", "Subtypes"} {
		body = append(body, cloneField(list))
	}
	body = append(body,
		jen.If(jen.Id("info").Dot("Deprecation").Op("!=").Nil()).Block(
			jen.Id("deprecation").Op(":=").Op("*").Id("info").Dot("Deprecation"),
			jen.Id("info").Dot("Deprecation").Op("=").Op("&").Id("deprecation"),
		),
		jen.Return(jen.Id("info")),
	)
	f.decl(doc+".", method("c", "Code", "Info").Id("Info").Block(body...))
	f.decl("unlistedInfo returns what the table says about a code that it does not list.",
		jen.Func().Id("unlistedInfo").Params(jen.Id("c").Id("Code")).Id("Info").Block(unlisted...))
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
func emitInfoTable(f *file, p *plan.Plan) {
	elements := make([]jen.Code, len(p.Codes))
	for i, c := range p.Codes {
		elements[i] = infoRow(c)
	}
	f.decl("infos is the table, in its order.",
		jen.Var().Id("infos").Op("=").Index(jen.Op("...")).Id("Info").Add(rows(elements...)))
}

func infoRow(c *plan.Code) jen.Code {
	row := []jen.Code{key("Code", jen.Id(c.Const))}
	if c.Class != nil {
		row = append(row, key("Class", jen.Id(c.Class.Const)))
	}
	row = appendText(row, "Title", c.Title)
	row = appendText(row, "Description", c.Description)
	row = appendText(row, "Details", c.Details)
	row = appendText(row, "Advice", c.Retry.Advice)
	row = appendText(row, "Hint", c.Retry.Hint)
	row = appendTexts(row, "Causes", c.CauseTexts())
	row = appendTexts(row, "Avoid", c.Avoid)
	row = appendTexts(row, "Fixes", c.Fixes)
	row = appendTexts(row, "Examples", c.Examples)
	if len(c.Subtypes) > 0 {
		subtypes := make([]jen.Code, len(c.Subtypes))
		for i, s := range c.Subtypes {
			subtypes[i] = jen.Id(s.Const)
		}
		row = append(row, key("Subtypes", jen.Index().Id("Subtype").Add(rows(subtypes...))))
	}
	row = appendText(row, "URL", c.URL)
	if c.HTTP != 0 {
		row = append(row, key("HTTP", jen.Lit(c.HTTP)))
	}
	row = appendText(row, "GRPC", c.GRPC)
	row = appendText(row, "Since", c.Since)
	if c.Deprecated != nil {
		row = append(row, key("Deprecation", jen.Op("&").Id("Deprecation").Add(rows(deprecation(c.Deprecated)...))))
	}
	return rows(row...)
}

func deprecation(d *plan.Deprecated) []jen.Code {
	row := appendText(nil, "Since", d.Since)
	row = appendText(row, "Reason", d.Reason)
	if d.ReplacedBy != nil {
		row = append(row, key("ReplacedBy", jen.Id(d.ReplacedBy.Const)))
	}
	return row
}

// appendText appends an element unless it is empty.
func appendText(row []jen.Code, name, value string) []jen.Code {
	if value == "" {
		return row
	}
	return append(row, key(name, jen.Lit(value)))
}

// appendTexts appends a list unless it is empty.
func appendTexts(row []jen.Code, name string, values []string) []jen.Code {
	if len(values) == 0 {
		return row
	}
	return append(row, key(name, texts(values)))
}
