package lint

import (
	"cmp"
	"slices"
	"sort"

	"github.com/errspec/errspec/spec/diag"
)

// A cover contains all comments of a file about one rule, in the order of the entries
// that they cover. One entry contains the other, or they do not overlap.
type cover []covering

// A covering is a comment in a cover.
type covering struct {
	*ignore
	around int // the last comment before it whose entry contains this one's, or -1
}

type coverKey struct {
	file *diag.File
	rule string
}

func coversOf(all []*ignore) map[coverKey]cover {
	covers := make(map[coverKey]cover)
	for _, i := range all {
		key := coverKey{i.file, i.rule}
		covers[key] = append(covers[key], covering{ignore: i})
	}
	for _, c := range covers {
		slices.SortStableFunc(c, func(a, b covering) int {
			from, to := a.note.From, b.note.From
			return cmp.Or(cmp.Compare(from.Line, to.Line), cmp.Compare(from.Column, to.Column))
		})
		for n := range c {
			c[n].around = n - 1
			for around := &c[n].around; *around >= 0 && !c[*around].note.Contains(c[n].note.From); {
				*around = c[*around].around
			}
		}
	}
	return covers
}

// use reports whether comments cover a position, and marks them as used. If a comment
// is already used, all comments around it are too.
func (c cover) use(at diag.Pos) bool {
	found := sort.Search(len(c), func(n int) bool { return at.Before(c[n].note.From) }) - 1
	for found >= 0 && !c[found].note.Covers(at) {
		found = c[found].around
	}
	for n := found; n >= 0 && !c[n].used; n = c[n].around {
		c[n].used = true
	}
	return found >= 0
}
