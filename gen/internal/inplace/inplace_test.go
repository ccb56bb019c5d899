package inplace

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
)

// found returns the blocks of a text as "name@line:col=content", or the findings.
func found(text string) []string { return foundIn("f.md", text) }

func foundIn(name, text string) []string {
	blocks, findings := Find(&diag.File{Name: name, Text: text})
	var all []string
	for _, p := range blocks {
		all = append(all, fmt.Sprintf("%s@%d:%d=%s", p.Name, p.At.Start.Line, p.At.Start.Column, text[p.Start:p.End]))
	}
	for _, d := range findings {
		related := ""
		for _, r := range d.Related {
			related += fmt.Sprintf(" (%d:%d)", r.Start.Line, r.Start.Column)
		}
		all = append(all, fmt.Sprintf("%d:%d-%d %s%s", d.Start.Line, d.Start.Column, d.End.Column, d.Message, related))
	}
	return all
}

func TestFind(t *testing.T) {
	const begin, end = "<!-- errspec:begin overview -->\n", "<!-- errspec:end -->\n"
	alone, listed := "marker is not on a separate line", "marker inside a list or a quote"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"none", "# Title\n\nerrspec: begin\n", nil},
		{"empty", "", nil},
		{"one", "a\n\n" + begin + "old\n" + end + "b\n", []string{"overview@3:20=old\n"}},
		{"nothing between", begin + end, []string{"overview@1:20="}},
		{"no end of line", begin + "x\n<!-- errspec:end -->", []string{"overview@1:20=x\n"}},
		{"byte order mark", "\ufeff" + begin + "x\n" + end, []string{"overview@1:20=x\n"}},
		{"after text", "text\n" + begin + "x\n" + end, []string{"overview@2:20=x\n"}},
		{"CRLF", strings.ReplaceAll("a\n\n"+begin+"old\n"+end, "\n", "\r\n"), []string{"overview@3:20=old\r\n"}},
		{"two", begin + "1\n" + end + "\n<!--errspec:begin  code a b-->\n2\n<!--errspec:end-->\n", []string{"overview@1:20=1\n", "code a b@5:20=2\n"}},
		{"odd name", "<!-- errspec:begin code \"x\" <y> -- z -->\n" + end, []string{`code "x" <y> -- z@1:20=`}},
		{"indented", "   " + begin + "x\n  " + end, []string{"overview@1:23=x\n"}},
		{"in an element", "<details>\n" + begin + "x\n\n" + end + "</details>\n", []string{"overview@2:20=x\n\n"}},
		{"end within an element", begin + "<div>\n" + end, []string{"overview@1:20=<div>\n"}},
		{"table between", begin + "| a |\n| --- |\n| b |\n" + end, []string{"overview@1:20=| a |\n| --- |\n| b |\n"}},

		{"in front matter", "---\nx: |\n\n  " + begin + "\n  " + end + "---\n" + begin + "x\n" + end, []string{"overview@8:20=x\n"}},
		{"front matter that does not end", "---\n" + begin + "x\n" + end, []string{"overview@2:20=x\n"}},
		{"in a fence", "```\n" + begin + end + "```\n", nil},
		{"in indented code", "a\n\n    " + begin + "    " + end, nil},
		{"in a span", "a `<!-- errspec:begin overview -->` b\n", nil},
		{"in pre", "<pre>\n" + begin + end + "</pre>\n", nil},
		{"in a comment", "<!-- so:\n" + begin + "\n", nil},
		{"escaped", "\\<!-- errspec:begin overview -->\n", nil},

		{"no end", "a\n\n" + begin, []string{"3:1-32 block is not closed"}},
		{"end in a fence", begin + "```\n" + end, []string{"1:1-32 block is not closed"}},
		{"no begin", end, []string{"1:1-21 end marker without a begin marker"}},
		{"twice ended", begin + end + end, []string{"3:1-21 end marker without a begin marker"}},
		{"nested", begin + begin + end + end, []string{"2:1-32 block inside another block (1:1)"}},
		{"nested thrice", begin + begin + begin + end + end + end, []string{"2:1-32 block inside another block (1:1)", "3:1-32 block inside another block (1:1)"}},
		{"no name", "<!-- errspec:begin -->\n" + end, []string{"1:1-23 marker has no block name"}},
		{"end with a name", begin + "<!-- errspec:end overview -->\n", []string{"2:1-30 end marker takes no name"}},
		{"other word", begin + end + "<!-- errspec:stop -->\n", []string{"3:1-22 unknown marker errspec:stop"}},
		{"no word", "<!-- errspec: -->\n", []string{"1:1-18 unknown marker errspec:"}},
		{"upper case", "<!-- errspec:Begin overview -->\n", []string{"1:1-32 unknown marker errspec:Begin"}},
		{"within a line", "a <!-- errspec:begin overview --> b\n", []string{"1:3-34 " + alone}},
		{"text after", "<!-- errspec:begin overview --> b\n", []string{"1:1-32 " + alone}},
		{"two on a line", "<!-- errspec:begin overview --> <!-- errspec:end -->\n", []string{"1:1-32 " + alone, "1:33-53 " + alone}},
		{"in a list", "- a\n\n  " + begin + "  " + end, []string{"3:3-34 " + listed, "4:3-23 " + listed}},
		{"in a quote", "> " + begin, []string{"1:3-34 " + listed}},
		{"in a cell", "| a |\n| --- |\n| <!-- errspec:end --> |\n", []string{"3:3-23 " + alone}},
	} {
		if got := found(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q\n%s", test.name, got, test.want, test.text)
		}
	}
}

// MDX comments are expressions. HTML comments are also read.
func TestFindInMDX(t *testing.T) {
	const begin, end = "{/* errspec:begin overview */}\n", "{/* errspec:end */}\n"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"one", "a\n\n" + begin + "old\n" + end + "b\n", []string{"overview@3:19=old\n"}},
		{"nothing between", begin + end, []string{"overview@1:19="}},
		{"no spaces", "{/*errspec:begin code a b*/}\n1\n{/*errspec:end*/}", []string{"code a b@1:18=1\n"}},
		{"more spaces", "{ /* errspec:begin overview */ }\n" + end, []string{"overview@1:20="}},
		{"CRLF", strings.ReplaceAll(begin+"old\n"+end, "\n", "\r\n"), []string{"overview@1:19=old\r\n"}},
		{"front matter", "---\ntitle: |\n  " + begin + "---\n" + begin + "x\n" + end, []string{"overview@5:19=x\n"}},
		{"table between", begin + "\n| a |\n| --- |\n| b |\n\n" + end, []string{"overview@1:19=\n| a |\n| --- |\n| b |\n\n"}},
		{"after text", "text\n" + begin + "x\n" + end, []string{"overview@2:19=x\n"}},
		{"in a component", "<Tabs>\n" + begin + "x\n\n" + end + "</Tabs>\n", []string{"overview@2:19=x\n\n"}},
		{"HTML", "<!-- errspec:begin overview -->\nx\n<!-- errspec:end -->\n", []string{"overview@1:20=x\n"}},

		{"in a fence", "```\n" + begin + end + "```\n", nil},
		{"in a span", "a `{/* errspec:begin overview */}` b\n", nil},
		{"in a span over lines", "a `x\n" + begin + "` b\n", nil},

		{"no end", begin, []string{"1:1-31 block is not closed"}},
		{"no begin", "x\n\n" + end, []string{"3:1-20 end marker without a begin marker"}},
		{"other word", "{/* errspec:stop */}\n", []string{"1:1-21 unknown marker errspec:stop"}},
		{"within a line", "a {/* errspec:end */} b\n", []string{"1:3-22 marker is not on a separate line"}},
		{"in a list", "- " + begin, []string{"1:3-33 marker inside a list or a quote"}},
	} {
		if got := foundIn("f.MDX", test.text); !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q\n%s", test.name, got, test.want, test.text)
		}
	}
	if got := found(begin + end); got != nil {
		t.Errorf("in Markdown it is text, got %q", got)
	}
}

func TestHelp(t *testing.T) {
	_, findings := Find(&diag.File{Name: "f.md", Text: "<!-- errspec:beginn overview -->\n<!-- errspec:foo -->\n"})
	if len(findings) != 2 || findings[0].Help != "did you mean errspec:begin?" || !strings.HasPrefix(findings[1].Help, "the markers are") {
		t.Errorf("got %+v", findings)
	}
	_, findings = Find(&diag.File{Name: "f.mdx", Text: "{/* errspec:begin */}\n"})
	if len(findings) != 2 || findings[0].Help+findings[1].Help != "name the block, as in {/* errspec:begin overview */}write {/* errspec:end */} at its end" {
		t.Errorf("got %+v", findings)
	}
}

// Find must not panic. Blocks consist of whole lines, are in order and do not
// overlap, and their markers surround them.
func FuzzFind(f *testing.F) {
	f.Add("<!-- errspec:begin overview -->\n| a |\n<!-- errspec:end -->\n")
	f.Add("\ufeff<!-- errspec:begin a -->\r\n\r\n<!-- errspec:end -->")
	f.Add("- <!-- errspec:begin a -->\n> <!-- errspec:end -->\n<div><!-- errspec:end -->")
	f.Add("<!-- errspec:begin x -->\n```\n<!-- errspec:end -->\n```\n\x00<!-- errspec:end -->")
	f.Add("{/* errspec:begin x */}\n`{/* errspec:end */}`\n<X>\n{/* errspec:end */}\n<!-- errspec:end -->")
	f.Fuzz(func(t *testing.T, text string) {
		blocks, findings := Find(&diag.File{Name: []string{"f.md", "f.mdx"}[len(text)%2], Text: text})
		last := 0
		for _, p := range blocks {
			if p.Start < last || p.End < p.Start || p.Start > len(text) || text[p.Start-1] != '\n' || p.Name == "" || !strings.Contains(text[last:p.Start], p.Name) {
				t.Fatalf("%q: block %+v after %d", text, p, last)
			}
			before := text[:p.Start]
			if line := before[strings.LastIndexByte(before[:len(before)-1], '\n')+1:]; !strings.Contains(line, "errspec:begin") {
				t.Fatalf("%q: block starts after %q", text, line)
			}
			if line, _, _ := strings.Cut(text[p.End:], "\n"); !strings.Contains(line, "errspec:end") || p.End > 0 && text[p.End-1] != '\n' {
				t.Fatalf("%q: block ends before %q", text, line)
			}
			last = p.End
		}
		for _, d := range findings {
			if d.Start.Line < 1 || d.Help == "" || d.Message == "" {
				t.Fatalf("%q: %+v", text, d)
			}
		}
	})
}
