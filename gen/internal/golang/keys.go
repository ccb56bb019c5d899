package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/lookup"
	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
)

// fewKeys is up to how many keys a switch finds its case as fast as a hash does.
// Of more of them in random order it does not, and of thousands it takes the
// compiler minutes.
const fewKeys = 16

func hashed(keys int) bool { return keys > fewKeys }

// A keySet is what a generated package looks up: values of one type and the place
// in the table that each stands for.
type keySet struct {
	prefix string // of what is emitted for it: codeLookup, codeOfOther
	list   string // what the keys are emitted as: codeKeys
	typ    string // Code
	number bool   // of int64, else of text
	rows   int    // how many rows the table has; each has a key
	consts []string
	others []otherKey // beside those of the rows
	values []string   // of all keys, numbers in decimal
}

// An otherKey is a key that stands for a row which has a key of its own.
type otherKey struct {
	value string
	row   int
}

// codeKeys returns the keys of codes: wire values, aliases and former names.
func codeKeys(p *plan.Plan) *keySet {
	k := &keySet{prefix: "code", list: "codeKeys", typ: "Code", number: p.Wire == spec.WireInteger, rows: len(p.Codes)}
	for _, c := range p.Codes {
		k.consts = append(k.consts, c.Const)
		k.values = append(k.values, c.Wire)
		for _, other := range c.OtherWires() {
			k.others = append(k.others, otherKey{other, c.Index})
		}
	}
	for _, o := range k.others {
		k.values = append(k.values, o.value)
	}
	return k
}

// subtypeKeys returns the keys of sub-types.
func subtypeKeys(p *plan.Plan) *keySet {
	k := &keySet{prefix: "subtype", list: "subtypeKeys", typ: "Subtype"}
	for _, s := range subtypesOf(p) {
		k.consts = append(k.consts, s.Const)
		k.values = append(k.values, s.Value)
	}
	k.rows = len(k.values)
	return k
}

// nameKeys returns the names of codes that are numbers.
func nameKeys(p *plan.Plan) *keySet {
	k := &keySet{prefix: "name", list: "codeNames", typ: "string", rows: len(p.Codes)}
	for _, c := range p.Codes {
		k.values = append(k.values, c.Name)
	}
	return k
}

// keySets returns what the package looks up by hash.
func keySets(p *plan.Plan) []*keySet {
	all := []*keySet{codeKeys(p), subtypeKeys(p)}
	if p.Wire == spec.WireInteger {
		all = append(all, nameKeys(p))
	}
	var sets []*keySet
	for _, k := range all {
		if hashed(len(k.values)) {
			sets = append(sets, k)
		}
	}
	return sets
}

// lit writes a key's value.
func (k *keySet) lit(value string) *jen.Statement {
	if k.number {
		return jen.Op(value) // a decimal number; Lit(int64) would write a conversion
	}
	return jen.Lit(value)
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
			return lookup.Table{}, err // refused by the loader
		}
		numbers[i] = n
	}
	return lookup.Numbers(numbers)
}

// emitIndex writes the method that returns the place of a key: a switch if there
// are few, and the keys themselves if there are many.
func (k *keySet) emitIndex(f *file, what string) {
	receiver := string(k.prefix[0])
	body := k.switchBody(receiver)
	if hashed(len(k.values)) {
		body = k.hashBody(receiver)
	}
	f.decl("index returns the place of the "+what+" in the table, or -1.",
		method(receiver, k.typ, "index").Int().Block(body...))
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

// hashBody writes
//
//	i := codeLookup.candidate(hashText(string(c), codeLookup.seed))
//	if i < 0 || !sameText(string(codeKeys[i]), string(c)) {
//		return -1
//	}
//	if i >= 260 {
//		return int(codeOfOther[i-260])
//	}
//	return i
//
// without the second condition if there are no other keys.
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

// differs writes that key i is another one than value, which is variable as text
// or a number: !sameText(string(codeKeys[i]), string(c)).
func (k *keySet) differs(value, variable jen.Code) *jen.Statement {
	key := jen.Id(k.list).Index(jen.Id("i"))
	if k.number {
		return key.Op("!=").Add(variable)
	}
	return jen.Op("!").Id("sameText").Call(jen.String().Call(key), value)
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
	elements := make([]jen.Code, 0, len(k.values))
	for _, name := range k.consts {
		elements = append(elements, jen.Id(name))
	}
	for _, o := range k.others {
		elements = append(elements, k.lit(o.value))
	}
	if len(k.others) > 0 {
		doc += ", and after them their aliases and former names"
	}
	f.decl(k.list+" holds the "+doc+".",
		jen.Var().Id(k.list).Op("=").Index(jen.Op("...")).Id(k.typ).Add(rows(elements...)))
	k.emitOthers(f)
}

// emitOthers writes the rows of the keys that have none of their own.
func (k *keySet) emitOthers(f *file) {
	if len(k.others) == 0 {
		return
	}
	elements := make([]uint32, len(k.others))
	for i, o := range k.others {
		elements[i] = uint32(o.row)
	}
	f.decl(k.prefix+"OfOther holds, for each alias and former name, the place of the "+k.prefix+" that it means.",
		jen.Var().Id(k.prefix+"OfOther").Op("=").Index(jen.Op("...")).Id(unsignedFor(k.rows)).Add(numberRows(elements, decimal)))
}
