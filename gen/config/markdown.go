package config

import (
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/markdown"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// Markdown is a reference in Markdown.
type Markdown struct {
	form.Entry
	File        string // of the page that lists all codes
	Pages       bool   // whether each code has a page of its own
	FrontMatter markdown.FrontMatter
}

var markdownFormat = form.Object("markdown", func(m *Markdown) *form.Entry { return &m.Entry },
	form.Required("file", "The file to write; with pages, that which lists all codes.",
		form.Line, func(m *Markdown) *string { return &m.File }),
	form.Optional("pages", "Whether each code has a page of its own, in a folder beside the file and called like it; beside an index.md, in its folder.",
		form.Boolean, func(m *Markdown) *bool { return &m.Pages }),
	form.Optional("front_matter", "What each page begins with for site generators. In texts, {title}, {description}, {code}, {class}, {page}, {position} and {table} stand for what they are on the page.",
		frontMatter, func(m *Markdown) *markdown.FrontMatter { return &m.FrontMatter }),
)

// frontMatter is any mapping. Its placeholders have to be ones that there are.
var frontMatter = form.New(decodeFrontMatter, form.Schema{Type: "object", Open: true})

func decodeFrontMatter(d *form.Decoder, n *yaml.Node) (markdown.FrontMatter, bool) {
	if !d.Expect(n, yaml.MappingNode, "front matter") {
		return markdown.FrontMatter{}, false
	}
	before := len(d.Findings())
	checkPlaceholders(d, n)
	return markdown.FrontMatter{Mapping: n}, len(d.Findings()) == before
}

// checkPlaceholders reports, at any depth, keys that occur twice, placeholders that
// there are none of, and those that YAML takes for something else.
func checkPlaceholders(d *form.Decoder, n *yaml.Node) {
	switch n.Kind {
	case yaml.MappingNode:
		if len(n.Content) == 2 && n.Style&yaml.FlowStyle != 0 && n.Content[1].ShortTag() == "!!null" {
			d.Report(form.RuleType, n, `put the text into quotes: "{`+n.Content[0].Value+`}"`, "text in braces is a mapping to YAML")
			return
		}
		d.EachPair(n, "front matter", func(key, value *yaml.Node) {
			if markdown.HasPlaceholder(key.Value) {
				d.Report(form.RuleValue, key, "give the key a name of its own", "a key holds a placeholder, which stays as it is")
			}
			checkPlaceholders(d, value)
		})
	case yaml.SequenceNode:
		for _, item := range n.Content {
			checkPlaceholders(d, item)
		}
	case yaml.ScalarNode:
		unknown := markdown.UnknownPlaceholder(n.Value)
		if unknown == "" {
			return
		}
		help := "there are {" + strings.Join(markdown.Placeholders(), "}, {") + "}"
		if meant := diag.Suggest(unknown, markdown.Placeholders()); meant != "" {
			help = "did you mean {" + meant + "}?"
		}
		d.Report(form.RuleValue, n, help, "no placeholder is called {%s}", unknown)
	}
}

// Options returns what the emitter has to know of the reference.
func (m *Markdown) Options() markdown.Options {
	return markdown.Options{File: filepath.Base(m.File), Pages: m.Pages, FrontMatter: m.FrontMatter}
}

// PagesDir returns the directory of the pages of codes, whether there are any or not.
func (m *Markdown) PagesDir() string {
	return filepath.Join(filepath.Dir(m.File), m.Options().Folder())
}
