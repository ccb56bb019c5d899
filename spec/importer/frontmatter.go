package importer

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// frontMatter cuts off the block of YAML above a page, and returns the title and
// the description in it. What is left has as many lines as before.
func frontMatter(page string) (title, description, rest string) {
	body, ok := strings.CutPrefix(page, "---\n")
	if !ok {
		return "", "", page
	}
	end := strings.Index(body, "\n---")
	if end < 0 {
		return "", "", page
	}
	var matter struct{ Title, Description string }
	func() {
		defer func() { _ = recover() }() // whatever YAML makes of it, the page remains
		_ = yaml.Unmarshal([]byte(body[:end]), &matter)
	}()
	after := body[end+len("\n---"):]
	_, below, _ := strings.Cut(after, "\n")
	lines := strings.Count(page, "\n") - strings.Count(below, "\n")
	return matter.Title, matter.Description, strings.Repeat("\n", lines) + below
}
