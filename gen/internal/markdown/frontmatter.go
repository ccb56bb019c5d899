package markdown

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/internal/frontmatter"
	"github.com/errspec/errspec/spec/prose"
)

// pageFacts are the values of placeholders, each one line of plain text.
type pageFacts map[string]string

func indexFacts(p *plan.Plan, o Options) pageFacts {
	all := pageFacts{
		"title": brief(prose.Inline(p.Title)), "page": strings.TrimSuffix(o.File, o.ending()),
		"position": "0", "table": p.Table,
	}
	if about := prose.Parse(p.Description); len(about) > 0 {
		all["description"] = brief(about[0])
	}
	return all
}

func codeFacts(p *plan.Plan, c *plan.Code, n int) pageFacts {
	all := pageFacts{
		"title": brief(prose.Inline(c.Title)), "description": brief(prose.Inline(c.Description)), "code": c.Wire,
		"page": c.Page, "position": strconv.Itoa(n), "table": p.Table,
	}
	if c.Class != nil {
		all["class"] = c.Class.Name
	}
	return all
}

// frontMatter returns the front matter of a page, including its lines of hyphens.
// Values that contain only empty facts are omitted. Since the template is a mapping
// and not text, the result is valid YAML for every fact.
func frontMatter(template *yaml.Node, page pageFacts) (string, error) {
	if template == nil {
		return "", nil
	}
	filled := page.fill(template)
	if filled == nil || len(filled.Content) == 0 {
		return "", nil
	}
	var b bytes.Buffer
	b.WriteString("---\n")
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := errors.Join(e.Encode(filled), e.Close()); err != nil {
		return "", err
	}
	if b.Len() > longestFront {
		return "", errors.New("front matter is larger than 32 KiB; shorten front_matter: in errspec.yaml")
	}
	b.WriteString("---\n")
	return b.String(), nil
}

// longestFront is the maximum size of front matter in bytes. The mark of the file
// follows it, and is searched for only near the start of the file.
const longestFront = 32 << 10

// longestFact is the maximum number of characters of prose in front matter.
// Programs create menus and search results from it.
const longestFact = 300

// fill returns a copy of n with facts in place of placeholders. It returns nil if
// nothing remains.
func (f pageFacts) fill(n *yaml.Node) *yaml.Node {
	// A key or an item on each line: Prettier may join them if they fit in one.
	filled := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Style: n.Style &^ yaml.FlowStyle}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if value := f.fill(n.Content[i+1]); value != nil {
				filled.Content = append(filled.Content, bare(n.Content[i]), value)
			}
		}
		return unlessEmptied(filled, n)
	case yaml.SequenceNode:
		for _, item := range n.Content {
			if value := f.fill(item); value != nil {
				filled.Content = append(filled.Content, value)
			}
		}
		return unlessEmptied(filled, n)
	}
	return f.text(n)
}

// unlessEmptied returns filled, or nil if it is empty and before was not.
func unlessEmptied(filled, before *yaml.Node) *yaml.Node {
	if len(filled.Content) == 0 && len(before.Content) > 0 {
		return nil
	}
	return filled
}

// text returns a copy of a scalar with facts in place of placeholders. It returns
// nil if all of them are empty. A text of the table is always quoted, so that YAML
// reads it as a string.
func (f pageFacts) text(n *yaml.Node) *yaml.Node {
	filled := bare(n)
	if n.ShortTag() != "!!str" || !frontmatter.HasPlaceholder(n.Value) {
		return filled
	}
	text, empty := frontmatter.Fill(n.Value, f)
	if empty {
		return nil
	}
	filled.Value, filled.Style = text, quotes(text)
	if n.Value == "{position}" {
		filled.Tag, filled.Style = "!!int", 0
	}
	return filled
}

// bare returns a scalar without comments. Text that is folded or starts with an
// empty line is quoted, because the encoder changes the empty lines of blocks.
func bare(n *yaml.Node) *yaml.Node {
	scalar := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Style: n.Style, Value: n.Value}
	if n.Style&yaml.FoldedStyle != 0 || strings.HasPrefix(n.Value, "\n") {
		scalar.Style = yaml.DoubleQuotedStyle
	}
	if scalar.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		scalar.Style = quotes(n.Value)
	}
	return scalar
}

// quotes returns the style of a quoted text that Prettier prefers: double quotes, unless
// the text contains some.
func quotes(text string) yaml.Style {
	if strings.Contains(text, `"`) && !strings.Contains(text, "\n") {
		return yaml.SingleQuotedStyle
	}
	return yaml.DoubleQuotedStyle
}

// brief returns prose as one line of plain text with at most longestFact
// characters.
func brief(p prose.Paragraph) string {
	return prose.Shorten(strings.Join(strings.Fields(p.Plain()), " "), longestFact)
}
