package markdown

import "github.com/errspec/errspec/gen/internal/plan"

// compact writes one table of all codes with what to do next. A subtype has a row only if
// its next step is not that of its code:
//
//	| Error Code   | Automatic | Next step                                         |
//	| ------------ | --------- | ------------------------------------------------- |
//	| `busy`       | yes       | Clients may retry the same request automatically. |
//	| `busy/queue` | no        | Change the request before submitting it again.    |
func (w *page) compact() {
	var rows [][]md
	row := func(name md, deprecated bool, r plan.Retry) {
		if deprecated {
			name = struck(name)
		}
		automatic := md("no")
		if r.Automatic {
			automatic = "yes"
		}
		rows = append(rows, []md{name, automatic, text(r.Sentence, inCell)})
	}
	for _, c := range public(w.plan.Codes) {
		row(w.reference(c, inCell), c.Deprecated != nil, c.Retry)
		for _, s := range c.Subtypes {
			if s.Retry.Sentence != c.Retry.Sentence {
				row(leadingTo(w.to.subtype(s), code(s.Value, inCell)), c.Deprecated != nil, s.Retry)
			}
		}
	}
	w.table([]md{"Error Code", "Automatic", "Next step"}, rows)
}
