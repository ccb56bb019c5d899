package markdown

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/chunked"
	"github.com/errspec/errspec/internal/lazyregexp"
)

// md is Markdown: escaped text with markup around it. The functions of escape.go
// and inline.go create it from strings.
type md string

// lineBreak separates lines where a line end is not possible, such as in a cell.
// MDX requires the slash.
const lineBreak md = "<br/>"

// A writer writes blocks with a blank line between them.
type writer struct {
	text chunked.Buffer
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

// heading writes an ATX heading.
func (w *writer) heading(level int, title md) {
	w.block(md(strings.Repeat("#", level)) + " " + headingEnd(title))
}

// headingEnd returns a title with an end that formatters keep. A # would be removed as a
// closing sequence. Punctuation would be removed by linters, unless it is a character
// reference.
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

// label writes a line that names the block under it. It ends with a colon: linters report
// a bold line without punctuation as a heading.
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

// list writes a bullet list. An item consists of one or more blocks. If one item has
// several, blank lines separate all items.
func (w *writer) list(items [][]md) {
	items = slices.DeleteFunc(slices.Clone(items), func(blocks []md) bool { return len(blocks) == 0 })
	loose := slices.ContainsFunc(items, func(blocks []md) bool { return len(blocks) > 1 })
	for i, blocks := range items {
		if i == 0 || loose {
			w.separate()
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
