package importer

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/frontmatter"
)

// frontMatter cuts off the block of YAML above a page, and returns the title and
// the description in it. What is left has as many lines as before.
func frontMatter(page string) (title, description, rest string) {
	end, _ := frontmatter.End(page)
	if end == 0 {
		return "", "", page
	}
	var matter struct{ Title, Description string }
	func() {
		defer func() { _ = recover() }()                // whatever YAML makes of it, the page remains
		_ = yaml.Unmarshal([]byte(page[:end]), &matter) // the first of two documents
	}()
	return matter.Title, matter.Description, strings.Repeat("\n", strings.Count(page[:end], "\n")) + page[end:]
}
