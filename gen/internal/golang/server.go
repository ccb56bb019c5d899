package golang

import (
	"fmt"
	"go/format"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/classify"
)

// emitServer writes the part of the service's half that depends on the table: constructors, and the
// form of responses.
func emitServer(f *file, p *pkg) {
	emitConstructors(f, p)
	emitSentSettings(f, p)
	emitCodeText(f, p)
	emitSentForm(f, "sentBody", "describes the body of responses.", p.Server.Form.Body)
	if len(p.Server.Form.Headers) > 0 {
		emitSentForm(f, "sentHeaders", "describes the headers of responses.", p.Server.Form.Headers)
	}
	f.table("sentCodes", "sentEntry", "describes the responses with each code, in table order.", len(p.Codes), func(i int) literal {
		return sentEntry(p, p.Codes[i], nil)
	})
	if len(p.subtypes) > 0 {
		f.table("sentSubtypes", "sentEntry", "describes the responses with each subtype, in table order.", len(p.subtypes), func(i int) literal {
			return sentEntry(p, p.subtypes[i].Code, p.subtypes[i])
		})
	}
}

// emitConstructors writes, for each code and each subtype that a response can select,
//
//	func NewInvalidParametersFileTooLarge(limitMB float64) *Failure {
//		return newFilled(CodeInvalidParameters, SubtypeInvalidParametersFileTooLarge, numberValue("limit_mb", limitMB))
//	}
func emitConstructors(f *file, p *pkg) {
	for _, c := range p.Codes {
		emitConstructor(f, c.Sent, constructorDoc(c, nil), jen.Id(c.Const), jen.Lit(""))
		for _, s := range c.Subtypes {
			if s.Sent != nil {
				emitConstructor(f, s.Sent, constructorDoc(c, s), jen.Id(c.Const), jen.Id(s.Const))
			}
		}
	}
}

func emitConstructor(f *file, s *plan.Sent, doc string, code, subtype *jen.Statement) {
	var params []jen.Code
	arguments := []jen.Code{code, subtype}
	for i, param := range s.Params {
		typ, value := jen.String(), "wordValue"
		if param.Number {
			typ, value = jen.Float64(), "numberValue"
		}
		name := jen.Id(param.Name)
		if i+1 == len(s.Params) || s.Params[i+1].Number != param.Number {
			name.Add(typ) // of this parameter and those before it
		}
		params = append(params, name)
		arguments = append(arguments, jen.Id(value).Call(jen.Lit(param.Value), jen.Id(param.Name)))
	}
	call := "newFailure"
	switch isWord := func(param plan.Param) bool { return !param.Number }; {
	case slices.ContainsFunc(s.Params, isWord):
		call = "newFilledWords"
	case len(params) > 0:
		call = "newFilled"
	}
	signature := jen.Func().Id(s.New).Params(params...).Op("*").Id("Failure")
	result := jen.Id(call).Call(arguments...)
	if len(params) > 0 {
		f.decl(doc, signature.Block(jen.Return(result)))
		return
	}
	f.decl(doc, signature.Add(returns(result)))
}

// constructorDoc returns the documentation of the constructor of a code, or of a subtype unless s is
// nil.
func constructorDoc(c *plan.Code, s *plan.Subtype) string {
	entry, sent, title := "code "+quoteWire(c.Wire), c.Sent, c.Title
	if s != nil {
		entry, sent, title = fmt.Sprintf("code %s and subtype %s", quoteWire(c.Wire), s.Name), s.Sent, s.Title
	}
	doc := fmt.Sprintf("%s returns a failure with %s (%s).", sent.New, entry, title)
	if c.Internal {
		return doc + " The code is internal: clients do not see it."
	}
	doc += fmt.Sprintf(" It is sent with HTTP status %d", sent.Status)
	if sent.Message == "" {
		return doc + " and no message."
	}
	message := sent.Message
	for _, param := range sent.Params {
		message = strings.ReplaceAll(message, "{"+param.Value+"}", "{"+param.Name+"}")
	}
	return doc + " and the message: " + message
}

// quoteWire returns a wire value for a sentence, quoted unless it is a plain word.
func quoteWire(wire string) string {
	if strings.Trim(wire, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") == "" {
		return wire
	}
	return strconv.Quote(wire)
}

// emitSentSettings writes
//
//	const (
//		sentType   = "application/json"
//		grpcDomain = "shop.example"
//	)
//
//	func unlistedCode() (Code, bool) { return CodeUnknown, true }
func emitSentSettings(f *file, p *pkg) {
	media := "application/json"
	if p.Server.Problem {
		media = "application/problem+json"
	}
	f.decl("Settings of responses: their content type, and the domain of errors over gRPC.",
		jen.Const().Defs(
			jen.Id("sentType").Op("=").Lit(media),
			jen.Id("grpcDomain").Op("=").Lit(p.Server.GRPCDomain),
		))
	code := []jen.Code{jen.Lit(0), jen.False()}
	switch {
	case p.Server.Unlisted != nil:
		code = []jen.Code{jen.Id(p.Server.Unlisted.Const), jen.True()}
	case !p.integer():
		code[0] = jen.Lit("")
	}
	f.decl("unlistedCode returns the code that is sent instead of an internal one.",
		jen.Func().Id("unlistedCode").Params().Params(jen.Id("Code"), jen.Bool()).Add(returns(code...)))
}

// emitCodeText writes
//
//	func codeText(c Code) (text string, isJSON bool) { return string(c), false }
func emitCodeText(f *file, p *pkg) {
	text := []jen.Code{jen.String().Call(jen.Id("c")), jen.False()}
	if p.integer() {
		text = []jen.Code{jen.Qual("strconv", "FormatInt").Call(jen.Int64().Call(jen.Id("c")), jen.Lit(10)), jen.True()}
	}
	f.decl("codeText returns a code as it is sent, and whether it is a number.",
		jen.Func().Id("codeText").Params(jen.Id("c").Id("Code")).Params(jen.Id("text").String(), jen.Id("isJSON").Bool()).Add(returns(text...)))
}

// sentValues are the names of values in the package.
var sentValues = [...]string{
	classify.SentCode: "sentCode", classify.SentMessage: "sentMessage", classify.SentSubtype: "sentSubtype", classify.SentParam: "sentParam",
	classify.SentRequestID: "sentRequestID", classify.SentDelay: "sentDelay", classify.SentDelayMS: "sentDelayMS",
	classify.SentRetryable: "sentRetryable", classify.SentFailure: "sentFailure", classify.SentType: "sentTypeURL",
	classify.SentTitle: "sentTitle", classify.SentStatus: "sentStatus", classify.SentOther: "sentOtherValue",
}

func sentValue(v classify.SentValue) string {
	if v > classify.SentOther {
		return fmt.Sprintf("%s + %d", sentValues[classify.SentOther], v-classify.SentOther)
	}
	return sentValues[v]
}

// emitSentForm writes
//
//	var sentBody = []sentMember{
//		{key: "error", below: []sentMember{
//			{key: "code", value: sentCode},
//		}},
//	}
func emitSentForm(f *file, name, doc string, members []classify.SentMember) {
	source, err := format.Source([]byte("var " + name + " = " + membersLiteral(members)))
	if err != nil {
		f.fail(err)
	}
	f.raw(name+" "+doc, string(source))
}

func membersLiteral(members []classify.SentMember) string {
	var b strings.Builder
	b.WriteString("[]sentMember{\n")
	for _, m := range members {
		parts := []string{"key: " + strconv.Quote(m.Key)}
		if m.Array {
			parts = append(parts, "isArray: true")
		}
		if m.Below != nil {
			parts = append(parts, "below: "+membersLiteral(m.Below))
		} else {
			parts = append(parts, "value: "+sentValue(m.Value))
		}
		for _, text := range [][2]string{{"before", m.Before}, {"after", m.After}} {
			if text[1] != "" {
				parts = append(parts, text[0]+": "+strconv.Quote(text[1]))
			}
		}
		b.WriteString("{" + strings.Join(parts, ", ") + "},\n")
	}
	return b.String() + "}"
}

// sentEntry returns the row of a code, or of a subtype unless s is nil. The row of a subtype that is
// not sent is empty.
func sentEntry(p *pkg, c *plan.Code, s *plan.Subtype) (l literal) {
	l.short = true
	sent := c.Sent
	if s != nil {
		sent = s.Sent
	}
	if sent == nil {
		return l
	}
	l.add("status", strconv.Itoa(sent.Status))
	l.add("grpc", strconv.Itoa(sent.GRPC))
	l.text("message", sent.Message)
	if p.Server.Problem {
		l.text("title", c.Title)
	}
	if p.sends(classify.SentSubtype) {
		l.text("field", sent.Field)
	}
	var others []string
	for _, o := range sent.Others {
		others = append(others, fmt.Sprintf("{%s, %q, %v}", sentValue(classify.SentOther+classify.SentValue(o.Index)), o.Text, o.JSON))
	}
	if len(others) > 0 {
		l.add("others", "[]sentOther{"+strings.Join(others, ", ")+"}")
	}
	if c.Internal {
		l.add("internal", "true")
	}
	return l
}

// sends reports whether responses contain one of the values.
func (p *pkg) sends(values ...classify.SentValue) bool {
	return p.Server != nil && (sends(p.Server.Form.Body, values...) || sends(p.Server.Form.Headers, values...))
}

func sends(members []classify.SentMember, values ...classify.SentValue) bool {
	return slices.ContainsFunc(members, func(m classify.SentMember) bool {
		return slices.Contains(values, m.Value) || sends(m.Below, values...)
	})
}
