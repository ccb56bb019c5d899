package form

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/diag"
)

// slips are mistakes that are no YAML. ‹ and › stand around the place that is
// reported.
var slips = []struct{ text, message string }{
	{"a: ‹\"›b\nc: d\n", "the quoted text that begins here is not closed"},
	{"a: ‹'›b\nc: d\n", "the quoted text that begins here is not closed"},
	{"a: ‹\"›b\n---\n", "the quoted text that begins here is not closed"},
	{"a: x # 'b\nc: ‹\"›d\n", "the quoted text that begins here is not closed"},
	{"a: it's\nb: ‹'›c\n", "the quoted text that begins here is not closed"},
	{"a: [b, ‹'›c, d]\n", "the quoted text that begins here is not closed"},
	{"a: ‹\"›b\nc: \"d\"\ne: f\n", "the quoted text that begins here ends only in line 2"},
	{"a: ‹'›b\n# c\n\nd: 'e'\n", "the quoted text that begins here ends only in line 4"},
	{"a: \"b \"‹c\"› d\n", "the quoted text ends before this"},
	{"a: 'b'‹c›\n", "the quoted text ends before this"},
	{"a: 'b' ‹\"c\"›\n", "the quoted text ends before this"},
	{"a: [b] ‹c›\n", "this stands after the end of the value"},
	{"a: {b: c} ‹d›\n", "this stands after the end of the value"},
	{"a: b\n ‹c:› d\n", "this key is indented below one that has its value already"},
	{"a:\n  b: c\n ‹d:› e\n", "the indent of this line fits nothing above it"},
	{"a:\n  - b: c\n   ‹d:› e\n", "the indent of this line fits nothing above it"},
	{"a:\n  - b: c\n ‹-› d\n", "a list item stands beside keys"},
	{"a: b\n‹-› c\n", "a list item stands beside keys"},
	{"a:\n‹\t›b: c\n", "a tab cannot indent"},
	{"a:\n  b: c\n  ‹\t›d: e\n", "a tab cannot indent"},
	{"a: |\n‹\t›b\n", "a tab cannot indent"},
	{"a‹:›b\nc: d\n", "a space is missing after the colon"},
	{"a:\n  - b‹:›c\n    d: e\n", "a space is missing after the colon"},
	{"a:\n  b: c\n  d‹:›e\n  f: g\n", "a space is missing after the colon"},
	{"‹a b›\nc: d\n", "a key and a colon belong here"},
	{"a:\n  ‹b›\n  c: d\n", "a key and a colon belong here"},
	{"a: b\n c\n  ‹d:› e\n", "this key is indented below one that has its value already"},
	{"‹https://a.b›\nc: d\n", "a key and a colon belong here"},
	{"a: b‹:› c\n", "a colon and a space inside text that is not in quotes"},
	{"a: b c‹:›\nd: e\n", "a colon and a space inside text that is not in quotes"},
	{"- a: b‹:› c\n", "a colon and a space inside text that is not in quotes"},
	{"a: ‹[›b, c\nd: e\n", "the list that begins here is not closed"},
	{"a: ‹[›[b], [c]\nd: e\n", "the list that begins here is not closed"},
	{"a: [[b], ‹[›c\nd: e\n", "the list that begins here is not closed"},
	{"a: ‹{›b: c\nd: e\n", "the mapping that begins here is not closed"},
	{"a: ‹{›\"b\":\"c]\",\"d\":\"e\"\n", "the mapping that begins here is not closed"},
	{"a: ‹[›b, # ] \"c\n  d\ne: f\n", "the list that begins here is not closed"},
	{"a: [b‹}›\n", "] belongs here, not }"},
	{"a: {b: [c]‹]›\n", "} belongs here, not ]"},
	{"a: [b]‹]›\n", "there is nothing that this ] closes"},
	{"a: ‹}›\n", "there is nothing that this } closes"},
	{"a: ‹[›b, \"c\" d]\n", "a comma is missing between the items of the list that begins here"},
	{"a: ‹{›b: c d: e}\n", "a comma is missing between the items of the mapping that begins here"},
	{"a: [b, ‹,› c]\n", "a value is missing before this comma"},
	{"a: [[], {}, b, ‹,› c]\n", "a value is missing before this comma"},
	{"a: [‹,›]\n", "a value is missing before this comma"},
	{"a:\n  - ‹]›\n", "there is nothing that this ] closes"},
	{"a:\n  ‹}›\n", "there is nothing that this } closes"},
	{"a: []‹]›\n", "there is nothing that this ] closes"},
	{"a: ‹[›b,\n", "the list that begins here is not closed"},
	{"a: ‹[›", "the list that begins here is not closed"},
	{"a: ‹{›b: c, ", "the mapping that begins here is not closed"},
	{"a: ‹[›\n", "the list that begins here is not closed"},
	{"a: ‹,› b\n", "a value is missing before this comma"},
	{"a: ‹@›b\n", "text cannot begin with @ here"},
	{"a: ‹`›b`\n", "text cannot begin with ` here"},
	{"a: ‹%›b\n", "text cannot begin with % here"},
	{"a: [b, ‹|›c]\n", "text cannot begin with | here"},
	{"a: [b, ‹>›c]\n", "text cannot begin with > here"},
	{"a: ‹>› b\n", "text cannot begin with > here"},
	{"a: ‹|›0\n  b\n", "text cannot begin with | here"},
	{"a: ‹*›* b\n", "text cannot begin with * here"},
	{"a: [b, ‹&› c]\n", "text cannot begin with & here"},
	{"a: ‹!›<b\n", "text cannot begin with ! here"},
	{"a: ‹!›b!c d\n", "text cannot begin with ! here"},
	{"a: ‹!›%zz d\n", "text cannot begin with ! here"},
	{"a: ‹?› b\n", "text cannot begin with ? here"},
	{"a: ‹-› b\n", "a list item cannot stand here"},
	{"a: \"b ‹\\d›\\d\"\n", `\d is no escape`},
	{"a: \"b\n  \\\\\\\" ‹\\é›\"\n", `\é is no escape`},
	{"a: \"‹\\x›G\"\n", `\x is no escape`},
	{"a: \"‹\\ud83d›\\ude00\"\n", `\ud83d is no escape`},
	{"a: \"‹\\U00110000›\"\n", `\U00110000 is no escape`},
}

// The same mistake is found at the same place whatever stands above it and
// however lines end.
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
	if head, line, ok := strings.Cut(message, "only in line "); ok { // counted in the whole file
		n := strings.Count(above, "\n")
		message = fmt.Sprintf("%sonly in line %d", head, n+int(line[0]-'0'))
	}
	if want := "not valid YAML: " + message; got.Message != want || got.Rule != RuleSyntax {
		t.Errorf("%q: %s, want %s", text, got, want)
	}
	if want := file.Position(start); got.Start != want {
		t.Errorf("%.200q: at %v, want %v (%s)", text, got.Start, want, got.Message)
	}
	// Marks are written where they catch the eye; a key ends before its colon.
	wantEnd := file.Position(end)
	if strings.HasPrefix(got.Message, "not valid YAML: this key") {
		wantEnd.Column--
	}
	if got.End != wantEnd {
		t.Errorf("%.200q: to %v, want %v (%s)", text, got.End, wantEnd, got.Message)
	}
	if got.Help == "" {
		t.Errorf("%.200q: no help", text)
	}
}

// An alias without an anchor is one that could not be used anyway.
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

// What is longer than is parsed again and again still has a line.
func TestSyntaxOfLongText(t *testing.T) {
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
