package golang

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/lookup"
)

// emitLookups writes the perfect hashes of a package and other tables that are not
// meant to be read by people:
//
//	var codeLookup = lookup{
//		seed:        0x0,
//		bucketShift: 58,
//		…
//	}
func emitLookups(f *file, p *pkg) {
	for _, k := range keySets(p) {
		table, err := k.table()
		if err != nil {
			f.fail(err)
			return
		}
		of := k.list
		if k.packed && !k.number {
			of = k.prefix + "Names"
		}
		f.raw(k.prefix+"Lookup returns the index of a key in "+of+".", "var "+k.prefix+"Lookup = lookup"+lookupFields(table))
		k.emitOthers(f)
	}
	emitPackedKeys(f, p)
	emitColumns(f, p)
}

func lookupFields(t lookup.Table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{\n\tseed:        %#x,\n\tbucketShift: %d,\n\tslotShift:   %d,\n\tkeyBits:     %d,\n", t.Seed, t.BucketShift, t.SlotShift, t.KeyBits)
	b.WriteString("\tpilots: []uint16" + numberRows(t.Pilots, decimal, "\t") + ",\n")
	b.WriteString("\tslots: []uint32" + numberRows(t.Slots, hexadecimal, "\t") + ",\n}")
	return b.String()
}

// emitOthers writes the rows of the other keys:
//
//	var codeOfOther = [...]uint16{
//		9,
//	}
func (k *keySet) emitOthers(f *file) {
	if len(k.others) == 0 {
		return
	}
	rows := make([]uint32, len(k.others))
	for i, o := range k.others {
		rows[i] = uint32(o.row)
	}
	column(f, k.prefix+"OfOther", unsignedFor(k.rows), "holds, for all "+k.otherNames()+", the index of the "+k.prefix+".", rows)
}

// emitPackedKeys writes the keys of packed tables: text as one string, numbers as a
// list.
func emitPackedKeys(f *file, p *pkg) {
	if k := p.codeKeys; k.packed {
		others := k.andOthers()
		if k.number {
			f.raw("codeKeys holds the codes in table order"+others+".", "var codeKeys = [...]Code"+list(k.values, ""))
			f.blob("code", "holds the names of the codes, in table order.", p.nameKeys.values)
		} else {
			f.blob("code", "holds the codes in table order"+others+".", k.values)
		}
	}
	if k := p.subtypeKeys; k.packed {
		f.blob("subtype", "holds the subtypes in table order"+k.andOthers()+".", k.values)
	}
}

// andOthers returns the part of a comment about a list of keys that mentions the other
// keys, or "".
func (k *keySet) andOthers() string {
	if len(k.others) == 0 {
		return ""
	}
	return ", followed by " + k.otherNames()
}

// lookupFiles returns the files of the lookup that a package needs.
func lookupFiles(p *pkg) []string {
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
