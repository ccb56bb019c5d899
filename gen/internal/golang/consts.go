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
	size := 0
	for _, c := range codes {
		size += constSize(c.Doc, c.Const, c.Wire)
	}
	g := newConstGroup(size)
	for _, c := range codes {
		g.add(c.Doc, c.Const, "Code", p.codeKeys.goText(c.Wire))
	}
	return g.text()
}

func subtypeConsts(subtypes []*plan.Subtype) string {
	size := 0
	for _, s := range subtypes {
		size += constSize(s.Doc, s.Const, s.Value)
	}
	g := newConstGroup(size)
	for _, s := range subtypes {
		g.add(s.Doc, s.Const, "Subtype", strconv.Quote(s.Value))
	}
	return g.text()
}

// A constGroup collects the constants of codes and subtypes, of which there may be tens
// of thousands. Constants with more than one line of comment follow a blank line. Each
// constant has a comment, so gofmt aligns nothing. [group] is for the few other
// constants, whose values may require imports.
type constGroup struct {
	b     strings.Builder
	empty bool
}

// newConstGroup returns a group with room for size bytes, so that a long one is not
// copied while it grows.
func newConstGroup(size int) *constGroup {
	g := &constGroup{empty: true}
	g.b.Grow(size + len("const (\n)"))
	g.b.WriteString("const (\n")
	return g
}

// constSize returns the approximate size of a constant in bytes.
func constSize(doc []string, name, value string) int {
	size := len("\n\t Subtype = \"\"\n") + len(name) + len(value)
	for _, line := range doc {
		size += len("\t// \n") + len(line)
	}
	return size
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
