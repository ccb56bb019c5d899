package importer_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

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
func (g *generator) code() string {
	if len(g.codes) > 0 && g.IntN(8) == 0 {
		return pick(g, g.codes...)
	}
	n := len(g.codes)
	c := pick(g, fmt.Sprint(10000+n), fmt.Sprint(-32000-n), fmt.Sprintf("some_error_%d", n), fmt.Sprintf("E%d", 1000+n), fmt.Sprintf("Thing.Failed%d", n))
	g.codes = append(g.codes, c)
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

// table writes a table of Markdown or HTML with headers of several languages.
func (g *generator) table() {
	headers := []string{pick(g, "Code", "错误码", "Wert", "Error name", "код")}
	for range 1 + g.IntN(4) {
		headers = append(headers, pick(g, "Description", "描述", "Meaning", "Colour", "HTTP", "Message", "Name", "Causes", "解决方法", "Retryable", "Class", "Since", "Aliases", "備考", "Type", "Title", "Example")+pick(g, "", "", fmt.Sprint(g.IntN(9))))
	}
	g.parts[facts.TableFact]++
	g.parts[facts.ColumnFact] += len(headers)
	start, html := g.line, g.IntN(3) == 0
	row := func(cells []string, tag string) {
		if html {
			g.write("<tr><%s>%s</%s></tr>\n", tag, strings.Join(cells, "</"+tag+"><"+tag+">"), tag)
		} else {
			g.write("| %s |\n", strings.Join(cells, " | "))
		}
	}
	if html {
		g.write("<table>")
	}
	row(headers, "th")
	if !html {
		g.write("%s|\n", strings.Repeat("|--", len(headers)))
	}
	for range 1 + g.IntN(5) {
		g.parts[facts.RowFact]++
		cells := []string{pick(g, g.code, g.code, g.code, func() string { return g.word(start, 1) }, func() string { return "400-499" })()}
		for i := range headers[1:] {
			cells = append(cells, pick(g, func() string { return g.word(start, i+2) }, func() string { return "some " + g.word(start, i+2) + "; and " + g.word(start, i+2) },
				func() string { return "404 " + g.word(start, i+2) }, func() string { return "`" + g.word(start, i+2) + "`" }, func() string { return "yes" }, func() string { return "" })())
		}
		if g.IntN(10) == 0 {
			cells = append(cells, pick(g, g.code(), ""), g.word(start, 0))
		}
		row(cells, "td")
	}
	if html {
		g.write("</table>\n")
	}
	g.write("\n")
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

func generate(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 1)), line: 1, parts: make(map[facts.Kind]int)}
	for range 1 + g.IntN(12) {
		pick(g, g.heading, g.heading, g.table, g.table, g.list, g.paragraph, g.codeBlock)()
	}
	return g
}

// Every part of a page is in the report once, and every word of the page is in the table,
// or in a part that the report states as not used.
func TestReportAccountsForPage(t *testing.T) {
	tables := 0
	for seed := range uint64(600) {
		g := generate(seed)
		result := importer.Markdown("page.md", g.page.String(), importer.Options{})
		checkResult(t, result)
		if result.Table != "" {
			tables++
		}
		parts := make(map[facts.Kind]int)
		for _, e := range result.Report {
			parts[e.Fact.Kind]++
		}
		if fmt.Sprint(parts) != fmt.Sprint(g.parts) {
			t.Fatalf("seed %d: the report has %v, the page %v\n%s", seed, parts, g.parts, g.page.String())
		}
		lines := unusedLines(result.Report)
		for _, w := range g.words {
			if !strings.Contains(strings.ToLower(result.Table), w.text) && !lines[w.line] && !lines[columnAt(w.table, w.column)] {
				t.Fatalf("seed %d: %q of line %d is neither in the table nor in an unused part\n%s\n%s\n%s",
					seed, w.text, w.line, g.page.String(), strings.Join(result.Report.Lines(), "\n"), result.Table)
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d\n%s", seed, g.page.String())
		}
	}
	if tables < 300 {
		t.Errorf("only %d of the pages have codes", tables)
	}
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
		kept := strings.Contains(e.What, "kept in a comment")
		if !e.Used && !kept && e.Fact.Kind != facts.ColumnFact && e.Fact.Kind != facts.TableFact {
			lines[e.Fact.Line] = true
		}
	}
	return lines
}
