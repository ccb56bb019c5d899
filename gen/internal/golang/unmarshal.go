package golang

import "github.com/dave/jennifer/jen"

// emitTextUnmarshal writes
//
//	func (c *Code) UnmarshalJSON(data []byte) error {
//		switch {
//		case string(data) == "null":
//			*c = ""
//			return nil
//		case len(data) > 0 && data[0] == '"':
//			return json.Unmarshal(data, (*string)(c))
//		}
//		var n json.Number
//		if err := json.Unmarshal(data, &n); err != nil {
//			return err
//		}
//		*c = Code(n)
//		return nil
//	}
func emitTextUnmarshal(f *file) {
	f.decl(`UnmarshalJSON decodes a code from a JSON string, or from a number, keeping its
digits. It accepts unlisted codes. It decodes null as no code.`,
		unmarshalSignature().Block(
			jen.Switch().Block(
				jen.Case(isNull()).Block(
					jen.Op("*").Id("c").Op("=").Lit(""),
					jen.Return(jen.Nil()),
				),
				jen.Case(isString()).Block(
					jen.Return(jen.Qual("encoding/json", "Unmarshal").Call(jen.Id("data"), jen.Parens(jen.Op("*").String()).Parens(jen.Id("c")))),
				),
			),
			jen.Var().Id("n").Qual("encoding/json", "Number"),
			jen.If(decodeInto("n"), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
			jen.Op("*").Id("c").Op("=").Id("Code").Call(jen.Id("n")),
			jen.Return(jen.Nil()),
		))
}

// emitIntegerUnmarshal writes
//
//	func (c *Code) UnmarshalJSON(data []byte) error {
//		if string(data) == "null" {
//			*c = 0
//			return nil
//		}
//		if len(data) == 0 || data[0] != '"' {
//			return json.Unmarshal(data, (*int64)(c))
//		}
//		var s string
//		if err := json.Unmarshal(data, &s); err != nil {
//			return err
//		}
//		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
//			*c = Code(n)
//			return nil
//		}
//		named, ok := codeNamed(s)
//		if !ok {
//			return fmt.Errorf("invalid code %q: neither a number nor the name of a listed code", s)
//		}
//		*c = named
//		return nil
//	}
func emitIntegerUnmarshal(f *file) {
	f.decl(`UnmarshalJSON decodes a code from a JSON number, or from a string that contains a
number or the name of a listed code. It accepts unlisted numbers. It decodes null
as 0, which is no code.`,
		unmarshalSignature().Block(
			jen.If(isNull()).Block(
				jen.Op("*").Id("c").Op("=").Lit(0),
				jen.Return(jen.Nil()),
			),
			jen.If(jen.Op("!").Parens(isString())).Block(
				jen.Return(jen.Qual("encoding/json", "Unmarshal").Call(jen.Id("data"), jen.Parens(jen.Op("*").Int64()).Parens(jen.Id("c")))),
			),
			jen.Var().Id("s").String(),
			jen.If(decodeInto("s"), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
			jen.If(
				jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual("strconv", "ParseInt").Call(jen.Id("s"), jen.Lit(10), jen.Lit(64)),
				jen.Err().Op("==").Nil(),
			).Block(
				jen.Op("*").Id("c").Op("=").Id("Code").Call(jen.Id("n")),
				jen.Return(jen.Nil()),
			),
			jen.List(jen.Id("named"), jen.Id("ok")).Op(":=").Id("codeNamed").Call(jen.Id("s")),
			jen.If(jen.Op("!").Id("ok")).Block(
				jen.Return(jen.Qual("fmt", "Errorf").Call(jen.Lit("invalid code %q: neither a number nor the name of a listed code"), jen.Id("s"))),
			),
			jen.Op("*").Id("c").Op("=").Id("named"),
			jen.Return(jen.Nil()),
		))
}

func unmarshalSignature() *jen.Statement {
	return jen.Func().Params(jen.Id("c").Op("*").Id("Code")).Id("UnmarshalJSON").
		Params(jen.Id("data").Index().Byte()).Error()
}

// isNull writes string(data) == "null".
func isNull() *jen.Statement {
	return jen.String().Call(jen.Id("data")).Op("==").Lit("null")
}

// isString writes len(data) > 0 && data[0] == '"'.
func isString() *jen.Statement {
	return jen.Len(jen.Id("data")).Op(">").Lit(0).Op("&&").Id("data").Index(jen.Lit(0)).Op("==").LitRune('"')
}

// decodeInto writes err := json.Unmarshal(data, &name).
func decodeInto(name string) *jen.Statement {
	return jen.Err().Op(":=").Qual("encoding/json", "Unmarshal").Call(jen.Id("data"), jen.Op("&").Id(name))
}
