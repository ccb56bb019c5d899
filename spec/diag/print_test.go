package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"
)

func printed(t *testing.T, format Format, l List) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, format, l); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// example returns findings with and without a related location, help, a fix and a location.
func example() List {
	f := &File{Name: "a.yaml", Text: "errspec: 1\ncodes:\n  - {code: busy}\n  - {code: busy}\n"}
	return List{
		{Rule: "duplicate-code", Message: `duplicate code "busy"`, Help: "remove one", Subject: "busy", Location: at(f, 4, 12, 16), Fix: Replace(at(f, 4, 12, 16), "full"),
			Related: []Related{{Location: at(f, 3, 12, 16), Message: "first used here"}}},
		{Rule: "no-location", Severity: Info, Message: "something"},
		{Rule: "whole-file", Severity: Warning, Message: "about the file", Location: Location{File: f}},
	}
}

func TestPrintText(t *testing.T) {
	const want = `-: info: something [no-location]
a.yaml: warning: about the file [whole-file]
a.yaml:4:12: error: duplicate code "busy" [duplicate-code]
    4 |   - {code: busy}
      |            ^~~~
  a.yaml:3:12: first used here
    3 |   - {code: busy}
      |            ^~~~
   help: remove one
`
	if got := printed(t, FormatText, example()); got != want {
		t.Errorf("text is\n%s", got)
	}
}

func TestPrintLine(t *testing.T) {
	const want = `-: info: something [no-location]
a.yaml: warning: about the file [whole-file]
a.yaml:4:12: error: duplicate code "busy" [duplicate-code]
`
	if got := printed(t, FormatLine, example()); got != want {
		t.Errorf("line is\n%s", got)
	}
}

func TestPrintJSON(t *testing.T) {
	const want = `{
  "schemaVersion": 1,
  "findings": [
    {
      "rule": "no-location",
      "severity": "info",
      "message": "something",
      "file": "",
      "fingerprint": "ec1282d3148f972c5901f8126e009852"
    },
    {
      "rule": "whole-file",
      "severity": "warning",
      "message": "about the file",
      "file": "a.yaml",
      "fingerprint": "d944fca6203e7288f44404233813aea3"
    },
    {
      "rule": "duplicate-code",
      "severity": "error",
      "message": "duplicate code \"busy\"",
      "file": "a.yaml",
      "range": {
        "start": {
          "line": 4,
          "column": 12
        },
        "end": {
          "line": 4,
          "column": 16
        }
      },
      "related": [
        {
          "message": "first used here",
          "file": "a.yaml",
          "range": {
            "start": {
              "line": 3,
              "column": 12
            },
            "end": {
              "line": 3,
              "column": 16
            }
          }
        }
      ],
      "help": "remove one",
      "fix": {
        "message": "write full",
        "edits": [
          {
            "file": "a.yaml",
            "start": 46,
            "end": 50,
            "range": {
              "start": {
                "line": 4,
                "column": 12
              },
              "end": {
                "line": 4,
                "column": 16
              }
            },
            "text": "full"
          }
        ]
      },
      "fingerprint": "e6f167179b60f113e56d0f29a6d42d86"
    }
  ]
}
`
	if got := printed(t, FormatJSON, example()); got != want {
		t.Errorf("JSON is\n%s", got)
	}
	if got := printed(t, FormatJSON, nil); got != "{\n  \"schemaVersion\": 1,\n  \"findings\": []\n}\n" {
		t.Errorf("JSON without findings is %s", got)
	}
}

func TestPrintNothing(t *testing.T) {
	for _, format := range Formats() {
		if got := printed(t, format, nil); (got != "") != format.IsDocument() {
			t.Errorf("%s without findings is %q", format, got)
		}
	}
	if err := Print(new(bytes.Buffer), "xml", nil); err == nil {
		t.Error("no error for an unknown format")
	}
	for _, format := range Formats() {
		if err := Print(broken{}, format, example()); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v, want the error of the writer", format, err)
		}
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// The caret is under the location in all kinds of lines. ‹ and › mark the location.
func TestCaret(t *testing.T) {
	long := strings.Repeat("0123456789", 40)
	for _, c := range []struct{ name, line, want string }{
		{"one", "ab‹c›d", "abcd\n  ^"},
		{"empty", "ab‹›cd", "abcd\n  ^"},
		{"end", "abcd‹›", "abcd\n    ^"},
		{"several", "‹abcd›", "abcd\n^~~~"},
		{"tab", "\ta\t‹b›", " a b\n   ^"},
		{"wide", "忙し: ‹い😀x›", "忙し: い😀x\n      ^~~~~"},
		{"combining", "e\u0301e\u0301‹e\u0301x›", "e\u0301e\u0301e\u0301x\n  ^~"},
		{"half-width", "ﾊﾝ‹ｶ›", "ﾊﾝｶ\n  ^"},
		{"full-width", "ＡＢ‹Ｃ›", "ＡＢＣ\n    ^~"},
		{"joined", "a\u200db‹c›", "a\u200dbc\n  ^"},
		{"hostile", "\x1b[31m‹\u202e›", "\uFFFD[31m\uFFFD\n     ^"},
		{"not UTF-8", "\xff\xfe‹\x80›", "\uFFFD\uFFFD\uFFFD\n  ^"},
		{"long, at its start", "‹" + long[:5] + "›" + long[5:], long[:160] + "…\n^~~~~"},
		{"long, in the middle", long[:300] + "‹" + long[300:310] + "›" + long[310:], "…" + long[200:360] + "…\n " + strings.Repeat(" ", 100) + "^~~~~~~~~~"},
		{"long, at its end", long[:399] + "‹" + long[399:] + "›", "…" + long[299:] + "\n " + strings.Repeat(" ", 100) + "^"},
		{"long, to its end", "0‹" + long[1:] + "›", long[:160] + "…\n ^" + strings.Repeat("~", 158)},
		{"as long as the window", long[:159] + "‹0›", long[:159] + "0\n" + strings.Repeat(" ", 159) + "^"},
	} {
		before, rest, _ := strings.Cut(c.line, "‹")
		marked, after, _ := strings.Cut(rest, "›")
		f := &File{Text: "\n" + before + marked + after + "\n"}
		start := f.Position(1 + len(before))
		end := f.Position(1 + len(before) + len(marked))
		got := printed(t, FormatText, List{{Location: Location{File: f, Start: start, End: end}}})
		_, got, _ = strings.Cut(got, "\n")
		want := "    2 | " + strings.Replace(c.want, "\n", "\n      | ", 1) + "\n"
		if got != want {
			t.Errorf("%s: shown as\n%s\nwant\n%s", c.name, got, want)
		}
	}
}

func TestCaretFarDown(t *testing.T) {
	f := &File{Text: strings.Repeat("\n", 123455) + "  abc"}
	got := printed(t, FormatText, List{{Location: at(f, 123456, 3, 6)}})
	if want := "123456 |   abc\n       |   ^~~\n"; !strings.HasSuffix(got, want) {
		t.Errorf("shown as\n%s", got)
	}
	// Locations outside of the text have no excerpt.
	for _, l := range []Location{at(f, 123457, 1, 1), at(f, 1, 1, 1), at(f, 123456, 300, 301)} {
		if got := printed(t, FormatText, List{{Location: l}}); strings.Contains(got, "|") {
			t.Errorf("%v shown as\n%s", l, got)
		}
	}
	over := Location{File: f, Start: Pos{123456, 3}, End: Pos{123457, 9}}
	if got := printed(t, FormatText, List{{Location: over}}); !strings.HasSuffix(got, "|   ^\n") {
		t.Errorf("several lines, shown as\n%s", got)
	}
}

// Hostile text in any part of a finding does not reach the terminal. JSON keeps it as escapes.
func TestPrintHostile(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r < 0xE0100; r++ {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			all.WriteRune(r)
		}
	}
	hostile := "a" + all.String() + "\x1b]0;title\a\xff\xc0\xaf|z"
	f := &File{Name: "f" + hostile, Text: hostile}
	start := at(f, 1, 1, 2)
	l := List{{Rule: "r", Message: hostile, Help: hostile, Location: start, Related: []Related{{Location: start, Message: hostile}}}}
	for _, format := range Formats() {
		got := printed(t, format, l)
		for i, r := range got {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)) {
				t.Errorf("%s: %U at byte %d", format, r, i)
			}
		}
		if lines := strings.Count(got, "\n"); (format == FormatLine || format == FormatGitHub) && lines != 1 || format == FormatText && lines != 7 {
			t.Errorf("%s: %d lines\n%s", format, lines, got)
		}
	}
	var report struct{ Findings []struct{ File string } }
	if err := json.Unmarshal([]byte(printed(t, FormatJSON, l)), &report); err != nil {
		t.Fatal(err)
	}
	if want := strings.ToValidUTF8(f.Name, ""); strings.ReplaceAll(report.Findings[0].File, "\uFFFD", "") != want {
		t.Errorf("JSON names the file %q, want %q", report.Findings[0].File, want)
	}
}

// Long messages are shortened.
func TestPrintLong(t *testing.T) {
	long := strings.Repeat("é", 10_000)
	for _, format := range []Format{FormatLine, FormatText} {
		got := printed(t, format, List{{Message: long, Help: long, Related: []Related{{Message: long}}}})
		for line := range strings.Lines(got) {
			if n := len([]rune(line)); n > 600 || !strings.Contains(line, "é…") {
				t.Errorf("%s: a line of %d characters: %.80s", format, n, line)
			}
		}
	}
	exact := strings.Repeat("é", 500)
	if got := printed(t, FormatLine, List{{Message: exact, Rule: "r"}}); got != "-: error: "+exact+" [r]\n" {
		t.Errorf("500 characters are shortened: %s", got)
	}
}
