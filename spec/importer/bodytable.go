package importer

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/importer/facts"
)

// table reads a table in a section about a code: subtypes, causes with fixes, or else
// details.
func (b *bodyReader) table(t *facts.Table) {
	if e, ok := b.ledger[&t.Fact]; ok && e.Used {
		return // a table of codes
	}
	if isFieldTable(t) {
		b.ledger.skipTable(t, "describes fields", false)
		return
	}
	headers := headersOf(t)
	find := func(names []string, taken ...int) int {
		for _, i := range byRank(headers, names) {
			if !slices.Contains(taken, i) {
				return i
			}
		}
		return -1
	}
	name := find(slices.Concat(subtypeNames(), codeNames()))
	causes, fixes := find(namesOf(keyCauses)), find(namesOf(keyFixes))
	examples := find(namesOf(keyExamples))
	switch {
	case causes == 0 && name != 0 || causes == 0 && fixes > 0 || fixes >= 0 && name != 0:
		b.ledger.useTable(t, "causes and fixes of "+b.code.wire)
		b.causesAndFixes(t, causes, fixes)
	case name >= 0 && (b.topic == keySubtypes || b.topic == keyCauses || examples >= 0 || len(t.Columns) != 2):
		b.ledger.useTable(t, "subtypes of "+b.code.wire)
		b.subtypes(t, name, find(namesOf(keyDescription), name), find(slices.Concat(namesOf(keyExamples), namesOf(keyMessage)), name))
	default:
		b.ledger.useTable(t, "details of "+b.code.wire)
		for _, row := range t.Rows {
			b.code.addDetails(rowText(t, row, nil))
		}
	}
}

// namesOf returns the headers of a key.
func namesOf(k string) []string {
	var all []string
	for _, v := range vocabulary {
		if v.key == k {
			all = append(all, v.names()...)
		}
	}
	return all
}

// causesAndFixes reads a table with a column of causes, of fixes, or both. Other cells
// are details.
func (b *bodyReader) causesAndFixes(t *facts.Table, causes, fixes int) {
	for _, row := range t.Rows {
		b.code.add(keyCauses, several(row.Cell(causes).Prose())...)
		b.code.add(keyFixes, several(row.Cell(fixes).Prose())...)
		b.code.addDetails(rowText(t, row, []int{causes, fixes}))
	}
}

// rowText returns a row as text, without some columns. Two cells without others are a
// term and its meaning.
func rowText(t *facts.Table, row *facts.Row, without []int) string {
	if len(t.Columns) == 2 && len(row.Cells) == 2 && without == nil {
		return row.Cells[0].Prose() + ": " + row.Cells[1].Prose()
	}
	var parts []string
	for i, cell := range row.Cells {
		if slices.Contains(without, i) || cell.IsEmpty() {
			continue
		}
		s := facts.Line(cell.Prose())
		if i < len(t.Columns) && t.Columns[i].Header.Line() != "" {
			s = t.Columns[i].Header.Line() + ": " + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// subtypes reads a table of subtypes. A message is the code in the column of examples.
// Other cells become part of the description.
func (b *bodyReader) subtypes(t *facts.Table, name, description, examples int) {
	if description == examples {
		description = -1
	}
	for _, row := range t.Rows {
		s := newEntry()
		if cell := row.Cell(name); len(cell) == 1 && len(cell.Codes()) == 1 {
			s.set(keyTitle, headline(cell.Codes()[0]))
			s.set(keyName, slug(cell.Codes()[0]))
		} else {
			s.set(keyTitle, cell.Prose())
		}
		if cell := row.Cell(examples); !isNothing(cell.Plain()) {
			s.add(keyExamples, messagesOf(cell)...)
		}
		s.set(keyDescription, row.Cell(description).Prose()+" "+rowText(t, row, []int{name, description, examples}))
		b.code.subtypes = append(b.code.subtypes, s)
	}
}
