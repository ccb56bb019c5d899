// Package layout prints documents of an errspec format in its canonical form: keys in the
// order of the format, quotes only if YAML requires them, long prose wrapped, comments next
// to their entries.
//
// A document is a tree of gopkg.in/yaml.v3. Print reads comments from its nodes:
//
//   - The HeadComment of a key, of an item of a list and of the document is above it.
//   - The LineComment of a key, of its value or of an item is at the end of the line with
//     the key or the dash.
//   - The FootComment of a mapping, of a list and of the document is below the last entry,
//     with the indentation of the entries. In an empty collection, it is between the
//     brackets.
//
// A comment consists of lines that start with #. Empty lines in it are kept; one at the end
// of a head comment separates it from the entry. (yaml.v3 attaches comments by other rules.)
//
// The style of a node matters in one case: a mapping that is an item of a list is printed in
// flow style, {like: this}, if it has that style and fits on a line. Everything else depends
// on the content:
//
//   - A mapping of scalars that are not prose, and a list of such scalars, are in flow style
//     if they fit on a line and contain no comment.
//   - Prose that does not fit on its line is folded (>-). Text of several lines is literal
//     (|) and keeps its line ends.
//   - Text is plain if YAML reads plain text as the same text. Otherwise it is in double
//     quotes, or in single quotes if that needs fewer backslashes. Text that other programs
//     read as a number, a date or a boolean is quoted also. If the format requires text, so
//     is a word that starts with a digit.
//   - A blank line separates two entries of the outermost mapping if one of them is a block
//     or the second has a comment above it. In lists of that mapping, a blank line separates
//     two entries if one of them has several lines.
//
// Printing is idempotent: the result of printing a printed document has the same bytes.
package layout

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

const (
	// width is the maximum length of lines of prose, and of lines in flow style.
	width = 110
	// step is the indentation of each level.
	step = 2
)

// Print returns the text of a document, a node of kind [yaml.DocumentNode]. shapes are the
// properties of its nodes in the format.
func Print(doc *yaml.Node, shapes form.Shapes) []byte {
	p := &printer{shapes: shapes}
	p.head(doc.HeadComment, 0)
	for _, root := range doc.Content {
		p.root(root)
	}
	if doc.FootComment != "" {
		p.blank()
		p.comment(doc.FootComment, 0)
	}
	return p.out.Bytes()
}

type printer struct {
	shapes form.Shapes
	out    bytes.Buffer
	lead   string // replaces the indentation of the next line: the dashes of list items
}

func (p *printer) root(n *yaml.Node) {
	switch {
	case n.Kind == yaml.MappingNode && len(n.Content) > 0:
		p.mapping(n, 0)
	case n.Kind == yaml.SequenceNode && len(n.Content) > 0:
		p.sequence(n, 0, true)
	default:
		p.inlineLines(n, 0, "", trailing(n.LineComment))
	}
}

// mapping prints a mapping in block style.
func (p *printer) mapping(n *yaml.Node, indent int) {
	pairs := p.pairs(n)
	for i, e := range pairs {
		if i > 0 && (indent == 0 && p.isSeparate(pairs[i-1], e) || hasBlanks(e.head())) {
			p.blank()
		}
		p.head(e.head(), indent)
		p.pair(e, indent)
	}
	p.foot(n, indent)
}

// pair prints a key and its value.
func (p *printer) pair(e pair, indent int) {
	key := p.scalar(e.key, inKey) + ":"
	comment := trailing(e.key.LineComment, e.val.LineComment)
	room := width - indent - len([]rune(key)) - 1
	switch {
	case p.isBlock(e.val, room) && e.val.Kind == yaml.MappingNode:
		p.line(indent, key+comment)
		p.mapping(e.val, indent+step)
	case p.isBlock(e.val, room):
		p.line(indent, key+comment)
		p.sequence(e.val, indent+step, indent == 0)
	case e.val.Kind == yaml.ScalarNode:
		p.scalarLines(e.val, indent, key+" ", comment)
	default:
		p.inlineLines(e.val, indent, key+" ", comment)
	}
}

// sequence prints a list in block style. If spaced is true, blank lines separate items of
// several lines.
func (p *printer) sequence(n *yaml.Node, indent int, spaced bool) {
	multiline := func(c *yaml.Node) bool { return p.isBlockItem(c, indent) }
	for i, c := range n.Content {
		head := c.HeadComment
		if i > 0 && (spaced && (multiline(n.Content[i-1]) || multiline(c)) || hasBlanks(head)) {
			p.blank()
		}
		p.head(head, indent)
		p.item(c, indent)
	}
	p.foot(n, indent)
}

func (p *printer) item(n *yaml.Node, indent int) {
	const dash = "- "
	switch {
	case p.isBlockItem(n, indent):
		if p.lead == "" {
			p.lead = strings.Repeat(" ", indent)
		}
		p.lead += dash
		if n.LineComment != "" {
			p.flush(n.LineComment)
		}
		if n.Kind == yaml.MappingNode {
			p.mapping(n, indent+step)
		} else {
			p.sequence(n, indent+step, false)
		}
	case n.Kind == yaml.ScalarNode:
		p.scalarLines(n, indent, dash, trailing(n.LineComment))
	default:
		p.inlineLines(n, indent, dash, trailing(n.LineComment))
	}
}

// inlineLines prints a collection in flow style after the start of its line, a key or a
// dash. Comments of an empty collection are printed between the brackets: otherwise they
// would belong to another entry.
func (p *printer) inlineLines(n *yaml.Node, indent int, before, comment string) {
	text := p.inline(n)
	if n.FootComment == "" {
		p.line(indent, before+text+comment)
		return
	}
	p.line(indent, before+text[:1]+comment)
	p.comment(n.FootComment, indent+step)
	p.line(indent, text[1:])
}

// isBlockItem reports whether an item is printed in block style.
func (p *printer) isBlockItem(n *yaml.Node, indent int) bool {
	if n.Kind == yaml.MappingNode && len(n.Content) > 0 {
		return !isOneLiner(n) || !p.fits(n, width-indent-step)
	}
	return p.isBlock(n, width-indent-step)
}

// isBlock reports whether a value is printed in block style. room is the space on its line.
func (p *printer) isBlock(n *yaml.Node, room int) bool {
	if n.Kind == yaml.ScalarNode || len(n.Content) == 0 {
		return false
	}
	return !p.isPlain(n) || !p.fits(n, room)
}

// isPlain reports whether a collection contains only scalars that are not prose. A mapping
// may also contain lists of them.
func (p *printer) isPlain(n *yaml.Node) bool {
	for i, c := range n.Content {
		switch {
		case c.Kind == yaml.ScalarNode && !p.shapes[c].Prose:
		case n.Kind == yaml.MappingNode && i%2 == 1 && c.Kind == yaml.SequenceNode && p.isPlain(c):
		default:
			return false
		}
	}
	return true
}

// fits reports whether a collection fits on a line in flow style.
func (p *printer) fits(n *yaml.Node, room int) bool {
	return !hasComments(n, false) && !p.hasLines(n) && len([]rune(p.inline(n))) <= room
}

// hasLines reports whether a tree contains text of several lines.
func (p *printer) hasLines(n *yaml.Node) bool {
	if n.Kind == yaml.ScalarNode {
		return strings.Contains(p.value(n), "\n")
	}
	return slices.ContainsFunc(n.Content, p.hasLines)
}

// isOneLiner reports whether the source has a mapping in flow style on one line.
func isOneLiner(n *yaml.Node) bool {
	if n.Style&yaml.FlowStyle == 0 {
		return false
	}
	last := n
	for len(last.Content) > 0 {
		last = last.Content[len(last.Content)-1]
	}
	return last.Line == n.Line
}

// inline prints a value in flow style.
func (p *printer) inline(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		var parts []string
		for _, e := range p.pairs(n) {
			parts = append(parts, p.scalar(e.key, inFlow)+": "+p.inline(e.val))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case yaml.SequenceNode:
		var parts []string
		for _, c := range n.Content {
			parts = append(parts, p.inline(c))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return p.scalar(n, inFlow)
}

// A pair is an entry of a mapping.
type pair struct {
	key, val *yaml.Node
}

// head returns the comment above the entry.
func (e pair) head() string { return joinComments(e.key.HeadComment, e.val.HeadComment) }

// pairs returns the entries of a mapping: known keys in the order of the format, then the
// others in the order of the source.
func (p *printer) pairs(n *yaml.Node) []pair {
	all := make([]pair, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, pair{n.Content[i], n.Content[i+1]})
	}
	if keys := p.shapes[n].Keys; keys != nil {
		index := func(e pair) int {
			if i := slices.Index(keys, e.key.Value); i >= 0 {
				return i
			}
			return len(keys)
		}
		slices.SortStableFunc(all, func(a, b pair) int { return index(a) - index(b) })
	}
	return all
}

// isSeparate reports whether a blank line separates two entries of the outermost mapping.
func (p *printer) isSeparate(before, after pair) bool {
	return after.head() != "" || p.isBlockPair(before) || p.isBlockPair(after)
}

func (p *printer) isBlockPair(e pair) bool {
	return e.val.Kind != yaml.ScalarNode && p.isBlock(e.val, width-len([]rune(e.key.Value))-2)
}
