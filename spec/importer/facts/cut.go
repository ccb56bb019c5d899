// The Markdown parser does not support MDX: it reads indented content of components as
// code, and it ends HTML at the next empty line. A page is therefore cut at the tags of
// components and at HTML tables before it is parsed.

package facts

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A piece is Markdown between tags, the tag of a component, an HTML table or a script.
type piece struct {
	line   int
	text   string // Markdown
	table  string // HTML table
	script string // of MDX
	opens  bool   // start tag of a component
	closes bool   // end tag of a component
	name   string // of the component
	title  string // of the component
}

// A cutter cuts a page into pieces.
type cutter struct {
	page    string
	at      int // offset of the next byte
	line    int
	pieces  []piece
	unended string          // end of comments that does not occur in the rest of the page
	broken  []int           // lines of tables without an end tag
	text    strings.Builder // since the last tag
	start   int             // line of that
	open    []string        // components
	bol     bool            // nothing but white space and tags on this line so far
	fence   fence
}

// maxTag limits the size of a tag, and maxOpen the depth of components.
const (
	maxTag  = 2 << 10
	maxOpen = 100
)

// htmlComponents are HTML elements that contain Markdown on some pages.
var htmlComponents = []string{"details", "summary", "div", "section", "article", "aside", "center", "p", "span"}

// quiet are components whose title is not a heading.
var quiet = []string{"ResponseField", "ParamField", "Property", "Param", "Tooltip", "Icon", "Frame", "img"}

// cut returns the pieces of a page, and the lines of tables without an end tag.
func cut(page string) ([]piece, []int) {
	c := &cutter{page: page, line: 1, start: 1, bol: true}
	for c.at < len(c.page) {
		if c.bol && (c.at == 0 || c.page[c.at-1] == '\n') && c.wholeLine() {
			continue
		}
		switch rest := c.page[c.at:]; rest[0] {
		case '\n':
			c.take(1)
			c.bol = true
		case '`':
			c.codeSpan(rest)
		case '\\':
			c.take(min(2, len(rest)))
			c.bol = false
		case '<':
			c.tagAt(rest)
		case '{':
			if !c.comment(rest, "{/*", "*/}") {
				c.take(1)
				c.bol = false
			}
		default:
			c.bol = c.bol && (rest[0] == ' ' || rest[0] == '\t')
			c.take(1)
		}
	}
	c.flush()
	return c.pieces, c.broken
}

// comment drops a comment. It returns false if there is none, or if it has no end.
func (c *cutter) comment(rest, start, end string) bool {
	if !strings.HasPrefix(rest, start) || c.unended == end {
		return false
	}
	size := strings.Index(rest, end)
	if size < 0 {
		c.unended = end // the search need not be repeated
		return false
	}
	c.skip(size + len(end))
	return true
}

// take appends the next bytes to the text.
func (c *cutter) take(n int) {
	s := c.page[c.at : c.at+n]
	c.text.WriteString(s)
	c.line += strings.Count(s, "\n")
	c.at += n
}

// skip drops the next bytes, except for line breaks.
func (c *cutter) skip(n int) {
	breaks := strings.Count(c.page[c.at:c.at+n], "\n")
	c.text.WriteString(strings.Repeat("\n", breaks))
	c.line += breaks
	c.at += n
}

func (c *cutter) flush() {
	if text := c.text.String(); strings.TrimSpace(text) != "" {
		c.pieces = append(c.pieces, piece{line: c.start, text: dedent(text)})
	}
	c.text.Reset()
	c.start = c.line
}

var (
	script = lazyregexp.New(`^(?:import\s+(?:[\w*{"'].*\bfrom\s+)?["'].*|export\s+(?:const|let|var|default|function|async|class)\b.*|import\s+\{\s*)$`)
	// admonition matches a line such as ":::note Title".
	admonition = lazyregexp.New(`^\s*:::+\s*(\w*)(.*)$`)
)

// wholeLine reads a line of a code block, of a script or of an admonition. It returns
// false for other lines.
func (c *cutter) wholeLine() bool {
	row, _, _ := strings.Cut(c.page[c.at:], "\n")
	end := min(len(row)+1, len(c.page)-c.at)
	switch {
	case c.fence.line(row):
		c.take(end)
	case script.MatchString(strings.TrimRight(row, " \t;")):
		size := c.scriptEnd()
		c.flush()
		c.pieces = append(c.pieces, piece{line: c.line, script: c.page[c.at : c.at+size]})
		c.skip(size)
		c.text.Reset()
		c.start = c.line
	case admonition.MatchString(row):
		m := admonition.FindStringSubmatch(row)
		title := strings.Trim(m[2], " \t[]")
		c.flush()
		if m[1] != "" && len(c.open) < maxOpen {
			c.push(piece{line: c.line, opens: true, name: ":::", title: title})
		} else {
			c.pop(":::")
		}
		c.skip(end)
	default:
		return false
	}
	return true
}

// scriptEnd returns the size of a script. It ends with an empty line.
func (c *cutter) scriptEnd() int {
	rest := c.page[c.at:]
	if end := strings.Index(rest, "\n\n"); end >= 0 {
		return end + 1
	}
	return len(rest)
}

// codeSpan reads a code span, or only the backticks if it does not end in the
// paragraph.
func (c *cutter) codeSpan(rest string) {
	c.bol = false
	run := len(rest) - len(strings.TrimLeft(rest, "`"))
	paragraph, _, _ := strings.Cut(rest[:min(len(rest), maxTag)], "\n\n")
	for at := run; at < len(paragraph); {
		i := strings.IndexByte(paragraph[at:], '`')
		if i < 0 {
			break
		}
		at += i
		n := len(paragraph[at:]) - len(strings.TrimLeft(paragraph[at:], "`"))
		at += n
		if n == run {
			c.take(at)
			return
		}
	}
	c.take(run)
}

// tagAt reads a tag. Start tags of components at the start of a line and end tags cut
// the page. Tags of components inside a line are dropped.
func (c *cutter) tagAt(rest string) {
	if c.comment(rest, "<!--", "-->") {
		return
	}
	t, size := parseTag(rest)
	if name := strings.ToLower(t.name); !t.closing && c.bol && !c.inTableRow() {
		switch {
		case name == "table" && !t.isComponent():
			c.htmlTable(rest)
			return
		case len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6' && c.htmlHeading(rest, size, int(name[1]-'0')):
			return
		}
	}
	if size == 0 || !t.isComponent() {
		c.bol = false
		c.take(1)
		return
	}
	inRow := c.inTableRow()
	switch {
	case t.closing && !inRow && slices.Contains(c.open, t.name):
		c.flush()
		c.pop(t.name)
		c.skip(size)
	case t.closing, t.empty || inRow || !c.bol || len(c.open) == maxOpen:
		c.skip(size)
	case t.name == "summary":
		c.skip(size)
		c.summary()
	default:
		c.flush()
		c.push(piece{line: c.line, opens: true, name: t.name, title: t.title()})
		c.skip(size)
	}
}

// htmlTable reads a table up to its end tag, or the rest of the page.
func (c *cutter) htmlTable(rest string) {
	size, depth := 0, 0
	for at := 0; size == 0; {
		next := tableTag.FindStringIndex(rest[at:])
		if next == nil {
			break
		}
		if rest[at+next[0]+1] != '/' {
			depth++
		} else if depth--; depth == 0 {
			size = at + next[1]
		}
		at += next[1]
	}
	c.flush()
	if size == 0 {
		c.broken = append(c.broken, c.line)
		size = len(rest)
	}
	c.pieces = append(c.pieces, piece{line: c.line, table: rest[:size]})
	c.skip(size)
	c.text.Reset()
	c.start = c.line
}

var tableTag = lazyregexp.New(`(?i)<table\b[^<>]*>|</table\s*>`)

// htmlHeading replaces a heading by one of Markdown. It returns false if the heading
// has no end tag.
func (c *cutter) htmlHeading(rest string, size, level int) bool {
	end := strings.Index(rest[:min(len(rest), maxTag)], fmt.Sprintf("</h%d>", level))
	if end < size {
		return false
	}
	title := strings.Join(strings.Fields(anyTag.ReplaceAllString(rest[size:end], "")), " ")
	c.text.WriteString(strings.Repeat("#", level) + " " + title + "\n")
	c.skip(end + len("</h1>"))
	c.bol = false
	return true
}

// inTableRow reports whether the line starts as a row of a table does.
func (c *cutter) inTableRow() bool {
	start := strings.LastIndexByte(c.page[:c.at], '\n') + 1
	return strings.HasPrefix(strings.TrimLeft(c.page[start:c.at], " \t"), "|")
}

// summary reads a <summary> as the title of its <details>.
func (c *cutter) summary() {
	rest := c.page[c.at:]
	end := strings.Index(rest[:min(len(rest), maxTag)], "</summary>")
	last := len(c.pieces) - 1
	if end < 0 || last < 0 || !c.pieces[last].opens || c.pieces[last].name != "details" || strings.TrimSpace(c.text.String()) != "" {
		return
	}
	c.pieces[last].title = strings.TrimSpace(anyTag.ReplaceAllString(rest[:end], ""))
	c.skip(end + len("</summary>"))
}

var anyTag = lazyregexp.New(`</?[A-Za-z][^<>]*>`)

func (c *cutter) push(p piece) {
	c.pieces = append(c.pieces, p)
	c.open = append(c.open, p.name)
}

// pop ends a component and the open components in it.
func (c *cutter) pop(name string) {
	if !slices.Contains(c.open, name) {
		return
	}
	for {
		last := len(c.open) - 1
		top := c.open[last]
		c.open = c.open[:last]
		c.pieces = append(c.pieces, piece{line: c.line, closes: true, name: top})
		if top == name {
			return
		}
	}
}

// dedent removes the common indent of lines. The first line may follow a tag; its indent
// does not count.
func dedent(s string) string {
	lines := strings.Split(s, "\n")
	first := 0
	if lines[0] != "" && lines[0][0] != ' ' && lines[0][0] != '\t' {
		first = 1
	}
	indent := -1
	for _, row := range lines[first:] {
		if strings.TrimSpace(row) == "" {
			continue
		}
		if n := len(row) - len(strings.TrimLeft(row, " \t")); indent < 0 || n < indent {
			indent = n
		}
	}
	for i := range lines {
		if i >= first && len(lines[i]) >= indent && indent > 0 {
			lines[i] = lines[i][indent:]
		} else if strings.TrimSpace(lines[i]) == "" {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}
