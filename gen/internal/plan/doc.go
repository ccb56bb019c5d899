package plan

import (
	"go/doc/comment"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/prose"
)

// docWidth is the maximum length of a line of a Go comment, including "// ".
const docWidth = 80

// DocLines returns the lines of a comment that is not text of a table. Paragraphs are
// separated by blank lines.
func DocLines(text string) []string {
	doc := newComment(0)
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		doc.paragraph(paragraph)
	}
	return doc.lines
}

// A docComment collects the lines of a Go doc comment, without their slashes. gofmt does
// not change the lines. No line can be read as a directive, a build constraint, a
// heading, a list, a link definition or a deprecation.
type docComment struct {
	lines []string
	width int // of the lines, without slashes and indentation
}

func newComment(depth int) *docComment {
	return &docComment{width: docWidth - len("// ") - 4*depth}
}

// paragraph adds a paragraph that is not text of a table.
func (c *docComment) paragraph(text string) *docComment {
	if text == "" {
		return c
	}
	if len(c.lines) > 0 {
		c.lines = append(c.lines, "")
	}
	c.lines = append(c.lines, Wrap(curled(text), c.width, c.width, isMeaningful)...)
	return c
}

// curled returns a paragraph with typographic quotes instead of pairs of backticks or
// single quotes, as gofmt writes them.
func curled(text string) string {
	if !strings.Contains(text, "``") && !strings.Contains(text, "''") {
		return text
	}
	line := strings.Join(strings.Fields(text), " ") // as wrapped, but on one line
	for range maxCurls {
		curled := strings.TrimSpace(string(new(comment.Printer).Comment(new(comment.Parser).Parse(line))))
		if curled == line {
			return line
		}
		line = curled
	}
	return pairs.Replace(line)
}

// maxCurls is the maximum number of times that a paragraph is formatted. In a long run of
// backticks, gofmt (Go 1.26) replaces two more each time. After the last time, all of
// them are replaced.
const maxCurls = 4

var pairs = strings.NewReplacer("``", "“", "''", "”")

// prose adds the paragraphs of a text of the table.
func (c *docComment) prose(text string) *docComment {
	for _, p := range prose.Parse(text) {
		c.paragraph(inert(p.Plain()))
	}
	return c
}

// meaningful matches the starts of paragraphs that have a meaning for gofmt, go doc or
// the compiler. Texts of tables must not start like that.
var meaningful = lazyregexp.New(`^(?:[-*+•#]|//|/\*|\+build|go:|[0-9]+[.)]|\[.*\]:|Deprecated:|[A-Z]{2,}\()`)

// isMeaningful reports whether a text starts with a match of meaningful. Most texts start with
// a lower-case letter, for which it needs no regular expression.
func isMeaningful(text string) bool {
	isWord := text != "" && 'a' <= text[0] && text[0] <= 'z' && text[0] != 'g'
	return !isWord && meaningful.MatchString(text)
}

// inert returns a paragraph without a special meaning. It ends like a sentence, because
// go doc reads a single line that ends in a letter or digit as an old-style heading.
func inert(text string) string {
	text = strings.TrimSpace(text) // including Unicode spaces, at which wrap also breaks
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsDigit(last) {
		text += "."
	}
	if isMeaningful(text) {
		return "… " + text
	}
	return text
}
