package diag

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestIsHostile(t *testing.T) {
	for _, r := range "\x00\t\n\r\x1b\x7f\u0080\u009b\u061c\u200b\u200e\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\U000E0041" {
		if !IsHostile(r) {
			t.Errorf("%U is not hostile", r)
		}
	}
	for _, r := range " aé日\u00a0\u00ad\u0600\u200c\u200d\ufffd😀" {
		if IsHostile(r) {
			t.Errorf("%U is hostile", r)
		}
	}
}

func TestPrintable(t *testing.T) {
	for _, c := range []struct{ text, line, lines string }{
		{"a b", "a b", "a b"},
		{"a\tb\nc\r\nd\r", "a b c\uFFFD d\uFFFD", "a\tb\nc\nd\uFFFD"},
		{"\x1b[31m\u202e\x9b\u009b", "\uFFFD[31m\uFFFD\uFFFD\uFFFD", "\uFFFD[31m\uFFFD\uFFFD\uFFFD"},
	} {
		if got := Printable(c.text); got != c.line {
			t.Errorf("Printable(%q) = %q, want %q", c.text, got, c.line)
		}
		if got := PrintableLines(c.text); got != c.lines {
			t.Errorf("PrintableLines(%q) = %q, want %q", c.text, got, c.lines)
		}
	}
}

// The runner of GitHub Actions finds ::NAME:: at the start of a line, after white
// space of any kind, and ##[NAME] anywhere; others find ##vso[ and ##teamcity[.
func TestWithoutCommands(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "",
		"a::b\n":                    "a::b\n",
		"# a\n## b\n##\n":           "# a\n## b\n##\n",
		"::error::x\n":              ":\uFFFDerror::x\n",
		"a\n \t\u00a0::error::x":    "a\n \t\u00a0:\uFFFDerror::x",
		":::error::":                ":\uFFFD:error::",
		"a ##[error]x":              "a #\uFFFD[error]x",
		"##vso[task.complete]##[x]": "#\uFFFDvso[task.complete]#\uFFFD[x]",
		"###[x] ## [x] ##a##[b]":    "##\uFFFD[x] ## [x] ##a#\uFFFD[b]",
		"##teamcity[x]\n::a::\n":    "#\uFFFDteamcity[x]\n:\uFFFDa::\n",
	} {
		if got := WithoutCommands(text); got != want {
			t.Errorf("WithoutCommands(%q) = %q, want %q", text, got, want)
		}
	}
}

// Escapes do not change the values of a document.
func TestEscapeJSON(t *testing.T) {
	const text = "##[error]x ###[y] \u202e\u009b\U000E0041 ## z\n"
	data, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	escaped := EscapeJSON(string(data))
	var back string
	if err := json.Unmarshal([]byte(escaped), &back); err != nil || back != text {
		t.Errorf("%s comes back as %q, %v", escaped, back, err)
	}
	if strings.ContainsFunc(escaped, IsHostile) || WithoutCommands(escaped) != escaped {
		t.Errorf("%q", escaped)
	}
}
