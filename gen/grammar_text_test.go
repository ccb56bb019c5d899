package gen

import (
	"fmt"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/lint"
)

// yaml writes a tree as YAML in any style, with comments and empty lines wherever
// possible.
func (g *grammar) yaml(t *tree) string {
	w := &styles{grammar: g, step: 1 + g.r.IntN(4), quiet: 2 + g.r.IntN(20), hang: g.oneIn(2)}
	var lines []string
	if g.oneIn(15) {
		lines = append(lines, w.remarks(0)...)
		lines = append(lines, pick(g.r, []string{"%YAML 1.2", "%YAML 1.1"})+w.trailing(), "---"+w.trailing())
	} else if g.oneIn(15) {
		lines = append(lines, "---"+w.trailing())
	}
	lines = append(lines, w.remarks(0)...)
	if g.oneIn(20) {
		lines = append(lines, w.flow(t, 0)+w.trailing())
	} else {
		lines = append(lines, w.block(t, 0)...)
	}
	lines = append(lines, w.remarks(0)...)
	if g.oneIn(20) {
		lines = append(lines, "...")
	}
	text := strings.Join(lines, "\n") + pick(g.r, []string{"\n", "\n", "", "\n\n"})
	if g.oneIn(15) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if g.oneIn(20) {
		text = "\uFEFF" + text
	}
	return text
}

// styles are the formatting choices for a table.
type styles struct {
	*grammar
	step  int  // number of spaces of an indent
	quiet int  // one in quiet possible places has comments
	hang  bool // lists are not indented under their keys
}

func pad(indent int) string { return strings.Repeat(" ", indent) }

// remarks returns comments and empty lines, usually none.
func (w *styles) remarks(indent int) []string {
	var lines []string
	for w.oneIn(w.quiet) && len(lines) < 6 {
		if w.oneIn(3) {
			lines = append(lines, strings.Repeat(" ", w.r.IntN(3)))
			continue
		}
		at := indent
		if w.oneIn(6) {
			at = w.r.IntN(indent + 4)
		}
		lines = append(lines, pad(at)+w.comment())
	}
	return lines
}

// trailing returns a comment for the end of a line, usually none.
func (w *styles) trailing() string {
	if !w.oneIn(w.quiet) {
		return strings.Repeat(" ", w.r.IntN(12)/11)
	}
	return pick(w.r, []string{" ", "  ", "\t"}) + w.comment()
}

func (w *styles) comment() string {
	switch w.r.IntN(4) {
	case 0:
		rules := lint.Rules()
		return "# errspec:ignore " + rules[w.r.IntN(len(rules))].ID + pick(w.r, []string{" a reason", " " + oneLine(w.odd(false)), "", "\tx"})
	case 1:
		return "#" + oneLine(w.odd(false))
	}
	return "# " + pick(w.r, words)
}

func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

// block returns the lines of a collection in block style.
func (w *styles) block(t *tree, indent int) []string {
	var lines []string
	for _, p := range t.pairs {
		lines = append(lines, w.remarks(indent)...)
		lines = append(lines, w.pair(p, indent)...)
	}
	for _, item := range t.items {
		lines = append(lines, w.remarks(indent)...)
		lines = append(lines, w.item(item, indent)...)
	}
	return append(lines, w.remarks(indent)...)
}

func (w *styles) pair(p treePair, indent int) []string {
	key := pad(indent) + w.scalar(&tree{text: p.key}, inKeyPlace) + ":"
	if w.oneIn(60) {
		key = pad(indent) + "? " + w.scalar(&tree{text: p.key}, inKeyPlace) + w.trailing() + "\n" + pad(indent) + ":"
	}
	if w.inline(p.val) {
		return w.inlineValue(key, p.val, indent)
	}
	lines := []string{key + w.trailing()}
	inner := indent + w.step
	if p.val.kind == listTree && w.hang {
		inner = indent
	}
	return append(lines, w.block(p.val, inner)...)
}

// inline reports whether a value is written on the line of its key or dash.
func (w *styles) inline(t *tree) bool {
	return t.kind <= bareTree || len(t.pairs)+len(t.items) == 0 || w.oneIn(5)
}

func (w *styles) inlineValue(before string, t *tree, indent int) []string {
	if w.oneIn(30) {
		lines := append([]string{before + w.trailing()}, w.remarks(indent+w.step)...)
		return append(lines, pad(indent+w.step)+w.inlineText(t, indent)+w.trailing())
	}
	text := w.inlineText(t, indent)
	if head, rest, ok := strings.Cut(text, "\n"); ok && t.kind == textTree && (head[0] == '|' || head[0] == '>') {
		return []string{before + " " + head + w.trailing(), rest}
	}
	return []string{before + " " + text + w.trailing()}
}

func (w *styles) inlineText(t *tree, indent int) string {
	if t.kind <= bareTree {
		return w.scalar(t, indent)
	}
	return w.flow(t, indent)
}

func (w *styles) item(t *tree, indent int) []string {
	dash := pad(indent) + "-"
	if w.inline(t) {
		return w.inlineValue(dash, t, indent)
	}
	if w.oneIn(10) {
		return append([]string{dash + w.trailing()}, w.block(t, indent+1+w.r.IntN(4))...)
	}
	gap := 1 + w.r.IntN(3)
	lines := w.block(t, indent+1+gap)
	if first := strings.TrimLeft(lines[0], " "); first == "" || first[0] == '#' {
		return append([]string{dash}, lines...)
	}
	lines[0] = dash + pad(gap) + lines[0][indent+1+gap:]
	return lines
}

// flow returns a collection in brackets, on one line or on several with comments.
func (w *styles) flow(t *tree, indent int) string {
	wide := w.oneIn(3)
	gap := func() string {
		if !wide || !w.oneIn(2) {
			return pick(w.r, []string{"", " "})
		}
		text := w.trailing()
		for _, line := range w.remarks(indent + w.step) {
			text += "\n" + line
		}
		return text + "\n" + pad(indent+w.step)
	}
	var b strings.Builder
	open, shut := "[", "]"
	if t.kind == mappingTree {
		open, shut = "{", "}"
	}
	b.WriteString(open + gap())
	for i, p := range t.pairs {
		if i > 0 {
			b.WriteString("," + gap())
		}
		b.WriteString(w.scalar(&tree{text: p.key}, inFlowPlace) + ": " + w.flowValue(p.val, indent))
	}
	for i, item := range t.items {
		if i > 0 {
			b.WriteString("," + gap())
		}
		b.WriteString(w.flowValue(item, indent))
	}
	if len(t.pairs)+len(t.items) > 0 && w.oneIn(8) {
		b.WriteString(",")
	}
	return b.String() + gap() + shut
}

func (w *styles) flowValue(t *tree, indent int) string {
	if t.kind <= bareTree {
		return w.scalar(t, inFlowPlace)
	}
	return w.flow(t, indent)
}

// Places of scalars without separate lines. Other places are the indent of the
// parent.
const (
	inKeyPlace  = -1
	inFlowPlace = -2
)

// scalar returns a scalar in any style that preserves its text.
func (w *styles) scalar(t *tree, place int) string {
	if t.kind == bareTree {
		return t.text
	}
	hasLines := strings.Contains(t.text, "\n")
	switch n := w.r.IntN(8); {
	case n < 3 && isPlain(t.text, place):
		return t.text
	case n < 5 && !hasLines:
		return "'" + strings.ReplaceAll(t.text, "'", "''") + "'"
	case n == 5 && place >= 0 && t.text != "" && strings.TrimSpace(t.text) == t.text:
		return w.blockScalar(t.text, place)
	case n == 6 && place >= 0 && strings.Contains(t.text, " ") && !strings.ContainsAny(t.text, "\n\\\""):
		head, rest, _ := strings.Cut(t.text, " ")
		if strings.TrimSpace(head) == head && head != "" && strings.TrimSpace(rest) == rest && rest != "" {
			return `"` + head + "\n" + pad(place+w.step) + rest + `"`
		}
	case n == 7:
		return strconv.Quote(t.text)
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\x00", `\0`).Replace(t.text) + `"`
}

// blockScalar returns a text as a literal or folded block.
func (w *styles) blockScalar(text string, place int) string {
	mark := "|"
	if !strings.Contains(text, "\n") && w.oneIn(2) {
		mark = ">"
	}
	mark += pick(w.r, []string{"", "-", "+"})
	newline := "\n" + pad(place+w.step)
	return mark + newline + strings.ReplaceAll(strings.ReplaceAll(text, "\n", newline), newline+"\n", "\n\n")
}

// isPlain reports whether YAML reads a text without quotes as the same text.
func isPlain(s string, place int) bool {
	if strings.Contains(s, "\n") {
		return false
	}
	around := map[int]string{inKeyPlace: "%s: x", inFlowPlace: "[%s]"}[place]
	if around == "" {
		around = "- %s"
	}
	var doc yaml.Node
	if yaml.Unmarshal(fmt.Appendf(nil, around, s), &doc) != nil || len(doc.Content) == 0 || len(doc.Content[0].Content) == 0 {
		return false
	}
	n := doc.Content[0].Content[0]
	return n.Kind == yaml.ScalarNode && n.Value == s && n.ShortTag() == "!!str" && n.Style == 0 && len(doc.Content[0].Content) <= 2
}
