package facts

import (
	"html"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A component is open. Its section is nil if it has no title.
type component struct {
	name    string
	section *Section
}

const (
	quoted   = `"[^"]*"|'[^']*'|` + "`[^`]*`"
	inBraces = `[^{}"'` + "`]|" + quoted
	// braces matches an expression in braces, which may contain others up to a depth of 3.
	braces = `\{(?:` + inBraces + `|\{(?:` + inBraces + `|\{(?:` + inBraces + `)*\})*\})*\}`
)

var (
	// tagPattern matches a tag of HTML or of a component.
	tagPattern = lazyregexp.New(`^<(/?)([A-Za-z][\w.-]*)((?:\s*(?:[A-Za-z_:@][\w:.@-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|` + braces + `|[^\s"'{}<>=]+))?|` + braces + `))*)\s*(/?)>`)
	// titleAttribute matches the title of a component.
	titleAttribute = lazyregexp.New(`(?:^|\s)(?:title|label|header|summary)\s*=\s*(?:\{\s*)?(?:"([^"]+)"|'([^']+)'|` + "`([^`]+)`" + `)`)
	tableTag       = lazyregexp.New(`(?i)<table\b[^<>]*>|</table\s*>`)
	anyTag         = lazyregexp.New(`</?[A-Za-z][^<>]*>`)
)

// htmlComponents are HTML elements that contain Markdown on some pages.
var htmlComponents = []string{"details", "summary", "div", "section", "article", "aside", "center", "p", "span"}

// untitled are components whose title is not a heading.
var untitled = []string{"ResponseField", "ParamField", "Property", "Param", "Tooltip", "Icon", "Frame", "img"}

// tag reads a tag. Start tags of components at the start of a line and end tags cut the
// page. Tags of components inside a line are dropped.
func (c *cutter) tag(rest string) {
	m := tagPattern.FindStringSubmatch(rest[:min(len(rest), maxTag)])
	if m == nil {
		c.take(1)
		return
	}
	size, closing, name := len(m[0]), m[1] != "", m[2]
	isComponent := 'A' <= name[0] && name[0] <= 'Z' || slices.Contains(htmlComponents, name)
	inRow := strings.HasPrefix(strings.TrimLeft(c.page[c.row:c.at], " \t"), "|")
	switch {
	case name == "table" && !closing && !inRow:
		table, line := c.cutOut(c.tableSize(rest))
		t := c.htmlTable(table, line)
		c.add(&Block{Fact: t.Fact, Table: t})
	case !closing && c.blank && len(name) == 2 && strings.Contains("h1h2h3h4h5h6", name) && elementSize(rest, name) > 0:
		heading, line := c.cutOut(elementSize(rest, name))
		c.heading(line, int(name[1]-'0'), c.inlines(heading, line))
	case !isComponent:
		c.take(size)
	case closing && !inRow && slices.ContainsFunc(c.open, func(x component) bool { return x.name == name }):
		c.flush()
		c.skip(size)
		c.leave(name)
	case closing, m[4] != "" || inRow || !c.blank || len(c.open) == maxOpen:
		c.skip(size)
	case name == "summary":
		c.summary(rest, size)
	default:
		c.flush()
		title := ""
		if t := titleAttribute.FindStringSubmatch(m[3]); t != nil && !slices.Contains(untitled, name) {
			title = html.UnescapeString(t[1] + t[2] + t[3])
		}
		c.enter(name, title, c.line)
		c.skip(size)
	}
}

// tableSize returns the size of the table at the start of s. A table without an end tag
// takes the rest of the page.
func (c *cutter) tableSize(s string) int {
	depth := 0
	for at := 0; ; {
		next := tableTag.FindStringIndex(s[at:])
		if next == nil {
			c.warn(c.line, "the table has no end tag; the rest of the page is read as its content", "add </table>")
			return len(s)
		}
		if s[at+next[0]+1] != '/' {
			depth++
		} else if depth--; depth == 0 {
			return at + next[1]
		}
		at += next[1]
	}
}

// elementSize returns the size of the element at the start of s, or 0 if it has no end.
func elementSize(s, name string) int {
	before, _, ok := strings.Cut(s[:min(len(s), maxTag)], "</"+name+">")
	if !ok {
		return 0
	}
	return len(before) + len("</>") + len(name)
}

// summary reads a <summary> as the title of its <details>.
func (c *cutter) summary(rest string, tag int) {
	size, last := elementSize(rest, "summary"), len(c.open)-1
	if size == 0 || last < 0 || c.open[last].name != "details" || c.open[last].section != nil || strings.TrimSpace(c.text.String()) != "" {
		c.skip(tag)
		return
	}
	c.open = c.open[:last]
	c.enter("details", strings.TrimSpace(anyTag.ReplaceAllString(rest[:size], "")), c.line)
	c.skip(size)
}

// enter opens a component. It is a section if it has a title.
func (c *cutter) enter(name, title string, line int) {
	x := component{name: name}
	if title != "" {
		x.section = &Section{Fact: Fact{Line: line}, Title: c.inlines(title, line), Component: name}
		c.reader.enter(x.section)
	}
	c.open = append(c.open, x)
}

// leave ends a component and the open components in it.
func (c *cutter) leave(name string) {
	if !slices.ContainsFunc(c.open, func(x component) bool { return x.name == name }) {
		return
	}
	for {
		last := len(c.open) - 1
		top := c.open[last]
		c.open = c.open[:last]
		if top.section != nil {
			c.in = top.section.Parent
		}
		if top.name == name {
			return
		}
	}
}
