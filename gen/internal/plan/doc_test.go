package plan

import (
	"go/ast"
	"go/doc"
	godoc "go/doc/comment"
	"go/format"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// hostile lists words that have a meaning for gofmt, go doc, a linter or the compiler at
// the start of a line or paragraph of a comment.
var hostile = strings.Fields(`
	- * + • # ## 1. 23) // //go:build //line foo.go:1 /* */ +build go:build go:embed go:linkname [X]: http://e.test
	[Code]: [a [b c]: ]: [ ] Deprecated: BUG(x): TODO(joe) NOTE(a SECURITY(b) Output: Heading Plain words
	“quoted” 'tis "x" <b> \ { } ; & — … !important @tag ~~~ | --- === > >> word: a.b.C` + " `code` ` `` ''quoted'' ```` ''' http://e.test/'' [``] `` ''''''''' `'` `'`'")

// lineMarks are starts of lines that have a meaning for a tool or a version of Go.
var lineMarks = []string{" ", "\t", "-", "*", "+", "•", "#", "//", "/*", "go:", "1.", "23)", "BUG(", "Deprecated:"}

// randomProse returns text of several paragraphs, with line breaks at random positions.
func randomProse(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(40) {
		if random.IntN(3) == 0 {
			b.WriteString(hostile[random.IntN(len(hostile))])
		} else {
			b.WriteString([]string{"Some", "plain", "words", "of", "a", "sentence", "Too", "Many", "x", "42"}[random.IntN(10)])
		}
		b.WriteString([]string{" ", " ", " ", " ", "\n", "\n\n", "\t", "  ", "\u00a0"}[random.IntN(9)])
	}
	return b.String()
}

// A comment with any text of a table consists of paragraphs only, and gofmt does not
// change it.
func TestProseHasOnlyParagraphs(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 4_000 {
		checkComment(t, randomProse(random))
	}
	for _, text := range []string{
		"A Heading Of Old",
		"Some Heading\n\nOther Heading\n\nThird one",
		"[X]: http://e.test",
		"[a [b] c]: http://e.test",
		"[a b]: http://e.test\n[c d]: http://e.test",
		"+build ignore",
		"//go:build ignore",
		"go:build ignore\n\n//line foo.go:1\n\n*/ func init() { panic(1) } /*",
		"- a\n- b\n\n1. c\n2. d",
		"Deprecated: use x.",
		"# Heading\n\ttext",
		"MARKER(uid): a note",
		"名\n\nТекст Без Точки\n\nÉtat",
		"\u00a0- no item\n\n\u2003\n\nNo Heading\u00a0",
		strings.Repeat("x", 300) + " " + strings.Repeat("- ", 100),
		strings.Repeat("`", 501), "x " + strings.Repeat("`", 501), "x``` y " + strings.Repeat("`", 96) + "[text](z)", "a ``b'' " + strings.Repeat("`", 200_000), strings.Repeat("` ", 300), strings.Repeat("`` ", 300), strings.Repeat("''", 200), strings.Repeat("``` ``x", 100),
	} {
		checkComment(t, text)
	}
}

func checkComment(t *testing.T, text string) {
	t.Helper()
	lines := newComment(1).paragraph("CodeX (A title): A description.").prose(text).paragraph("The last one.").lines
	var b strings.Builder
	b.WriteString("package p\n\n")
	for _, line := range lines {
		b.WriteString(strings.TrimRight("// "+line, " ") + "\n")
		for _, mark := range lineMarks {
			if strings.HasPrefix(line, mark) {
				t.Fatalf("%q has the line %q", text, line)
			}
		}
	}
	b.WriteString("const CodeX = 1\n")
	source := b.String()
	formatted, err := format.Source([]byte(source))
	if err != nil {
		t.Fatalf("%q is written as\n%s%v", text, source, err)
	}
	if string(formatted) != source {
		t.Fatalf("gofmt changes\n%sinto\n%s", source, formatted)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	group := file.Comments[0]
	if len(group.List) != len(lines) {
		t.Fatalf("%d lines are %d comments in\n%s", len(lines), len(group.List), source)
	}
	parsed := new(godoc.Parser).Parse(group.Text())
	for _, block := range parsed.Content {
		if _, ok := block.(*godoc.Paragraph); !ok {
			t.Fatalf("%T in\n%s", block, source)
		}
	}
	if len(parsed.Links) > 0 {
		t.Fatalf("the links %v in\n%s", parsed.Links, source)
	}
	checkNotes(t, fset, file, source)
	for _, paragraph := range strings.Split(group.Text(), "\n\n") {
		if strings.HasPrefix(paragraph, "Deprecated:") {
			t.Fatalf("deprecated by\n%s", source)
		}
	}
}

func checkNotes(t *testing.T, fset *token.FileSet, file *ast.File, source string) {
	t.Helper()
	pkg, err := doc.NewFromFiles(fset, []*ast.File{file}, "e.test/p")
	if err != nil {
		t.Fatal(err)
	}
	if len(pkg.Notes) > 0 {
		t.Fatalf("the notes %v in\n%s", pkg.Notes, source)
	}
}

// Wrapping preserves all words and the width if possible. No line starts with a word
// that has a meaning there.
func TestWrap(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 4_000 {
		text := "Start " + randomProse(random)
		width := 10 + random.IntN(80)
		lines := Wrap(text, width, width, isMeaningful)
		if got, want := strings.Join(strings.Fields(strings.Join(lines, " ")), " "), strings.Join(strings.Fields(text), " "); got != want {
			t.Fatalf("Wrap(%q) has the words %q", text, got)
		}
		for i, line := range lines {
			first, _, _ := strings.Cut(line, " ")
			if meaningful.MatchString(first) || strings.TrimSpace(line) != line || line == "" {
				t.Fatalf("Wrap(%q) has the line %q", text, line)
			}
			if utf8.RuneCountInString(line) > width && !hasReason(line) {
				t.Fatalf("Wrap(%q, %d) has the line %q", text, width, line)
			}
			if i > 0 && utf8.RuneCountInString(lines[i-1]+" "+first) <= width {
				t.Fatalf("Wrap(%q, %d) leaves room for %q after %q", text, width, first, lines[i-1])
			}
		}
	}
}

// hasReason reports whether a line must be too long: it is a single word, or ends in
// words that must not start the next line.
func hasReason(line string) bool {
	all := strings.Fields(line)
	return len(all) == 1 || meaningful.MatchString(all[len(all)-1])
}

func TestInert(t *testing.T) {
	for text, want := range map[string]string{
		"Plain text":              "Plain text.",
		"Plain text.":             "Plain text.",
		"A question?":             "A question?",
		"ends in a number 5":      "ends in a number 5.",
		"(in brackets)":           "(in brackets)",
		"- an item":               "… - an item.",
		"Deprecated: x":           "… Deprecated: x.",
		"[a [b] c]: http://e":     "… [a [b] c]: http://e.",
		"3. third":                "… 3. third.",
		"3.5 is a number":         "… 3.5 is a number.",
		"API(s) are down":         "… API(s) are down.",
		"Deprecated is one word:": "Deprecated is one word:",
		"Ends in 名":               "Ends in 名.",
	} {
		if got := inert(text); got != want {
			t.Errorf("inert(%q) = %q, want %q", text, got, want)
		}
	}
}
