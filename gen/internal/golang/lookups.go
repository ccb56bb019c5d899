package golang

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/lookup"
	"github.com/errspec/errspec/gen/internal/plan"
)

// emitLookups writes the perfect hashes of a package, which nobody reads:
//
//	var codeLookup = lookup{
//		seed:        0x0,
//		bucketShift: 58,
//		…
//	}
func emitLookups(f *file, p *plan.Plan) {
	for _, k := range keySets(p) {
		table, err := k.table()
		if err != nil {
			f.fail(err)
			return
		}
		f.decl(k.prefix+"Lookup finds the place of a key in "+k.list+".",
			jen.Var().Id(k.prefix+"Lookup").Op("=").Id("lookup").Add(lookupRows(table)))
	}
}

func lookupRows(t lookup.Table) *jen.Statement {
	return rows(
		key("seed", hex(t.Seed)),
		key("bucketShift", jen.Lit(int(t.BucketShift))),
		key("slotShift", jen.Lit(int(t.SlotShift))),
		key("keyBits", jen.Lit(int(t.KeyBits))),
		key("pilots", jen.Index().Uint16().Add(numberRows(t.Pilots, decimal))),
		key("slots", jen.Index().Uint32().Add(numberRows(t.Slots, hexadecimal))),
	)
}

// lookupFiles returns the files of the lookup that a package needs.
func lookupFiles(p *plan.Plan) []string {
	var files []string
	var text, number bool
	for _, k := range keySets(p) {
		text, number = text || !k.number, number || k.number
		files = []string{lookup.FileFind}
	}
	if text {
		files = append(files, lookup.FileText)
	}
	if number {
		files = append(files, lookup.FileNumber)
	}
	return files
}

// The bases in which numbers are written.
const (
	decimal     = 10
	hexadecimal = 16
)

// numbersPerRow keeps the rows of long lists readable for programs that show
// differences.
const numbersPerRow = 16

// numberRows writes the numbers of a list, as gofmt would leave them: jennifer and
// go/format take several microseconds for each element that they see, and there
// are tens of thousands.
func numberRows[T uint8 | uint16 | uint32 | uint64](list []T, base int) *jen.Statement {
	var b strings.Builder
	b.WriteString("{")
	for i, n := range list {
		if i%numbersPerRow == 0 {
			b.WriteString("\n\t\t")
		} else {
			b.WriteString(" ")
		}
		if base == hexadecimal && n >= 10 {
			b.WriteString("0x")
		}
		b.WriteString(strconv.FormatUint(uint64(n), base))
		b.WriteString(",")
	}
	b.WriteString("\n\t}")
	return jen.Op(b.String())
}
