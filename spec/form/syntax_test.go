package form

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
)

// slips are invalid YAML texts with their messages. ‹ and › mark the reported location.
var slips = []struct{ text, message string }{
	{"a: ‹\"›b\nc: d\n", "unclosed quoted text"},
	{"a: ‹'›b\nc: d\n", "unclosed quoted text"},
	{"a: ‹\"›b\n---\n", "unclosed quoted text"},
	{"a: x # 'b\nc: ‹\"›d\n", "unclosed quoted text"},
	{"a: it's\nb: ‹'›c\n", "unclosed quoted text"},
	{"a: [b, ‹'›c, d]\n", "unclosed quoted text"},
	{"a: ‹\"›b\nc: \"d\"\ne: f\n", "the quoted text that starts here ends only on line 2"},
	{"a: ‹'›b\n# c\n\nd: 'e'\n", "the quoted text that starts here ends only on line 4"},
	{"a: \"b \"‹c\"› d\n", "unexpected text after the closing quote"},
	{"a: 'b'‹c›\n", "unexpected text after the closing quote"},
	{"a: 'b' ‹\"c\"›\n", "unexpected text after the closing quote"},
	{"a: [b] ‹c›\n", "unexpected text after the end of the value"},
	{"a: {b: c} ‹d›\n", "unexpected text after the end of the value"},
	{"a: b\n ‹c:› d\n", "key indented under a key that already has a value"},
	{"a:\n  b: c\n ‹d:› e\n", "inconsistent indentation"},
	{"a:\n  - b: c\n   ‹d:› e\n", "inconsistent indentation"},
	{"a:\n  - b: c\n ‹-› d\n", "list item at the same level as keys"},
	{"a: b\n‹-› c\n", "list item at the same level as keys"},
	{"a:\n‹\t›b: c\n", "tab used for indentation"},
	{"a:\n  b: c\n  ‹\t›d: e\n", "tab used for indentation"},
	{"a: |\n‹\t›b\n", "tab used for indentation"},
	{"a‹:›b\nc: d\n", "missing space after the colon"},
	{"a:\n  - b‹:›c\n    d: e\n", "missing space after the colon"},
	{"a:\n  b: c\n  d‹:›e\n  f: g\n", "missing space after the colon"},
	{"‹a b›\nc: d\n", "expected a key and a colon"},
	{"a:\n  ‹b›\n  c: d\n", "expected a key and a colon"},
	{"a: b\n c\n  ‹d:› e\n", "key indented under a key that already has a value"},
	{"‹https://a.b›\nc: d\n", "expected a key and a colon"},
	{"a: b‹:› c\n", "colon followed by a space in unquoted text"},
	{"a: b c‹:›\nd: e\n", "colon followed by a space in unquoted text"},
	{"- a: b‹:› c\n", "colon followed by a space in unquoted text"},
	{"a: ‹[›b, c\nd: e\n", "unclosed list"},
	{"a: ‹[›[b], [c]\nd: e\n", "unclosed list"},
	{"a: [[b], ‹[›c\nd: e\n", "unclosed list"},
	{"a: ‹{›b: c\nd: e\n", "unclosed mapping"},
	{"a: ‹{›\"b\":\"c]\",\"d\":\"e\"\n", "unclosed mapping"},
	{"a: ‹[›b, # ] \"c\n  d\ne: f\n", "unclosed list"},
	{"a: [b‹}›\n", "expected ], got }"},
	{"a: {b: [c]‹]›\n", "expected }, got ]"},
	{"a: [b]‹]›\n", "unmatched ]"},
	{"a: ‹}›\n", "unmatched }"},
	{"a: ‹[›b, \"c\" d]\n", "missing comma between the items of the list that starts here"},
	{"a: ‹{›b: c d: e}\n", "missing comma between the items of the mapping that starts here"},
	{"a: [b, ‹,› c]\n", "missing value before this comma"},
	{"a: [[], {}, b, ‹,› c]\n", "missing value before this comma"},
	{"a: [‹,›]\n", "missing value before this comma"},
	{"a:\n  - ‹]›\n", "unmatched ]"},
	{"a:\n  ‹}›\n", "unmatched }"},
	{"a: []‹]›\n", "unmatched ]"},
	{"a: ‹[›b,\n", "unclosed list"},
	{"a: ‹[›", "unclosed list"},
	{"a: ‹{›b: c, ", "unclosed mapping"},
	{"a: ‹[›\n", "unclosed list"},
	{"a: ‹,› b\n", "missing value before this comma"},
	{"a: ‹@›b\n", "unquoted text cannot start with @"},
	{"a: ‹`›b`\n", "unquoted text cannot start with `"},
	{"a: ‹%›b\n", "unquoted text cannot start with %"},
	{"a: [b, ‹|›c]\n", "unquoted text cannot start with |"},
	{"a: [b, ‹>›c]\n", "unquoted text cannot start with >"},
	{"a: ‹>› b\n", "unquoted text cannot start with >"},
	{"a: ‹|›0\n  b\n", "unquoted text cannot start with |"},
	{"a: ‹*›* b\n", "unquoted text cannot start with *"},
	{"a: [b, ‹&› c]\n", "unquoted text cannot start with &"},
	{"a: ‹!›<b\n", "unquoted text cannot start with !"},
	{"a: ‹!›b!c d\n", "unquoted text cannot start with !"},
	{"a: ‹!›%zz d\n", "unquoted text cannot start with !"},
	{"a: ‹?› b\n", "unquoted text cannot start with ?"},
	{"a: ‹-› b\n", "unexpected list item"},
	{"a: \"b ‹\\d›\\d\"\n", `invalid escape \d`},
	{"a: \"b\n  \\\\\\\" ‹\\é›\"\n", `invalid escape \é`},
	{"a: \"‹\\x›G\"\n", `invalid escape \x`},
	{"a: \"‹\\ud83d›\\ude00\"\n", `invalid escape \ud83d`},
	{"a: \"‹\\U00110000›\"\n", `invalid escape \U00110000`},
}

// A syntax error has the same message and location after any valid text and with any line ends.
func TestSyntax(t *testing.T) {
	var many strings.Builder
	for i := range 50 {
		fmt.Fprintf(&many, "k%d: välue\n", i)
	}
	for _, above := range []string{
		"",
		"# a comment: \"with [quotes\n\n",
		"\uFEFFä: 'ö'\n",
		"x: \"y\n  z\"\nw: {v: [u, 't']}\n",
		"x: |\n  \" ' [ { \t @ : b\n",
		many.String(),
	} {
		for _, slip := range slips {
			if strings.HasPrefix(slip.text, "-") && above != "" {
				continue // a list has no keys above it
			}
			for _, lineEnd := range []string{"\n", "\r\n"} {
				checkSyntax(t, above, slip.text, slip.message, lineEnd)
			}
		}
	}
}

func checkSyntax(t *testing.T, above, marked, message, lineEnd string) {
	t.Helper()
	text := strings.ReplaceAll(above+marked, "\n", lineEnd)
	start := strings.LastIndex(text, "‹")
	text = strings.Replace(text, "‹", "", 1)
	end := strings.LastIndex(text, "›")
	text = strings.Replace(text, "›", "", 1)

	file := &diag.File{Name: "t", Text: text}
	d := NewDecoder(file)
	if d.Parse() != nil || len(d.Findings()) != 1 {
		t.Errorf("%q: findings %v", text, d.Findings())
		return
	}
	got := d.Findings()[0]
	if head, line, ok := strings.Cut(message, "only on line "); ok { // a line number in the whole file
		n := strings.Count(above, "\n")
		message = fmt.Sprintf("%sonly on line %d", head, n+int(line[0]-'0'))
	}
	if want := "invalid YAML: " + message; got.Message != want || got.Rule != RuleSyntax {
		t.Errorf("%q: %s, want %s", text, got, want)
	}
	if want := file.Position(start); got.Start != want {
		t.Errorf("%.200q: at %v, want %v (%s)", text, got.Start, want, got.Message)
	}
	// For readability, the marks of slips include the colon of a key.
	wantEnd := file.Position(end)
	if strings.HasPrefix(got.Message, "invalid YAML: key indented") {
		wantEnd.Column--
	}
	if got.End != wantEnd {
		t.Errorf("%.200q: to %v, want %v (%s)", text, got.End, wantEnd, got.Message)
	}
	if got.Help == "" {
		t.Errorf("%.200q: no help", text)
	}
}

// An alias without an anchor is reported as an alias.
func TestSyntaxAlias(t *testing.T) {
	for _, text := range []string{"a: *b\n", "a: \"*b\"\nc: [d, *b]\n", "é: 'ü'\nc: *b # *b\n"} {
		d := NewDecoder(&diag.File{Text: text})
		if d.Parse() != nil || len(d.Findings()) != 1 {
			t.Fatalf("%q: findings %v", text, d.Findings())
		}
		got := d.Findings()[0]
		want := d.file.Position(strings.Index(text, " *b") + 1)
		if got.Rule != RuleAnchor || got.Start != want || got.End.Column != want.Column+2 {
			t.Errorf("%q: %s to %v", text, got, got.End)
		}
	}
}

// Errors in a text that is too long to be parsed repeatedly still have a line.
func TestSyntaxLongText(t *testing.T) {
	above := strings.Repeat("# a comment\n", repeated/8)
	for text, want := range map[string]diag.Pos{
		"a: 'b' c\n":  {Line: repeated/8 + 1, Column: 1},
		"a: b: c\n":   {Line: repeated/8 + 1, Column: 5},
		"a: \"b\n":    {Line: repeated/8 + 1, Column: 4},
		"a: [b\nc: d": {Line: repeated/8 + 1, Column: 4},
	} {
		d := NewDecoder(&diag.File{Text: above + text})
		if d.Parse() != nil || len(d.Findings()) != 1 {
			t.Fatalf("%q: findings %v", text, d.Findings())
		}
		if got := d.Findings()[0].Start; got != want {
			t.Errorf("%q: at %v, want %v", text, got, want)
		}
	}
}
