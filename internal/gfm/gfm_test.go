package gfm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// dump describes the nodes of a page.
func dump(p parser.Parser, page string) string {
	var out strings.Builder
	depth := 0
	_ = ast.Walk(p.Parse(text.NewReader([]byte(page))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&out, "%*s%s %d", depth*2, "", n.Kind(), n.Pos())
		depth++
		switch n := n.(type) {
		case *east.Table:
			fmt.Fprint(&out, n.Alignments)
		case *east.TableCell:
			fmt.Fprint(&out, n.Alignment)
		case *ast.Text:
			fmt.Fprintf(&out, " %v %v %v %q", n.Segment, n.IsRaw(), n.SoftLineBreak(), n.Segment.Value([]byte(page)))
		}
		if n.Type() == ast.TypeBlock {
			fmt.Fprint(&out, n.Lines().Sliced(0, n.Lines().Len()))
		}
		fmt.Fprintln(&out)
		return ast.WalkContinue, nil
	})
	return out.String()
}

var pages = []string{
	"| a | b |\n| --- | :-: |\n| 1 | `x\\|y` |\n",
	"a | b\n- | -\n`a \\| b \\| c` \\| `d\\|e` | 2 | 3 | 4\n\n~~gone~~ ~one~ ~~~three~~~",
	"text\nmore\n|a|b|c\n|:-|-:|:-:|\n|1\n||\n|\n\n> | q |\n> | - |\n> | \\| |\n",
	"a\n---\n\n| a |\n-----",
	"| a | b | c |\n| - | - |\n| 1 | 2 |\n",
	"    | a |\n    | - |\n\n- | a |\n  | - |\n  | `\\|` |\n- x\n\t| - |\n",
	"|\n|-|\n", "a\n:\n", "a\n|\n", "a\n-\f-|\n", "| a\n| -\t\r\n| ` \\|\r\n",
	"| **a ~~b** c~~ | [x](y \"|\") |\n|--|--|\n| <b | c> | `` ` \\| `` |",
}

func FuzzParser(f *testing.F) {
	for _, page := range pages {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page string) { compare(t, page) })
}

// compare compares the parser with goldmark's package extension.
func compare(t *testing.T, page string) {
	t.Helper()
	theirs := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()
	if want, got := dump(theirs, page), dump(NewParser(), page); got != want {
		t.Errorf("%q\ngot:\n%s\nwant:\n%s", page, got, want)
	}
}

// The documents and the pages to import have many tables.
func TestDocuments(t *testing.T) {
	n := 0
	for _, pattern := range []string{"../../*.md", "../../*/*.md", "../../gen/testdata/golden/*/*.md", "../../spec/importer/testdata/*/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			page, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, string(page))
			n++
		}
	}
	if n < 20 {
		t.Errorf("%d documents found", n)
	}
}

// Wide tables keep the cells after the last column; their columns are the same.
func TestWideTables(t *testing.T) {
	const page = "| a | b |\n|---|---|\n| 1 | 2 | 3 | `x\\|y` |\n| 4 |\n"
	for wide, want := range map[bool]string{false: "2 2 2", true: "2 4 2"} {
		tables := Tables()
		if wide {
			tables = WideTables()
		}
		p := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...), parser.WithParagraphTransformers(util.Prioritized(tables, 200)))
		var counts []string
		for row := p.Parse(text.NewReader([]byte(page))).FirstChild().FirstChild(); row != nil; row = row.NextSibling() {
			counts = append(counts, fmt.Sprint(row.ChildCount()))
		}
		if got := strings.Join(counts, " "); got != want {
			t.Errorf("wide %v: got rows of %s cells, want %s", wide, got, want)
		}
	}
}
