package markdown

import (
	"bytes"
	"html"
	"strings"
)

// md is Markdown: escaped text with markup around it. The functions of escape.go
// and inline.go create it from strings.
type md string

// lineBreak separates lines where a line end is not possible, such as in a cell.
// MDX requires the slash.
const lineBreak md = "<br/>"

// A writer writes blocks with a blank line between them.
type writer struct {
	text bytes.Buffer
}

func (w *writer) bytes() []byte { return w.text.Bytes() }

// block writes one block, or nothing if it is empty.
func (w *writer) block(b md) {
	if b == "" {
		return
	}
	w.separate()
	w.line(b)
}

// separate writes a blank line, except at the start of the text.
func (w *writer) separate() {
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

// heading writes an ATX heading. Without a backslash, a # at its end would be
// removed as a closing sequence.
func (w *writer) heading(level int, title md) {
	if rest, ok := strings.CutSuffix(string(title), "#"); ok {
		title = md(rest) + `\#`
	}
	w.block(md(strings.Repeat("#", level)) + " " + title)
}

// label writes a line that names the block under it.
func (w *writer) label(text md) { w.block(strong(text)) }

// folded writes a block that readers can unfold.
func (w *writer) folded(summary, b md) {
	w.block("<details>\n<summary>" + summary + "</summary>")
	w.block(b)
	w.block("</details>")
}

// anchor returns a link target. It does not change if a heading changes, or if a
// site generator derives anchors of headings differently.
func anchor(id string) md {
	return `<a id="` + md(html.EscapeString(id)) + `"></a>`
}

// list writes a bullet list. An item consists of one or more blocks.
func (w *writer) list(items [][]md) {
	started := false
	for _, blocks := range items {
		if len(blocks) == 0 {
			continue
		}
		if !started {
			w.separate()
			started = true
		}
		w.text.WriteString("- ")
		w.line(join(blocks, "\n\n  "))
	}
}

// bullets writes a bullet list with one line for each item.
func (w *writer) bullets(items []md) {
	list := make([][]md, len(items))
	for i, item := range items {
		list[i] = []md{item}
	}
	w.list(list)
}

// table writes a table, or nothing if it has no rows. Columns are not aligned,
// because one longer cell would then change every row.
func (w *writer) table(head []md, rows [][]md) {
	if len(rows) == 0 {
		return
	}
	rule := make([]md, len(head))
	for i := range rule {
		rule[i] = "---"
	}
	w.separate()
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
