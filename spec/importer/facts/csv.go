package facts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
)

// CSV reads a CSV file (RFC 4180) as a page with one table. Its first row is the header.
// If delimiter is 0, it is the one of comma, semicolon, tab and | that occurs most often
// in the header. CSV returns findings of severity error if the file cannot be read.
func CSV(file *diag.File, delimiter rune) (*Page, diag.List) {
	r := &reader{file: file, page: &Page{Root: &Section{}}}
	if r.tooLarge() {
		return nil, r.findings
	}
	text, named := withoutSeparator(strings.TrimPrefix(file.Text, "\uFEFF"))
	if delimiter == 0 {
		delimiter = named
	}
	if delimiter == 0 {
		delimiter = sniff(text)
	}
	t := r.csvTable(text, delimiter)
	if t == nil {
		return nil, r.findings
	}
	r.page.Root.Blocks = []*Block{{Fact: t.Fact, Table: t}}
	r.addTable(r.page.Root, t)
	return r.page, r.findings
}

// csvTable reads the rows. It returns nil if the file is not valid CSV.
func (r *reader) csvTable(text string, delimiter rune) *Table {
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma = delimiter
	rows.FieldsPerRecord = -1
	t := &Table{Fact: Fact{Kind: TableFact}}
	for {
		row, err := rows.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if t.Columns == nil {
				r.report(problem{diag.Error, diag.Pos{Line: 1, Column: 1}, "the file is empty", "put the names of the columns in the first row"})
				return nil
			}
			return t
		case errors.As(err, &bad):
			r.badQuote(bad)
			return nil
		case err != nil:
			r.report(problem{diag.Error, diag.Pos{Line: 1, Column: 1}, err.Error(), "use a comma, semicolon or tab between cells"})
			return nil
		}
		line, _ := rows.FieldPos(0)
		r.csvRow(t, row, line)
	}
}

// csvRow adds a row. The first one with text is the header.
func (r *reader) csvRow(t *Table, row []string, line int) {
	if strings.TrimSpace(strings.Join(row, "")) == "" {
		return
	}
	cells := make([]Text, len(row))
	for i, cell := range row {
		cells[i] = csvText(cell)
	}
	if t.Columns == nil {
		t.Line = line
		t.setHeader(cells)
		return
	}
	if len(row) < len(t.Columns) {
		r.report(problem{diag.Warning, diag.Pos{Line: line, Column: 1},
			fmt.Sprintf("the row has %d cells, the header %d", len(row), len(t.Columns)), "missing cells are read as empty"})
	}
	t.addRow(cells, line)
}

// csvText returns a cell as text. A cell in backticks is code.
func csvText(cell string) Text {
	if s := strings.TrimSpace(cell); len(s) > 2 && s[0] == '`' && s[len(s)-1] == '`' && strings.Count(s, "`") == 2 {
		return Text{{Kind: CodeSpan, Text: s[1 : len(s)-1]}}
	}
	return Text{{Text: cell}}.merged()
}

var separatorLine = lazyregexp.New(`^(?i:"sep=([^"\r\n])"|sep=([^"\r\n]))\r?\n`)

// withoutSeparator empties a line before the header that sets the delimiter, such as
// sep=; for Excel. It returns the delimiter, or 0.
func withoutSeparator(text string) (string, rune) {
	m := separatorLine.FindStringSubmatch(text)
	if m == nil {
		return text, 0
	}
	named, _ := utf8.DecodeRuneInString(m[1] + m[2])
	if named == utf8.RuneError {
		return text, 0
	}
	return text[len(m[0])-1:], named // the line break remains
}

// badQuote reports invalid quotes. The reader counts columns in bytes.
func (r *reader) badQuote(bad *csv.ParseError) {
	at := diag.Pos{Line: bad.Line, Column: 1}
	if content := r.file.Line(bad.Line); bad.Column > 1 && bad.Column-1 <= len(content) {
		at.Column = utf8.RuneCountInString(content[:bad.Column-1]) + 1
	}
	message := "unexpected quote in a cell without quotes"
	if !errors.Is(bad.Err, csv.ErrBareQuote) {
		at = diag.Pos{Line: bad.StartLine, Column: 1}
		message = "unclosed quotes in a row that starts here, or text after the quotes of a cell"
	}
	r.report(problem{diag.Error, at, message, `put the cell in quotes and write "" for each quote in it`})
}

// sniff returns the delimiter that occurs most often in the header, outside quotes.
func sniff(text string) rune {
	header, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	counts := make(map[rune]int)
	inQuotes := false
	for _, r := range header {
		if r == '"' {
			inQuotes = !inQuotes
		}
		if !inQuotes {
			counts[r]++
		}
	}
	best := ','
	for _, r := range ";\t|" {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}
