package golang

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/names"
)

// emitDoc writes the package comment and the constant that identifies the version of
// the table.
func emitDoc(f *file, p *pkg) {
	for _, line := range p.Doc {
		if line != "" {
			line = " " + line
		}
		f.jen.PackageComment("//" + line)
	}
	f.decl("Revision identifies the version of the table. Include it in logs.",
		jen.Const().Id("Revision").Op("=").Lit(p.Revision))
	emitSettings(f, p)
}

// emitCodes writes the type Code, its constants and its methods.
func emitCodes(f *file, p *pkg) {
	emitCodeType(f, p)
	emitCodeConstants(f, p)
	emitCodesFunc(f, p)
	emitParseCode(f, p)
	if p.integer() {
		emitIntegerString(f, p)
	} else {
		emitTextString(f)
	}
	emitCodeError(f)
	emitKnown(f)
	if p.integer() {
		emitIntegerUnmarshal(f)
	} else {
		emitTextUnmarshal(f)
	}
	p.codeKeys.emitIndex(f, "code")
}

// emitCodeType writes
//
//	type Code string
func emitCodeType(f *file, p *pkg) {
	underlying := jen.String()
	if p.integer() {
		underlying = jen.Int64()
	}
	f.decl(`Code is an error code as the service sends it. The set is open: a code that the
table does not list keeps its value, and [Code.Known] reports false for it.

Code implements error, so that errors.Is can find it in a wrapped error.`,
		jen.Type().Id("Code").Add(underlying))
}

// emitCodeConstants writes
//
//	const (
//		// CodeServiceError (Service Error): …
//		CodeServiceError Code = "service_error"
//	)
func emitCodeConstants(f *file, p *pkg) {
	if !p.packedCodes() { // otherwise in separate files; see emitCodeChunk
		f.raw("Codes, in table order.", codeConsts(p, p.Codes))
	}
	for _, c := range p.Codes {
		emitFormer(f, c.Const, c.Former)
	}
}

// emitFormer writes
//
//	// CodeTooFast is the former name of [CodeQuotaExceeded].
//	//
//	// Deprecated: Use [CodeQuotaExceeded] instead.
//	//
//	//go:fix inline
//	const CodeTooFast = CodeQuotaExceeded
func emitFormer(f *file, current string, all []names.Former) {
	for _, old := range names.FormerConsts(all) {
		f.decl(fmt.Sprintf("%s is the former name of [%s].\n\nDeprecated: Use [%s] instead.", old, current, current),
			jen.Comment("//go:fix inline"),
			jen.Const().Id(old).Op("=").Id(current))
	}
}

// emitCodesFunc writes
//
//	func Codes() []Code { return []Code{CodeServiceError, …} }
//
// or, if the codes are looked up in a list,
//
//	func Codes() []Code { return slices.Clone(codeKeys[:]) }
func emitCodesFunc(f *file, p *pkg) {
	keys := p.codeKeys
	f.decl("Codes returns a new slice of the listed codes, in table order.",
		jen.Func().Id("Codes").Params().Index().Id("Code").Block(codesBody(p)...))
	switch {
	case keys.packed:
		f.decl("codeAt returns the code at index i of the table.",
			jen.Func().Id("codeAt").Params(jen.Id("i").Int()).Id("Code").Block(jen.Return(keys.at(jen.Id("i")))))
	case keys.hashed:
		keys.emitKeys(f, "codes in table order")
	}
}

func codesBody(p *pkg) []jen.Code {
	keys := p.codeKeys
	switch {
	case keys.packed && !keys.number:
		return []jen.Code{
			jen.Id("codes").Op(":=").Make(jen.Index().Id("Code"), jen.Lit(keys.rows)),
			jen.For(jen.Id("i").Op(":=").Range().Id("codes")).Block(
				jen.Id("codes").Index(jen.Id("i")).Op("=").Id("codeAt").Call(jen.Id("i")),
			),
			jen.Return(jen.Id("codes")),
		}
	case keys.hashed:
		end := jen.Null()
		if len(keys.others) > 0 {
			end = jen.Lit(keys.rows)
		}
		return []jen.Code{jen.Return(jen.Qual("slices", "Clone").Call(jen.Id("codeKeys").Index(jen.Op(":").Add(end))))}
	}
	return []jen.Code{
		jen.Id("codes").Op(":=").Make(jen.Index().Id("Code"), jen.Len(jen.Id("decisions"))),
		jen.For(jen.Id("i").Op(":=").Range().Id("codes")).Block(
			jen.Id("codes").Index(jen.Id("i")).Op("=").Id("decisions").Index(jen.Id("i")).Dot("Code"),
		),
		jen.Return(jen.Id("codes")),
	}
}

// codeAt writes the code at an index of the table.
func codeAt(p *pkg, i *jen.Statement) *jen.Statement {
	switch keys := p.codeKeys; {
	case keys.packed:
		return jen.Id("codeAt").Call(i)
	case keys.hashed:
		return keys.at(i) // in memory that index has just read
	}
	return jen.Id("decisions").Index(i).Dot("Code")
}

// emitParseCode writes
//
//	func ParseCode(s string) (Code, bool) {
//		c := Code(s)
//		i := c.index()
//		if i < 0 {
//			return c, false
//		}
//		return decisions[i].Code, true
//	}
func emitParseCode(f *file, p *pkg) {
	signature := func() *jen.Statement {
		return jen.Func().Id("ParseCode").Params(jen.Id("s").String()).Params(jen.Id("Code"), jen.Bool())
	}
	lookup := []jen.Code{
		jen.Id("i").Op(":=").Id("c").Dot("index").Call(),
		jen.If(jen.Id("i").Op("<").Lit(0)).Block(jen.Return(jen.Id("c"), jen.False())),
		jen.Return(codeAt(p, jen.Id("i")), jen.True()),
	}
	if !p.integer() {
		f.decl(`ParseCode returns the listed code for s, which may be a wire value, an alias or a
former name. For any other s it returns Code(s) and false.`,
			signature().Block(append([]jen.Code{
				jen.Id("c").Op(":=").Id("Code").Call(jen.Id("s")),
			}, lookup...)...))
		return
	}
	f.decl(`ParseCode returns the listed code for s, which may be a number, an alias, a former
number, or a name as returned by [Code.String]. For any other number it returns
that number and false.`,
		signature().Block(append([]jen.Code{
			jen.Id("n").Op(",").Err().Op(":=").Qual("strconv", "ParseInt").Call(jen.Id("s"), jen.Lit(10), jen.Lit(64)),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Id("codeNamed").Call(jen.Id("s")))),
			jen.Id("c").Op(":=").Id("Code").Call(jen.Id("n")),
		}, lookup...)...))
	emitCodeNamed(f, p)
}

// emitCodeNamed writes
//
//	func codeNamed(name string) (Code, bool) {
//		switch name {
//		case "unknown_topic":
//			return CodeUnknownTopic, true
//		}
//		return 0, false
//	}
//
// or, if there are many,
//
//	func codeNamed(name string) (Code, bool) {
//		i := nameLookup.candidate(hashText(name, nameLookup.seed))
//		if i < 0 || !sameText(codeNames[codeOffsets[i]:codeOffsets[i+1]], name) {
//			return 0, false
//		}
//		return codeKeys[i], true
//	}
func emitCodeNamed(f *file, p *pkg) {
	none := jen.Return(jen.Lit(0), jen.False())
	var body []jen.Code
	if keys := p.nameKeys; keys.hashed {
		body = []jen.Code{
			jen.Id("i").Op(":=").Add(keys.candidate(jen.Id("name"))),
			jen.If(jen.Id("i").Op("<").Lit(0).Op("||").Op("!").Id("sameText").Call(offsetName("code", jen.Id("i")), jen.Id("name"))).Block(none),
			jen.Return(jen.Id("codeKeys").Index(jen.Id("i")), jen.True()),
		}
	} else {
		var cases []jen.Code
		for _, c := range p.Codes {
			cases = append(cases, jen.Case(jen.Lit(c.Name)).Block(jen.Return(jen.Id(c.Const), jen.True())))
		}
		body = []jen.Code{jen.Switch(jen.Id("name")).Block(cases...), none}
	}
	f.decl("codeNamed returns the code with the given String value.",
		jen.Func().Id("codeNamed").Params(jen.Id("name").String()).Params(jen.Id("Code"), jen.Bool()).Block(body...))
}

// emitTextString writes
//
//	func (c Code) String() string { return string(c) }
func emitTextString(f *file) {
	f.decl("String returns the code as the service sends it.",
		method("c", "Code", "String").String().Add(returns(jen.String().Call(jen.Id("c")))))
}

// emitIntegerString writes the offset table of the names, and
//
//	func (c Code) String() string {
//		i := c.index()
//		if i < 0 {
//			return "Code(" + strconv.FormatInt(int64(c), 10) + ")"
//		}
//		return codeNames[codeOffsets[i]:codeOffsets[i+1]]
//	}
func emitIntegerString(f *file, p *pkg) {
	f.decl("String returns the name of a listed code, or a string such as \"Code(9)\".",
		method("c", "Code", "String").String().Block(
			jen.Id("i").Op(":=").Id("c").Dot("index").Call(),
			jen.If(jen.Id("i").Op("<").Lit(0)).Block(jen.Return(
				jen.Lit("Code(").Op("+").Qual("strconv", "FormatInt").Call(jen.Int64().Call(jen.Id("c")), jen.Lit(10)).Op("+").Lit(")"),
			)),
			jen.Return(offsetName("code", jen.Id("i"))),
		))
	if p.packedCodes() {
		return // emitCodeChunk writes them
	}
	emitOffsets(f, "code", p.nameKeys.values)
	emitGuard(f, guards(p.Codes))
}

// guards returns the guards of codes.
func guards(codes []*plan.Code) []guard {
	all := make([]guard, len(codes))
	for i, c := range codes {
		all[i] = guard{c.Const, c.Wire}
	}
	return all
}

// emitCodeError writes
//
//	func (c Code) Error() string { return c.String() }
func emitCodeError(f *file) {
	f.decl("Error returns c.String(). It implements the error interface.",
		method("c", "Code", "Error").String().Add(returns(jen.Id("c").Dot("String").Call())))
}

// emitKnown writes
//
//	func (c Code) Known() bool { return c.index() >= 0 }
func emitKnown(f *file) {
	f.decl("Known reports whether the table lists the code, also as an alias or former name.",
		method("c", "Code", "Known").Bool().Add(returns(jen.Id("c").Dot("index").Call().Op(">=").Lit(0))))
}

// method returns the start of a method with a value receiver and no parameters.
func method(receiver, typ, name string) *jen.Statement {
	return jen.Func().Params(jen.Id(receiver).Id(typ)).Id(name).Params()
}
