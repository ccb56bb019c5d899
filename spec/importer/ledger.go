package importer

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// An Entry of a report states what became of a part of the source.
type Entry struct {
	Fact  *facts.Fact
	Table int // number of a table, from 1
	Used  bool
	Lost  bool   // not used, although it looks like codes
	What  string // the use of the part, or the reason why it is not used
}

// A Report contains an entry for each part of the source, in the order of the source.
type Report []Entry

// Lost reports whether a part that looks like codes is not used.
func (r Report) Lost() bool {
	for _, e := range r {
		if e.Lost {
			return true
		}
	}
	return false
}

// unuse marks the used parts as not used.
func (r Report) unuse(why string) {
	for i := range r {
		if r[i].Used {
			r[i].Used, r[i].What = false, why
		}
	}
}

// Lines returns the report as text. Consecutive parts of the same kind with the same
// result share a line.
func (r Report) Lines() []string {
	var lines []string
	used := 0
	for i := 0; i < len(r); {
		n := 1
		for i+n < len(r) && r[i+n].Fact.Kind == r[i].Fact.Kind && r[i].Fact.Kind != facts.TableFact &&
			r[i+n].What == r[i].What && r[i+n].Used == r[i].Used {
			n++
		}
		lines = append(lines, r.line(i, n))
		if r[i].Used {
			used += n
		}
		i += n
	}
	return append(lines, fmt.Sprintf("%d parts: %d used, %d not used", len(r), used, len(r)-used))
}

// line returns the line about n entries.
func (r Report) line(first, n int) string {
	e, last := r[first], r[first+n-1]
	where := fmt.Sprint(e.Fact.Line)
	if last.Fact.Line != e.Fact.Line {
		where += fmt.Sprint("-", last.Fact.Line)
	}
	what := fmt.Sprintf("%s %q", e.Fact.Kind, e.Fact.Name)
	switch {
	case n > 1:
		what = counted(n, e.Fact.Kind.String())
	case e.Table > 0:
		what = fmt.Sprintf("table %d %q", e.Table, e.Fact.Name)
	}
	result := "used: "
	if !e.Used {
		result = "not used: "
	}
	return fmt.Sprintf("%-9s %s: %s%s", where, what, result, e.What)
}

// counted returns a number with a noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// A ledger collects what becomes of facts.
type ledger map[*facts.Fact]Entry

func (l ledger) use(f *facts.Fact, what string) { l[f] = Entry{Fact: f, Used: true, What: what} }
func (l ledger) skip(f *facts.Fact, why string) { l[f] = Entry{Fact: f, What: why} }
func (l ledger) lose(f *facts.Fact, why string) { l[f] = Entry{Fact: f, What: why, Lost: true} }

func (l ledger) has(f *facts.Fact) bool { _, ok := l[f]; return ok }

// skipTable marks a table with its columns and rows as not used.
func (l ledger) skipTable(t *facts.Table, why string, lost bool) {
	for _, f := range partsOf(t) {
		l[f] = Entry{Fact: f, What: why, Lost: lost && f.Kind != facts.ColumnFact}
	}
}

// useTable marks a table with its columns and rows as used.
func (l ledger) useTable(t *facts.Table, what string) {
	for _, f := range partsOf(t) {
		l.use(f, what)
	}
}

func partsOf(t *facts.Table) []*facts.Fact {
	all := []*facts.Fact{&t.Fact}
	for _, c := range t.Columns {
		all = append(all, &c.Fact)
	}
	for _, r := range t.Rows {
		all = append(all, &r.Fact)
	}
	return all
}

// report returns the entry of each fact of a page. Facts without one are not used.
func (l ledger) report(page *facts.Page) Report {
	var r Report
	tables := 0
	for _, f := range page.Facts {
		e, ok := l[f]
		if !ok {
			e = Entry{Fact: f, What: "names no code"}
		}
		if f.Kind == facts.TableFact {
			tables++
			e.Table = tables
		}
		r = append(r, e)
	}
	return r
}

// findings returns findings about the parts that look like codes and are not used.
// Consecutive parts of a kind with the same reason share one, and so do the rows of a
// table that is not used at all.
func (r Report) findings(file *diag.File) diag.List {
	var all diag.List
	var table, last Entry
	var used []string
	for _, e := range r {
		if e.Table > 0 && e.Used {
			used = append(used, fmt.Sprintf("%d,", e.Table))
		}
	}
	more := 0
	add := func() {
		if last.Fact != nil {
			all = append(all, last.finding(file, more, strings.Join(used, "")))
		}
		last, more = Entry{}, 0
	}
	for _, e := range r {
		if e.Fact.Kind == facts.TableFact {
			table = e
		}
		switch {
		case !e.Lost, e.Fact.Kind == facts.RowFact && table.Lost && e.What == table.What:
		case last.Fact != nil && e.Fact.Kind == last.Fact.Kind && e.What == last.What:
			more++
		default:
			add()
			last = e
		}
	}
	add()
	return all
}

// finding returns a finding about an entry and more entries like it. used are the numbers
// of the tables of codes.
func (e Entry) finding(file *diag.File, more int, used string) diag.Diagnostic {
	help := "correct the source, or add the code to the table by hand"
	switch e.Fact.Kind {
	case facts.TableFact:
		help = fmt.Sprintf("select the tables of codes with --tables, for example --tables %s%d", used, e.Table)
	case facts.ColumnFact:
		help = fmt.Sprintf("assign the column with --map, for example --map code=%q", e.Fact.Name)
	case facts.SectionFact, facts.ItemFact, facts.ParagraphFact:
		help = "add the codes to the table by hand; with --tables, only the tables that it selects count as codes"
	}
	subject := fmt.Sprintf("%s %q looks like a code and is", e.Fact.Kind, strings.TrimSpace(e.Fact.Name))
	if e.Fact.Kind == facts.TableFact || e.Fact.Kind == facts.ColumnFact || e.Fact.Kind == facts.CodeFact || e.Fact.Kind == facts.HTMLFact {
		subject = fmt.Sprintf("%s %q looks like codes and is", e.Fact.Kind, strings.TrimSpace(e.Fact.Name))
	}
	if more > 0 {
		subject = fmt.Sprintf("%s %q and %d more look like codes and are", e.Fact.Kind, strings.TrimSpace(e.Fact.Name), more)
	}
	at := diag.Pos{Line: max(e.Fact.Line, 1), Column: 1}
	return diag.Diagnostic{
		Rule: RuleUnused, Severity: diag.Error, Help: help,
		Message:  subject + " not used: " + e.What,
		Location: diag.Location{File: file, Start: at, End: at},
	}
}
