package golang

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
)

// codeConsts returns the constants of some codes:
//
//	const (
//		// CodeServiceError (Service Error): …
//		CodeServiceError Code = "service_error"
//
//		…
//	)
func codeConsts(p *pkg, codes []*plan.Code) string {
	var g constGroup
	for _, c := range codes {
		g.add(c.Doc, c.Const, "Code", p.codeKeys.goText(c.Wire))
	}
	return g.text()
}

func subtypeConsts(subtypes []*plan.Subtype) string {
	var g constGroup
	for _, s := range subtypes {
		g.add(s.Doc, s.Const, "Subtype", strconv.Quote(s.Value))
	}
	return g.text()
}

// A constGroup collects constants, with a blank line before each that has more than
// one line of comment. There is nothing to align: each has a comment.
type constGroup struct {
	b strings.Builder
}

func (g *constGroup) add(doc []string, name, typ, value string) {
	if g.b.Len() > 0 && len(doc) > 1 {
		g.b.WriteString("\n")
	}
	writeComment(&g.b, doc, "\t")
	g.b.WriteString("\t" + name + " " + typ + " = " + value + "\n")
}

func (g *constGroup) text() string { return "const (\n" + g.b.String() + ")" }
