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
	g := newConstGroup()
	for _, c := range codes {
		g.add(c.Doc, c.Const, "Code", p.codeKeys.goText(c.Wire))
	}
	return g.text()
}

func subtypeConsts(subtypes []*plan.Subtype) string {
	g := newConstGroup()
	for _, s := range subtypes {
		g.add(s.Doc, s.Const, "Subtype", strconv.Quote(s.Value))
	}
	return g.text()
}

// A constGroup collects constants, with a blank line before each that has more than
// one line of comment. There is nothing to align: each has a comment.
type constGroup struct {
	b     strings.Builder
	empty bool
}

func newConstGroup() *constGroup {
	g := &constGroup{empty: true}
	g.b.WriteString("const (\n")
	return g
}

func (g *constGroup) add(doc []string, name, typ, value string) {
	if !g.empty && len(doc) > 1 {
		g.b.WriteString("\n")
	}
	g.empty = false
	writeComment(&g.b, doc, "\t")
	for _, s := range []string{"\t", name, " ", typ, " = ", value, "\n"} {
		g.b.WriteString(s)
	}
}

func (g *constGroup) text() string {
	g.b.WriteString(")")
	return g.b.String()
}
