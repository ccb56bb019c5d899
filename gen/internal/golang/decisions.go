package golang

import (
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// emitDecisions writes the type Decision, the decisions for all codes and subtypes, and
// the functions that return them.
func emitDecisions(f *file, p *pkg) {
	emitDecisionType(f)
	emitClassify(f, p)
	emitHasStricter(f, p)
	emitCodeDecision(f, p)
	emitDecisionTable(f, p)
	emitSubtypeDecision(f)
	emitSubtypeDecisionTable(f, p)
}

// emitDecisionType writes the types Decision and Wait.
func emitDecisionType(f *file) {
	field := func(name, typ, doc string) jen.Code { return jen.Id(name).Id(typ).Comment("// " + doc) }
	f.decl("Decision is the result of classifying an error. Decisions are comparable.",
		jen.Type().Id("Decision").Struct(
			field("Code", "Code", "listed code; the original value if unlisted"),
			field("Known", "bool", "whether the table lists the code"),
			field("Subtype", "Subtype", "subtype of the code, \"\" if none"),
			field("Class", "Class", "class of the code"),
			field("Action", "Action", "recommended reaction"),
			field("Automatic", "bool", "whether clients may retry the same request automatically"),
			field("Throttle", "bool", "whether the error is a rate or concurrency limit"),
			field("Wait", "Wait", "how long to wait before a retry"),
			field("Charged", "Charged", "whether the service charges for the request"),
		))
	f.decl("Wait is the range of times to wait before retrying the same request. It is zero if the table does not specify one.",
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
//			return subtypeDecisionAt(s)
//		}
//		return decisionAt(i)
//	}
//
//	func unlisted(code Code) Decision {
//		return Decision{Code: code, Action: ActionSupport}
//	}
func emitClassify(f *file, p *pkg) {
	doc := `Classify returns the decision for a code and its message. The code determines the
decision; the message can only select one of the code's subtypes, which is never
looser than the code. Aliases and former names are treated as the current code.`
	fields := []jen.Code{key("Code", jen.Id("code"))}
	if p.Unlisted != nil && p.Unlisted.Retry.Action != spec.ActionUnknown {
		fields = append(fields, key("Action", jen.Id(actionConst(p.Unlisted.Retry.Action))))
		doc += "\n\nFor a code that the table does not list, Known and Automatic are false and Action is that of [" + p.Unlisted.Const + "]."
	} else {
		doc += "\n\nFor a code that the table does not list, Known and Automatic are false."
	}
	doc += "\n\nClassify, like every function that matches phrases, reads only the first 64 KiB of a message."
	known := []jen.Code{
		jen.If(jen.Id("s").Op(":=").Id("subtypeIn").Call(jen.Id("i"), jen.Id("message")), jen.Id("s").Op(">=").Lit(0)).Block(
			jen.Return(jen.Id("subtypeDecisionAt").Call(jen.Id("s"))),
		),
		jen.Return(jen.Id("decisionAt").Call(jen.Id("i"))),
	}
	if p.hasStricter() {
		doc += "\nThe decision for a longer message is not automatic if the code has a stricter subtype, which the rest of the message may select."
		known = cautiousDecision()
	}
	if p.hasHidden() {
		doc += "\n\nThe decision is not automatic if the code has a stricter subtype that only a response selects. [Error.Decision] considers the response."
	}
	doc += "\n\nPhrases are matched literally: the message \"no nudity detected\" contains the phrase \"nudity detected\"."
	name := "Classify"
	if p.hasHidden() {
		emitCautiousClassify(f, p, doc)
		name, doc = "classify", "classify returns the decision for the code and the message of a response."
	}
	f.decl(doc,
		jen.Func().Id(name).Params(jen.Id("code").Id("Code"), jen.Id("message").String()).Id("Decision").Block(append([]jen.Code{
			jen.Id("i").Op(":=").Id("code").Dot("index").Call(),
			jen.If(jen.Id("i").Op("<").Lit(0)).Block(jen.Return(jen.Id("unlisted").Call(jen.Id("code")))),
		}, known...)...))
	f.decl("unlisted returns the decision for an unlisted code, or for no code.",
		jen.Func().Id("unlisted").Params(jen.Id("code").Id("Code")).Id("Decision").Add(returns(jen.Id("Decision").Values(fields...))))
}

// emitCodeDecision writes
//
//	func (c Code) Decision() Decision { return Classify(c, "") }
//
// and, if codes have aliases, former names or prefixes,
//
//	func (c Code) listed() Code {
//		if i := c.index(); i >= 0 {
//			return decisions[i].Code
//		}
//		return c
//	}
func emitCodeDecision(f *file, p *pkg) {
	f.decl("Decision returns Classify(c, \"\").",
		method("c", "Code", "Decision").Id("Decision").Add(returns(jen.Id("Classify").Call(jen.Id("c"), jen.Lit("")))))
	if len(p.codeKeys.others)+len(p.codeKeys.starts) == 0 {
		f.decl("listed returns c: the codes of the table have neither aliases nor former names.",
			method("c", "Code", "listed").Id("Code").Add(returns(jen.Id("c"))))
		return
	}
	f.decl("listed returns the listed code for an alias or former name, and c otherwise.",
		method("c", "Code", "listed").Id("Code").Block(
			jen.If(jen.Id("i").Op(":=").Id("c").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(codeAt(p, jen.Id("i"))),
			),
			jen.Return(jen.Id("c")),
		))
}

// emitDecisionTable writes
//
//	func decisionAt(i int) Decision { return decisions[i] }
//
//	var decisions = [...]Decision{
//		{Code: CodeServiceError, Known: true, …},
//	}
func emitDecisionTable(f *file, p *pkg) {
	if p.packedCodes() {
		emitPackedDecisions(f, p)
		return
	}
	emitDecisionAt(f, "decisionAt", "code", returns(jen.Id("decisions").Index(jen.Id("i"))))
	f.table("decisions", "Decision", "holds the decision for each code, in table order.", len(p.Codes), func(i int) literal {
		return decision(p.Codes[i], nil, p.Codes[i].Retry)
	})
}

func emitDecisionAt(f *file, name, entry string, body *jen.Statement) {
	f.decl(name+" returns the decision for the "+entry+" at index i of the table.",
		jen.Func().Id(name).Params(jen.Id("i").Int()).Id("Decision").Add(body))
}

// emitSubtypeDecision writes
//
//	func (s Subtype) decision() Decision {
//		if i := s.index(); i >= 0 {
//			return subtypeDecisionAt(i)
//		}
//		return Decision{}
//	}
func emitSubtypeDecision(f *file) {
	f.decl("decision returns the decision for a listed subtype.",
		method("s", "Subtype", "decision").Id("Decision").Block(
			jen.If(jen.Id("i").Op(":=").Id("s").Dot("index").Call(), jen.Id("i").Op(">=").Lit(0)).Block(
				jen.Return(jen.Id("subtypeDecisionAt").Call(jen.Id("i"))),
			),
			jen.Return(jen.Id("Decision").Values()),
		))
}

func emitSubtypeDecisionTable(f *file, p *pkg) {
	if p.packedSubtypes() {
		emitPackedSubtypeDecisions(f, p)
		return
	}
	if !p.hasSubtypeDecisions() {
		emitSharedDecision(f)
		return
	}
	emitDecisionAt(f, "subtypeDecisionAt", "subtype", returns(jen.Id("subtypeDecisions").Index(jen.Id("i"))))
	f.table("subtypeDecisions", "Decision", "holds the decision for each subtype, in table order.", len(p.subtypes), func(i int) literal {
		s := p.subtypes[i]
		return decision(s.Code, s, s.Retry)
	})
}

// decision returns the elements of a Decision that are not zero.
func decision(c *plan.Code, s *plan.Subtype, r plan.Retry) (l literal) {
	l.short = true
	l.add("Code", c.Const)
	l.add("Known", "true")
	if s != nil {
		l.add("Subtype", s.Const)
	}
	decisionKind(&l, c, r)
	return l
}

// decisionKind adds the elements of a Decision that many entries share.
func decisionKind(l *literal, c *plan.Code, r plan.Retry) {
	if c.Class != nil {
		l.add("Class", c.Class.Const)
	}
	l.add("Action", actionConst(r.Action))
	if r.Automatic {
		l.add("Automatic", "true")
	}
	if r.Throttle {
		l.add("Throttle", "true")
	}
	if r.WaitMax > 0 {
		l.add("Wait", "Wait{Min: "+durationText(r.WaitMin)+", Max: "+durationText(r.WaitMax)+"}")
	}
	if c.Charged != spec.ChargedUnknown {
		l.add("Charged", chargedConsts[c.Charged])
	}
}

// duration writes a length: 30 * time.Second.
func duration(d time.Duration) *jen.Statement {
	switch n, unit := inUnits(d); {
	case unit == "":
		return jen.Lit(0)
	case n == 1:
		return jen.Qual("time", unit)
	default:
		return jen.Op(strconv.FormatInt(n, 10)).Op("*").Qual("time", unit)
	}
}

// durationText returns a length as duration writes it, for formatted declarations; see
// [file.raw]. Unlike duration, it does not make the file import time.
func durationText(d time.Duration) string {
	switch n, unit := inUnits(d); {
	case unit == "":
		return "0"
	case n == 1:
		return "time." + unit
	default:
		return strconv.FormatInt(n, 10) + " * time." + unit
	}
}

// inUnits returns a length as a multiple of the largest possible unit of package time.
// It returns "" as the unit if the length is zero.
func inUnits(d time.Duration) (n int64, unit string) {
	units := []struct {
		length time.Duration
		name   string
	}{
		{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"},
		{time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}, {time.Nanosecond, "Nanosecond"},
	}
	for _, u := range units {
		if d != 0 && d%u.length == 0 {
			return int64(d / u.length), u.name
		}
	}
	return 0, ""
}
