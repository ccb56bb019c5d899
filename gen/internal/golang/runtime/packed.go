package runtime

import "strings"

// A row of a large table is a string of its fields that are not empty. A field is a
// letter, a text and a NUL, which no text of a table contains. A list has a field for
// each element.

// nextField splits off the first field of a row. The row must not be empty.
func nextField(row string) (letter byte, text, rest string) {
	text, rest, _ = strings.Cut(row[1:], "\x00")
	return row[0], text, rest
}
