package golang

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
)

// A pkg is a package to emit: a plan, and the sizes from which on tables are emitted for
// speed and small size instead of readability.
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

// has reports whether reading responses requires a feature; see [response.Reader.Features].
func (p *pkg) has(feature string) bool {
	return p.HasResponse() && slices.Contains(p.Response.Reader.Features(), feature)
}

// sizes are the limits above which a table is emitted differently. Tests use smaller ones.
type sizes struct {
	// keys is the maximum number of keys of a switch. With more keys in random order,
	// a switch is slower than a hash. With thousands, it takes the compiler minutes.
	keys int

	// rows is the maximum number of rows of an array of structs. With more rows, the
	// pointers alone take megabytes. The garbage collector scans them in each cycle,
	// and the loader of a position-independent program relocates them.
	rows int

	// perFile is the number of rows per file of a larger table, so that generated
	// files are no harder to open and review than large handwritten ones.
	perFile int
}

var usual = sizes{keys: 16, rows: 2000, perFile: 1000}

// hashed reports whether a number of keys are looked up by hash.
func (s sizes) hashed(keys int) bool { return keys > s.keys }

// packed reports whether a table with a number of rows is packed.
func (s sizes) packed(rows int) bool { return rows > s.rows }

func (p *pkg) packedCodes() bool    { return p.packed(len(p.Codes)) }
func (p *pkg) packedSubtypes() bool { return p.packed(len(p.subtypes)) }

func (p *pkg) integer() bool { return p.Wire == spec.WireInteger }

// A chunk is the range of rows of a table that one file contains.
type chunk struct {
	number   int // from 1
	from, to int
}

// chunks divides a number of rows into chunks.
func (s sizes) chunks(rows int) []chunk {
	var all []chunk
	for from := 0; from < rows; from += s.perFile {
		all = append(all, chunk{len(all) + 1, from, min(from+s.perFile, rows)})
	}
	return all
}
