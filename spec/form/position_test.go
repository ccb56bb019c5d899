package form

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/diag"
)

// tables returns YAML texts: the builtin table and the tables in testdata.
func tables(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("../evolink.yaml")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		string(data), "\uFEFF" + string(data), strings.ReplaceAll(string(data), "\n", "\r\n"),
		"ä:\tö # ü\n\"忙\\\"\" : '忙''' \n? é\n: [è, \"ê\", {ë: 'ē'}, ]\nf: >-\n  x\n\n  y\ng: |2-\n    z\nh: !t &a \"x\"\ni: *a\nj: x\n  y\nk: 'x\n  y'\n",
	}
	for _, dir := range []string{"accepted", "findings"} {
		paths, _ := filepath.Glob("../testdata/" + dir + "/*.txtar")
		for _, path := range paths {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(a.Files[0].Data))
		}
	}
	return texts
}

// The location of every node covers its text, up to the end of its first line.
func TestLocate(t *testing.T) {
	nodes := 0
	for _, text := range tables(t) {
		file := &diag.File{Name: "t", Text: text}
		root, err := nextDocument(yaml.NewDecoder(strings.NewReader(withoutMark(text))))
		if err != nil {
			continue
		}
		walk(root, func(n *yaml.Node) {
			nodes++
			at := locate(file, placeOf(n))
			rest := file.From(at.Start)
			covered := string([]rune(rest)[:at.End.Column-at.Start.Column])
			if !isAt(n, rest, covered) {
				t.Errorf("%q: %s %q is at %v and covers %q of %q", text[:min(len(text), 200)], n.Tag, n.Value, at.Start, covered, rest)
			}
		})
	}
	if nodes < 3000 {
		t.Errorf("only %d nodes", nodes)
	}
}

func walk(n *yaml.Node, f func(*yaml.Node)) {
	f(n)
	for _, c := range n.Content {
		walk(c, f)
	}
}

// isAt reports whether covered, the start of rest, can be the text of a node.
func isAt(n *yaml.Node, rest, covered string) bool {
	first := ""
	if rest != "" {
		first = rest[:1]
	}
	lines := strings.Split(n.Value, "\n")
	switch {
	case n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 || first == "!":
		return first == "&" || first == "!"
	case n.Kind == yaml.AliasNode:
		return covered == "*"+n.Value
	case n.Kind == yaml.SequenceNode:
		return covered == "" && (first == "[" || first == "-")
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		return covered == "" && first == "{"
	case n.Kind == yaml.MappingNode:
		return covered == "" && (first == "?" || n.Content[0].Column == n.Column && n.Content[0].Line == n.Line)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return covered == "|" || covered == ">"
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return first == `"` && (rest == covered || strings.HasSuffix(covered, `"`) && len(covered) > 1)
	case n.Style&yaml.SingleQuotedStyle != 0:
		return first == "'" && (rest == covered || strings.HasSuffix(covered, "'") && len(covered) > 1)
	case n.Value == "": // no value after a key or dash
		return covered == "" && (first == "" || strings.Contains(" \t,]}#\r", first))
	}
	// The location of a plain scalar with several lines covers the first line.
	return covered == n.Value || rest == covered && (strings.HasPrefix(n.Value, strings.TrimRight(covered, " \t")) || strings.HasPrefix(covered, lines[0]))
}

// The location of an unsafe escape is exact in every form of the surrounding text.
func TestUnsafeEscape(t *testing.T) {
	for _, text := range []string{
		`a: "‹\0›"`, `a: "b\\‹\a›"`, `a: "\"‹\x7f›"`, `a: "\n\t\ \_‹\e›\e"`, `a: "\u00e9é‹\u202E›"`, `a: "‹\U0000FEFF›x"`, "a: \"b\n  c\\\n  d\n\n  ‹\\r›\"",
		`? "‹\N›"` + "\n: b", `[a, {b: 'c', d: "e‹\L›"}]`, `!t &a "b‹\P›"`, `{"‹\v›":"\f"}`, "\uFEFF\"‹\\b›\"",
	} {
		file := &diag.File{Text: strings.NewReplacer("‹", "", "›", "").Replace(text)}
		d := NewDecoder(file)
		d.Parse()
		var found *diag.Diagnostic
		for i, f := range d.Findings() {
			if f.Rule == RuleCharacter && found == nil {
				found = &d.Findings()[i]
			}
		}
		start := strings.Index(text, "‹")
		end := strings.Index(text, "›") - len("‹")
		if found == nil || found.Start != file.Position(start) || found.End != file.Position(end) {
			t.Errorf("%s: findings %v, want one from %v to %v", text, d.Findings(), file.Position(start), file.Position(end))
		}
	}
}

func TestUnsafeCharacters(t *testing.T) {
	for r, safe := range map[rune]bool{
		'\n': true, '\t': true, ' ': true, '~': true, 0xA0: true, 0xAD: true, 0x200C: true, 0x200D: true, 0x0600: true, 0xFE0F: true,
		0xFFFD: true, 0xE000: true, 0x1F600: true, 0x10FFFD: true, 0x0301: true,
		0: false, 7: false, 8: false, '\v': false, '\f': false, '\r': false, 0x1B: false, 0x1F: false, 0x7F: false, 0x80: false, 0x85: false, 0x9B: false, 0x9F: false,
		0x061C: false, 0x180E: false, 0x200B: false, 0x200E: false, 0x200F: false, 0x2028: false, 0x2029: false, 0x202A: false, 0x202E: false,
		0x2060: false, 0x2064: false, 0x2066: false, 0x2069: false, 0xFEFF: false, 0xFFF9: false, 0xFFFB: false, 0xE0001: false, 0xE007F: false,
		0xFDD0: false, 0xFDEF: false, 0xFFFE: false, 0xFFFF: false, 0x1FFFE: false, 0x10FFFF: false,
	} {
		if got := unsafeChar(r) == ""; got != safe {
			t.Errorf("%U is safe: %v, want %v", r, got, safe)
		}
		text := "é" + string(r) + "z"
		if offset, description := findUnsafe(text); description == "" != safe || !safe && offset != len("é") {
			t.Errorf("%q: %q at %d", text, description, offset)
		}
		// yaml.v3 accepts every safe character.
		var v string
		if err := yaml.Unmarshal([]byte("'"+strings.TrimSuffix(text, "\nz")+"'"), &v); safe && err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
