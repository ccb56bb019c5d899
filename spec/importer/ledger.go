package importer

import (
	"fmt"
	"slices"
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
	Kept  bool   // in a comment of the table, although it is not used
	What  string // the use of the part, or the reason why it is not used
}

// result returns the text after "used:" or "not used:".
func (e Entry) result() string {
	if e.Kept {
		return e.What + "; the row is kept in a comment"
	}
	return e.What
}

// A Report contains an entry for each part of the source, in the order of the source.
type Report []Entry

// Lost reports whether a part that looks like codes is not used.
func (r Report) Lost() bool { return slices.ContainsFunc(r, func(e Entry) bool { return e.Lost }) }

// Unuse marks the used parts as not used, because there is no table.
func (r Report) Unuse(why string) {
	for i := range r {
		r[i].Kept = false
		if r[i].Used {
			r[i].Used, r[i].What = false, why
		}
	}
}

// runs divides entries into consecutive ones of the same kind with the same result. Each
// table is separate.
func (r Report) runs() []Report {
	var all []Report
	for i, e := range r {
		if i > 0 && e.Fact.Kind == r[i-1].Fact.Kind && e.Table == r[i-1].Table && e.What == r[i-1].What && e.Used == r[i-1].Used {
			all[len(all)-1] = append(all[len(all)-1], e)
		} else {
			all = append(all, Report{e})
		}
	}
	return all
}

// Lines returns the report as text. Consecutive parts of the same kind with the same
// result share a line.
func (r Report) Lines() []string {
	var lines []string
	used := 0
	for _, run := range r.runs() {
		e, last := run[0], run[len(run)-1]
		where, what, result := fmt.Sprint(e.Fact.Line), fmt.Sprintf("%s %q", e.Fact.Kind, e.Fact.Name), "not used: "
		if last.Fact.Line != e.Fact.Line {
			where += fmt.Sprint("-", last.Fact.Line)
		}
		if len(run) > 1 {
			what = Counted(len(run), e.Fact.Kind.String())
		} else if e.Table > 0 {
			what = fmt.Sprintf("table %d %q", e.Table, e.Fact.Name)
		}
		if e.Used {
			result = "used: "
			used += len(run)
		}
		lines = append(lines, fmt.Sprintf("%-9s %s: %s%s", where, what, result, e.result()))
	}
	return append(lines, fmt.Sprintf("%s: %d used, %d not used", Counted(len(r), "part"), used, len(r)-used))
}

// Counted returns a number with a noun.
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// findings returns findings about the parts that look like codes and are not used. The
// rows of a table that is not used at all share the finding of the table.
func (r Report) findings(file *diag.File) diag.List {
	var lost Report
	var table Entry
	selected := ""
	for _, e := range r {
		if e.Table > 0 {
			if table = e; e.Used {
				selected += fmt.Sprintf("%d,", e.Table)
			}
		}
		if e.Lost && !(e.Fact.Kind == facts.RowFact && table.Lost && e.What == table.What) {
			lost = append(lost, e)
		}
	}
	var all diag.List
	for _, run := range lost.runs() {
		all = append(all, run.finding(file, selected))
	}
	return all
}

// finding returns a finding about a run. selected are the numbers of the tables of codes.
func (r Report) finding(file *diag.File, selected string) diag.Diagnostic {
	e, help := r[0], "correct the source, or add the code to the table by hand"
	switch e.Fact.Kind {
	case facts.TableFact:
		help = fmt.Sprintf("select the tables of codes with --tables, for example --tables %s%d", selected, e.Table)
	case facts.ColumnFact:
		help = fmt.Sprintf("assign the column with --map, for example --map code=%q", e.Fact.Name)
	case facts.SectionFact, facts.ItemFact, facts.ParagraphFact:
		help = "add the codes to the table by hand; with --tables, only the tables that it selects count as codes"
	}
	return e.Finding(file, len(r), help)
}

// Finding returns a finding about n parts that look like codes and are not used. The first of
// them is e.
func (e Entry) Finding(file *diag.File, n int, help string) diag.Diagnostic {
	subject, looks := fmt.Sprintf("%s %q", e.Fact.Kind, strings.TrimSpace(e.Fact.Name)), "looks like codes and is"
	switch {
	case n > 1:
		subject, looks = fmt.Sprintf("%s and %d more", subject, n-1), "look like codes and are"
	case slices.Contains([]facts.Kind{facts.SectionFact, facts.ItemFact, facts.ParagraphFact, facts.RowFact}, e.Fact.Kind):
		looks = "looks like a code and is"
	}
	return diag.Diagnostic{
		Rule: RuleUnused, Severity: diag.Error, Help: help, Message: subject + " " + looks + " not used: " + e.result(),
		Location: file.AtLine(e.Fact.Line),
	}
}

// A ledger collects what becomes of facts.
type ledger map[*facts.Fact]Entry

func (l ledger) use(f *facts.Fact, format string, args ...any) {
	l[f] = Entry{Fact: f, Used: true, What: fmt.Sprintf(format, args...)}
}

func (l ledger) skip(f *facts.Fact, format string, args ...any) {
	l[f] = Entry{Fact: f, What: fmt.Sprintf(format, args...)}
}

func (l ledger) lose(f *facts.Fact, format string, args ...any) {
	l[f] = Entry{Fact: f, What: fmt.Sprintf(format, args...), Lost: true}
}

// keep marks a row that looks like a code and is kept in a comment.
func (l ledger) keep(f *facts.Fact, format string, args ...any) {
	l[f] = Entry{Fact: f, What: fmt.Sprintf(format, args...), Lost: true, Kept: true}
}

// table sets the result of a table with its columns and rows.
func (l ledger) table(t *facts.Table, e Entry) {
	for _, f := range t.Parts() {
		l[f] = Entry{Fact: f, Used: e.Used, What: e.What, Lost: e.Lost && f.Kind != facts.ColumnFact}
	}
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
