package golang

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
)

// A packed table has a string for each row, which runtime/packed_info.go and
// packed_subtypes.go decode on demand. Its rows are divided among several files, and so
// are the constants.

// chunkEmitters returns the emitters of the files that only large tables have. Their
// names differ only in a number.
func chunkEmitters(p *pkg) []emitter {
	var all []emitter
	add := func(name string, c chunk, emit func(*file, *pkg, chunk)) {
		all = append(all, emitter{fmt.Sprintf("%s_%03d.go", name, c.number), func(f *file, p *pkg) { emit(f, p, c) }})
	}
	if p.packedCodes() {
		for _, c := range p.chunks(len(p.Codes)) {
			add("codes", c, emitCodeChunk)
			add("info", c, emitInfoChunk)
		}
	}
	if p.packedSubtypes() {
		for _, c := range p.chunks(len(p.subtypes)) {
			add("subtypes", c, emitSubtypeChunk)
			add("subtype_info", c, emitSubtypeInfoChunk)
		}
	}
	return all
}

// emitCodeChunk writes the constants of some codes.
func emitCodeChunk(f *file, p *pkg, c chunk) {
	codes := p.Codes[c.from:c.to]
	f.raw(fmt.Sprintf("Codes %d to %d of the table.", c.from+1, c.to), codeConsts(p, codes))
	if p.integer() {
		emitGuard(f, guards(codes))
	}
}

func emitSubtypeChunk(f *file, p *pkg, c chunk) {
	f.raw(fmt.Sprintf("Subtypes %d to %d of the table.", c.from+1, c.to), subtypeConsts(p.subtypes[c.from:c.to]))
}

// emitInfoChunk writes the texts of some codes:
//
//	var infoRows001 = [1000]string{
//		"tService Error\x00dInternal service error\x00…",
//		…
//	}
func emitInfoChunk(f *file, p *pkg, c chunk) {
	rows := make([]string, 0, c.to-c.from)
	for _, code := range p.Codes[c.from:c.to] {
		rows = append(rows, packInfo(code))
	}
	emitRows(f, p, "info", fmt.Sprintf("codes %d to %d", c.from+1, c.to), c, rows)
}

func emitSubtypeInfoChunk(f *file, p *pkg, c chunk) {
	rows := make([]string, 0, c.to-c.from)
	for _, s := range p.subtypes[c.from:c.to] {
		rows = append(rows, packSubtype(s))
	}
	emitRows(f, p, "subtypeInfo", fmt.Sprintf("subtypes %d to %d", c.from+1, c.to), c, rows)
}

func emitRows(f *file, p *pkg, prefix, entries string, c chunk, rows []string) {
	name := fmt.Sprintf("%sRows%03d", prefix, c.number)
	size := 100
	for _, row := range rows {
		size += len(row) + len(row)/4 // a quarter for escapes
	}
	b := fmt.Appendf(make([]byte, 0, size), "var %s = [%d]string{\n", name, p.perFile)
	for _, row := range rows {
		b = append(strconv.AppendQuote(append(b, '\t'), row), ",\n"...)
	}
	f.raw(fmt.Sprintf("%s holds the texts of %s. See nextField for the format.", name, entries), string(append(b, '}')))
}

// emitRowsList writes
//
//	var infoRows = [...]*[1000]string{&infoRows001, …}
func emitRowsList(f *file, p *pkg, prefix string, rows int) {
	var chunks []jen.Code
	for _, c := range p.chunks(rows) {
		chunks = append(chunks, jen.Op("&").Id(fmt.Sprintf("%sRows%03d", prefix, c.number)))
	}
	f.decl(prefix+"Rows holds all rows, in table order.",
		jen.Var().Id(prefix+"Rows").Op("=").Index(jen.Op("...")).Op("*").Index(jen.Lit(p.perFile)).String().Values(chunks...))
}

// rowAt writes infoRows[i/1000][i%1000].
func rowAt(p *pkg, prefix string) *jen.Statement {
	return jen.Id(prefix + "Rows").Index(jen.Id("i").Op("/").Lit(p.perFile)).Index(jen.Id("i").Op("%").Lit(p.perFile))
}

// emitPackedInfo writes
//
//	func infoAt(i int) Info {
//		info := unpackInfo(infoRows[i/1000][i%1000], codeAt)
//		decision := decisionAt(i)
//		info.Code, info.Class = decision.Code, decision.Class
//		for s := int(firstSubtype[i]); s < int(firstSubtype[i+1]); s++ {
//			info.Subtypes = append(info.Subtypes, subtypeDecisionAt(s).Subtype)
//		}
//		return info
//	}
func emitPackedInfo(f *file, p *pkg) {
	first := func(i *jen.Statement) *jen.Statement { return jen.Int().Call(jen.Id("firstSubtype").Index(i)) }
	f.decl("infoAt returns the Info of the code at an index of the table.",
		jen.Func().Id("infoAt").Params(jen.Id("i").Int()).Id("Info").Block(
			jen.Id("info").Op(":=").Id("unpackInfo").Call(rowAt(p, "info"), jen.Id("codeAt")),
			jen.Id("decision").Op(":=").Id("decisionAt").Call(jen.Id("i")),
			jen.List(jen.Id("info").Dot("Code"), jen.Id("info").Dot("Class")).Op("=").
				List(jen.Id("decision").Dot("Code"), jen.Id("decision").Dot("Class")),
			jen.For(
				jen.Id("s").Op(":=").Add(first(jen.Id("i"))),
				jen.Id("s").Op("<").Add(first(jen.Id("i").Op("+").Lit(1))),
				jen.Id("s").Op("++"),
			).Block(
				jen.Id("info").Dot("Subtypes").Op("=").Append(jen.Id("info").Dot("Subtypes"), jen.Id("subtypeDecisionAt").Call(jen.Id("s")).Dot("Subtype")),
			),
			jen.Return(jen.Id("info")),
		))
	emitRowsList(f, p, "info", len(p.Codes))
}

// emitPackedSubtypes writes
//
//	func subtypeInfoAt(i int) SubtypeInfo {
//		info := unpackSubtype(subtypeInfoRows[i/1000][i%1000])
//		info.Subtype, info.Code = Subtype(…), codeAt(int(subtypeCode[i]))
//		return info
//	}
func emitPackedSubtypes(f *file, p *pkg) {
	f.decl("subtypeInfoAt returns the SubtypeInfo of the subtype at an index of the table.",
		jen.Func().Id("subtypeInfoAt").Params(jen.Id("i").Int()).Id("SubtypeInfo").Block(
			jen.Id("info").Op(":=").Id("unpackSubtype").Call(rowAt(p, "subtypeInfo")),
			jen.List(jen.Id("info").Dot("Subtype"), jen.Id("info").Dot("Code")).Op("=").
				List(p.subtypeKeys.at(jen.Id("i")), codeOfSubtype(p, jen.Id("i"))),
			jen.Return(jen.Id("info")),
		))
	emitRowsList(f, p, "subtypeInfo", len(p.subtypes))
}

// A packing builds a row; see runtime/packed.go for the format.
type packing struct{ strings.Builder }

// text adds a field unless it is empty.
func (b *packing) text(letter byte, value string) {
	if value == "" {
		return
	}
	b.WriteByte(letter)
	b.WriteString(value)
	b.WriteByte(0)
}

// texts adds a list, including empty texts.
func (b *packing) texts(letter byte, values []string) {
	for _, value := range values {
		b.WriteByte(letter)
		b.WriteString(value)
		b.WriteByte(0)
	}
}

func packInfo(c *plan.Code) string {
	var b packing
	b.text('t', c.Title)
	b.text('d', c.Description)
	b.text('D', c.Details)
	b.text('a', c.Retry.Advice)
	b.text('h', c.Retry.Hint)
	b.texts('c', c.CauseTexts())
	b.texts('v', c.Avoid)
	b.texts('f', c.Fixes)
	b.texts('e', c.Examples)
	b.text('u', c.URL)
	if c.HTTP != 0 {
		b.text('H', strconv.Itoa(c.HTTP))
	}
	b.text('G', c.GRPC)
	b.text('s', c.Since)
	if d := c.Deprecated; d != nil {
		b.texts('x', []string{d.Since}) // even if empty: there is a Deprecation
		b.text('y', d.Reason)
		if d.ReplacedBy != nil {
			b.text('z', strconv.Itoa(d.ReplacedBy.Index))
		}
	}
	return b.String()
}

func packSubtype(s *plan.Subtype) string {
	var b packing
	b.text('t', s.Title)
	b.text('d', s.Description)
	b.texts('e', s.Examples)
	b.text('a', s.Retry.Advice)
	b.text('h', s.Retry.Hint)
	b.text('u', s.URL)
	return b.String()
}
