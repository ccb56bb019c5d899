package layout

import (
	"math/rand"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// node reads YAML without its comments.
func node(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return &doc
}

// same reports whether two trees have the same kinds, types and values.
func same(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.ShortTag() != b.ShortTag() || a.Value != b.Value || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !same(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// check prints a document. It checks that the content does not change.
func check(t *testing.T, doc *yaml.Node, shapes form.Shapes) string {
	t.Helper()
	printed := string(Print(doc, shapes))
	again := node(t, printed)
	if !same(doc, again) {
		t.Fatalf("printing changed the content:\n%s", printed)
	}
	return printed
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func document(keysAndValues ...*yaml.Node) *yaml.Node {
	root := &yaml.Node{Kind: yaml.MappingNode, Content: keysAndValues}
	return &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}}
}

func TestQuoting(t *testing.T) {
	for _, c := range []struct{ value, block, flow string }{
		{"plain words, and more", "plain words, and more", `["plain words, and more"]`},
		{"42P01", "42P01", "[42P01]"}, // without Text in its shape; see TestTextStartsWithDigit
		{"30s", "30s", "[30s]"},
		{"404", `"404"`, `["404"]`},
		{"00000", `"00000"`, `["00000"]`},
		{"1e3", `"1e3"`, `["1e3"]`},
		{"1_000", `"1_000"`, `["1_000"]`},
		{"0x1F", `"0x1F"`, `["0x1F"]`},
		{"1.2", `"1.2"`, `["1.2"]`},
		{"-1", `"-1"`, `["-1"]`},
		{"12:30", `"12:30"`, `["12:30"]`},
		{"2001-01-01", `"2001-01-01"`, `["2001-01-01"]`},
		{".inf", `".inf"`, `[".inf"]`},
		{"true", `"true"`, `["true"]`},
		{"No", `"No"`, `["No"]`},
		{"null", `"null"`, `["null"]`},
		{"~", `"~"`, `["~"]`},
		{"", `""`, `[""]`},
		{"<<", `"<<"`, `["<<"]`},
		{"<num> MB", "<num> MB", "[<num> MB]"},
		{"a: b", `"a: b"`, `["a: b"]`},
		{"a:", `"a:"`, `["a:"]`},
		{"a:b", "a:b", `["a:b"]`},
		{"a #b", `"a #b"`, `["a #b"]`},
		{"a#b", "a#b", "[a#b]"},
		{"*a", `"*a"`, `["*a"]`},
		{"- a", `"- a"`, `["- a"]`},
		{"# a", `"# a"`, `["# a"]`},
		{"---", `"---"`, `["---"]`},
		{"[a]", `"[a]"`, `["[a]"]`},
		{"it's", "it's", "[it's]"},
		{`say "a"`, `say "a"`, `[say "a"]`},
		{`{"a": "b\n"}`, `'{"a": "b\n"}'`, `['{"a": "b\n"}']`},
		{`'"`, `"'\""`, `["'\""]`},
		{" a", `" a"`, `[" a"]`},
		{"a\tb", `"a\tb"`, `["a\tb"]`},
		{"a\u00a0", "\"a\u00a0\"", "[\"a\u00a0\"]"},
		{"größe", "größe", "[größe]"},
		{"a\U000F0000", `"a\U000F0000"`, `["a\U000F0000"]`},
	} {
		list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{text(c.value)}}
		got := check(t, document(text("a"), text(c.value), text("b"), list), nil)
		if want := "a: " + c.block + "\n\nb: " + c.flow + "\n"; strings.Replace(got, "\n\nb", "\nb", 1) != strings.Replace(want, "\n\nb", "\nb", 1) {
			t.Errorf("%q is printed as\n%swant\n%s", c.value, got, want)
		}
	}
}

// A word that starts with a digit is quoted if the format requires text, so that all codes of
// a list have the same style.
func TestTextStartsWithDigit(t *testing.T) {
	v, w := text("42P01"), text("42 codes")
	shapes := form.Shapes{v: {Text: true}, w: {Text: true}}
	if got := check(t, document(text("a"), v, text("b"), w), shapes); got != "a: \"42P01\"\nb: 42 codes\n" {
		t.Error(got)
	}
}

// Printing does not change any text in any position.
func TestRandomText(t *testing.T) {
	parts := []string{
		"a", "word", " ", "  ", "\n", "\n\n", "\t", ":", ": ", "#", " #", "-", "- ", "'", "\"", "\\", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "%", "@", "`", "?",
		"0", "1", ".", "é", "\u00a0", "\u200d", "\u00ad", "\U0001F600", "true", "null", "~", "---", "...", "<<", "=", strings.Repeat("long words ", 12),
	}
	r := rand.New(rand.NewSource(1))
	for range 5000 {
		var b strings.Builder
		for range 1 + r.Intn(6) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		s := b.String()
		prose := text(s)
		item := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text("k"), text(s), text("l"), prose}}
		flow := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle, Content: []*yaml.Node{text("k"), text(s)}}
		list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{item, text(s), flow}}
		doc := document(text("a"), text(s), text("b"), list)
		if !strings.Contains(s, "\n") {
			doc.Content[0].Content = append(doc.Content[0].Content, text(s), text("a key"))
		}
		check(t, doc, form.Shapes{prose: {Prose: true}})
	}
}

func TestLayout(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"blank lines between blocks", `
a: 1
b: {c: 1, d: [e, f]}
g:
  - {h: 1}
  - i: 1
    j:
      k: {l: {}}
m: 1
p: 2
`, `
a: 1
b: {c: 1, d: [e, f]}

g:
  - {h: 1}

  - i: 1
    j:
      k:
        l: {}

m: 1
p: 2
`},
		{"lists in lists", "a: [[b, [c]], [], [[{d: e}]]]", "a:\n  - - b\n    - [c]\n\n  - []\n\n  - - - {d: e}\n"},
		{"JSON", `{"a": "b", "c": [{"d": null, "e": true}]}`, "a: b\n\nc:\n  - {d: null, e: true}\n"},
		{"text of several lines", "a: \"b\\nc\\n\"\nd: \"e\\nf\"\ng: \"  h\\ni\"\n", "a: |\n  b\n  c\nd: |-\n  e\n  f\ng: |2-\n    h\n  i\n"},
		{"a mapping that does not fit on a line", "a: {b: " + strings.Repeat("c", 60) + ", d: " + strings.Repeat("e", 60) + "}",
			"a:\n  b: " + strings.Repeat("c", 60) + "\n  d: " + strings.Repeat("e", 60) + "\n"},
		{"a single value", "a", "a\n"},
	} {
		got := check(t, node(t, c.text), nil)
		if got != strings.TrimPrefix(c.want, "\n") {
			t.Errorf("%s: printed as\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestProse(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("some words ", 12))
	v, quoted, short, lines := text(words), text("a: "+words), text("a: b"), text("one\ntwo")
	shapes := form.Shapes{v: {Prose: true}, quoted: {Prose: true}, short: {Prose: true}, lines: {Prose: true, Text: true}}
	got := string(Print(document(text("a"), v, text("b"), quoted, text("c"), short, text("d"), lines), shapes))
	first := strings.TrimSpace(strings.Repeat("some words ", 9)) + " some"
	want := "a: >-\n  " + first + "\n  words some words some words\nb: >-\n  a: " + first + "\n  words some words some words\nc: \"a: b\"\nd: |\n  one\n  two\n"
	if got != want {
		t.Errorf("printed as\n%s\nwant\n%s", got, want)
	}
}

func TestKeysInOrder(t *testing.T) {
	doc := node(t, "x: 1\nb: 2\nw: 3\na: 4\n")
	got := string(Print(doc, form.Shapes{doc.Content[0]: {Keys: []string{"a", "b", "c"}}}))
	if got != "a: 4\nb: 2\nx: 1\nw: 3\n" {
		t.Error(got)
	}
}
