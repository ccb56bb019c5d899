package golang

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/spec/match"
	"github.com/errspec/errspec/spec/response"
)

func delayName(field int) string { return "delay" + strconv.Itoa(field) }

// emitDelays writes, for each field whose text contains a delay,
//
//	func delay7(text string) (string, bool) { return delayPhrase7.value(text, "delay") }
//
//	var delayPhrase7 = phrase{text: "retry after " + num + " seconds", names: "delay"}
func emitDelays(f *file, p *pkg) {
	for i := range p.Response.Reader.Table().Fields {
		list, ok := p.delays[i]
		if !ok {
			continue
		}
		name := "delayPhrase" + strconv.Itoa(i)
		f.decl(delayName(i)+" returns the number in the text of a delay.",
			jen.Func().Id(delayName(i)).Params(jen.Id("text").String()).Params(jen.String(), jen.Bool()).Block(
				jen.Return(jen.Id(name).Dot("value").Call(jen.Id("text"), jen.Lit("delay"))),
			))
		f.raw("", "var "+name+" = phrase"+string(appendPhrase(nil, list.Phrases[0])))
	}
}

// delayPhrases compiles the phrases of delays, with a name for their number.
func delayPhrases(t response.Table) map[int]match.List {
	all := make(map[int]match.List)
	for i, field := range t.Fields {
		if field.Match == "" {
			continue
		}
		phrase, err := match.Parse(strings.Replace(field.Match, "<num>", "<num:delay>", 1))
		if err == nil { // always: the reader was compiled from the same phrase
			all[i], _ = match.ListOf([]match.Entry{{Phrase: phrase}})
		}
	}
	return all
}
