package markdown

import "github.com/errspec/errspec/gen/internal/plan"

// overview writes a table of codes for each class, and one for the codes without a
// class. If some classes are those of tasks and some those of refused requests, a line
// precedes each level.
func (w *page) overview() {
	level := md("")
	for _, c := range w.plan.Classes {
		codes := public(c.Codes)
		if len(codes) == 0 {
			continue
		}
		if now := text(w.plan.Level(c), lineStart); now != level {
			level = now
			w.block("**" + level + ":**")
		}
		w.anchor(c.Anchor)
		w.heading(3, inline(c.Title, inStrong))
		w.block(inline(c.Description, lineStart))
		w.codeTable(codes)
	}
	others := public(w.plan.Unclassed)
	if len(others) > 0 && len(w.plan.Classes) > 0 {
		w.heading(3, "Other errors")
	}
	w.codeTable(others)
}

func (w *page) codeTable(codes []*plan.Code) {
	var rows [][]md
	for _, c := range codes {
		name := w.reference(c, inCell)
		if c.Deprecated != nil {
			name = struck(name)
		}
		rows = append(rows, []md{name, inline(c.Description, inCell), inline(c.Retry.Advice, inCell)})
	}
	w.table([]md{"Error Code", "Description", "Retryable"}, rows)
}
