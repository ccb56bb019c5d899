package golang

import (
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitDecisions writes the type Decision, what is decided about each code and
// sub-type, and the functions that decide.
func emitDecisions(f *file, p *plan.Plan) {
	emitDecisionType(f)
	emitClassify(f, p)
	emitCodeDecision(f)
	emitDecisionTable(f, p)
	emitSubtypeDecision(f)
	emitSubtypeDecisionTable(f, p)
}

// emitDecisionType writes the types Decision and Wait.
func emitDecisionType(f *file) {
	field := func(name, typ, doc string) jen.Code { return jen.Id(name).Id(typ).Comment("// " + doc) }
	f.decl("Decision is what the table decides about an error. Two decisions can be compared.",
		jen.Type().Id("Decision").Struct(
			field("Code", "Code", "as the table spells it"),
			field("Known", "bool", "whether the table lists the code; unknown is not no"),
			field("Subtype", "Subtype", "what the message tells, \"\" if nothing"),
			field("Class", "Class", "of the code"),
			field("Action", "Action", "what to do"),
			field("Automatic", "bool", "whether a program may send the same request again on its own"),
			field("Throttle", "bool", "whether a rate or concurrency limit was met: slow down"),
			field("Wait", "Wait", "how long to wait before that"),
		))
	f.decl("Wait is how long to wait before the same request. It is zero where the table does not say.",
		jen.Type().Id("Wait").Struct(jen.List(jen.Id("Min"), jen.Id("Max")).Qual("time", "Duration")))
}

// emitClassify writes
//
//	func Classify(code Code, message string) Decision {
//		i := code.index()
//		if i < 0 {
//			return unlisted(code)
//		}
//		if s := subtypeIn(i, message); s >= 0 {
//			return subtypeDecisions[s]
//		}
//		return decisions[i]
//	}
//
//	func unlisted(code Code) Decision {
//		return Decision{Code: code, Action: ActionSupport}
//	}
func emitClassify(f *file, p *plan.Plan) {
	doc := `Classify decides about a code and the message that came with it. The code decides;
the message only refines it to one of the code's own sub-types, which is never
looser than the code itself. Aliases and former names count as the code they mean.`
	fields := []jen.Code{key("Code", jen.Id("code"))}
	if p.Unknown != nil && p.Unknown.Retry.Action != spec.ActionUnknown {
		fields = append(fields, key("Action", jen.Id(actionConst(p.Unknown.Retry.Action))))
		doc += "\n\nA code that the table does not list is not Known, never Automatic, and has the action of [" + p.Unknown.Const + "]."
	} else {
		doc += "\n\nA code that the table does not list is not Known and never Automatic."
	}
	doc += "\n\nA message is taken at its words: one that says \"no nudity detected\" still holds \"nudity detected\"."
	f.decl(doc,
		jen.Func().Id("Classify").Params(jen.Id("code").Id("Code"), jen.Id("message").String()).Id("Decision").Block(
			jen.Id("i").Op(":=").Id("code").Dot("index").Call(),
			jen.If(jen.Id("i").Op("<").Lit(0)).Block(jen.Return(jen.Id("unlisted").Call(jen.Id("code")))),
			jen.If(jen.Id("s").Op(":=").Id("subtypeIn").Call(jen.Id("i"), jen.Id("message")), jen.Id("s").Op(">=").Lit(0)).Block(
				jen.Return(jen.Id("subtypeDecisions").Index(jen.Id("s"))),
			),
			jen.Return(jen.Id("decisions").Index(jen.Id("i"))),
		))
	f.decl("unlisted returns what is decided about a code that the table does not list, and about no code.",
		jen.Func().Id("unlisted").Params(jen.Id("code").Id("Code")).Id("Decision").Block(
			jen.Return(jen.Id("Decision").Values(fields...)),
		))
}

// emitCodeDecision writes
//
//	func (c Code) Decision() Decision { return Classify(c, "") }
//
//	func (c Code) listed() Code {
//		if i := c.index(); i >= 0 {
//			return decisions[i].Code
//		}
//		return c
//	}
func emitCodeDecision(f *file) {
	f.decl("Decision returns what the table decides about the code alone. It is Classify(c, \"\").",
		method("c", "Code", "Decision").Id("Decision").Block(
			jen.Return(jen.Id("Classify").Call(jen.Id("c"), jen.Lit(""))),
		))
	f.decl("listed returns the code as the table spells it.",
		method("c", "Code", "listed").Id("Code").Block(
			jen.If(jen.Id("i").Op(":=").Id("c").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(jen.Id("decisions").Index(jen.Id("i")).Dot("Code")),
			),
			jen.Return(jen.Id("c")),
		))
}

// emitDecisionTable writes
//
//	var decisions = [...]Decision{
//		{
//			Code:   CodeServiceError,
//			Known:  true,
//			…
//		},
//	}
func emitDecisionTable(f *file, p *plan.Plan) {
	elements := make([]jen.Code, len(p.Codes))
	for i, c := range p.Codes {
		elements[i] = rows(decision(c, nil, c.Retry)...)
	}
	f.decl("decisions holds what is decided about each code, in the table's order.",
		jen.Var().Id("decisions").Op("=").Index(jen.Op("...")).Id("Decision").Add(rows(elements...)))
}

// emitSubtypeDecision writes
//
//	func (s Subtype) decision() Decision {
//		if i := s.index(); i >= 0 {
//			return subtypeDecisions[i]
//		}
//		return Decision{}
//	}
func emitSubtypeDecision(f *file) {
	f.decl("decision returns what is decided about a listed sub-type.",
		method("s", "Subtype", "decision").Id("Decision").Block(
			jen.If(jen.Id("i").Op(":=").Id("s").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(jen.Id("subtypeDecisions").Index(jen.Id("i"))),
			),
			jen.Return(jen.Id("Decision").Values()),
		))
}

func emitSubtypeDecisionTable(f *file, p *plan.Plan) {
	var elements []jen.Code
	for _, s := range subtypesOf(p) {
		elements = append(elements, rows(decision(s.Code, s, s.Retry)...))
	}
	f.decl("subtypeDecisions holds what is decided about each sub-type, in the table's order.",
		jen.Var().Id("subtypeDecisions").Op("=").Index(jen.Op("...")).Id("Decision").Add(rows(elements...)))
}

// decision returns the elements of a Decision, those that are zero left out.
func decision(c *plan.Code, s *plan.Subtype, r plan.Retry) []jen.Code {
	row := []jen.Code{
		key("Code", jen.Id(c.Const)),
		key("Known", jen.True()),
	}
	if s != nil {
		row = append(row, key("Subtype", jen.Id(s.Const)))
	}
	if c.Class != nil {
		row = append(row, key("Class", jen.Id(c.Class.Const)))
	}
	row = append(row, key("Action", jen.Id(actionConst(r.Action))))
	if r.Automatic {
		row = append(row, key("Automatic", jen.True()))
	}
	if r.Throttle {
		row = append(row, key("Throttle", jen.True()))
	}
	if r.WaitMax > 0 {
		row = append(row, key("Wait", jen.Id("Wait").Values(key("Min", duration(r.WaitMin)), key("Max", duration(r.WaitMax)))))
	}
	return row
}

// duration returns a length as Go: 30 * time.Second.
func duration(d time.Duration) *jen.Statement {
	units := []struct {
		length time.Duration
		name   string
	}{
		{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"},
		{time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {time.Nanosecond, "Nanosecond"},
	}
	for _, u := range units {
		if d == u.length {
			return jen.Qual("time", u.name)
		}
		if d != 0 && d%u.length == 0 {
			return jen.Op(strconv.FormatInt(int64(d/u.length), 10)).Op("*").Qual("time", u.name)
		}
	}
	return jen.Lit(0)
}
