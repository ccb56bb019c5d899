// MDX: Markdown with component tags in it. The Markdown parser knows nothing of
// components, takes what is indented inside of them for code and ends HTML at
// the next empty line, so a page is cut at their tags before it is parsed.

package importer

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A piece is a stretch of Markdown between component tags, or such a tag.
type piece struct {
	line   int
	text   string // Markdown
	opens  bool   // a component begins
	closes bool   // or ends
	name   string // of the component
	title  string // what it is called, "" if nothing
}

// A cutter cuts a page into pieces.
type cutter struct {
	page   string
	at     int // offset of the next byte
	line   int
	pieces []piece
	text   strings.Builder // since the last tag
	start  int             // line of that
	open   []string        // components
	bol    bool            // only white space and tags so far on this line
	fence  fence
}

// maxTag bounds how far the end of a tag is looked for, maxOpen how deep
// components lie in each other.
const (
	maxTag  = 2 << 10
	maxOpen = 100
)

// htmlComponents are the elements that pages put around Markdown.
var htmlComponents = []string{"details", "summary", "div", "section", "article", "aside", "center", "p", "span"}

// quiet are components whose title names a parameter, not a topic.
var quiet = []string{"ResponseField", "ParamField", "Property", "Param", "Tooltip", "Icon", "Frame", "img"}

// cut returns the pieces of a page, whose first line is line 1.
func cut(page string) []piece {
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
			if end := strings.Index(rest, "*/}"); strings.HasPrefix(rest, "{/*") && end >= 0 {
				c.skip(end + len("*/}"))
			} else {
				c.take(1)
				c.bol = false
			}
		default:
			c.bol = c.bol && (rest[0] == ' ' || rest[0] == '\t')
			c.take(1)
		}
	}
	c.flush()
	return c.pieces
}

// take moves bytes to the text.
func (c *cutter) take(n int) {
	s := c.page[c.at : c.at+n]
	c.text.WriteString(s)
	c.line += strings.Count(s, "\n")
	c.at += n
}

// skip drops bytes; their line ends remain, so that lines keep their numbers.
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
	// admonition is a line such as ":::note Title".
	admonition = lazyregexp.New(`^\s*:::+\s*(\w*)(.*)$`)
)

// wholeLine takes a line that is not looked into: of a code block, of a script, of
// an admonition. It reports whether it did.
func (c *cutter) wholeLine() bool {
	row, _, _ := strings.Cut(c.page[c.at:], "\n")
	end := min(len(row)+1, len(c.page)-c.at)
	switch {
	case c.fence.line(row):
		c.take(end)
	case script.MatchString(strings.TrimRight(row, " \t;")):
		c.skip(c.scriptEnd())
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

// scriptEnd returns the size of a script, which ends with an empty line.
func (c *cutter) scriptEnd() int {
	rest := c.page[c.at:]
	if end := strings.Index(rest, "\n\n"); end >= 0 {
		return end + 1
	}
	return len(rest)
}

// codeSpan takes what stands between backticks, or the backticks if nothing ends
// it in the paragraph.
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

// tagAt takes a tag. Tags of components at the start of a line cut the page, and
// so do those that end one; inside of a line they vanish.
func (c *cutter) tagAt(rest string) {
	t, size := parseTag(rest)
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

// inTableRow reports whether the line so far is that of a table.
func (c *cutter) inTableRow() bool {
	start := strings.LastIndexByte(c.page[:c.at], '\n') + 1
	return strings.HasPrefix(strings.TrimLeft(c.page[start:c.at], " \t"), "|")
}

// summary makes the text of a <summary> the title of its <details>.
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

// pop ends a component, and those inside that nobody ended.
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

// dedent removes the indent that all lines of a text share. The first line may
// begin behind a tag, and then has none.
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
