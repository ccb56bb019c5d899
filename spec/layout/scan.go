// This file finds the comments of a text. yaml.v3 attaches comments to nodes by different
// rules and drops those between brackets; therefore the text is scanned again. The tree has
// the positions of quoted text, blocks and brackets. Outside of quoted text and blocks, a #
// after white space starts a comment.

package layout

import (
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// A remark is a comment of a text, up to the end of its line.
type remark struct {
	text   string
	offset int
	line   int
	column int        // counted from 1, as yaml.v3 does
	alone  bool       // only white space is before it on its line
	flow   *yaml.Node // the innermost collection in brackets around it, or nil
	closed *yaml.Node // the collection whose closing bracket is directly before it on its line, or nil
}

// A scanner finds the comments of a text.
type scanner struct {
	text   string
	lines  []int              // offset of each line
	starts map[int]*yaml.Node // collections in brackets, by offset
	skips  map[int]int        // quoted text and blocks: start to end offset
	found  []remark
}

// remarks returns the comments of a text. root is the tree of the text.
func remarks(file *diag.File, root *yaml.Node) []remark {
	s := &scanner{text: file.Text, lines: lineOffsets(file.Text), starts: make(map[int]*yaml.Node), skips: make(map[int]int)}
	s.addTree(file, root)
	s.scan()
	return s.found
}

// lineOffsets returns the offset of each line. The first line starts after a byte order mark.
func lineOffsets(text string) []int {
	lines := []int{len(text) - len(strings.TrimPrefix(text, "\uFEFF"))}
	for i := range len(text) {
		if text[i] == '\n' {
			lines = append(lines, i+1)
		}
	}
	return lines
}

// offset returns the offset of a node in the text of its file.
func offset(file *diag.File, lines []int, n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(lines) {
		return len(file.Text)
	}
	line := file.Line(n.Line)
	return lines[n.Line-1] + len(line) - len(file.From(diag.Pos{Line: n.Line, Column: n.Column}))
}

// addTree records the positions of brackets, quoted text and blocks in a tree.
func (s *scanner) addTree(file *diag.File, n *yaml.Node) {
	at := offset(file, s.lines, n)
	switch {
	case at >= len(s.text):
	case n.Kind != yaml.ScalarNode:
		if s.text[at] == '[' || s.text[at] == '{' {
			s.starts[at] = n
		}
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		s.skips[at] = s.quoteEnd(at)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if from, to := s.block(n); from < to {
			s.skips[from] = to
		}
	}
	for _, c := range n.Content {
		s.addTree(file, c)
	}
}

// quoteEnd returns the offset after the closing quote of the text at an offset.
func (s *scanner) quoteEnd(at int) int {
	quote := s.text[at]
	for i := at + 1; i < len(s.text); i++ {
		switch {
		case s.text[i] == '\\' && quote == '"':
			i++
		case s.text[i] != quote:
		case quote == '\'' && i+1 < len(s.text) && s.text[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return len(s.text)
}

// block returns the start and end offsets of the lines of a literal or folded block. Their
// indentation is that of the first line that is not empty, without the leading spaces of the
// value.
func (s *scanner) block(n *yaml.Node) (from, to int) {
	from = s.lineStart(n.Line + 1)
	indent := -1
	for line := n.Line + 1; line <= len(s.lines); line++ {
		start, end := s.lineStart(line), s.lineStart(line+1)
		content := strings.TrimRight(s.text[start:end], "\r\n")
		spaces := len(content) - len(strings.TrimLeft(content, " "))
		switch {
		case strings.TrimSpace(content) == "":
			continue
		case indent < 0:
			own, ok := leadingSpaces(n.Value)
			if !ok {
				return from, from // an empty block: this line is not part of it
			}
			indent = spaces - own
		case spaces < indent:
			return from, start
		}
	}
	return from, len(s.text)
}

// leadingSpaces returns the number of leading spaces of the first line that is not empty. It
// returns false if there is no such line.
func leadingSpaces(value string) (n int, ok bool) {
	for line := range strings.SplitSeq(value, "\n") {
		if strings.TrimSpace(line) != "" {
			return len(line) - len(strings.TrimLeft(line, " ")), true
		}
	}
	return 0, false
}

// lineStart returns the offset of a line, counted from 1, or the length of the text if there
// is no such line.
func (s *scanner) lineStart(line int) int {
	if line > len(s.lines) {
		return len(s.text)
	}
	return s.lines[line-1]
}

// scan finds the comments.
func (s *scanner) scan() {
	var open []*yaml.Node
	var closed *yaml.Node // on this line
	line := 1
	for i := s.lines[0]; i < len(s.text); i++ {
		if end, ok := s.skips[i]; ok {
			line += strings.Count(s.text[i:end], "\n")
			i, closed = end-1, nil
			continue
		}
		if n := s.starts[i]; n != nil {
			open, closed = append(open, n), nil
			continue
		}
		switch c := s.text[i]; {
		case c == '\n':
			line++
			closed = nil
		case (c == ']' || c == '}') && len(open) > 0:
			closed = open[len(open)-1]
			open = open[:len(open)-1]
		case c == '#' && s.afterSpace(i):
			r := s.remark(i, line)
			r.closed = closed
			if len(open) > 0 {
				r.flow = open[len(open)-1]
			}
			s.found = append(s.found, r)
			i = s.lineStart(line+1) - 2 // before the line end, if the line has one
			i = max(i, r.offset)
		case c != ' ' && c != '\t' && c != ',':
			closed = nil // the bracket is not directly before a comment
		}
	}
}

func (s *scanner) afterSpace(i int) bool {
	return i == s.lines[0] || strings.IndexByte(" \t\n", s.text[i-1]) >= 0
}

func (s *scanner) remark(at, line int) remark {
	start, end := s.lineStart(line), s.lineStart(line+1)
	before := s.text[start:at]
	return remark{
		text:   strings.TrimRight(s.text[at:end], " \t\r\n"),
		offset: at,
		line:   line,
		column: utf8.RuneCountInString(before) + 1,
		alone:  strings.Trim(before, " \t") == "",
	}
}

// Remarks returns the texts of all comments of a document, sorted. Comparing them shows
// whether a comment was lost.
func Remarks(file *diag.File, root *yaml.Node) []string {
	var texts []string
	for _, r := range remarks(file, root) {
		texts = append(texts, r.text)
	}
	slices.Sort(texts)
	return texts
}
