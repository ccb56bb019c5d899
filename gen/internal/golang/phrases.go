package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/spec/match"
)

// emitPhrases writes the phrases of the table: as a readable list if they are few, or as
// sets with filters.
func emitPhrases(f *file, p *pkg) {
	if p.Phrases.List != nil {
		emitPhraseList(f, p, p.Phrases.List)
		emitFirstSubtype(f, p)
		emitPhraseFuncs(f,
			jen.Id("at").Call(jen.Id("phrases").Dot("phrases"), jen.Id("phrases").Dot("find").Call(
				jen.Id("message"), jen.Op("-").Add(rowCount(p.packedCodes(), "decisions", len(p.Codes))), rowCount(p.packedSubtypes(), p.subtypeTable(), len(p.subtypes)))),
			jen.Id("at").Call(jen.Id("phrases").Dot("phrases"), jen.Id("phrases").Dot("find").Call(
				jen.Id("message"), jen.Int().Call(jen.Id("firstSubtype").Index(jen.Id("code"))),
				jen.Int().Call(jen.Id("firstSubtype").Index(jen.Id("code").Op("+").Lit(1))).Op("-").Lit(1))),
		)
	} else {
		emitPhraseSets(f, p)
		set := jen.Id("codePhrases").Index(jen.Id("code"))
		if p.packedCodes() {
			set = jen.Id("codePhrases").Index(jen.Id("phrasesOf").Index(jen.Id("code")))
		}
		emitPhraseFuncs(f,
			jen.Id("at").Call(jen.Id("phrases").Dot("phrases"), jen.Id("phrases").Dot("find").Call(jen.Id("message"))),
			jen.Id("at").Call(set.Clone().Dot("phrases"), set.Clone().Dot("find").Call(jen.Id("message"))),
		)
		if p.has("refined") || p.has("arrays") {
			emitFirstSubtype(f, p)
		}
	}
	emitFallbackOf(f, p)
}

// rowCount writes the number of rows of a table: the length of its list, or a number if
// it is packed.
func rowCount(packed bool, list string, rows int) *jen.Statement {
	if packed {
		return jen.Lit(rows)
	}
	return jen.Len(jen.Id(list))
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
	f.decl("anyPhrase returns the phrase of the table that message matches, or nil.",
		jen.Func().Id("anyPhrase").Params(jen.Id("message").String()).Op("*").Id("phrase").Block(jen.Return(any)))
	f.decl("phraseIn returns the phrase of the code's subtypes that message matches, or nil.",
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
func emitPhraseList(f *file, p *pkg, list *match.List) {
	var l literal
	l.add("starts", "["+strconv.Itoa(len(list.Starts))+"]uint64"+numberList(list.Starts[:], hexadecimal, "\t"))
	l.add("phrases", phraseRows(list.Phrases, "\t"))
	f.raw(`phrases holds the phrases of all codes and subtypes by precedence. Phrases of
fallbacks come last. Among the others, phrases with more literal text come first,
then table order applies. The owner of a phrase is the index of its subtype in
`+p.subtypeTable()+`, or -1-i for a phrase of code i itself.`,
		"var phrases = phraseList{\n"+string(l.appendTo(nil, "\t"))+"}")
}

// phraseRows returns a list of phrases, one per line.
func phraseRows(phrases []match.TablePhrase, indent string) string {
	if len(phrases) == 0 {
		return "[]phrase{}"
	}
	b := []byte("[]phrase{\n")
	for _, p := range phrases {
		b = append(appendPhrase(append(append(b, indent...), '\t'), p), ",\n"...)
	}
	return string(append(append(b, indent...), '}'))
}

// appendPhrase appends a phrase, without fields that are zero.
func appendPhrase(b []byte, p match.TablePhrase) []byte {
	b = appendPattern(append(b, "{text: "...), p.Text)
	if p.Names != "" {
		b = strconv.AppendQuote(append(b, ", names: "...), p.Names)
	}
	b = strconv.AppendInt(append(b, ", owner: "...), int64(p.Owner), 10)
	if p.Search != "" {
		b = append(append(b, ", search: "...), p.Search...)
	}
	return append(b, '}')
}

const firstSubtypeDoc = "holds, for each code, the index of its first subtype. Its subtypes end before the first one of the next code."

// emitFirstSubtype writes
//
//	var firstSubtype = [...]uint8{0, 7, 12, 12}
//
// unless it is one of the columns of a packed table.
func emitFirstSubtype(f *file, p *pkg) {
	if p.packedCodes() {
		return
	}
	first, n := firstSubtypes(p)
	indexes := make([]jen.Code, len(first))
	for i, index := range first {
		indexes[i] = jen.Lit(int(index))
	}
	f.decl("firstSubtype "+firstSubtypeDoc,
		jen.Var().Id("firstSubtype").Op("=").Index(jen.Op("...")).Id(unsignedFor(n)).Values(indexes...))
}

// firstSubtypes returns the index of each code's first subtype, followed by the number
// of subtypes, which it also returns as n.
func firstSubtypes(p *pkg) (first []uint32, n int) {
	for _, c := range p.Codes {
		first = append(first, uint32(n))
		n += len(c.Subtypes)
	}
	return append(first, uint32(n)), n
}

// emitPhraseSets writes
//
//	var phrases = phraseSet{…}
//	var codePhrases = [...]phraseSet{…}
//
// In a packed table, most codes have no subtypes. codePhrases then lists the sets of the
// others, and phrasesOf holds the index of each code's set.
func emitPhraseSets(f *file, p *pkg) {
	f.raw(`phrases holds the phrases of all codes and subtypes by precedence, and the filters
that find them. The owner of a phrase is the index of its subtype in
`+p.subtypeTable()+`, or -1-i for a phrase of code i itself.`,
		"var phrases = phraseSet"+phraseSet(p.Phrases.All, ""))
	b := []byte("var codePhrases = [...]phraseSet{\n")
	if !p.packedCodes() {
		for _, t := range p.Phrases.Codes {
			b = append(append(append(b, '\t'), phraseSet(t, "\t")...), ",\n"...)
		}
		f.raw("codePhrases holds, for each code, the phrases of its subtypes.", string(append(b, '}')))
		return
	}
	b = append(b, "\t{},\n"...)
	of := make([]uint32, len(p.Codes))
	for i, n := 0, uint32(0); i < len(of); i++ {
		if t := p.Phrases.Codes[i]; len(t.Phrases) > 0 {
			n++
			of[i] = n
			b = append(append(append(b, '\t'), phraseSet(t, "\t")...), ",\n"...)
		}
	}
	f.raw("codePhrases holds the phrases of each code's subtypes. The first element is empty.", string(append(b, '}')))
	column(f, "phrasesOf", unsignedFor(len(of)), "holds, for each code, the index of its phrases in codePhrases.", of)
}

// phraseSet returns the elements of a phraseSet, in braces. indent is the indentation of
// the first line.
func phraseSet(t match.Table, indent string) string {
	if len(t.Phrases) == 0 {
		return "{}"
	}
	in := indent + "\t"
	filters := []byte("[]filter{\n")
	for _, f := range t.Filters {
		windows := make([]string, len(f.Windows))
		for i, w := range f.Windows {
			windows[i] = "{" + strconv.Itoa(int(w.Phrase)) + ", " + strconv.Itoa(int(w.At)) + "}"
		}
		var l literal
		l.add("width", strconv.Itoa(f.Width))
		l.add("stride", strconv.Itoa(f.Stride))
		l.add("multiplier", hex(f.Multiplier))
		l.add("shift", strconv.Itoa(int(f.Shift)))
		l.add("bitmap", "[]uint64"+numberList(f.Bitmap, hexadecimal, in+"\t\t"))
		l.add("heads", "[]uint32"+numberList(f.Heads, decimal, in+"\t\t"))
		l.add("windows", "[]window"+list(windows, in+"\t\t"))
		if f.Sorted {
			l.add("sorted", "true")
		}
		filters = append(append(append(filters, in...), "\t{\n"...), l.appendTo(nil, in+"\t\t")...)
		filters = append(append(filters, in...), "\t},\n"...)
	}
	var l literal
	l.add("phrases", phraseRows(t.Phrases, in))
	l.add("filters", string(filters)+in+"}")
	return "{\n" + string(l.appendTo(nil, in)) + indent + "}"
}

func hex(n uint64) string {
	if n < 10 {
		return strconv.FormatUint(n, 10)
	}
	return "0x" + strconv.FormatUint(n, 16)
}

// appendPattern appends a pattern with its placeholders by name:
//
//	"exceeds " + num + "mb"
func appendPattern(b []byte, pattern string) []byte {
	names := map[byte]string{'\x01': "num", '\x02': "gap"}
	from, first := 0, true
	plus := func() {
		if !first {
			b = append(b, " + "...)
		}
		first = false
	}
	for i := 0; i <= len(pattern); i++ {
		if i < len(pattern) && names[pattern[i]] == "" {
			continue
		}
		if i > from {
			plus()
			b = strconv.AppendQuote(b, pattern[from:i])
		}
		if i < len(pattern) {
			plus()
			b = append(b, names[pattern[i]]...)
		}
		from = i + 1
	}
	return b
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
//
// or, if many codes have a fallback,
//
//	func fallbackOf(code int) int { return int(fallbacks[code]) - 1 }
func emitFallbackOf(f *file, p *pkg) {
	doc := "fallbackOf returns the index of the code's fallback subtype, or -1."
	signature := jen.Func().Id("fallbackOf").Params(jen.Id("code").Int()).Int()
	var cases []jen.Code
	fallbacks := make([]uint32, len(p.Codes))
	for _, s := range p.subtypes {
		if s.Fallback {
			cases = append(cases, jen.Case(jen.Lit(s.Code.Index)).Block(jen.Return(jen.Lit(s.Index))))
			fallbacks[s.Code.Index] = uint32(s.Index) + 1
		}
	}
	none := jen.Return(jen.Lit(-1))
	switch {
	case len(cases) == 0:
		f.decl(doc, signature.Block(none))
	case !p.hashed(len(cases)):
		f.decl(doc, signature.Block(jen.Switch(jen.Id("code")).Block(cases...), none))
	default:
		f.decl(doc, signature.Block(jen.Return(jen.Int().Call(jen.Id("fallbacks").Index(jen.Id("code"))).Op("-").Lit(1))))
		column(f, "fallbacks", unsignedFor(len(p.subtypes)), "holds, for each code, the index of its fallback subtype plus 1, or 0 if it has none.", fallbacks)
	}
}
