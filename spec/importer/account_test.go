package importer_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/errspec/errspec/spec/importer"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A generator writes a page and counts its parts. Every text in the page contains a word
// that occurs nowhere else.
type generator struct {
	*rand.Rand
	page  strings.Builder
	line  int
	parts map[facts.Kind]int
	words []word
	codes []string

	tables    [][]string // headers
	delimiter string     // of CSV
	options   importer.Options
}

// A word is a unique word, the line of its part, and for a cell its column.
type word struct {
	text   string
	line   int
	column int // from 1, or 0
	table  int // line of the table of a cell
}

func (g *generator) write(format string, args ...any) {
	s := fmt.Sprintf(format, args...)
	g.page.WriteString(s)
	g.line += strings.Count(s, "\n")
}

// word returns a unique word, and records it for the current line.
func (g *generator) word(table, column int) string {
	w := fmt.Sprintf("q%sx", strings.Map(func(r rune) rune { return 'a' + (r - '0') }, fmt.Sprint(len(g.words))))
	g.words = append(g.words, word{w, g.line, column, table})
	return w
}

func pick[T any](g *generator, all ...T) T { return all[g.IntN(len(all))] }

// code returns a new code or, now and then, one that the page has already.
func (g *generator) code() string { return g.codeIn(0, 0) }

func (g *generator) codeIn(table, column int) string {
	if len(g.codes) > 0 && g.IntN(8) == 0 {
		return pick(g, g.codes...)
	}
	n := len(g.codes)
	c := pick(g, fmt.Sprint(10000+n), fmt.Sprintf("0x%X", 0xF000+n), fmt.Sprint(-32000-n), fmt.Sprintf("some_error_%d", n), fmt.Sprintf("E%d", 1000+n), fmt.Sprintf("Thing.Failed%d", n))
	g.codes = append(g.codes, c)
	g.words = append(g.words, word{c, g.line, column, table})
	return c
}

func (g *generator) heading() {
	g.parts[facts.SectionFact]++
	marks := strings.Repeat("#", 1+g.IntN(4))
	switch g.IntN(4) {
	case 0:
		g.write("%s %s %s\n\n", marks, g.code(), g.word(0, 0))
	case 1:
		g.write("%s `%s`\n\n", marks, g.code())
	default:
		g.write("%s %s %s\n\n", marks, pick(g, "Errors", "错误码", "エラー", "Methods", "Коды", "How to fix", "Causes", "See also"), g.word(0, 0))
	}
}

// headers are known and unknown headers in several languages.
var headers = strings.Split("Description,描述,Meaning,Colour,HTTP,Message,Name,Causes,解决方法,Retryable,Class,Since,Aliases,備考,Type,Title,Example,"+
	"Beschreibung,Ursache,Описание,Причина,решение,Примечание,説明,原因,対処方法,설명,조치,Descripción,Explication,שגיאה,الوصف,处理建议,English (英文)", ",")

// table writes a table in Markdown, HTML or CSV. Codes are in any column.
func (g *generator) table(format string) {
	var all []string
	for range 2 + g.IntN(4) {
		all = append(all, pick(g, headers...)+pick(g, "", "", fmt.Sprint(g.IntN(9))))
	}
	codes := g.IntN(len(all))
	all[codes] = pick(g, "Code", "错误码", "Wert", "Error name", "код", "エラーコード", "Fehlercode", "kod")
	g.parts[facts.TableFact]++
	g.parts[facts.ColumnFact] += len(all)
	g.tables = append(g.tables, all)
	start := g.line
	if format == "HTML" {
		g.write("<table>")
	}
	g.row(format, all, "th")
	if format == "Markdown" {
		g.write("%s|\n", strings.Repeat("|--", len(all)))
	}
	for range 1 + g.IntN(5) {
		g.parts[facts.RowFact]++
		var cells []string
		for i := range all {
			word := func() string { return g.word(start, i+1) }
			if i == codes {
				code := func() string { return g.codeIn(start, i+1) }
				cells = append(cells, pick(g, code, code, code, word, func() string { return "400-499" })())
				continue
			}
			cells = append(cells, pick(g, word, func() string { return "some " + word() + "; and " + word() }, func() string { return "404 " + word() },
				func() string { return "`" + word() + "`" }, func() string { return "yes" }, func() string { return "" }, func() string { return "\u200f" + word() + " שלום" })())
		}
		if g.IntN(10) == 0 {
			cells = append(cells, pick(g, g.code, func() string { return "" })(), g.word(start, 0))
		}
		g.row(format, cells, "td")
	}
	if format == "HTML" {
		g.write("</table>\n")
	}
	g.write("\n")
}

// row writes a row. A tag is that of cells in HTML.
func (g *generator) row(format string, cells []string, tag string) {
	switch format {
	case "Markdown":
		g.write("| %s |\n", strings.Join(cells, " | "))
	case "HTML":
		g.write("<tr><%s>%s</%s></tr>\n", tag, strings.Join(cells, "</"+tag+"><"+tag+">"), tag)
	default:
		cells = slices.Clone(cells)
		for i, cell := range cells {
			if g.IntN(3) == 0 || strings.ContainsAny(cell, "\n\""+g.delimiter) {
				cells[i] = `"` + strings.ReplaceAll(cell, "; ", ";\n") + `"`
			}
		}
		g.write("%s%s", strings.Join(cells, g.delimiter), pick(g, "\n", "\r\n"))
	}
}

func (g *generator) list() {
	for range 1 + g.IntN(4) {
		g.parts[facts.ItemFact]++
		switch g.IntN(3) {
		case 0:
			g.write("- `%s`: %s\n", g.code(), g.word(0, 0))
		case 1:
			g.write("- **%s:** the %s\n", pick(g, "Note", "Cause", "Fix"), g.word(0, 0))
		default:
			g.write("- the %s\n", g.word(0, 0))
		}
	}
	g.write("\n")
}

func (g *generator) paragraph() {
	g.parts[facts.ParagraphFact]++
	g.write("%s%s\n\n", pick(g, "", "Text ", "**Cause:** ", "**原因：** ", "Retryable: ", "HTTP status: ", "**How to avoid:** ", "`some_error_1` "), g.word(0, 0))
}

func (g *generator) codeBlock() {
	g.parts[facts.CodeFact]++
	g.write("```\n")
	g.write("call %s\n```\n\n", g.word(0, 0))
}

func (g *generator) markdownTable() { g.table("Markdown") }
func (g *generator) htmlTable()     { g.table("HTML") }

// generate returns a page, or a CSV file for every fourth seed. Half of them have options.
func generate(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), line: 1, parts: make(map[facts.Kind]int)}
	if seed%4 == 0 {
		g.delimiter = pick(g, ",", ";", "\t", "|")
		g.write("%s", pick(g, "", "\uFEFF"))
		g.table("CSV")
	} else {
		for range 1 + g.IntN(12) {
			pick(g, g.heading, g.heading, g.markdownTable, g.markdownTable, g.htmlTable, g.list, g.paragraph, g.codeBlock)()
		}
	}
	g.options.Columns = make(map[string]string)
	if len(g.tables) > 0 && g.IntN(3) == 0 {
		g.options.Tables = []int{1 + g.IntN(len(g.tables)), 1 + g.IntN(len(g.tables))}
	}
	if len(g.tables) > 0 && g.IntN(3) == 0 {
		columns := pick(g, g.tables...)
		g.options.Columns[pick(g, importer.Keys()...)] = pick(g, columns...)
		g.options.Columns["code"] = pick(g, pick(g, columns...), fmt.Sprint(1+g.IntN(len(columns))))
	}
	return g
}

func (g *generator) result() importer.Result {
	if g.delimiter != "" {
		return importer.CSV("codes.csv", g.page.String(), g.options)
	}
	return importer.Markdown("page.md", g.page.String(), g.options)
}

// Every part of a page is in the report once, and every word and code of the page is in
// the table, or in a part that the report states as not used.
func TestReportAccountsForPage(t *testing.T) {
	tables, withOptions := 0, 0
	for seed := range uint64(800) {
		g := generate(seed)
		result := g.result()
		checkResult(t, result)
		if result.Table != "" {
			tables++
			withOptions += min(len(g.options.Columns)+len(g.options.Tables), 1)
		}
		parts := make(map[facts.Kind]int)
		for _, e := range result.Report {
			parts[e.Fact.Kind]++
		}
		if fmt.Sprint(parts) != fmt.Sprint(g.parts) {
			t.Fatalf("seed %d: the report has %v, the page %v\n%s\n%+v", seed, parts, g.parts, g.page.String(), g.options)
		}
		lines, table := unusedLines(result.Report), squashed(result.Table)
		for _, w := range g.words {
			if !strings.Contains(table, squashed(w.text)) && !lines[w.line] && !lines[columnAt(w.table, w.column)] {
				t.Fatalf("seed %d: %q of line %d is neither in the table nor in an unused part\n%s\n%+v\n%s\n%s",
					seed, w.text, w.line, g.page.String(), g.options, strings.Join(result.Report.Lines(), "\n"), result.Table)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d\n%s\n%+v", seed, g.page.String(), g.options)
		}
	}
	if tables < 400 || withOptions < 60 {
		t.Errorf("only %d of the pages have codes, %d with options", tables, withOptions)
	}
}

// squashed returns a text without case and punctuation, which names and titles do not
// keep.
func squashed(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\n' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// columnAt returns a key for a column of the table on a line.
func columnAt(table, column int) int { return -table*100 - column }

// unusedLines returns the lines of parts that are not used, and keys for columns.
func unusedLines(r importer.Report) map[int]bool {
	lines := make(map[int]bool)
	column := 0
	for _, e := range r {
		if e.Fact.Kind != facts.ColumnFact {
			column = 0
		} else if column++; !e.Used {
			lines[columnAt(e.Fact.Line, column)] = true
		}
		if !e.Used && !e.Kept && e.Fact.Kind != facts.ColumnFact && e.Fact.Kind != facts.TableFact {
			lines[e.Fact.Line] = true
		}
	}
	return lines
}
