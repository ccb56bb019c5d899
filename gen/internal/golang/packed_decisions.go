package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// Thousands of codes have few distinct decisions. A packed table lists these kinds, and
// the index of the kind for each code.

// emitPackedDecisions writes
//
//	func decisionAt(i int) Decision {
//		d := decisionKinds[decisionKind[i]]
//		d.Code = codeAt(i)
//		return d
//	}
//
// and the lists.
func emitPackedDecisions(f *file, p *pkg) {
	emitDecisionAt(f, "decisionAt", "code", jen.Block(
		jen.Id("d").Op(":=").Id("decisionKinds").Index(jen.Id("decisionKind").Index(jen.Id("i"))),
		jen.Id("d").Dot("Code").Op("=").Id("codeAt").Call(jen.Id("i")),
		jen.Return(jen.Id("d")),
	))
	kinds, _ := codeKinds(p)
	emitKinds(f, "decisionKinds", "codes", kinds)
}

// emitPackedSubtypeDecisions writes
//
//	func subtypeDecisionAt(i int) Decision {
//		d := subtypeDecisionKinds[subtypeDecisionKind[i]]
//		d.Code, d.Subtype = codeAt(int(subtypeCode[i])), Subtype(…)
//		return d
//	}
//
// and the lists.
func emitPackedSubtypeDecisions(f *file, p *pkg) {
	emitDecisionAt(f, "subtypeDecisionAt", "subtype", jen.Block(
		jen.Id("d").Op(":=").Id("subtypeDecisionKinds").Index(jen.Id("subtypeDecisionKind").Index(jen.Id("i"))),
		jen.List(jen.Id("d").Dot("Code"), jen.Id("d").Dot("Subtype")).Op("=").
			List(codeOfSubtype(p, jen.Id("i")), p.subtypeKeys.at(jen.Id("i"))),
		jen.Return(jen.Id("d")),
	))
	kinds, _ := subtypeKinds(p)
	emitKinds(f, "subtypeDecisionKinds", "subtypes", kinds)
}

func emitKinds(f *file, name, entries string, kinds []kind) {
	f.table(name, "Decision", "holds the distinct decisions for "+entries+", without the codes and subtypes themselves.", len(kinds), func(i int) (l literal) {
		k := kinds[i]
		l.short = true
		l.add("Known", "true")
		if k.subtype != nil {
			decisionKind(&l, k.code, k.subtype.Retry)
		} else {
			decisionKind(&l, k.code, k.code.Retry)
		}
		return l
	})
}

// A kind is the first code or subtype with a decision.
type kind struct {
	code    *plan.Code
	subtype *plan.Subtype // nil for the decision of the code
}

// A kindKey is the part of a decision that all entries of a kind have in common.
type kindKey struct {
	class   *plan.Class
	charged spec.Charged
	retry   plan.Retry
}

// A kindList numbers kinds in the order of their first entries.
type kindList struct {
	kinds   []kind
	numbers map[kindKey]uint32
	of      []uint32 // by entry
}

func (l *kindList) add(k kind, r plan.Retry) {
	r.Advice, r.Hint, r.Sentence = "", "", "" // no part of a decision
	d := kindKey{k.code.Class, k.code.Charged, r}
	n, ok := l.numbers[d]
	if !ok {
		if l.numbers == nil {
			l.numbers = make(map[kindKey]uint32)
		}
		n = uint32(len(l.kinds))
		l.numbers[d] = n
		l.kinds = append(l.kinds, k)
	}
	l.of = append(l.of, n)
}

func codeKinds(p *pkg) (kinds []kind, of []uint32) {
	var l kindList
	for _, c := range p.Codes {
		l.add(kind{code: c}, c.Retry)
	}
	return l.kinds, l.of
}

func subtypeKinds(p *pkg) (kinds []kind, of []uint32) {
	var l kindList
	for _, s := range p.subtypes {
		l.add(kind{s.Code, s}, s.Retry)
	}
	return l.kinds, l.of
}

// emitColumns writes the columns of numbers of packed tables.
func emitColumns(f *file, p *pkg) {
	if p.packedCodes() {
		kinds, of := codeKinds(p)
		column(f, "decisionKind", unsignedFor(len(kinds)), "holds, for each code, the index of its decision in decisionKinds.", of)
	}
	if p.packedSubtypes() {
		kinds, of := subtypeKinds(p)
		column(f, "subtypeDecisionKind", unsignedFor(len(kinds)), "holds, for each subtype, the index of its decision in subtypeDecisionKinds.", of)
		codes := make([]uint32, len(p.subtypes))
		for i, s := range p.subtypes {
			codes[i] = uint32(s.Code.Index)
		}
		column(f, "subtypeCode", unsignedFor(len(p.Codes)), "holds, for each subtype, the index of its code.", codes)
	}
	if p.packedCodes() {
		first, n := firstSubtypes(p)
		column(f, "firstSubtype", unsignedFor(n), firstSubtypeDoc, first)
	}
}
