package diag

import (
	"unicode"

	"github.com/errspec/errspec/internal/displaywidth"
)

// Cells returns how many columns of a terminal a text takes up when it is
// printed as [Printable] has it. Characters that East Asian typography makes
// wide take two, marks that combine with the one before take none. What
// terminals join, such as emoji with a joiner between them, is counted in
// parts: a line is never wider than that.
func Cells(s string) int {
	n := 0
	for _, r := range s {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	switch {
	case r < 0x300, IsHostile(r): // shown as one character
		return 1
	case r >= 0x1160 && r <= 0x11FF: // Hangul vowels and finals join the initial
		return 0
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case displaywidth.IsWide(r):
		return 2
	}
	return 1
}
