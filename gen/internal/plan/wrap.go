package plan

import (
	"strings"
	"unicode/utf8"
)

// Wrap breaks a paragraph of a comment into lines: the first one of at most first characters,
// the others of at most rest. A longer word is a separate line. A word that is special at
// the start of a line stays on the line before it, even if that is too long; special may be nil.
func Wrap(text string, first, rest int, special func(word string) bool) []string {
	var lines []string
	line := make([]byte, 0, 128) // usually enough for a line
	length, width := 0, first
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case len(line) == 0:
			length = n
		case length+1+n <= width || special != nil && special(word):
			line, length = append(line, ' '), length+1+n
		default:
			lines = append(lines, string(line))
			line, length, width = line[:0], n, rest
		}
		line = append(line, word...)
	}
	return append(lines, string(line))
}
