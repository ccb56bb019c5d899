package gen

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/form"
)

// A grammar generates trees of tables from the description of the table format. New
// keys are therefore covered immediately. The description does not express all
// constraints, such as that a class must be listed. Drawing from few names and
// [repair] fulfill those.
type grammar struct {
	r       *rand.Rand
	integer bool // codes are numbers
	slips   bool // the table has errors other than invalid texts
	unsafe  bool // its texts have invalid characters
	codes   int
}

// A tree is a value of a table.
type tree struct {
	kind  treeKind
	text  string // of a scalar; the source if it is bare
	pairs []treePair
	items []*tree
}

type treeKind uint8

const (
	textTree treeKind = iota // a text, which may require quotes
	bareTree                 // any other scalar
	mappingTree
	listTree
)

type treePair struct {
	key string
	val *tree
}

func (g *grammar) oneIn(n int) bool { return g.r.IntN(n) == 0 }

func pick[T any](r *rand.Rand, all []T) T { return all[r.IntN(len(all))] }

// table returns the tree of a table.
func (g *grammar) table() *tree {
	g.integer, g.slips, g.unsafe = g.oneIn(8), g.oneIn(5), g.oneIn(12)
	t := g.value(spec.Schema(), "", 0)
	for i, p := range t.pairs {
		if p.key == "wire" {
			t.pairs[i].val.text = map[bool]string{true: "integer", false: "string"}[g.integer]
			return t
		}
	}
	if g.integer {
		t.pairs = append(t.pairs, treePair{"wire", &tree{text: "integer"}})
	}
	return t
}

// value returns a value of a schema, the value of a key.
func (g *grammar) value(s form.Schema, key string, depth int) *tree {
	switch {
	case g.slips && g.oneIn(60):
		return g.any(depth)
	case s.Type == "object":
		return g.object(s, depth)
	case len(s.AnyOf) > 0:
		return g.value(g.alternative(s.AnyOf), key, depth)
	case s.Const != nil:
		return &tree{kind: bareTree, text: "1"}
	}
	switch s.Type {
	case "array":
		t := &tree{kind: listTree}
		for range g.length(key) {
			t.items = append(t.items, g.value(*s.Items, key, depth+1))
		}
		return t
	case "string":
		return &tree{text: g.string(s, key)}
	case "integer", "number":
		return &tree{kind: bareTree, text: g.number(s, key)}
	case "boolean":
		return &tree{kind: bareTree, text: pick(g.r, []string{"true", "false", "True", "false"})}
	}
	return g.any(depth)
}

// length returns how many items a list has.
func (g *grammar) length(key string) int {
	if key == "codes" {
		return 1 + g.r.IntN(4)
	}
	return g.r.IntN(4)
}

// alternative chooses between schemas. All codes of a table are numbers, or all are
// texts.
func (g *grammar) alternative(all []form.Schema) form.Schema {
	isInteger := func(s form.Schema) bool { return s.Type == "integer" }
	if i := slices.IndexFunc(all, isInteger); i >= 0 && g.integer {
		return all[i]
	}
	for {
		if s := pick(g.r, all); !isInteger(s) {
			return s
		}
	}
}

// object returns a mapping with all required keys and some others.
func (g *grammar) object(s form.Schema, depth int) *tree {
	t := &tree{kind: mappingTree}
	often := 2 + g.r.IntN(5)
	for _, p := range s.Properties {
		if slices.Contains(s.Required, p.Key) || p.Key == "codes" || g.oneIn(often) {
			t.pairs = append(t.pairs, treePair{p.Key, g.value(p.Value, p.Key, depth+1)})
		}
	}
	for _, p := range s.Patterns {
		pattern := regexp.MustCompile(p.Key)
		for _, key := range keys {
			if pattern.MatchString(key) && (g.oneIn(8) || p.Key != "^x-" && g.oneIn(3)) {
				t.pairs = append(t.pairs, treePair{key, g.value(p.Value, key, depth+1)})
			}
		}
	}
	if g.slips && g.oneIn(10) {
		slip := pick(g.r, keys)
		if len(t.pairs) > 0 && g.oneIn(2) {
			slip = pick(g.r, t.pairs).key
			slip = slip[:len(slip)-g.r.IntN(2)]
		}
		t.pairs = append(t.pairs, treePair{slip, g.any(depth + 1)})
	}
	if g.oneIn(3) {
		g.r.Shuffle(len(t.pairs), func(i, j int) { t.pairs[i], t.pairs[j] = t.pairs[j], t.pairs[i] })
	}
	return t
}

// any returns a value of any kind.
func (g *grammar) any(depth int) *tree {
	switch n := g.r.IntN(8); {
	case n == 0 && depth < 8:
		t := &tree{kind: mappingTree}
		for range g.r.IntN(4) {
			t.pairs = append(t.pairs, treePair{pick(g.r, append(keys, g.odd(false))), g.any(depth + 1)})
		}
		return t
	case n <= 2 && depth < 8:
		t := &tree{kind: listTree}
		for range g.r.IntN(4) {
			t.items = append(t.items, g.any(depth+1))
		}
		return t
	case n <= 4:
		return &tree{kind: bareTree, text: pick(g.r, []string{"null", "~", "true", "1", "-0.5", "1e3", "0x1F", "2001-01-01", "0o7", ".5", "yes", "No"})}
	}
	return &tree{text: g.odd(g.oneIn(4))}
}

// number returns a number of a schema. New codes are new numbers.
func (g *grammar) number(s form.Schema, key string) string {
	if key == "code" {
		g.codes++
		return strconv.Itoa(g.codes * (1 + g.r.IntN(2)*999))
	}
	if s.Minimum == nil {
		return pick(g.r, []string{"1", "2", "3", "1000", "-7", "0", "0x10", "9223372036854775807"})
	}
	if s.Type == "number" {
		return pick(g.r, []string{"1", "2", "1.5", "1000", "1.0"})
	}
	return pick(g.r, []string{"1", "3", "100", "200", "404", "429", "500", "503", "599"})
}

// string returns a text that matches the pattern of a schema, or a value of its
// enum.
func (g *grammar) string(s form.Schema, key string) string {
	if len(s.Enum) > 0 {
		word := pick(g.r, s.Enum)
		if g.slips && g.oneIn(15) {
			word = word[:len(word)-1]
		}
		return word
	}
	pattern := regexp.MustCompile(s.Pattern)
	if g.oneIn(3) {
		var fitting []string
		for _, word := range words {
			if pattern.MatchString(word) {
				fitting = append(fitting, word)
			}
		}
		if len(fitting) > 0 {
			return pick(g.r, fitting)
		}
	}
	for range 5 {
		if text := g.odd(g.oneIn(3)); pattern.MatchString(text) {
			return text
		}
	}
	for range 100 {
		if word := pick(g.r, words); pattern.MatchString(word) {
			return word
		}
	}
	return key
}

// odd returns a text of special characters, possibly of several lines.
func (g *grammar) odd(lines bool) string {
	var b strings.Builder
	if g.oneIn(40) {
		b.WriteString(strings.Repeat(pick(g.r, oddParts), 20+g.r.IntN(300)))
	}
	for range 1 + g.r.IntN(7) {
		switch n := g.r.IntN(10); {
		case n < 5:
			b.WriteString(pick(g.r, words) + " ")
		case n < 9:
			b.WriteString(pick(g.r, oddParts))
		case lines:
			b.WriteString(pick(g.r, []string{"\n", "\n\n", "\n  ", " \n", "\n\t"}))
		case g.unsafe:
			b.WriteString(pick(g.r, unsafeParts))
		}
	}
	return b.String()
}

// words are texts that match some pattern. They include the names of a few codes
// and classes, so that references can refer to existing ones.
var words = []string{
	"busy", "full", "gone", "a", "b", "client", "server", "http", "late_2", "shop", "type", "error", "busy/full", "full/a", "gone/busy",
	"https://e.test/{id}", "https://e.test/a_(b)/{code}?x='y'&z=\u00e9#", "http://e.test/tasks/{id}", "30s", "1m", "5m0s", "1h30m", "500ms", "0s", "2s",
	"Some words.", "The shop is busy", "file size exceeds 10MB", "file size exceeds <num:limit_mb>MB", "<any:what> is gone", "<num>", "too many of <any>",
	"1.2", "v2", "2001-01-01", "404", "true", "null", "00000", "42P01", "E-1", "Busy", "Retry later", "TODO", "a, b", "x.y", "ends with a stop.", "ends with none",
	"`code`", "[text](https://e.test/)", "errors/*.yaml", "UNAVAILABLE", "range", "func", "Code", "String", "unknown",
}

// keys are keys of mappings with arbitrary keys.
var keys = []string{
	"x-a", "x-owner", "x-errspec-url", "x-\u00e9 b: c", "404", "429", "500", "503", "id", "status", "state", "model", "error.code", "error.message", "error.param", "request_id", "a.b.c", "data",
}

// oddParts are texts that have a special meaning in YAML, Go, Markdown, HTML, a
// terminal or a formatter.
var oddParts = []string{
	" ", "  ", "\t", "\u00a0", "\u3000", "\u2003", "\u200d", "\u200c", "\u00ad", "e\u0301", "\U0001F600", "\U0001F468\u200d\U0001F469", "\u05d0\u05d1", "\u0627", "\u540d", "\u00df", "\u0130", "\uFF0F", "\U000F0000",
	"\"", "'", "`", "``", "```", "''", "\\", "\\n", "\\u202e", "\"\"", "*/", "/*", "//", "//go:build x", "#", " #", "# ", ":", ": ", "- ", "-", "---", "...", "? ", "?", "|", ">", "&a", "*a", "!a", "!", "%", "%YAML 1.2", "@", "=", "<<", "~",
	"[", "]", "{", "}", "{x}", ",", ", ", ";", "[a](https://e.test/b)", "[a](javascript:x)", "![a](b)", "<b>", "</script>", "<!-- x -->", "-->", "&amp;", "&", "<", ">", "<any>", "<num>", "<num:a>", "\\<", "**a**", "_a_", "1. ", "1) ", "* ", "+ ", "| a | b |", "~~~", "[x]: y",
	"Deprecated: x", "BUG(x): y", "$x", "${X}", "$(x)", "%s", "%!d", "{{.X}}", "0", "9", "a", "A", "z", "https://e.test/'()", "http://\u00e9.test", "Heading", ".", "!", "\u2026", "\u201c", "\u2019", "10MB", "3.5",
}

// unsafeParts are characters that a table must not contain.
var unsafeParts = []string{"\uFEFF", "\u200b", "\u202e", "\u200f", "\u2066", "\r", "\u2028", "\u0085", "\x00", "\x1b[31m", "\uFFFE", "\xff", "\u2060"}
