package plan

import (
	"go/doc/comment"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/prose"
)

// docWidth is the length of a line of a Go comment, its "// " included.
const docWidth = 80

// DocLines wraps a comment in our own words: paragraphs with blank lines between
// them.
func DocLines(text string) []string {
	doc := newComment(0)
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		doc.paragraph(paragraph)
	}
	return doc.lines
}

// A docComment collects the lines of a Go doc comment, without their slashes. What
// it returns is as gofmt would leave it, and no line of it can be read as a
// directive, a build constraint, a heading, a list, a link definition or a
// deprecation.
type docComment struct {
	lines []string
	width int // of the lines, without slashes and indentation
}

func newComment(depth int) *docComment {
	return &docComment{width: docWidth - len("// ") - 4*depth}
}

// paragraph adds a paragraph of our own words.
func (c *docComment) paragraph(text string) *docComment {
	if text == "" {
		return c
	}
	if len(c.lines) > 0 {
		c.lines = append(c.lines, "")
	}
	c.lines = append(c.lines, wrap(curled(text), c.width)...)
	return c
}

// curled returns a paragraph with typographic quotes in place of pairs of backticks
// or single quotes, where gofmt writes them.
func curled(text string) string {
	if !strings.Contains(text, "``") && !strings.Contains(text, "''") {
		return text
	}
	line := strings.Join(strings.Fields(text), " ") // as it is wrapped, but for the line ends
	for range maxCurls {
		curled := strings.TrimSpace(string(new(comment.Printer).Comment(new(comment.Parser).Parse(line))))
		if curled == line {
			return line
		}
		line = curled
	}
	return pairs.Replace(line)
}

// maxCurls is how often a paragraph is formatted. Of a long run of backticks, gofmt
// (Go 1.26) replaces two more each time; then all of them are replaced at once.
const maxCurls = 4

var pairs = strings.NewReplacer("``", "“", "''", "”")

// prose adds the paragraphs of a table's text.
func (c *docComment) prose(text string) *docComment {
	for _, p := range prose.Parse(text) {
		c.paragraph(inert(p.Plain()))
	}
	return c
}

// meaningful matches what may not begin a paragraph of someone else's text,
// since gofmt, go doc or the compiler would give it a meaning.
var meaningful = lazyregexp.New(`^(?:[-*+•#]|//|/\*|\+build|go:|[0-9]+[.)]|\[.*\]:|Deprecated:|[A-Z]{2,}\()`)

// inert returns a paragraph that has no meaning but its words. It ends like a
// sentence: a line of its own that ends in a letter or digit is a heading to go
// doc, in the notation from before the #.
func inert(text string) string {
	text = strings.TrimSpace(text) // also the spaces of other scripts, at which wrap breaks too
	if last, _ := utf8.DecodeLastRuneInString(text); unicode.IsLetter(last) || unicode.IsDigit(last) {
		text += "."
	}
	if meaningful.MatchString(text) {
		return "… " + text
	}
	return text
}

// wrap breaks a paragraph into lines. It breaks only before words that mean
// nothing at the start of a line.
func wrap(text string, width int) []string {
	var lines []string
	line := make([]byte, 0, 128) // more than a line has, as a rule
	length := 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case len(line) == 0:
			length = n
		case length+1+n <= width || meaningful.MatchString(word):
			line, length = append(line, ' '), length+1+n
		default:
			lines = append(lines, string(line))
			line, length = line[:0], n
		}
		line = append(line, word...)
	}
	return append(lines, string(line))
}
