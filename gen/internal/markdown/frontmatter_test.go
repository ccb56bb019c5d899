package markdown

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/prose"
)

// Front matter is valid YAML for any text of the table. Reading it returns the
// text in place of its placeholder.
func TestFrontMatterContainsAnyText(t *testing.T) {
	front := mapping(t, "title: '{title}'\nboth: '{code}: {description}'\nsaid: [plain, '{title}']\nn: '{position}'\nyes: {deep: '{title}', none: ~}\n")
	for _, text := range []string{
		"plain", "---", "a: b", "\"quoted\"", "it's", "- x", "# x", "{title}", "${x}", "yes", "null", "~", "1e3", "2024-01-01", "*a", "&a", "!!int 3", "a\\nb", "a\u2028b", "é 中 😀", "<!-- x -->", "%x", "@x", "`",
	} {
		c := &plan.Code{Wire: "w" + text, Title: text, Description: "d " + text}
		got, err := frontMatter(front, codeFacts(&plan.Plan{}, c, 3))
		if err != nil {
			t.Fatal(err)
		}
		inner, ok := strings.CutSuffix(strings.TrimPrefix(got, "---\n"), "\n---\n")
		if !ok || strings.Contains("\n"+inner, "\n---") {
			t.Fatalf("%q gives\n%s", text, got)
		}
		var read map[string]any
		if err := yaml.Unmarshal([]byte(inner), &read); err != nil {
			t.Fatalf("%q gives\n%s%v", text, got, err)
		}
		shown := brief(prose.Inline(text))
		want := map[string]any{
			"title": shown, "both": c.Wire + ": " + brief(prose.Inline(c.Description)), "said": []any{"plain", shown}, "n": 3,
			"yes": map[string]any{"deep": shown, "none": nil},
		}
		if !reflect.DeepEqual(read, want) {
			t.Errorf("%q gives\n%sgot %v, want %v", text, got, read, want)
		}
	}
}

// Texts of the configuration remain unchanged in every style of YAML.
func TestFrontMatterKeepsTexts(t *testing.T) {
	const template = "literal: |2\n\n    two\n  lines\nfolded: >2\n\n\n  one\nend: >+\n  a\n\n\nkept: |+\n\n\n? |2\n\n  key\n: 'x\n\n\n  y'\n"
	got, err := frontMatter(mapping(t, template), nil)
	if err != nil {
		t.Fatal(err)
	}
	var read, want map[string]any
	if err := errors.Join(yaml.Unmarshal([]byte(template), &want), yaml.Unmarshal([]byte(strings.Trim(got, "-")), &read)); err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	if !reflect.DeepEqual(read, want) {
		t.Errorf("got %q, want %q:\n%s", read, want, got)
	}
}

// Values whose facts are empty are omitted, and so are mappings and lists that
// become empty.
func TestFrontMatterOmitsEmptyValues(t *testing.T) {
	for template, want := range map[string]string{
		"a: '{code}'\n":                            "",
		"a: '{code}'\nb: 1\n":                      "---\nb: 1\n---\n",
		"a: ['{code}', '{class}']\nb: x\n":         "---\nb: x\n---\n",
		"a: {b: '{code}'}\n":                       "",
		"a: 'errors/{code}'\nb: '{code}{title}'\n": "---\nb: \"T\"\n---\n",
		"a: []\nb: ''\n# comment\nc: '{x y}'\n":    "---\na: []\nb: \"\"\nc: \"{x y}\"\n---\n",
		"a: '{position}'\n":                        "---\na: 0\n---\n",
		"{}\n":                                     "",
	} {
		got, err := frontMatter(mapping(t, template), indexFacts(&plan.Plan{Title: "T"}, Options{File: "x.md"}))
		if err != nil || got != want {
			t.Errorf("%q gives %q, %v; want %q", template, got, err, want)
		}
	}
}

// Facts are limited in length, and so is front matter, so that the mark after
// it is found.
func TestFrontMatterLimits(t *testing.T) {
	long := &plan.Plan{Title: strings.Repeat("é", 5000)}
	got, err := frontMatter(mapping(t, "a: '{title}'\n"), indexFacts(long, Options{}))
	if err != nil || strings.Count(got, "é") != longestFact-1 || !strings.Contains(got, "é…") {
		t.Errorf("got %s, %v", got, err)
	}
	template := mapping(t, "a: '"+strings.Repeat("{title}", 1000)+"'\n")
	if _, err := Emit(long, Options{File: "x.md", FrontMatter: template}); err == nil || !strings.Contains(err.Error(), "x.md") {
		t.Errorf("got %v", err)
	}
}
