package markdown

import (
	"bytes"
	"html"
	"strings"
)

// md is Markdown: text that has been escaped, with whatever markup was put
// around it. The functions of escape.go and inline.go make it from strings.
type md string

// lineBreak is what separates several lines in a place that has only one, such as a
// cell. The slash is for MDX, all others do without.
const lineBreak md = "<br/>"

// A writer puts blocks one after another, with a blank line between them.
type writer struct {
	text bytes.Buffer
}

func (w *writer) bytes() []byte { return w.text.Bytes() }

// block writes one block, or nothing if it is empty.
func (w *writer) block(b md) {
	if b == "" {
		return
	}
	w.begin()
	w.line(b)
}

// begin keeps a block apart from what stands before it.
func (w *writer) begin() {
	if w.text.Len() > 0 {
		w.text.WriteByte('\n')
	}
}

func (w *writer) line(text md) {
	w.text.WriteString(string(text))
	w.text.WriteByte('\n')
}

func (w *writer) blocks(all []md) {
	for _, b := range all {
		w.block(b)
	}
}

// heading writes an ATX heading. A # at its end would be taken for a closing
// sequence and vanish.
func (w *writer) heading(level int, title md) {
	if rest, ok := strings.CutSuffix(string(title), "#"); ok {
		title = md(rest) + `\#`
	}
	w.block(md(strings.Repeat("#", level)) + " " + title)
}

// label writes a line that says what the block below it is.
func (w *writer) label(text md) { w.block(strong(text)) }

// folded writes a block that readers unfold when they want it.
func (w *writer) folded(summary, b md) {
	w.block("<details>\n<summary>" + summary + "</summary>")
	w.block(b)
	w.block("</details>")
}

// anchor returns a target for links that stays where it is when a heading
// changes, or when a page is rendered by something that names headings in its
// own way.
func anchor(id string) md {
	return `<a id="` + md(html.EscapeString(id)) + `"></a>`
}

// list writes a bullet list. An item is one or several blocks.
func (w *writer) list(items [][]md) {
	begun := false
	for _, blocks := range items {
		if len(blocks) == 0 {
			continue
		}
		if !begun {
			w.begin()
			begun = true
		}
		w.text.WriteString("- ")
		w.line(join(blocks, "\n\n  "))
	}
}

// bullets writes a bullet list whose items are a line each.
func (w *writer) bullets(items []md) {
	list := make([][]md, len(items))
	for i, item := range items {
		list[i] = []md{item}
	}
	w.list(list)
}

// table writes a table, or nothing if it has no rows. Columns are not aligned:
// one longer cell would change every row.
func (w *writer) table(head []md, rows [][]md) {
	if len(rows) == 0 {
		return
	}
	rule := make([]md, len(head))
	for i := range rule {
		rule[i] = "---"
	}
	w.begin()
	w.row(head)
	w.row(rule)
	for _, r := range rows {
		w.row(r)
	}
}

// row writes "| a | b |".
func (w *writer) row(cells []md) {
	for _, c := range cells {
		w.text.WriteByte('|')
		if c != "" {
			w.text.WriteByte(' ')
			w.text.WriteString(string(c))
		}
		w.text.WriteByte(' ')
	}
	w.line("|")
}

func join(parts []md, separator md) md {
	if len(parts) == 1 {
		return parts[0]
	}
	size := len(parts) * len(separator)
	for _, p := range parts {
		size += len(p)
	}
	var b strings.Builder
	b.Grow(size)
	for i, p := range parts {
		if i > 0 {
			b.WriteString(string(separator))
		}
		b.WriteString(string(p))
	}
	return md(b.String())
}
