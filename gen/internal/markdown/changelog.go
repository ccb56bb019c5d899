package markdown

import (
	"github.com/errspec/errspec/spec/compat"
)

// A Section is one group of a changelog.
type Section struct {
	Title   string
	Changes []compat.Change
}

// Changelog writes changes as release notes. address returns the URL of the
// documentation of a code or subtype, or "" if there is none.
func Changelog(title string, sections []Section, address func(subject string) string) []byte {
	w := &writer{}
	w.heading(2, text(title, 0))
	for _, s := range sections {
		w.heading(3, text(s.Title, 0))
		var items [][]md
		for _, c := range s.Changes {
			items = append(items, []md{change(c, address)})
		}
		w.list(items)
	}
	return w.bytes()
}

// change writes one change, with its names and values as code.
func change(c compat.Change, address func(string) string) md {
	var out md
	c.Render(
		func(plain string) { out += text(plain, 0) },
		func(name, value string) {
			url := ""
			switch {
			case name == "subject" && c.Subject == "":
				out += text(value, 0)
				return
			case name == "subject":
				url = address(value)
			}
			if url != "" {
				out += link(code(value, inLabel), url)
				return
			}
			out += code(value, 0)
		})
	return out
}
