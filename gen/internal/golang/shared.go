package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// Tables omit what a code and its subtypes, or a code and its URL, have in common: the
// functions that return a row add it.

// ownRetry reports whether the retry settings of a subtype differ from those of its code.
func (p *pkg) ownRetry() bool {
	for _, s := range p.subtypes {
		own, of := s.Retry, s.Code.Retry
		own.Advice, own.Hint, own.Sentence = of.Advice, of.Hint, of.Sentence
		if own != of {
			return true
		}
	}
	return false
}

// hasSubtypeDecisions reports whether the package lists the decisions for subtypes.
// Otherwise, the decision for a subtype is that of its code.
func (p *pkg) hasSubtypeDecisions() bool { return p.packedSubtypes() || p.ownRetry() }

// subtypeTable returns the name of the list with a row for each subtype.
func (p *pkg) subtypeTable() string {
	if p.hasSubtypeDecisions() {
		return "subtypeDecisions"
	}
	return "subtypeInfos"
}

// ownText reports whether the documentation of a subtype differs from that of its code in
// more than its own texts.
func (p *pkg) ownText() bool {
	for _, s := range p.subtypes {
		if s.Retry.Advice != s.Code.Retry.Advice || s.Retry.Hint != s.Code.Retry.Hint || s.URL != s.Code.URL {
			return true
		}
	}
	return len(p.subtypes) == 0
}

// urlIsAnchor reports whether the URL of each code is that of the table, with the code as
// its fragment.
func (p *pkg) urlIsAnchor() bool {
	if p.integer() || p.DocsURL == "" {
		return false
	}
	for _, c := range p.Codes {
		if c.URL != p.DocsURL+"#"+c.Wire {
			return false
		}
	}
	return true
}

// hasDeprecated reports whether a code is deprecated.
func (p *pkg) hasDeprecated() bool {
	return p.anyCode(func(c *plan.Code) bool { return c.Deprecated != nil })
}

// hasSameHint reports whether the hint of a code is its advice.
func (p *pkg) hasSameHint() bool { return p.anyCode(sameHint) }

func sameHint(c *plan.Code) bool { return c.Retry.Hint != "" && c.Retry.Hint == c.Retry.Advice }

func (p *pkg) hasClasses() bool { return p.anyCode(func(c *plan.Code) bool { return c.Class != nil }) }

func (p *pkg) anyCode(is func(*plan.Code) bool) bool {
	for _, c := range p.Codes {
		if is(c) {
			return true
		}
	}
	return false
}

// emitSharedDecision writes
//
//	func subtypeDecisionAt(i int) Decision {
//		s := &subtypeInfos[i]
//		d := decisionAt(s.Code.index())
//		d.Subtype = s.Subtype
//		return d
//	}
func emitSharedDecision(f *file) {
	f.decl("subtypeDecisionAt returns the decision for the subtype at index i of the table. It is that of its code.",
		jen.Func().Id("subtypeDecisionAt").Params(jen.Id("i").Int()).Id("Decision").Block(
			jen.Id("s").Op(":=").Op("&").Id("subtypeInfos").Index(jen.Id("i")),
			jen.Id("d").Op(":=").Id("decisionAt").Call(jen.Id("s").Dot("Code").Dot("index").Call()),
			jen.Id("d").Dot("Subtype").Op("=").Id("s").Dot("Subtype"),
			jen.Return(jen.Id("d")),
		))
}
