// Package frontmatter finds the YAML front matter of a page, and replaces the
// placeholders of front matter templates.
package frontmatter

import "strings"

// End returns the end of a page's front matter, which is after the second line of
// three hyphens. The first such line must start the page. It returns 0 if there is
// no front matter. closed is false if the second line is missing.
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
