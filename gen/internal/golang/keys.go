package golang

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/lookup"
)

// A keySet is a set of values of one type that a generated package looks up. Each value
// identifies a row of a table.
type keySet struct {
	prefix string // of emitted names: codeLookup, codeOfOther
	list   string // name of the list of keys: codeKeys
	typ    string // type of the keys: Code
	number bool   // whether the keys are of type int64 instead of string
	rows   int    // number of rows of the table; each has a key
	consts []string
	others []otherKey // keys other than those of the rows
	starts []otherKey // prefixes of further codes, the longest first
	values []string   // of all keys, numbers in decimal
	hashed bool       // whether keys are looked up by hash
	packed bool       // whether keys that are text are one string, prefixNames
}

// finish adds the other keys and sets hashed and packed.
func (k *keySet) finish(s sizes) *keySet {
	for _, o := range k.others {
		k.values = append(k.values, o.value)
	}
	k.packed = s.packed(k.rows)
	k.hashed = k.packed || s.hashed(len(k.values))
	return k
}

// otherNames returns the words for the other keys in comments.
func (k *keySet) otherNames() string {
	if k.prefix == "subtype" {
		return "values with aliases and former names of codes"
	}
	return "aliases and former names"
}

// An otherKey is an additional key of a row.
type otherKey struct {
	value string
	row   int
}

// codeKeys returns the keys of codes: wire values, aliases and former names.
func codeKeys(p *pkg) *keySet {
	k := &keySet{prefix: "code", list: "codeKeys", typ: "Code", number: p.integer(), rows: len(p.Codes)}
	for _, c := range p.Codes {
		k.consts = append(k.consts, c.Const)
		k.values = append(k.values, c.Wire)
		for _, other := range c.OtherWires() {
			k.others = append(k.others, otherKey{other, c.Index})
		}
		for _, prefix := range c.Prefixes {
			k.starts = append(k.starts, otherKey{prefix, c.Index})
		}
	}
	return k.finish(p.sizes)
}

// subtypeKeys returns the keys of subtypes.
func subtypeKeys(p *pkg) *keySet {
	k := &keySet{prefix: "subtype", list: "subtypeKeys", typ: "Subtype"}
	for _, s := range p.subtypes {
		k.consts = append(k.consts, s.Const)
		k.values = append(k.values, s.Value)
		for _, other := range s.OtherValues() {
			k.others = append(k.others, otherKey{other, s.Index})
		}
	}
	k.rows = len(k.values)
	return k.finish(p.sizes)
}

// nameKeys returns the names of codes that are numbers.
func nameKeys(p *pkg) *keySet {
	k := &keySet{prefix: "name", list: "codeNames", typ: "string", rows: len(p.Codes)}
	for _, c := range p.Codes {
		k.values = append(k.values, c.Name)
	}
	return k.finish(p.sizes)
}

// keySets returns the sets that the package looks up by hash.
func keySets(p *pkg) []*keySet {
	all := []*keySet{p.codeKeys, p.subtypeKeys}
	if p.integer() {
		all = append(all, p.nameKeys)
	}
	return slices.DeleteFunc(all, func(k *keySet) bool { return !k.hashed })
}

// lit writes a key's value.
func (k *keySet) lit(value string) *jen.Statement { return jen.Op(k.goText(value)) }

// goText returns a key's value as Go.
func (k *keySet) goText(value string) string {
	if k.number {
		return value
	}
	return strconv.Quote(value)
}

// table returns the perfect hash of the keys.
func (k *keySet) table() (lookup.Table, error) {
	if !k.number {
		return lookup.Texts(k.values)
	}
	numbers := make([]int64, len(k.values))
	for i, value := range k.values {
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return lookup.Table{}, err // never: the loader checks wire values
		}
		numbers[i] = n
	}
	return lookup.Numbers(numbers)
}

// emitIndex writes the method that returns the index of a key. It uses a switch for few
// keys, and a hash for many.
func (k *keySet) emitIndex(f *file, entry string) {
	receiver, name := string(k.prefix[0]), "index"
	doc := name + " returns the index of the " + entry + " in the table, or -1."
	if len(k.starts) > 0 {
		k.emitPrefixed(f, doc)
		name = "exact"
		doc = name + " returns the index of the " + entry + " if the table lists exactly this code, or -1."
	}
	if k.hashed {
		f.decl(doc, method(receiver, k.typ, name).Int().Block(k.hashBody(receiver)...))
		return
	}
	f.decl(doc+" It is not inlined,\nwhich would copy the switch into every caller.",
		jen.Comment("//go:noinline"),
		method(receiver, k.typ, name).Int().Block(k.switchBody(receiver)...))
}

// emitPrefixed writes
//
//	func (c Code) index() int {
//		i := c.exact()
//		switch {
//		case i >= 0:
//		case strings.HasPrefix(string(c), "channel:"):
//			return 9
//		}
//		return i
//	}
//
//	func (c Code) isPrefixed() bool { return c.exact() < 0 && c.Known() }
func (k *keySet) emitPrefixed(f *file, doc string) {
	cases := []jen.Code{jen.Case(jen.Id("i").Op(">=").Lit(0))}
	for _, start := range k.starts {
		cases = append(cases, jen.Case(jen.Qual("strings", "HasPrefix").Call(jen.String().Call(jen.Id("c")), jen.Lit(start.value))).Block(jen.Return(jen.Lit(start.row))))
	}
	f.decl(doc+" A code that the table does not list may start with a prefix of a listed one.",
		method("c", k.typ, "index").Int().Block(
			jen.Id("i").Op(":=").Id("c").Dot("exact").Call(),
			jen.Switch().Block(cases...),
			jen.Return(jen.Id("i")),
		))
	f.decl("isPrefixed reports whether the table lists only a prefix of the code.",
		method("c", k.typ, "isPrefixed").Bool().Block(
			jen.Return(jen.Id("c").Dot("exact").Call().Op("<").Lit(0).Op("&&").Id("c").Dot("Known").Call()),
		))
}

// switchBody writes
//
//	switch c {
//	case CodeQuotaExceeded, "rate_limited":
//		return 9
//	}
//	return -1
func (k *keySet) switchBody(receiver string) []jen.Code {
	others := make([][]jen.Code, k.rows)
	for _, o := range k.others {
		others[o.row] = append(others[o.row], k.lit(o.value))
	}
	var cases []jen.Code
	for i, name := range k.consts {
		values := append([]jen.Code{jen.Id(name)}, others[i]...)
		cases = append(cases, jen.Case(values...).Block(jen.Return(jen.Lit(i))))
	}
	none := jen.Return(jen.Lit(-1))
	if len(cases) == 0 {
		return []jen.Code{none}
	}
	return []jen.Code{jen.Switch(jen.Id(receiver)).Block(cases...), none}
}

// hashBody writes (without the second condition if there are no other keys)
//
//	i := codeLookup.candidate(hashText(string(c), codeLookup.seed))
//	if i < 0 || !sameText(string(codeKeys[i]), string(c)) {
//		return -1
//	}
//	if i >= 260 {
//		return int(codeOfOther[i-260])
//	}
//	return i
func (k *keySet) hashBody(receiver string) []jen.Code {
	value := jen.String().Call(jen.Id(receiver))
	if k.number {
		value = jen.Int64().Call(jen.Id(receiver))
	}
	body := []jen.Code{
		jen.Id("i").Op(":=").Add(k.candidate(value)),
		jen.If(jen.Id("i").Op("<").Lit(0).Op("||").Add(k.differs(value, jen.Id(receiver)))).Block(jen.Return(jen.Lit(-1))),
	}
	if len(k.others) > 0 {
		body = append(body, jen.If(jen.Id("i").Op(">=").Lit(k.rows)).Block(
			jen.Return(jen.Int().Call(jen.Id(k.prefix+"OfOther").Index(jen.Id("i").Op("-").Lit(k.rows)))),
		))
	}
	return append(body, jen.Return(jen.Id("i")))
}

// candidate writes codeLookup.candidate(hashText(value, codeLookup.seed)).
func (k *keySet) candidate(value jen.Code) *jen.Statement {
	hash := "hashText"
	if k.number {
		hash = "hashNumber"
	}
	table := k.prefix + "Lookup"
	return jen.Id(table).Dot("candidate").Call(jen.Id(hash).Call(value, jen.Id(table).Dot("seed")))
}

// differs writes the condition that key i is not equal to value, which is the variable
// converted to a string or a number: !sameText(string(codeKeys[i]), string(c)).
func (k *keySet) differs(value, variable jen.Code) *jen.Statement {
	switch {
	case k.number:
		return k.at(jen.Id("i")).Op("!=").Add(variable)
	case k.packed:
		return jen.Op("!").Id("sameText").Call(offsetName(k.prefix, jen.Id("i")), value)
	}
	return jen.Op("!").Id("sameText").Call(jen.String().Call(k.at(jen.Id("i"))), value)
}

// at writes key i: codeKeys[i] or, if the keys are one string,
// Code(codeNames[codeOffsets[i]:codeOffsets[i+1]]).
func (k *keySet) at(i *jen.Statement) *jen.Statement {
	if k.packed && !k.number {
		return jen.Id(k.typ).Call(offsetName(k.prefix, i))
	}
	return jen.Id(k.list).Index(i.Clone())
}

// emitKeys writes
//
//	var codeKeys = [...]Code{
//		CodeServiceError,
//		…
//		"rate_limited",
//	}
//
//	var codeOfOther = [...]uint16{9}
func (k *keySet) emitKeys(f *file, doc string) {
	var b strings.Builder
	b.WriteString("var " + k.list + " = [...]" + k.typ + "{\n")
	for _, name := range k.consts {
		b.WriteString("\t" + name + ",\n")
	}
	for _, o := range k.others {
		b.WriteString("\t" + k.goText(o.value) + ",\n")
	}
	f.raw(k.list+" holds the "+doc+k.andOthers()+".", b.String()+"}")
}
