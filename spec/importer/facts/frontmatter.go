package facts

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/frontmatter"
)

// frontMatter returns the title and the description of the front matter of a page,
// and the page with empty lines in its place.
func frontMatter(page string) (title, description, rest string) {
	end, _ := frontmatter.End(page)
	if end == 0 {
		return "", "", page
	}
	var matter struct{ Title, Description string }
	func() {
		defer func() { _ = recover() }()                // invalid YAML is no reason to refuse the page
		_ = yaml.Unmarshal([]byte(page[:end]), &matter) // the first of two documents
	}()
	return matter.Title, matter.Description, strings.Repeat("\n", strings.Count(page[:end], "\n")) + page[end:]
}
