package importer

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/facts"
)

// codeLine matches a line of a code block that defines or lists a code.
var codeLine = lazyregexp.New(`^[\s\["'{(*]*(?:(?:const|static|public|final|int|let|var|#define|export)\s+)*` +
	`(-?\d{3,6}|0x[0-9A-Fa-f]+|[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{1,10}-?\d{3,6})\b["']?\s*(?:[:=,|({]|[-–—]|\s\S|$)`)

// findCodeText marks code blocks and HTML that list three codes or more, and texts that
// start with a range: they look like codes, but cannot be read.
func (r *reader) findCodeText() {
	for _, f := range r.page.Facts {
		if f.Kind <= facts.ItemFact && isRange(f.Name) && !r.ledger[f].Used && r.options.Tables == nil {
			r.ledger.lose(f, "it is a range of codes")
		}
	}
	r.page.Root.Walk(func(s *facts.Section) bool {
		for _, b := range s.Blocks {
			r.findCodeLines(b)
		}
		return true
	})
}

func (r *reader) findCodeLines(b *facts.Block) {
	for _, item := range b.Items {
		for _, inner := range item.Blocks {
			r.findCodeLines(inner)
		}
	}
	if b.Code == "" || r.ledger.has(&b.Fact) {
		return
	}
	unknown := make(map[string]bool)
	for row := range strings.Lines(b.Code) {
		if m := codeLine.FindStringSubmatch(row); m != nil && r.byWire[m[1]] == nil {
			unknown[m[1]] = true
		}
	}
	if len(unknown) >= 3 && r.options.Tables == nil {
		r.ledger.lose(&b.Fact, fmt.Sprintf("%d of its lines start with codes that no table, heading or list has", len(unknown)))
	}
}
