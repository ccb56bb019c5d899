package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Texts are cut here and in two other places: generated packages import nothing, so the
// run time of package golang has a cut of its own, and excerpts of package diag are cut at
// both ends, by columns.

const ellipsis = "…"

// Shorten returns a text of at most limit characters, 1 or more: s, or its beginning
// without white space at the end, and an ellipsis.
func Shorten(s string, limit int) string {
	if len(s) <= limit || utf8.RuneCountInString(s) <= limit {
		return s
	}
	for i := range s {
		if limit--; limit == 0 {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace) + ellipsis
		}
	}
	return s
}

// ShortenBytes returns s, or as many characters of its beginning as fit into limit bytes,
// and an ellipsis.
func ShortenBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + ellipsis
}
