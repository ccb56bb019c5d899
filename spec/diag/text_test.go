package diag

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

// crowded returns findings with long words, wide and combining characters, and locations far to the
// right.
func crowded() List {
	long := "  - {code: " + strings.Repeat("very_long_", 12) + "code, title: \"忙しい店 e\u0301\u0302 \U0001F600\", description: " + strings.Repeat("忙しい", 40) + "}"
	f := &File{Name: "tables/of/a/team/errors.yaml", Text: "errspec: 1\n" + long + "\n\tshort: x\n"}
	var l List
	for _, at := range []Location{at(f, 2, 6, 10), at(f, 2, 12, 136), at(f, 2, 146, 150), at(f, 2, 150, 152), at(f, 2, 172, 260), at(f, 2, 290, 291), at(f, 3, 2, 7)} {
		l = append(l, Diagnostic{Rule: "some-rule", Severity: Severity(len(l) % 3), Location: at,
			Message: "code \"" + strings.Repeat("忙しい", 3*len(l)) + "\" of " + strings.Repeat("e\u0301", 5*len(l)) + " has an unexpected value",
			Help:    strings.Repeat("write it otherwise ", len(l)) + strings.Repeat("x", 20*len(l)),
			Related: []Related{{Location: at, Message: "this is another location of it, which comes first"}}})
	}
	return l
}

func onTerminal(t *testing.T, width int, color bool, l List) string {
	t.Helper()
	var b bytes.Buffer
	if err := (Printer{Format: FormatText, Width: width, Color: color}).Print(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var sequence = regexp.MustCompile("\x1b\\[[0-9;]*m")

// Lines are not wider than the terminal, wrapping loses no text, and colors do not change the text.
func TestTerminals(t *testing.T) {
	all := append(crowded(), example()...)
	piped := printed(t, FormatText, all)
	for _, width := range []int{20, 33, 40, 79, 80, 200} {
		got := onTerminal(t, width, false, all)
		for line := range strings.Lines(got) {
			if n := Cells(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: a line of %d columns: %s", width, n, line)
			}
		}
		if words(got) != words(piped) {
			t.Errorf("width %d: the words are\n%s\nwant\n%s", width, words(got), words(piped))
		}
		colored := onTerminal(t, width, true, all)
		if sequence.ReplaceAllString(colored, "") != got || !strings.Contains(colored, "\x1b[1;31merror:") {
			t.Errorf("width %d: with colors\n%s\nwithout\n%s", width, colored, got)
		}
		if last := strings.LastIndex(colored, "\x1b"); !strings.HasPrefix(colored[last:], "\x1b[0m") {
			t.Errorf("width %d: the color is not reset", width)
		}
	}
	if strings.Contains(piped, "\x1b") {
		t.Error("colors without a terminal")
	}
	// Invalid widths do not cause a panic.
	for _, width := range []int{-1, 1, 7, 19} {
		onTerminal(t, width, true, all)
	}
}

// words returns a text without excerpts and white space.
func words(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !excerptLine.MatchString(line) {
			b.WriteString(strings.Join(strings.Fields(line), ""))
		}
	}
	return b.String()
}

var excerptLine = regexp.MustCompile(`^ *\d* \|`)

func TestTerminalOf40(t *testing.T) {
	f := &File{Name: "shop/errors.yaml", Text: "codes:\n  - {code: busy, title: 忙しい店です, description: The shop is busy., clas: server}\n"}
	got := onTerminal(t, 40, false, List{{Rule: "unknown-key", Location: at(f, 2, 65, 69), Message: `unknown key "clas" in a code`, Help: "did you mean class?"}})
	const want = `shop/errors.yaml:2:65: error: unknown
    key "clas" in a code [unknown-key]
    2 | …he shop is busy., clas: server…
      |                    ^~~~
   help: did you mean class?
`
	if got != want {
		t.Errorf("shown as\n%s\nwant\n%s", got, want)
	}
}

func TestCells(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "忙しい": 6, "e\u0301": 1, "\u1112\u1161\u11ab": 2, "한": 2, "ｶ": 1, "Ａ": 2, "⌚": 2, "⚡": 2, "☎": 1,
		"\U0001F600": 2, "\U0001F9D1\u200d\U0001F680": 4, "\u00ad": 1, "\x1b[": 2, "\t": 1, "\u202e": 1, "𝟙": 1, "ⓐ": 1, "क्ष": 2,
	} {
		if got := Cells(s); got != want {
			t.Errorf("%q takes %d columns, want %d", s, got, want)
		}
	}
}
