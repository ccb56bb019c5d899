package markdown

import (
	"strings"

	"github.com/errspec/errspec/internal/displaywidth"
)

// leastColumn is the least width of a column: its rule has three hyphens.
const leastColumn = 3

// table writes a table, or nothing if it has no rows. Its columns are aligned, since
// Prettier aligns those of every table, however long the lines become:
//
//	| Field  | Type    |
//	| ------ | ------- |
//	| `code` | integer |
func (w *writer) table(head []md, rows [][]md) {
	if len(rows) == 0 {
		return
	}
	all := append([][]md{head}, rows...)
	widths := make([][]int, len(all))
	columns := make([]int, len(head))
	for i := range columns {
		columns[i] = leastColumn
	}
	for i, cells := range all {
		widths[i] = make([]int, len(cells))
		for j, c := range cells {
			widths[i][j] = displaywidth.Of(string(c))
			columns[j] = max(columns[j], widths[i][j])
		}
	}
	w.separate()
	for i, cells := range all {
		w.row(cells, widths[i], columns)
		if i == 0 {
			w.rule(columns)
		}
	}
}

// row writes "| a | b |".
func (w *writer) row(cells []md, widths, columns []int) {
	for i, c := range cells {
		w.text.WriteString("| ")
		w.text.WriteString(string(c))
		w.text.WriteString(strings.Repeat(" ", columns[i]-widths[i]+1))
	}
	w.line("|")
}

// rule writes "| --- | --- |".
func (w *writer) rule(columns []int) {
	for _, width := range columns {
		w.text.WriteString("| ")
		w.text.WriteString(strings.Repeat("-", width))
		w.text.WriteByte(' ')
	}
	w.line("|")
}
