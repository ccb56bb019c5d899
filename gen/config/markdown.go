package config

import (
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/frontmatter"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Markdown is a Markdown reference as an output.
type Markdown struct {
	form.Entry
	File        string     // path of the page that lists all codes
	Pages       bool       // whether each code has a separate page
	FrontMatter *yaml.Node // front matter of each page, a mapping with placeholders, or nil
}

var markdownFormat = form.Object("markdown", func(m *Markdown) *form.Entry { return &m.Entry },
	form.Required("file", "The file to write. With pages: true, this file lists all codes.",
		form.Line, func(m *Markdown) *string { return &m.File }),
	form.Optional("pages", "Write a separate page for each code: in a directory named after the file or, for index.md, next to it. Default: false.",
		form.Boolean, func(m *Markdown) *bool { return &m.Pages }),
	form.Optional("front_matter", "Front matter of each page. In values, {title}, {description}, {code}, {class}, {page}, {position} and {table} are replaced.",
		frontMatter, func(m *Markdown) **yaml.Node { return &m.FrontMatter }),
)

// frontMatter decodes any mapping whose placeholders exist.
var frontMatter = form.New(decodeFrontMatter, form.Schema{Type: "object", Open: true})

func decodeFrontMatter(d *form.Decoder, n *yaml.Node) (*yaml.Node, bool) {
	if !d.Expect(n, yaml.MappingNode, "front matter") {
		return nil, false
	}
	before := len(d.Findings())
	checkPlaceholders(d, n)
	return n, len(d.Findings()) == before
}

// checkPlaceholders reports duplicate keys at any depth, unknown placeholders, and
// placeholders that YAML reads as mappings.
func checkPlaceholders(d *form.Decoder, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		if len(n.Content) == 2 && n.Style&yaml.FlowStyle != 0 && n.Content[1].ShortTag() == "!!null" {
			d.Report(form.RuleType, n, `quote the text: "{`+n.Content[0].Value+`}"`, "YAML reads text in braces as a mapping")
			return
		}
		d.EachPair(n, "front matter", func(key, value *yaml.Node) {
			if frontmatter.HasPlaceholder(key.Value) {
				d.Report(form.RuleValue, key, "use a key without a placeholder", "placeholders are not replaced in keys")
			}
			checkPlaceholders(d, value)
		})
	case yaml.SequenceNode:
		for _, item := range n.Content {
			checkPlaceholders(d, item)
		}
	case yaml.ScalarNode:
		unknown := frontmatter.UnknownPlaceholder(n.Value)
		if unknown == "" {
			return
		}
		help := "placeholders: {" + strings.Join(frontmatter.Placeholders(), "}, {") + "}"
		if meant := diag.Suggest(unknown, frontmatter.Placeholders()); meant != "" {
			help = "did you mean {" + meant + "}?"
		}
		d.Report(form.RuleValue, n, help, "unknown placeholder {%s}", unknown)
	}
}

// indexNames are base names of pages that represent their directory.
var indexNames = []string{"index", "_index", "readme"}

// Folder returns the directory of the pages of codes, relative to the directory of
// the file. It has the name of the file without its extension. For an index page
// such as index.md, it is ".". The result does not depend on Pages.
func (m *Markdown) Folder() string {
	file := filepath.Base(m.File)
	name := strings.TrimSuffix(file, path.Ext(file))
	switch {
	case slices.Contains(indexNames, strings.ToLower(name)):
		return "."
	case name == file || name == "": // the file has that name
		return file + "-pages"
	}
	return name
}

// PagesDir returns the directory of the pages of codes. It does not depend on
// Pages.
func (m *Markdown) PagesDir() string {
	return filepath.Join(filepath.Dir(m.File), m.Folder())
}
