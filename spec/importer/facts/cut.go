// The Markdown parser does not support MDX: it reads indented content of components as
// code, and it ends HTML at the next empty line. A page is therefore cut at the tags of
// components and at HTML tables, and the Markdown between them is parsed.

package facts

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A cutter cuts a page.
type cutter struct {
	*reader
	page    string
	at      int // offset of the next byte
	line    int
	row     int             // offset of the line
	text    strings.Builder // Markdown since the last cut
	start   int             // line of that
	blank   bool            // the line has no text so far
	open    []component
	unended []string // ends of comments that do not occur in the rest of the page
}

// maxTag limits the size of a tag, and maxOpen the depth of components.
const (
	maxTag  = 2 << 10
	maxOpen = 100
)

var (
	script     = lazyregexp.New(`^(?:import\s+(?:[\w*{"'].*\bfrom\s+)?["'].*|export\s+(?:const|let|var|default|function|async|class)\b.*|import\s+\{\s*)$`)
	admonition = lazyregexp.New(`^\s*:::+\s*(\w*)(.*)$`) // such as ":::note Title"
	fenceStart = lazyregexp.New("^[ \t>]*(?:(?:[-*+]|\\d{1,9}[.)])[ \t]+)*(```+|~~~+)([^\n]*)$")
)

// cut reads the page.
func (c *cutter) cut() {
	for c.at < len(c.page) {
		if c.at == c.row && c.wholeLine() {
			continue
		}
		rest := c.page[c.at:]
		if n := strings.IndexAny(rest, "\n`\\<{"); n != 0 {
			if n < 0 {
				n = len(rest)
			}
			c.take(n)
			continue
		}
		switch {
		case rest[0] == '\\' && len(rest) > 1:
			c.take(2)
		case rest[0] == '`':
			c.take(codeSpan(rest))
		case rest[0] == '<' && !c.comment(rest, "<!--", "-->"):
			c.tag(rest)
		case rest[0] == '\n', rest[0] == '\\', rest[0] == '{' && !c.comment(rest, "{/*", "*/}"):
			c.take(1)
		}
	}
	c.flush()
}

// comment drops a comment. It returns false if there is none, or if it has no end.
func (c *cutter) comment(rest, start, end string) bool {
	if !strings.HasPrefix(rest, start) || slices.Contains(c.unended, end) {
		return false
	}
	size := strings.Index(rest, end)
	if size < 0 {
		c.unended = append(c.unended, end) // the search need not be repeated
		return false
	}
	c.skip(size + len(end))
	return true
}

// take appends the next bytes to the text.
func (c *cutter) take(n int) {
	s := c.page[c.at : c.at+n]
	c.text.WriteString(s)
	c.advance(n)
	c.blank = c.blank && strings.TrimSpace(c.page[max(c.row, c.at-n):c.at]) == ""
}

// skip drops the next bytes, except for line breaks.
func (c *cutter) skip(n int) {
	c.text.WriteString(strings.Repeat("\n", strings.Count(c.page[c.at:c.at+n], "\n")))
	c.advance(n)
}

func (c *cutter) advance(n int) {
	s := c.page[c.at : c.at+n]
	if end := strings.LastIndexByte(s, '\n'); end >= 0 {
		c.row, c.blank = c.at+end+1, true
	}
	c.line += strings.Count(s, "\n")
	c.at += n
}

// flush parses the text since the last cut.
func (c *cutter) flush() {
	text := c.text.String()
	c.text.Reset()
	if strings.TrimSpace(text) != "" {
		c.markdown(dedent(text), c.start)
	}
	c.start = c.line
}

// cutOut returns the next bytes, and the line of the first, as a separate part.
func (c *cutter) cutOut(n int) (part string, line int) {
	c.flush()
	part, line = c.page[c.at:c.at+n], c.line
	c.skip(n)
	c.text.Reset()
	c.start = c.line
	return part, line
}

// wholeLine reads a code block, a script or a line of an admonition. It returns false for
// other lines.
func (c *cutter) wholeLine() bool {
	rest := c.page[c.at:]
	row, _, _ := strings.Cut(rest, "\n")
	if m := fenceStart.FindStringSubmatch(row); m != nil && (m[1][0] == '~' || !strings.Contains(m[2], "`")) {
		c.take(fenceSize(rest, m[1]))
		return true
	}
	if script.MatchString(strings.TrimRight(row, " \t;")) { // ends at an empty line
		code, _, _ := strings.Cut(rest, "\n\n")
		code, line := c.cutOut(len(code))
		c.add(&Block{Fact: Fact{Kind: CodeFact, Line: line, Name: nameOf(code)}, Code: code})
		return true
	}
	m := admonition.FindStringSubmatch(row)
	if m == nil {
		return false
	}
	_, line := c.cutOut(min(len(row)+1, len(rest)))
	if m[1] == "" || len(c.open) == maxOpen {
		c.leave(":::")
	} else {
		c.enter(":::", strings.Trim(m[2], " \t[]"), line)
	}
	return true
}

// fenceSize returns the size of the code block at the start of s, with its fences.
func fenceSize(s, mark string) int {
	size := 0
	for row := range strings.Lines(s) {
		text := strings.TrimLeft(row, " \t>")
		if size += len(row); size > len(row) && strings.HasPrefix(text, mark) && strings.Trim(text, mark[:1]+" \t\n") == "" {
			break
		}
	}
	return size
}

// codeSpan returns the size of the code span at the start of s, or of its backticks if it
// does not end in the paragraph.
func codeSpan(s string) int {
	s, _, _ = strings.Cut(s[:min(len(s), maxTag)], "\n\n")
	mark := s[:len(s)-len(strings.TrimLeft(s, "`"))]
	for at := len(mark); ; {
		i := strings.Index(s[at:], mark)
		if i < 0 {
			return len(mark)
		}
		end := len(s) - len(strings.TrimLeft(s[at+i:], "`"))
		if end == at+i+len(mark) {
			return end
		}
		at = end
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
		if n := len(row) - len(strings.TrimLeft(row, " \t")); n < len(row) && (indent < 0 || n < indent) {
			indent = n
		}
	}
	for i := first; i < len(lines); i++ {
		lines[i] = lines[i][min(max(indent, 0), len(lines[i])):]
	}
	return strings.Join(lines, "\n")
}
