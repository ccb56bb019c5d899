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
	r := newReader(file)
	if r.findings.HasErrors() {
		return nil, r.findings
	}
	text, named := withoutSeparator(strings.TrimPrefix(file.Text, "\uFEFF"))
	if delimiter == 0 {
		delimiter = named
	}
	if delimiter == 0 {
		delimiter = sniff(text)
	}
	rows := csv.NewReader(strings.NewReader(text))
	rows.Comma = delimiter
	rows.FieldsPerRecord = -1
	t := &Table{Fact: Fact{Kind: TableFact}}
	err := r.csvRows(t, rows)
	var bad *csv.ParseError
	switch {
	case errors.As(err, &bad):
		r.badQuote(bad)
	case err != nil:
		r.fail(1, err.Error(), "use a comma, semicolon or tab between cells")
	case t.Columns == nil:
		r.fail(1, "the file is empty", "put the names of the columns in the first row")
	default:
		r.add(&Block{Fact: t.Fact, Table: t})
		return r.page, r.findings
	}
	return nil, r.findings
}

// csvRows adds the rows with text. A cell in backticks is code.
func (r *reader) csvRows(t *Table, rows *csv.Reader) error {
	for {
		row, err := rows.Read()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		line, _ := rows.FieldPos(0)
		if len(row) < len(t.Columns) {
			r.warn(line, fmt.Sprintf("the row has %d cells, the header %d", len(row), len(t.Columns)), "missing cells are read as empty")
		}
		cells := make([]Text, len(row))
		for i, cell := range row {
			cells[i] = Text{{Text: cell}}
			if code := strings.Trim(strings.TrimSpace(cell), "`"); strings.TrimSpace(cell) == "`"+code+"`" && !strings.Contains(code, "`") {
				cells[i] = Text{{IsCode: true, Text: code}}
			}
		}
		t.addRow(cells, line)
	}
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

// badQuote reports invalid quotes. The CSV reader counts columns in bytes.
func (r *reader) badQuote(bad *csv.ParseError) {
	at := diag.Pos{Line: bad.StartLine, Column: 1}
	message := "unclosed quotes in a row that starts here, or text after the quotes of a cell"
	if errors.Is(bad.Err, csv.ErrBareQuote) {
		at.Line, message = bad.Line, "unexpected quote in a cell without quotes"
		if content := r.file.Line(bad.Line); bad.Column > 1 && bad.Column-1 <= len(content) {
			at.Column = utf8.RuneCountInString(content[:bad.Column-1]) + 1
		}
	}
	r.report(RuleSource, diag.Error, diag.Location{File: r.file, Start: at, End: at}, message, `put the cell in quotes and write "" for each quote in it`)
}

// sniff returns the delimiter that occurs most often in the header, outside quotes.
func sniff(text string) rune {
	header, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	outside := ""
	for i, part := range strings.Split(header, `"`) {
		if i%2 == 0 {
			outside += part
		}
	}
	best := ','
	for _, r := range ";\t|" {
		if strings.Count(outside, string(r)) > strings.Count(outside, string(best)) {
			best = r
		}
	}
	return best
}
