// Package layout prints documents of an errspec format in the one form that all
// of them have: keys in the order of the format, quotes only where YAML needs
// them, long prose wrapped, comments where they stood.
//
// A document is a tree of gopkg.in/yaml.v3. Comments are read from its nodes:
//
//   - HeadComment of a key, of a list's item and of the document stands above it;
//   - LineComment of a key, of its value or of an item ends the line that the key
//     or the dash is on;
//   - FootComment of a mapping, of a list and of the document stands below the
//     last entry, as far in as the entries, or between the brackets of what has
//     none.
//
// A comment is lines that begin with #; an empty line in it stays, and one at the
// end of a head comment keeps it apart from what follows. (The comments that
// yaml.v3 reads are attached by other rules.)
//
// Style matters in one place: a mapping that is a list's item is printed in flow
// style, {like: this}, if it has that style and fits on a line. Everything else
// follows from what is printed:
//
//   - A mapping of single values that are no prose, and a list of such values,
//     are in flow style if they fit on a line and no comment is inside.
//   - Prose that does not fit on its line is folded (>-). Text of several lines
//     is literal (|); its line ends stay.
//   - Text is plain where YAML reads plain text as the same text, else in double
//     quotes; in single quotes if that saves backslashes. What other programs
//     read as a number, a date or a boolean is quoted too, and so is a word that
//     begins with a digit where the format has text.
//   - Blank lines separate the parts of the document: entries of the outermost
//     mapping if one of two is a block or the second has a comment above it, and
//     entries of the lists in it if one of two has several lines.
//
// Printing what was printed gives the same bytes.
package layout

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

const (
	// width is how long lines of prose become, and lines in flow style.
	width = 110
	// step is by how much each level is indented.
	step = 2
)

// Print writes a document, a node of kind [yaml.DocumentNode]. shapes say what
// the format knows about its nodes.
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
	lead   string // stands in place of the indent of the next line: the dashes of list items
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
		if i > 0 && (indent == 0 && p.apart(pairs[i-1], e) || isParted(e.head())) {
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

// sequence prints a list in block style. Items of several lines are kept apart
// in the lists that stand outermost.
func (p *printer) sequence(n *yaml.Node, indent int, spaced bool) {
	multiline := func(c *yaml.Node) bool { return p.isBlockItem(c, indent) }
	for i, c := range n.Content {
		head := c.HeadComment
		if i > 0 && (spaced && (multiline(n.Content[i-1]) || multiline(c)) || isParted(head)) {
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

// inlineLines prints a collection in flow style behind what begins its line, a
// key or a dash. An empty one has its comments between the brackets: elsewhere
// they would be about something else.
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

// isBlock reports whether a value is printed in block style; room is how long it
// may be on its line.
func (p *printer) isBlock(n *yaml.Node, room int) bool {
	if n.Kind == yaml.ScalarNode || len(n.Content) == 0 {
		return false
	}
	return !p.isPlain(n) || !p.fits(n, room)
}

// isPlain reports whether a collection holds only single values that are no
// prose; a mapping may also have lists of them.
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

// fits reports whether a collection can stand on a line, in flow style.
func (p *printer) fits(n *yaml.Node, room int) bool {
	return !hasComments(n, false) && !p.hasLines(n) && len([]rune(p.inline(n))) <= room
}

// hasLines reports whether there is a text of several lines in a tree.
func (p *printer) hasLines(n *yaml.Node) bool {
	if n.Kind == yaml.ScalarNode {
		return strings.Contains(p.value(n), "\n")
	}
	return slices.ContainsFunc(n.Content, p.hasLines)
}

// isOneLiner reports whether the author wrote a mapping in flow style, on one
// line.
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

// A pair is one entry of a mapping.
type pair struct {
	key, val *yaml.Node
}

// head returns the comment above the entry.
func (e pair) head() string { return joinComments(e.key.HeadComment, e.val.HeadComment) }

// pairs returns the entries of a mapping: known keys in the order of the format,
// then the others in their order.
func (p *printer) pairs(n *yaml.Node) []pair {
	all := make([]pair, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, pair{n.Content[i], n.Content[i+1]})
	}
	if keys := p.shapes[n].Keys; keys != nil {
		place := func(e pair) int {
			if i := slices.Index(keys, e.key.Value); i >= 0 {
				return i
			}
			return len(keys)
		}
		slices.SortStableFunc(all, func(a, b pair) int { return place(a) - place(b) })
	}
	return all
}

// apart reports whether a blank line separates two entries of the outermost
// mapping.
func (p *printer) apart(before, after pair) bool {
	return after.head() != "" || p.isBlockPair(before) || p.isBlockPair(after)
}

func (p *printer) isBlockPair(e pair) bool {
	return e.val.Kind != yaml.ScalarNode && p.isBlock(e.val, width-len([]rune(e.key.Value))-2)
}
