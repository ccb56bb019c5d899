package markdown

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
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

// heading writes an ATX heading.
func (w *writer) heading(level int, title md) {
	w.block(md(strings.Repeat("#", level)) + " " + headingEnd(title))
}

// headingEnd returns a title with an end that remains. A # would be taken for a closing
// sequence and vanish. Punctuation is a character reference, or linters would remove it.
func headingEnd(title md) md {
	last, size := utf8.DecodeLastRuneInString(string(title))
	rest := title[:len(title)-size]
	switch {
	case last == '#':
		return rest + `\#`
	case !strings.ContainsRune(".,;:!。，；：！", last) || reference.MatchString(string(title)):
		return title
	}
	if backslashes := len(rest) - len(strings.TrimRight(string(rest), `\`)); backslashes%2 != 0 {
		rest = rest[:len(rest)-1]
	}
	return rest + md(fmt.Sprintf("&#%d;", last))
}

// reference matches a character reference at the end.
var reference = lazyregexp.New(`&#?[0-9A-Za-z]+;$`)

// label writes a line that says what the block below it is.
func (w *writer) label(text md) { w.block(strong(text)) }

// labelEnd returns the colon that ends a label, or nothing if it has punctuation at its
// end. Without any, linters take a line in bold for a heading.
func labelEnd(label md) md {
	if last, _ := utf8.DecodeLastRuneInString(string(label)); strings.ContainsRune(".,;:!?。，；：！？", last) {
		return ""
	}
	return ":"
}

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

// list writes a bullet list. An item is one or several blocks. If one has several, there
// are blank lines between all items, which Markdown keeps apart in any case then.
func (w *writer) list(items [][]md) {
	items = slices.DeleteFunc(slices.Clone(items), func(blocks []md) bool { return len(blocks) == 0 })
	loose := slices.ContainsFunc(items, func(blocks []md) bool { return len(blocks) > 1 })
	for i, blocks := range items {
		if i == 0 || loose {
			w.begin()
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
