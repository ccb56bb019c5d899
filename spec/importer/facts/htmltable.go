package facts

import (
	"html"
	"strconv"
	"strings"
)

// maxSpan limits colspan and rowspan, maxCells the cells of a table that spans add.
const (
	maxSpan  = 100
	maxCells = 1 << 20
)

// An htmlTable reads one HTML table.
type htmlTable struct {
	table   *Table
	in      *inliner // of the open cell, or nil
	line    int
	rowLine int
	cells   []Text         // of the open row
	pending map[int]hanger // cells of rows above that span into this row, by column
	column  int            // of the open cell
	spans   [2]int         // columns and rows of the open cell
	cellCnt int
	depth   int // of tables
}

// A hanger is a cell that spans several rows.
type hanger struct {
	text Text
	rows int // still to come
}

// parseHTMLTable reads a table from <table> to </table>. The first row is the header.
func parseHTMLTable(source string, line int) *Table {
	h := &htmlTable{
		table: &Table{Fact: Fact{Kind: TableFact, Line: line}}, line: line, rowLine: line,
		pending: make(map[int]hanger),
	}
	for source != "" {
		size := h.token(source)
		h.line += strings.Count(source[:size], "\n")
		source = source[size:]
	}
	h.endRow()
	return h.table
}

// token reads a comment, a tag or text, and returns its size.
func (h *htmlTable) token(s string) int {
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + 3
		}
		return len(s)
	}
	if s[0] == '<' {
		if t, size := parseTag(s); size > 0 {
			h.tag(t, s[:size])
			return size
		}
		h.text(s[:1])
		return 1
	}
	size := strings.IndexByte(s, '<')
	if size < 0 {
		size = len(s)
	}
	h.text(s[:size])
	return size
}

func (h *htmlTable) text(s string) {
	if h.in == nil {
		return
	}
	if h.in.code == nil {
		s = spaces(s)
	}
	h.in.add(Span{Text: html.UnescapeString(s)})
}

// spaces replaces each run of white space by a space, as browsers do.
func spaces(s string) string {
	out := strings.Join(strings.Fields(s), " ")
	if out == "" && s != "" {
		return " "
	}
	if out != "" && strings.ContainsRune(" \t\r\n", rune(s[0])) {
		out = " " + out
	}
	if out != "" && strings.ContainsRune(" \t\r\n", rune(s[len(s)-1])) {
		out += " "
	}
	return out
}

func (h *htmlTable) tag(t tag, source string) {
	name := strings.ToLower(t.name)
	switch {
	case name == "table" && t.closing:
		h.depth--
	case name == "table":
		h.depth++
	case h.depth > 1: // a table in a cell is text
		h.inCell(name, source)
	case name == "tr":
		h.endRow()
	case (name == "td" || name == "th") && t.closing:
		h.endCell()
	case name == "td" || name == "th":
		h.startCell(t)
	case name == "thead" || name == "tbody" || name == "tfoot":
		h.endRow()
	default:
		h.inCell(name, source)
	}
}

// inCell reads a tag in a cell.
func (h *htmlTable) inCell(name, source string) {
	if h.in == nil {
		return
	}
	switch name {
	case "p", "div", "li", "ul", "ol", "tr", "td", "th", "pre":
		h.in.closeCode()
		h.in.add(Span{Kind: Break})
	default:
		h.in.tag(source)
	}
}

func (h *htmlTable) startCell(t tag) {
	h.endCell()
	if len(h.cells) == 0 {
		h.rowLine = h.line
	}
	h.hang()
	h.in, h.column = &inliner{}, len(h.cells)
	h.spans = [2]int{spanOf(t.attributes["colspan"]), spanOf(t.attributes["rowspan"])}
}

func spanOf(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

// hang adds the cells of rows above that span into the next columns.
func (h *htmlTable) hang() {
	for {
		cell, ok := h.pending[len(h.cells)]
		if !ok {
			return
		}
		if cell.rows--; cell.rows == 0 {
			delete(h.pending, len(h.cells))
		} else {
			h.pending[len(h.cells)] = cell
		}
		h.cells = append(h.cells, cell.text)
	}
}

func (h *htmlTable) endCell() {
	if h.in == nil {
		return
	}
	h.in.closeCode()
	text := tidyCell(h.in.out.merged())
	h.in = nil
	for range h.spans[0] {
		if h.cellCnt++; h.cellCnt > maxCells {
			return
		}
		if h.spans[1] > 1 {
			h.pending[len(h.cells)] = hanger{text, h.spans[1] - 1}
		}
		h.cells = append(h.cells, text)
	}
}

// tidyCell removes white space and line breaks at both ends, and repeated breaks.
func tidyCell(t Text) Text {
	var out Text
	for _, s := range t {
		last := len(out) - 1
		if s.Kind == Plain && (last < 0 || out[last].Kind == Break) {
			s.Text = strings.TrimLeft(s.Text, " ")
		}
		if s.Kind == Plain && s.Text == "" || s.Kind == Break && (last < 0 || out[last].Kind == Break) {
			continue
		}
		out = append(out, s)
	}
	for len(out) > 0 && (out[len(out)-1].Kind == Break || out[len(out)-1].Kind == Plain && strings.TrimSpace(out[len(out)-1].Text) == "") {
		out = out[:len(out)-1]
	}
	return out
}

func (h *htmlTable) endRow() {
	h.endCell()
	if len(h.cells) == 0 {
		return
	}
	h.hang()
	if len(h.table.Columns) == 0 {
		h.table.setHeader(h.cells)
	} else {
		h.table.addRow(h.cells, h.rowLine)
	}
	h.cells = nil
}
