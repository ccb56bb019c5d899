package golang

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
)

// A pkg is a package to emit: a plan, and from how many rows on what is written
// for people to read gives way to what is fast and small.
type pkg struct {
	*plan.Plan
	sizes
	subtypes []*plan.Subtype // of all codes, in the table's order
	codeKeys, subtypeKeys,
	nameKeys *keySet // of the names of codes that are numbers

	delays map[int]match.List // phrases of delays, by field of the response
}

func newPkg(p *plan.Plan, s sizes) *pkg {
	out := &pkg{Plan: p, sizes: s}
	for _, c := range p.Codes {
		out.subtypes = append(out.subtypes, c.Subtypes...)
	}
	out.codeKeys, out.subtypeKeys, out.nameKeys = codeKeys(out), subtypeKeys(out), nameKeys(out)
	if p.HasResponse() {
		out.delays = delayPhrases(p.Response.Reader.Table())
	}
	return out
}

// has reports whether reading responses takes a feature; see [response.Reader.Features].
func (p *pkg) has(feature string) bool {
	return p.HasResponse() && slices.Contains(p.Response.Reader.Features(), feature)
}

// sizes says how much is many. Tests make it little.
type sizes struct {
	// keys is up to how many a switch finds its case as fast as a hash does. Of
	// more of them in random order it does not, and of thousands it takes the
	// compiler minutes.
	keys int

	// rows is up to how many a table is an array of structs. Of more of them the
	// pointers alone are megabytes, which the garbage collector scans in each of
	// its cycles and the loader of a position-independent program adjusts.
	rows int

	// perFile is how many rows a file of a larger table has: no file takes an
	// editor or a review longer than a large one of people does.
	perFile int
}

var usual = sizes{keys: 16, rows: 2000, perFile: 1000}

// hashed reports whether so many keys are looked up by hash.
func (s sizes) hashed(keys int) bool { return keys > s.keys }

// packed reports whether a table of so many rows is packed.
func (s sizes) packed(rows int) bool { return rows > s.rows }

func (p *pkg) packedCodes() bool    { return p.packed(len(p.Codes)) }
func (p *pkg) packedSubtypes() bool { return p.packed(len(p.subtypes)) }

func (p *pkg) integer() bool { return p.Wire == spec.WireInteger }

// A chunk is the rows of a table that stand in one file.
type chunk struct {
	number   int // from 1
	from, to int
}

// chunks divides so many rows.
func (s sizes) chunks(rows int) []chunk {
	var all []chunk
	for from := 0; from < rows; from += s.perFile {
		all = append(all, chunk{len(all) + 1, from, min(from+s.perFile, rows)})
	}
	return all
}
