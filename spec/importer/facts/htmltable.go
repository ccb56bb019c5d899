package facts

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// maxSpan limits colspan and rowspan, maxCells the cells of a table that spans add.
const (
	maxSpan  = 100
	maxCells = 1 << 20
)

var (
	// tableMarkup matches comments, and the tags of tables, rows and cells.
	tableMarkup = lazyregexp.New(`(?i)<!--(?s:.*?)(?:-->|$)|<(/?)(table|thead|tbody|tfoot|tr|td|th)\b([^<>]*)>`)
	spanPattern = lazyregexp.New(`(?i)\b(col|row)span\s*=[\s"'{]*(\d{1,9})`)
)

// An htmlTable reads one HTML table.
type htmlTable struct {
	*reader
	table      *Table
	line       int            // of the open row
	cells      []Text         // of the open row
	start      int            // of the open cell, or -1
	cols, rows int            // that the open cell spans
	pending    map[int]hanger // cells of rows above that span into this row, by column
	count      int            // of cells
}

// A hanger is a cell that spans several rows.
type hanger struct {
	text Text
	rows int // still to come
}

// htmlTable reads a table from <table> to </table>. The first row is the header. A table
// in a cell is part of its text.
func (r *reader) htmlTable(source string, line int) *Table {
	h := &htmlTable{reader: r, table: &Table{Fact: Fact{Kind: TableFact, Line: line}}, start: -1, pending: make(map[int]hanger)}
	depth, last := 0, 0
	for _, m := range tableMarkup.FindAllStringSubmatchIndex(source, -1) {
		if m[4] < 0 {
			continue
		}
		line += strings.Count(source[last:m[0]], "\n")
		last = m[0]
		closing, name := m[2] < m[3], strings.ToLower(source[m[4]:m[5]])
		switch {
		case name == "table" && closing:
			depth--
		case name == "table":
			depth++
		case depth > 1:
		case name != "td" && name != "th":
			h.endRow(source[:m[0]])
		default:
			if h.endCell(source[:m[0]]); !closing {
				h.startCell(source[m[6]:m[7]], m[1], line)
			}
		}
	}
	h.endRow(strings.TrimSuffix(source, "</table>"))
	return h.table
}

func (h *htmlTable) startCell(attributes string, start, line int) {
	if len(h.cells) == 0 {
		h.line = line
	}
	h.hang()
	h.start, h.cols, h.rows = start, 1, 1
	for _, m := range spanPattern.FindAllStringSubmatch(attributes, -1) {
		n, _ := strconv.Atoi(m[2])
		if n = min(max(n, 1), maxSpan); strings.EqualFold(m[1], "col") {
			h.cols = n
		} else {
			h.rows = n
		}
	}
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

// endCell ends the open cell at the end of source.
func (h *htmlTable) endCell(source string) {
	if h.start < 0 {
		return
	}
	text := h.inlines(strings.Join(strings.Fields(source[h.start:]), " "), h.line)
	h.start = -1
	for range h.cols {
		if h.count++; h.count > maxCells {
			return
		}
		if h.rows > 1 {
			h.pending[len(h.cells)] = hanger{text, h.rows - 1}
		}
		h.cells = append(h.cells, text)
	}
}

func (h *htmlTable) endRow(source string) {
	h.endCell(source)
	if len(h.cells) == 0 {
		return
	}
	h.hang()
	h.table.addRow(h.cells, h.line)
	h.cells = nil
}
