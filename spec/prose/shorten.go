package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Texts are shortened here and in two other packages: the runtime of package golang has its own
// function, because generated packages import nothing, and package diag shortens excerpts at both
// ends, by columns.

const ellipsis = "…"

// Shorten returns s if it has at most limit characters. Otherwise it returns the start of s without
// white space at the end, and an ellipsis, which together have at most limit characters. The limit
// must be at least 1.
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

// ShortenBytes returns s if it has at most limit bytes. Otherwise it returns as many characters of s
// as fit in limit bytes, and an ellipsis.
func ShortenBytes(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + ellipsis
}
