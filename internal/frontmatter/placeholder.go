package frontmatter

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// placeholders are the names of facts about a page. For the page that lists all
// codes, title and description are those of the table, code and class are empty,
// and position is 0.
var placeholders = []string{"title", "description", "code", "class", "page", "position", "table"}

var placeholderPattern = lazyregexp.New(`\{([a-z_]+)\}`)

// Placeholders returns the names of all placeholders.
func Placeholders() []string { return slices.Clone(placeholders) }

// HasPlaceholder reports whether a text contains a word in braces.
func HasPlaceholder(text string) bool { return placeholderPattern.MatchString(text) }

// UnknownPlaceholder returns the first word in braces of a text that is not one of
// [Placeholders]. It returns "" if there is none.
func UnknownPlaceholder(text string) string {
	for _, found := range placeholderPattern.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(placeholders, found[1]) {
			return found[1]
		}
	}
	return ""
}

// Fill returns text with facts in place of its placeholders. empty reports whether
// all of the facts are empty.
func Fill(text string, facts map[string]string) (filled string, empty bool) {
	var b strings.Builder
	end := 0
	empty = true
	for _, at := range placeholderPattern.FindAllStringSubmatchIndex(text, -1) {
		fact := facts[text[at[2]:at[3]]]
		empty = empty && fact == ""
		b.WriteString(text[end:at[0]])
		b.WriteString(fact)
		end = at[1]
	}
	b.WriteString(text[end:])
	return b.String(), empty
}
