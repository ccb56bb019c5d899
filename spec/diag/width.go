package diag

import (
	"unicode"

	"github.com/errspec/errspec/internal/displaywidth"
)

// Cells returns the number of terminal columns of a text that is printed with [Printable]. East Asian
// wide characters take two columns, combining marks none. The parts of joined emoji are counted
// separately, because not every terminal joins them, so a line may be narrower than Cells.
func Cells(s string) int {
	n := 0
	for _, r := range s {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	switch {
	case r < 0x300, IsHostile(r): // printed as one character
		return 1
	case r >= 0x1160 && r <= 0x11FF: // Hangul vowels and final consonants combine with the initial one
		return 0
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case displaywidth.IsWide(r):
		return 2
	}
	return 1
}
