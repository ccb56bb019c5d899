package markdown

import "github.com/errspec/errspec/gen/internal/plan"

// overview writes a table of codes for each class, and one for the codes that
// have none.
func overview(w *writer, p *plan.Plan) {
	if len(public(p.Codes)) == 0 {
		return
	}
	w.heading(2, "Error codes overview")
	for _, c := range p.Classes {
		codes := public(c.Codes)
		if len(codes) == 0 {
			continue
		}
		w.anchor(c.Anchor)
		w.heading(3, inline(c.Title, 0))
		w.block(inline(c.Description, lineStart))
		codeTable(w, codes)
	}
	others := public(p.Unclassed)
	if len(others) > 0 && len(p.Classes) > 0 {
		w.heading(3, "Other errors")
	}
	codeTable(w, others)
}

func codeTable(w *writer, codes []*plan.Code) {
	var rows [][]md
	for _, c := range codes {
		name := reference(c, inCell)
		if c.Deprecated != nil {
			name = struck(name)
		}
		rows = append(rows, []md{name, inline(c.Description, inCell), inline(c.Retry.Advice, inCell)})
	}
	w.table([]md{"Error Code", "Description", "Retryable"}, rows)
}
