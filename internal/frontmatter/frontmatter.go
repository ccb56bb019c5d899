// Package frontmatter separates the YAML at the top of a page from the page, and fills the
// placeholders of the templates for it.
package frontmatter

import "strings"

// End returns where the front matter of a page ends: behind the second of two lines
// of three hyphens, the first of which begins the page. It is 0 where there is none,
// and closed is false if nothing ends what has begun.
func End(page string) (end int, closed bool) {
	for line := range strings.Lines(page) {
		isRule := strings.TrimRight(line, " \t\r\n") == "---"
		if end == 0 && !isRule {
			return 0, true
		}
		end += len(line)
		if isRule && end > len(line) {
			return end, true
		}
	}
	return 0, page == ""
}
