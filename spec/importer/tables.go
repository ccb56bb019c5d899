package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// findTables returns the tables of codes. The others are marked with the reason.
func (r *reader) findTables() []*mapping {
	var all []*mapping
	sure := false
	for _, t := range r.page.Tables {
		if m := r.candidate(t); m != nil {
			all = append(all, m)
			sure = sure || m.sure
		}
	}
	// Tables whose codes are HTTP statuses count only if there are no others.
	plain := slices.ContainsFunc(all, func(m *mapping) bool { return (m.sure || !sure) && !m.profile().isStatus() })
	r.shape = mainShape(all, sure)
	return slices.DeleteFunc(all, func(m *mapping) bool {
		why := ""
		switch p := m.profile(); {
		case m.chosen:
		case m.other != "":
			why = fmt.Sprintf("its codes are under the header %q", m.other)
		case p.isStatus() && plain:
			why = "its codes are HTTP statuses, unlike those of other tables"
		case !m.sure && sure && (p.shape() != r.shape || !r.underErrors(m.table.Section)):
			why = "no header names codes, as in other tables"
		case !m.sure && p.shape() != r.shape:
			why = "its codes have another form than those of other tables"
		}
		if why != "" {
			r.ledger.table(m.table, Entry{What: why, Lost: true})
		}
		return why != ""
	})
}

// candidate returns the mapping of a table that may list codes, or nil.
func (r *reader) candidate(t *facts.Table) *mapping {
	m := r.options.newMapping(t)
	if r.options.Tables != nil && !m.chosen {
		r.ledger.table(t, Entry{What: "not selected by --tables"})
		return nil
	}
	if i, ok := m.columns[keyCode]; ok {
		m.code, m.sure, m.chosen = i, true, true
	} else if m.findCode(); !m.chosen && r.options.Columns[keyCode] != "" {
		r.ledger.table(t, Entry{What: fmt.Sprintf("no column %q, which --map assigns to code", r.options.Columns[keyCode]), Lost: m.sure})
		return nil
	}
	m.readHeader()
	switch {
	case m.chosen && m.code < 0:
		r.report(diag.Error, RuleCodes, t.Line, codeHelp(m.headers), "no column of codes in table %d; its columns: %s", t.Number, quoted(m.headers))
		return nil
	case m.code < 0:
		if !m.describesFields() && m.some(0, func(p profile) bool { return p.mostly(p.strong) && p.filled > 1 }) {
			r.ledger.table(t, Entry{What: "no header names codes, and they are not distinct", Lost: true})
		}
		return nil
	case !m.chosen && m.describesFields() && (!m.sure || m.profile().strong == 0), !m.chosen && !m.sure && inCodeSection(t.Section), len(t.Rows) == 0:
		return nil
	}
	m.assign()
	return m
}

// readHeader makes the header the first row if it is a row of codes: its cell in the
// column of codes looks like the codes under it.
func (m *mapping) readHeader() {
	columns := m.table.Columns
	at := slices.IndexFunc(columns, func(c *facts.Column) bool {
		codes, _ := codesIn(c.Header)
		p := m.profiles[slices.Index(columns, c)]
		return len(codes) > 0 && isStrong(codes[0]) && p.mostly(p.strong) && shapeOf(codes[0]) == p.shape()
	})
	if m.sure || at < 0 || m.code >= 0 && m.code != at {
		return
	}
	m.code = at
	row := &facts.Row{Fact: columns[at].Fact} // its fact is that of the header
	for i, column := range columns {
		row.Cells = append(row.Cells, column.Header)
		m.headers[i] = fmt.Sprint(i + 1)
		column.Header = facts.Text{{Text: m.headers[i]}}
	}
	m.table.Rows = append([]*facts.Row{row}, m.table.Rows...)
	for i := range columns {
		m.profiles[i] = profileOf(m.table, i)
	}
}

// mainShape returns the shape of most codes.
func mainShape(all []*mapping, sure bool) shape {
	numbers, symbols := 0, 0
	for _, m := range all {
		if p := m.profile(); (m.sure || !sure) && !p.isStatus() {
			numbers += p.numbers
			symbols += p.codes - p.numbers
		}
	}
	switch {
	case len(all) == 0:
		return noShape
	case numbers+symbols == 0:
		return all[0].profile().shape()
	case numbers >= symbols, !sure && numbers > 0:
		return number
	}
	return symbol
}

// underErrors reports whether a section, or one around it, is about errors or codes.
func (r *reader) underErrors(s *facts.Section) bool {
	return namesErrors(r.page.Title) || s.Within(func(s *facts.Section) bool { return namesErrors(s.Title.Plain()) })
}

// readTables reads the codes of tables. If tables are in several sections, the headings
// are classes.
func (r *reader) readTables(all []*mapping) {
	classes := slices.ContainsFunc(all, func(m *mapping) bool { return m.table.Section != all[0].table.Section })
	for _, m := range all {
		r.markColumns(m)
		before := len(r.codes)
		for _, row := range m.table.Rows {
			r.row(m, row, classes)
		}
		r.ledger.use(&m.table.Fact, "%s", Counted(len(r.codes)-before, "code"))
	}
}

// markColumns states the key of each column, and warns about columns without one, once
// for each header.
func (r *reader) markColumns(m *mapping) {
	keys := make(map[int]string)
	for _, k := range Keys() { // --map may assign several to one column
		if i, ok := m.columns[k]; ok && keys[i] == "" {
			keys[i] = k
		}
	}
	for i, column := range m.table.Columns {
		switch p := m.profiles[i]; {
		case keys[i] != "":
			r.ledger.use(&column.Fact, "%s", keys[i])
		case p.filled == 0:
			r.ledger.skip(&column.Fact, "its cells are empty")
		case p.looksLikeCodes() && p.shape() == m.profile().shape():
			r.ledger.lose(&column.Fact, "its header is unknown")
		default:
			r.ledger.skip(&column.Fact, "its header is unknown")
			if !r.unknown[column.Name] {
				r.report(diag.Warning, RuleColumn, column.Line, fmt.Sprintf("assign it to a key, for example --map details=%q", m.headers[i]),
					"column %q is not used: its header is unknown", m.headers[i])
			}
			r.unknown[column.Name] = true
		}
	}
}

// longestCode limits the text in a column of codes that is read as a code.
const longestCode = 60

// isSentence reports whether a cell has several words, and does not start with a code that
// is set as code.
func isSentence(cell facts.Text, rest string) bool {
	return len(strings.Fields(cell.Plain())) > 2 && !cell[0].IsCode && (rest == "" || len(cell.Codes()) > 0)
}

// row reads a row: a code, or several with the same values.
func (r *reader) row(m *mapping, row *facts.Row, classes bool) {
	cell := row.Cell(m.code)
	codes, rest := codesIn(cell)
	if first, _, _ := strings.Cut(rest, " "); len(codes) == 0 && m.sure && rest != "" && !notCode.MatchString(first) && !codeRange.MatchString(rest) && len(rest) <= longestCode {
		codes, rest = []string{rest}, ""
	}
	switch s := cell.Line(); {
	case isNothing(s):
		r.ledger.skip(&row.Fact, "its cell for the code is empty")
		r.report(diag.Warning, RuleRow, row.Line, "add its code, or remove the row", "the row has no code")
		return
	case len(codes) == 0, isNothing(codes[0]), isSentence(cell, rest) && 2*m.profile().single > m.profile().filled:
		r.ledger.lose(&row.Fact, "%q is not one code", s)
		return
	}
	r.ledger.use(&row.Fact, "code")
	for i, wire := range codes {
		if slices.Contains(codes[:i], wire) {
			continue
		}
		if first := r.byWire[wire]; first != nil {
			r.repeated(first, m.table, row)
			continue
		}
		c := r.addCode(wire, row.Line)
		c.row = prose(row.Cells)
		if cell.IsStruck() {
			c.Sub(keyDeprecated)
		}
		r.apply(c, m, row)
		c.entitle(rest)
		if title := m.table.Section.Title.Line(); classes && c.Class == nil && title != "" {
			c.Class = r.ClassNamed(title)
			r.ledger.use(&m.table.Section.Fact, "class")
		}
	}
	if n := len(m.headers); len(row.Cells) > n {
		r.surplus(codes[0], row, n)
	}
}

// apply fills a code from a row. A value that the code cannot hold becomes a comment. A
// cell that spans the column of codes has no other value.
func (r *reader) apply(c *code, m *mapping, row *facts.Row) {
	for _, k := range Keys() {
		i, ok := m.columns[k]
		cell := row.Cell(i).Prose()
		if !ok || k == keyCode || isNothing(cell) || row.Cell(i).Line() == row.Cell(m.code).Line() || r.give(c, k, cell) {
			continue
		}
		c.Remark(m.headers[i] + ": " + cell)
		r.report(diag.Warning, RuleRow, row.Line, "the value is kept in a comment", "%s of %s cannot be %q", k, c.Wire, draft.Line(cell))
	}
}

// surplus keeps the cells of a row that have no column in a comment. If one of them looks
// like a code, the row counts as not used.
func (r *reader) surplus(wire string, row *facts.Row, columns int) {
	extra := row.Cells[columns:]
	r.byWire[wire].Remark("cells without a column: " + prose(extra))
	for _, cell := range extra {
		if codes, _ := codesIn(cell); len(codes) > 0 && isStrong(codes[0]) && r.byWire[codes[0]] == nil {
			r.ledger.keep(&row.Fact, "only its first %d cells have columns", columns)
			return
		}
	}
	r.report(diag.Warning, RuleRow, row.Line, "remove the cells, or add columns", "the row has %d cells, the header has %d; the others are kept in a comment", len(row.Cells), columns)
}

// repeated keeps a second row about a code in a comment.
func (r *reader) repeated(first *code, t *facts.Table, row *facts.Row) {
	if prose(row.Cells) == first.row {
		r.ledger.use(&row.Fact, "same as line %d", first.Line)
		return
	}
	r.ledger.keep(&row.Fact, "code %s is on line %d already", first.Wire, first.Line)
	where := ""
	if title := t.Section.Title.Line(); title != "" {
		where = " (" + title + ")"
	}
	first.Remark(fmt.Sprintf("another row has this code, line %d%s: %s", row.Line, where, prose(row.Cells)))
}

// prose returns cells as one text.
func prose(cells []facts.Text) string {
	var parts []string
	for _, cell := range cells {
		parts = append(parts, cell.Prose())
	}
	return draft.Line(strings.Join(parts, " | "))
}

func quoted(all []string) string { return `"` + strings.Join(all, `", "`) + `"` }
