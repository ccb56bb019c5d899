package facts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// list returns the facts of a page, one on each line.
func list(page *facts.Page) string {
	var b strings.Builder
	for _, f := range page.Facts {
		fmt.Fprintf(&b, "%d %s %s\n", f.Line, f.Kind, f.Name)
	}
	return b.String()
}

func TestMarkdown(t *testing.T) {
	for _, test := range []struct{ name, page, want string }{
		{"table", "# T\n\n| A | B |\n|--|--|\n| 1 | `x\\|y` |\n| | |\n| 2 | 3 | 4 | 5 |\n",
			"1 section T\n3 table A | B\n3 column A\n3 column B\n5 row 1 | x|y\n7 row 2 | 3 | 4 | 5\n"},
		{"HTML table", "text\n\n<table><!-- c -->\n<tr><th>A</th><th colspan=2>B</th></tr>\n<tr>\n<td rowspan=2><code>1</code></td><td>a<br>b</td><td>&lt;</td></tr>\n<tr><td>c</td></tr>\n</table>\n",
			"1 paragraph text\n3 table A | B | B\n4 column A\n4 column B\n4 column B\n6 row 1 | a b | <\n7 row 1 | c\n"},
		{"list", "- a\n  - b\n\n    c\n\n          code\n- d\n", "1 list item a\n2 list item b\n4 paragraph c\n6 code block code\n7 list item d\n"},
		{"components", "---\ntitle: T\n---\nexport const a = 1\n\n<Tabs>\n  <Tab title=\"One\">\n    text\n  </Tab>\n</Tabs>\n<details>\n<summary>Two</summary>\n\n- a\n</details>\n:::note Three\nb\n:::\n",
			"4 code block export const a = 1\n7 section One\n8 paragraph text\n12 section Two\n14 list item a\n16 section Three\n17 paragraph b\n"},
		{"HTML", "<p align=center>a</p>\n\n<!-- gone -->\n<ul><li>b</li></ul>\n\n<h2>c</h2>\n", "1 paragraph a\n4 HTML b\n6 section c\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			page, findings := facts.Markdown(&diag.File{Name: "page.md", Text: test.page})
			if len(findings) > 0 {
				t.Fatal(findings)
			}
			if got := list(page); got != test.want {
				t.Errorf("facts:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}

func TestCSV(t *testing.T) {
	page, findings := facts.CSV(&diag.File{Name: "codes.csv", Text: "\uFEFFsep=;\na;b\n\n\"1\n2\";`x`;3\n4\n"}, 0)
	if len(findings) != 1 || findings[0].Start.Line != 6 { // the short row
		t.Error(findings)
	}
	if got, want := list(page), "2 table a | b\n2 column a\n2 column b\n4 row 1 2 | x | 3\n6 row 4\n"; got != want {
		t.Errorf("facts:\n%s\nwant:\n%s", got, want)
	}
	if codes := page.Tables[0].Rows[0].Cells[1].Codes(); len(codes) != 1 || codes[0] != "x" {
		t.Errorf("codes %q", codes)
	}
}

// Pages for which the Markdown parser takes quadratic time are refused.
func TestLimits(t *testing.T) {
	for name, page := range map[string]string{
		"lists":      "text\n\n" + strings.Repeat("- ", 100_000) + "x\n",
		"quotations": "text\n\n" + strings.Repeat(">", 100_000) + "x\n",
		"paragraph":  "text\n\n" + strings.Repeat("[", 10_000) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			parsed, findings := facts.Markdown(&diag.File{Name: "page.md", Text: page})
			if parsed != nil || len(findings) != 1 || findings[0].Start.Line != 3 || !findings.HasErrors() {
				t.Errorf("findings %v", findings)
			}
		})
	}
	open := strings.Repeat("<div>", 50_000)
	if parsed, findings := facts.Markdown(&diag.File{Name: "page.md", Text: open + "text"}); parsed == nil || len(parsed.Facts) != 1 {
		t.Errorf("findings %v", findings)
	}
}
