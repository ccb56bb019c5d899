package runtime

import "strings"

// The rows of large tables are texts: the fields that are not empty, each a letter,
// the text, and a NUL, which no text of a table holds. Lists have a field for each
// element.

// nextField cuts the first field off a row that is not empty.
func nextField(row string) (letter byte, text, rest string) {
	text, rest, _ = strings.Cut(row[1:], "\x00")
	return row[0], text, rest
}
