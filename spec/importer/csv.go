package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/form"
)

// CSVOptions are what the author says about a CSV file.
type CSVOptions struct {
	Options

	// Delimiter separates cells. Zero means whichever of comma, semicolon,
	// tab and | the header has most of.
	Delimiter rune

	// Columns says by header, or by number from 1, which column a key of a code
	// comes from. Keys that it does not have find their columns by the usual
	// names.
	Columns map[string]string
}

// CSVKeys returns the keys that [CSVOptions.Columns] takes.
func CSVKeys() []string { return columnKeys() }

// CSV makes a table of a CSV file (RFC 4180) whose first row names the columns.
// file names it in findings.
func CSV(file, text string, o CSVOptions) (string, diag.List) {
	s := newSource(file, text)
	if s.tooLarge() {
		return "", s.findings
	}
	g := s.grid(o.Delimiter)
	if g == nil {
		return "", s.findings
	}
	mapped := s.mapped(g, o.Columns)
	columns := g.columns(mapped)
	if _, ok := columns[colCode]; !ok {
		s.report(diag.Error, RuleCodes, diag.Pos{Line: 1, Column: 1},
			fmt.Sprintf("say which it is, for example with --map code=%q", firstOf(g.headers...)),
			"no column holds the codes; there are: %s", strings.Join(quoted(g.headers), ", "))
	}
	if s.findings.HasErrors() {
		return "", s.findings
	}
	return s.finish(s.draftOf(g, columns), o.Options)
}

func quoted(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = fmt.Sprintf("%q", line(s))
	}
	return out
}

// grid reads the file. It returns nil when it could not.
func (s *source) grid(delimiter rune) *grid {
	text := strings.TrimPrefix(s.file.Text, "\uFEFF")
	start := diag.Pos{Line: 1, Column: 1}
	text, named := withoutSeparator(text)
	if delimiter == 0 {
		delimiter = named
	}
	if delimiter == 0 {
		delimiter = sniff(text)
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = delimiter
	reader.FieldsPerRecord = -1
	g := &grid{}
	for {
		row, err := reader.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if g.headers == nil {
				s.report(diag.Error, RuleSource, start, "the first row names the columns", "the file is empty")
				return nil
			}
			return g
		case errors.As(err, &bad):
			s.badQuote(text, bad)
			return nil
		case err != nil:
			s.report(diag.Error, RuleSource, start, "", "%v", err)
			return nil
		}
		number, _ := reader.FieldPos(0)
		s.row(g, row, number)
	}
}

var separatorLine = lazyregexp.New(`^(?i:"sep=([^"\r\n])"|sep=([^"\r\n]))\r?\n`)

// withoutSeparator empties the line before the header that names the delimiter, such
// as sep=; for Excel. It returns the delimiter, or 0.
func withoutSeparator(text string) (string, rune) {
	m := separatorLine.FindStringSubmatch(text)
	if m == nil {
		return text, 0
	}
	named, _ := utf8.DecodeRuneInString(m[1] + m[2])
	if named == utf8.RuneError {
		return text, 0
	}
	return text[len(m[0])-1:], named // the line end stays, and with it the numbers of lines
}

// badQuote reports what is no CSV. The reader counts columns in bytes.
func (s *source) badQuote(text string, bad *csv.ParseError) {
	at := diag.Pos{Line: bad.Line, Column: 1}
	if content := s.file.Line(bad.Line); bad.Column > 1 && bad.Column-1 <= len(content) {
		at.Column = utf8.RuneCountInString(content[:bad.Column-1]) + 1
	}
	help := `put the cell into quotes and write "" for each quote in it`
	what := "a quote in a cell that does not begin with one"
	if !errors.Is(bad.Err, csv.ErrBareQuote) {
		at = diag.Pos{Line: bad.StartLine, Column: 1}
		what = "the quotes of a cell in the row that begins here are not closed, or text follows them"
	}
	s.report(diag.Error, RuleSource, at, help, "%s", what)
}

// row adds a row to the grid. The first one that holds anything is the header.
func (s *source) row(g *grid, row []string, number int) {
	if !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
		return
	}
	if g.headers == nil {
		g.headers = row
		return
	}
	if len(row) != len(g.headers) {
		what := "cells that are missing are taken as empty"
		if len(row) > len(g.headers) {
			what = "those beyond the header are left out; is there a delimiter in a cell without quotes?"
		}
		s.report(diag.Warning, RuleRow, diag.Pos{Line: number, Column: 1}, what,
			"the row has %d cells, the header %d", len(row), len(g.headers))
	}
	g.rows = append(g.rows, row)
	g.lines = append(g.lines, number)
}

// sniff chooses the delimiter that stands most often in the header, outside of
// quotes.
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

// mapped finds the columns that the author chose.
func (s *source) mapped(g *grid, choices map[string]string) map[string]int {
	found := make(map[string]int)
	for _, column := range columnKeys() {
		header, ok := choices[column]
		if !ok {
			continue
		}
		i := slices.IndexFunc(g.headers, func(h string) bool { return line(h) == line(header) })
		if i < 0 {
			i = slices.IndexFunc(g.headers, func(h string) bool { return key(h) == key(header) && key(h) != "" })
		}
		if n, number := integer(header); i < 0 && number && n >= 1 && n <= int64(len(g.headers)) {
			i = int(n) - 1
		}
		if i >= 0 {
			found[column] = i
			continue
		}
		help := "the header has " + strings.Join(quoted(g.headers), ", ")
		if meant := diag.Suggest(header, g.headers); meant != "" {
			help = fmt.Sprintf("did you mean %q?", line(meant))
		}
		s.report(diag.Error, RuleColumn, diag.Pos{Line: 1, Column: 1}, help, "no column %q, which %s is to come from", header, column)
	}
	return found
}

// draftOf makes codes of the rows.
func (s *source) draftOf(g *grid, columns map[string]int) *draft {
	d := new(draft)
	d.integer = len(g.rows) > 0
	for row := range g.rows {
		if wire := bare(g.cell(row, columns[colCode])); wire != "" && !isInteger(wire) {
			d.integer = false
		}
	}
	for row := range g.rows {
		at := diag.Pos{Line: g.lines[row], Column: 1}
		wire := d.wireOf(g.cell(row, columns[colCode]))
		if wire == "" {
			s.report(diag.Warning, RuleRow, at, "give it one, or remove the row", "the row has no code and is left out")
			continue
		}
		if before := d.byWire[wire]; before != nil {
			s.report(diag.Warning, RuleRow, at, "a code has one row",
				"code %q was on line %d already; this row is left out", wire, before.line)
			continue
		}
		d.apply(d.add(&code{wire: wire, line: at.Line}), g, row, columns)
	}
	if len(d.codes) == 0 {
		s.report(diag.Error, RuleCodes, diag.Pos{Line: 1, Column: 1}, "add rows below the header", "there are no codes in the file")
	}
	return d
}

// wireOf returns a code as the table has it. Of numbers, one that means the same
// has one spelling.
func (d *draft) wireOf(cell string) string {
	wire := bare(cell)
	if n, ok := integer(wire); ok && d.integer && form.IsDecimal(wire) {
		return fmt.Sprint(n)
	}
	return wire
}
