// Package displaywidth counts the columns that text takes up where all characters have
// one width or two: as Prettier does, which pads the tables of Markdown by that count.
package displaywidth

import (
	"slices"
	"unicode"
)

// emojiSelector makes the emoji before it a picture, which takes two columns.
const emojiSelector = '\uFE0F'

// Of returns how many columns s takes up. The result is that of Prettier if no
// character of s [Joins] another one.
func Of(s string) int {
	n := 0
	before := rune(0)
	for _, r := range s {
		switch {
		case r < 0x20, 0x7F <= r && r < 0xA0:
		case r < 0x300:
			n++
		case r == emojiSelector && within(narrow, before):
			n++
		case unicode.In(r, unicode.Mn, unicode.Me):
		case IsWide(r):
			n += 2
		default:
			n++
		}
		before = r
	}
	return n
}

// Joins reports whether r can make one picture of the emoji around it: a joiner, a skin
// tone, the frame of a key, or a letter of a flag. How wide the result is depends on
// which pictures there are, so that programs and their versions differ.
func Joins(r rune) bool {
	switch {
	case r < 0x200D:
		return false
	case r == 0x200D, r == 0x20E3:
		return true
	}
	return 0x1F3FB <= r && r <= 0x1F3FF || 0xE0020 <= r && r <= 0xE007F
}

// IsWide reports whether r takes up two columns.
func IsWide(r rune) bool { return r >= wide[0][0] && within(wide, r) }

// within reports whether r is in one of the ranges, which are sorted.
func within(ranges [][2]rune, r rune) bool {
	_, found := slices.BinarySearchFunc(ranges, r, func(in [2]rune, r rune) int {
		switch {
		case in[1] < r:
			return -1
		case in[0] > r:
			return 1
		}
		return 0
	})
	return found
}
