package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// findTables returns the tables of codes. The others are marked with the reason.
func (r *reader) findTables() []*candidate {
	var all []*candidate
	for _, t := range r.page.Tables {
		if c := r.candidate(t); c != nil {
			all = append(all, c)
		}
	}
	sure := slices.ContainsFunc(all, func(c *candidate) bool { return c.sure })
	// Tables whose codes are HTTP statuses count only if there are no others.
	plain := slices.ContainsFunc(all, func(c *candidate) bool { return (c.sure || !sure) && !c.profile().isStatus() })
	r.shape = mainShape(all, sure)
	return slices.DeleteFunc(all, func(c *candidate) bool {
		why := ""
		switch p := c.profile(); {
		case c.chosen:
		case c.other != "":
			why = fmt.Sprintf("its codes are under the header %q", c.other)
		case p.isStatus() && plain:
			why = "its codes are HTTP statuses, unlike those of other tables"
		case !c.sure && sure && (p.shape() != r.shape || !r.underErrors(c.table.Section)):
			why = "no header names codes, as in other tables"
		case !c.sure && p.shape() != r.shape:
			why = "its codes have another form than those of other tables"
		}
		if why != "" {
			r.ledger.skipTable(c.table, why, true)
		}
		return why != ""
	})
}

// candidate returns a table that may list codes, or nil.
func (r *reader) candidate(t *facts.Table) *candidate {
	c := &candidate{table: t, columns: r.options.mapped(t), code: -1}
	for i := range t.Columns {
		c.profiles = append(c.profiles, profileOf(t, i))
	}
	c.chosen = slices.Contains(r.options.Tables, t.Number)
	if r.options.Tables != nil && !c.chosen {
		r.ledger.skipTable(t, "not selected by --tables", false)
		return nil
	}
	headers := headersOf(t)
	if i, ok := c.columns[keyCode]; ok {
		c.code, c.sure, c.chosen = i, true, true
	} else if _, ok := r.options.Columns[keyCode]; ok && !c.chosen {
		c.findCode(headers)
		r.ledger.skipTable(t, fmt.Sprintf("no column %q, which --map assigns to code", r.options.Columns[keyCode]), c.code >= 0 && c.sure)
		return nil
	} else {
		c.findCode(headers)
	}
	switch {
	case c.chosen && c.code < 0:
		r.report(diag.Error, RuleCodes, t.Line, "specify the column of codes, for example --map code="+quotedFirst(headers), "no column of codes in table %d; its columns: %s", t.Number, quoted(headers))
		return nil
	case c.code < 0:
		if !c.isFieldTable() && slices.ContainsFunc(c.profiles, func(p profile) bool { return p.mostly(p.strong) && p.filled > 1 }) {
			r.ledger.skipTable(t, "no header names codes, and they are not distinct", true)
		}
		return nil
	case !c.chosen && !c.sure && (c.isFieldTable() || inCodeSection(t.Section)), !c.chosen && c.isFieldTable() && c.profile().strong == 0:
		return nil
	case len(t.Rows) == 0:
		return nil
	}
	c.headerRow()
	c.assign(headersOf(t))
	return c
}

// headerRow reports whether the header is a row of codes: its cell in the column of
// codes looks like the codes under it. It then becomes the first row.
func (c *candidate) headerRow() {
	t := c.table
	if codes, _ := codesIn(t.Columns[c.code].Header); len(codes) == 0 || !isStrong(codes[0]) || shapeOf(codes[0]) != c.profile().shape() || c.sure {
		return
	}
	var cells []facts.Text
	for i, column := range t.Columns {
		cells = append(cells, column.Header)
		column.Header = facts.Text{{Text: fmt.Sprint(i + 1)}}
	}
	row := &facts.Row{Fact: t.Columns[c.code].Fact, Cells: cells} // its fact is that of the header
	t.Rows = append([]*facts.Row{row}, t.Rows...)
}

// mainShape returns the shape of most codes.
func mainShape(all []*candidate, sure bool) shape {
	numbers, symbols := 0, 0
	for _, c := range all {
		if p := c.profile(); (c.sure || !sure) && !p.isStatus() {
			numbers += p.numbers
			symbols += p.codes - p.numbers
		}
	}
	switch {
	case numbers == 0 && symbols == 0:
		for _, c := range all {
			return c.profile().shape()
		}
		return noShape
	case numbers >= symbols, !sure && numbers > 0:
		return number
	}
	return symbol
}

// underErrors reports whether a section, or one around it, is about errors or codes.
func (r *reader) underErrors(s *facts.Section) bool {
	for ; s != nil; s = s.Parent {
		if namesErrors(s.Title.Plain()) {
			return true
		}
	}
	return namesErrors(r.page.Title)
}

// readTables reads the codes of tables. If tables are in several sections, the headings
// are classes.
func (r *reader) readTables(all []*candidate) {
	in := make(map[*facts.Section]bool)
	for _, c := range all {
		in[c.table.Section] = true
	}
	for _, c := range all {
		r.markColumns(c)
		before := len(r.codes)
		for _, row := range c.table.Rows {
			r.row(c, row, len(in) > 1)
		}
		r.ledger.use(&c.table.Fact, counted(len(r.codes)-before, "code"))
	}
}

// markColumns states the key of each column, and warns about columns without one, once
// for each header.
func (r *reader) markColumns(c *candidate) {
	keys := make(map[int]string)
	for k, i := range c.columns {
		keys[i] = k
	}
	for i, column := range c.table.Columns {
		p := c.profiles[i]
		switch k := keys[i]; {
		case k != "":
			r.ledger.use(&column.Fact, k)
		case p.filled == 0:
			r.ledger.skip(&column.Fact, "its cells are empty")
		case p.looksLikeCodes() && p.shape() == c.profile().shape():
			r.ledger.lose(&column.Fact, "its header is unknown")
		default:
			r.ledger.skip(&column.Fact, "its header is unknown")
			if r.unknown[column.Name] { // in another table
				continue
			}
			r.unknown[column.Name] = true
			r.report(diag.Warning, RuleColumn, column.Line, fmt.Sprintf("assign it to a key, for example --map details=%q", column.Header.Line()),
				"column %q is not used: its header is unknown", column.Header.Line())
		}
	}
}

// row reads a row: a code, or several with the same values.
func (r *reader) row(c *candidate, row *facts.Row, classes bool) {
	cell := row.Cell(c.code)
	codes, rest := codesIn(cell)
	if first, _, _ := strings.Cut(rest, " "); len(codes) == 0 && c.sure && !notCode.MatchString(first) && !codeRange.MatchString(rest) && len(rest) <= longestCode {
		codes, rest = nonEmpty(rest), ""
	}
	if len(codes) == 0 || isNothing(codes[0]) {
		if s := cell.Line(); isNothing(s) {
			r.ledger.skip(&row.Fact, "its cell for the code is empty")
			r.report(diag.Warning, RuleRow, row.Line, "add its code, or remove the row", "the row has no code")
		} else {
			r.ledger.lose(&row.Fact, fmt.Sprintf("%q is not one code", s))
		}
		return
	}
	r.ledger.use(&row.Fact, "code")
	if n := len(c.table.Columns); len(row.Cells) > n {
		defer r.surplus(codes[0], row, n)
	}
	for i, wire := range codes {
		if first := r.byWire[wire]; first != nil {
			if slices.Contains(codes[:i], wire) {
				continue
			}
			r.repeated(first, c.table, row)
			continue
		}
		x := r.addCode(wire, row.Line)
		x.row = prose(row.Cells)
		if cell.IsStruck() {
			x.sub(keyDeprecated)
		}
		r.apply(x, c, row)
		if rest != "" && !x.label(rest) {
			x.remark("next to the code: " + rest)
		}
		if title := c.table.Section.Title.Line(); classes && x.class == nil && title != "" {
			x.class = r.classNamed(title)
			r.ledger.use(&c.table.Section.Fact, "class")
		}
	}
}

// surplus keeps the cells of a row that have no column in a comment. If one of them looks
// like a code, the row counts as not used.
func (r *reader) surplus(wire string, row *facts.Row, columns int) {
	extra := row.Cells[columns:]
	r.byWire[wire].remark("cells without a column: " + prose(extra))
	for _, cell := range extra {
		if codes, _ := codesIn(cell); len(codes) > 0 && isStrong(codes[0]) && r.byWire[codes[0]] == nil {
			r.ledger.lose(&row.Fact, fmt.Sprintf("only its first %d cells are used; the others have no column and are kept in a comment", columns))
			return
		}
	}
	r.report(diag.Warning, RuleRow, row.Line, "remove the cells, or add columns", "the row has %d cells, the header has %d; the others are kept in a comment", len(row.Cells), columns)
}

// longestCode limits the text in a column of codes that is read as a code.
const longestCode = 60

// repeated keeps a second row about a code in a comment.
func (r *reader) repeated(first *code, t *facts.Table, row *facts.Row) {
	if prose(row.Cells) == first.row {
		r.ledger.use(&row.Fact, fmt.Sprintf("same as line %d", first.line))
		return
	}
	r.ledger.lose(&row.Fact, fmt.Sprintf("code %s is on line %d already; the row is kept in a comment", first.wire, first.line))
	where := ""
	if title := t.Section.Title.Line(); title != "" {
		where = " (" + title + ")"
	}
	first.remark(fmt.Sprintf("another row has this code, line %d%s: %s", row.Line, where, prose(row.Cells)))
}

// prose returns cells as one text.
func prose(cells []facts.Text) string {
	var all []string
	for _, c := range cells {
		all = append(all, facts.Line(c.Prose()))
	}
	return strings.Join(all, " | ")
}

func quoted(all []string) string {
	var out []string
	for _, s := range all {
		out = append(out, fmt.Sprintf("%q", s))
	}
	return strings.Join(out, ", ")
}

func quotedFirst(all []string) string { return fmt.Sprintf("%q", append(all, "COLUMN")[0]) }
