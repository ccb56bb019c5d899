package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/match"
)

// emitPhrases writes the phrases of the table: few of them as a list that people
// can read, many as sets with filters.
func emitPhrases(f *file, p *plan.Plan) {
	if p.Phrases.List != nil {
		emitPhraseList(f, p.Phrases.List)
		emitFirstSubtype(f, p)
		emitPhraseFuncs(f,
			jen.Id("at").Call(jen.Id("phrases").Dot("phrases"), jen.Id("phrases").Dot("find").Call(
				jen.Id("message"), jen.Op("-").Len(jen.Id("decisions")), jen.Len(jen.Id("subtypeDecisions")))),
			jen.Id("at").Call(jen.Id("phrases").Dot("phrases"), jen.Id("phrases").Dot("find").Call(
				jen.Id("message"), jen.Int().Call(jen.Id("firstSubtype").Index(jen.Id("code"))),
				jen.Int().Call(jen.Id("firstSubtype").Index(jen.Id("code").Op("+").Lit(1))).Op("-").Lit(1))),
		)
	} else {
		emitPhraseSets(f, p)
		emitPhraseFuncs(f,
			jen.Id("at").Call(jen.Id("phrases").Dot("phrases"), jen.Id("phrases").Dot("find").Call(jen.Id("message"))),
			jen.Id("at").Call(
				jen.Id("codePhrases").Index(jen.Id("code")).Dot("phrases"),
				jen.Id("codePhrases").Index(jen.Id("code")).Dot("find").Call(jen.Id("message"))),
		)
	}
	emitFallbackOf(f, p)
}

// emitPhraseFuncs writes, for a list,
//
//	func anyPhrase(message string) *phrase {
//		return at(phrases.phrases, phrases.find(message, -len(decisions), len(subtypeDecisions)))
//	}
//
//	func phraseIn(code int, message string) *phrase {
//		return at(phrases.phrases, phrases.find(message, int(firstSubtype[code]), int(firstSubtype[code+1])-1))
//	}
func emitPhraseFuncs(f *file, any, in jen.Code) {
	f.decl("anyPhrase returns the phrase that a message chooses among all, nil if it holds none.",
		jen.Func().Id("anyPhrase").Params(jen.Id("message").String()).Op("*").Id("phrase").Block(jen.Return(any)))
	f.decl("phraseIn returns the phrase that a message chooses among those of a code's sub-types, nil if it holds none.",
		jen.Func().Id("phraseIn").Params(jen.Id("code").Int(), jen.Id("message").String()).Op("*").Id("phrase").Block(jen.Return(in)))
}

// emitPhraseList writes
//
//	var phrases = phraseList{
//		starts: [16]uint64{0x2000, 0, 0x10, …},
//		phrases: []phrase{
//			{text: "file size exceeds " + num + "mb", names: "limit_mb", owner: 9},
//			{text: "prompt is too long", owner: 7},
//		},
//	}
func emitPhraseList(f *file, list *match.List) {
	f.decl(`phrases are the phrases of all codes and sub-types, the better choice first:
ordinary ones before those of fallbacks, then the one with more literal text, then
the table's order. The owner of a phrase is the place of its sub-type in
subtypeDecisions, or -1-i if it is one of code i itself.`,
		jen.Var().Id("phrases").Op("=").Id("phraseList").Add(rows(
			key("starts", jen.Index(jen.Lit(len(list.Starts))).Uint64().Values(numbers(list.Starts[:])...)),
			key("phrases", phraseRows(list.Phrases)),
		)))
}

func phraseRows(phrases []match.TablePhrase) *jen.Statement {
	elements := make([]jen.Code, len(phrases))
	for i, p := range phrases {
		elements[i] = phraseRow(p)
	}
	return jen.Index().Id("phrase").Add(rows(elements...))
}

// phraseRow writes one phrase, fields that are zero left out.
func phraseRow(p match.TablePhrase) *jen.Statement {
	row := []jen.Code{key("text", patternLit(p.Text))}
	if p.Names != "" {
		row = append(row, key("names", jen.Lit(p.Names)))
	}
	row = append(row, key("owner", jen.Lit(p.Owner)))
	if p.Search != "" {
		row = append(row, key("search", jen.Id(p.Search)))
	}
	return jen.Values(row...)
}

// emitFirstSubtype writes
//
//	var firstSubtype = [...]uint8{0, 7, 12, 12}
func emitFirstSubtype(f *file, p *plan.Plan) {
	var places []jen.Code
	n := 0
	for _, c := range p.Codes {
		places = append(places, jen.Lit(n))
		n += len(c.Subtypes)
	}
	f.decl("firstSubtype holds, for each code, the place of its first sub-type in subtypeDecisions; those before the next code's are its own.",
		jen.Var().Id("firstSubtype").Op("=").Index(jen.Op("...")).Id(unsignedFor(n)).Values(append(places, jen.Lit(n))...))
}

// emitPhraseSets writes
//
//	var phrases = phraseSet{…}
//	var codePhrases = [...]phraseSet{…}
func emitPhraseSets(f *file, p *plan.Plan) {
	f.decl(`phrases are the phrases of all codes and sub-types, the better choice first, and
the filters that find them. The owner of a phrase is the place of its sub-type in
subtypeDecisions, or -1-i if it is one of code i itself.`,
		jen.Var().Id("phrases").Op("=").Id("phraseSet").Add(phraseSet(p.Phrases.All)))
	sets := make([]jen.Code, len(p.Phrases.Codes))
	for i, t := range p.Phrases.Codes {
		sets[i] = phraseSet(t)
	}
	f.decl("codePhrases holds, for each code, the phrases of its sub-types.",
		jen.Var().Id("codePhrases").Op("=").Index(jen.Op("...")).Id("phraseSet").Add(rows(sets...)))
}

func phraseSet(t match.Table) *jen.Statement {
	if len(t.Phrases) == 0 {
		return jen.Values()
	}
	filters := make([]jen.Code, len(t.Filters))
	for i, f := range t.Filters {
		windows := make([]jen.Code, len(f.Windows))
		for j, w := range f.Windows {
			windows[j] = jen.Values(jen.Lit(int(w.Phrase)), jen.Lit(int(w.At)))
		}
		filters[i] = rows(
			key("width", jen.Lit(f.Width)),
			key("stride", jen.Lit(f.Stride)),
			key("multiplier", hex(f.Multiplier)),
			key("shift", jen.Lit(int(f.Shift))),
			key("bitmap", jen.Index().Uint64().Values(numbers(f.Bitmap)...)),
			key("heads", jen.Index().Uint32().Values(numbers(f.Heads)...)),
			key("windows", jen.Index().Id("window").Values(windows...)),
		)
	}
	return rows(
		key("phrases", phraseRows(t.Phrases)),
		key("filters", jen.Index().Id("filter").Add(rows(filters...))),
	)
}

// numbers writes untyped constants: Lit would write a conversion for each.
func numbers[T uint32 | uint64](list []T) []jen.Code {
	out := make([]jen.Code, len(list))
	for i, n := range list {
		out[i] = hex(uint64(n))
	}
	return out
}

func hex(n uint64) *jen.Statement {
	if n < 10 {
		return jen.Op(strconv.FormatUint(n, 10))
	}
	return jen.Op("0x" + strconv.FormatUint(n, 16))
}

// patternLit writes a pattern with its placeholders by name: "exceeds " + num + "mb".
func patternLit(pattern string) *jen.Statement {
	names := map[byte]string{'\x01': "num", '\x02': "gap"}
	expr := jen.Null()
	add := func(part jen.Code, first bool) {
		if !first {
			expr.Op("+")
		}
		expr.Add(part)
	}
	from, first := 0, true
	for i := 0; i <= len(pattern); i++ {
		if i < len(pattern) && names[pattern[i]] == "" {
			continue
		}
		if i > from {
			add(jen.Lit(pattern[from:i]), first)
			first = false
		}
		if i < len(pattern) {
			add(jen.Id(names[pattern[i]]), first)
			first = false
		}
		from = i + 1
	}
	return expr
}

// emitFallbackOf writes
//
//	func fallbackOf(code int) int {
//		switch code {
//		case 0:
//			return 6
//		}
//		return -1
//	}
func emitFallbackOf(f *file, p *plan.Plan) {
	var cases []jen.Code
	for _, c := range p.Codes {
		for _, s := range c.Subtypes {
			if s.Fallback {
				cases = append(cases, jen.Case(jen.Lit(c.Index)).Block(jen.Return(jen.Lit(s.Index))))
			}
		}
	}
	var body []jen.Code
	if len(cases) > 0 {
		body = append(body, jen.Switch(jen.Id("code")).Block(cases...))
	}
	f.decl("fallbackOf returns the sub-type that stands for every message of the code which no phrase claims, or -1.",
		jen.Func().Id("fallbackOf").Params(jen.Id("code").Int()).Int().Block(append(body, jen.Return(jen.Lit(-1)))...))
}
