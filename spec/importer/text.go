package importer

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/form"
	"github.com/errspec/errspec/spec/importer/draft"
)

// listMark matches the start of a list item in a cell.
var listMark = lazyregexp.New(`^(?:[-*•·–]|\d{1,2}[.)])\s+`)

// several splits a cell with several values at line breaks and semicolons.
func several(s string) []string {
	var parts []string
	for _, part := range strings.FieldsFunc(form.Clean(s), func(r rune) bool { return r == '\n' || r == ';' }) {
		if part = draft.Line(listMark.ReplaceAllString(strings.TrimSpace(part), "")); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// yesNo reads a cell that is yes or no.
func yesNo(s string) (yes, ok bool) {
	s = strings.ToLower(strings.Trim(strings.TrimSpace(s), ".! "))
	switch {
	case slices.Contains([]string{"yes", "y", "true", "t", "1", "x", "✓", "✔", "✔️", "✅", "☑"}, s):
		return true, true
	case slices.Contains([]string{"no", "n", "false", "f", "0", "✗", "✘", "❌", "✖", "☒"}, s):
		return false, true
	}
	return false, false
}
