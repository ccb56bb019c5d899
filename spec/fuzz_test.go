package spec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/tools/txtar"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/export"
)

// checkText checks the properties that hold for any text: it is read without a panic, every
// finding has a location in it and can be printed, and text without findings is a table whose
// export is an equal table.
func checkText(t *testing.T, text string) {
	t.Helper()
	table, findings := read(text)
	for _, d := range findings {
		checkFinding(t, d)
	}
	for _, format := range diag.Formats() {
		checkPrintable(t, print(t, format, findings))
	}
	if table == nil && !findings.HasErrors() {
		t.Errorf("neither a table nor an error in %q", text)
	}
	if len(findings) > 0 {
		return
	}
	var generic any
	plain := yaml12.ReplaceAllString(text, "${1}%YAML${2}1.1") // yaml.v3 does not accept version 1.2
	if err := yaml.Unmarshal([]byte(plain), &generic); err != nil {
		t.Errorf("accepted, but not YAML: %v\n%s", err, text)
	}
	encode(t, table, export.Options{})
	if public := encodePublic(table); strings.Contains(public, `"internal":`) {
		t.Errorf("internal codes in the public export:\n%s", public)
	}
}

var yaml12 = regexp.MustCompile(`(?m)(^|\A\x{FEFF})%YAML([ \t]+)1\.2`)

func encodePublic(table *spec.Table) string {
	return string(export.JSON(table, export.Options{Public: true}))
}

// checkPrintable checks that text contains no characters that control a terminal.
func checkPrintable(t *testing.T, printed string) {
	t.Helper()
	for _, r := range printed {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029') {
			t.Errorf("%U in %q", r, printed)
			return
		}
	}
}

// inputs returns the tables of all archives.
func inputs(t testing.TB) []string {
	var texts []string
	for _, pattern := range []string{"testdata/findings/*.txtar", "testdata/accepted/*.txtar"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, reveal(string(a.Files[0].Data)))
		}
	}
	paths, _ := filepath.Glob("testdata/gallery/*.yaml")
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	if len(texts) < 200 {
		t.Fatalf("only %d texts", len(texts))
	}
	return texts
}

func FuzzParse(f *testing.F) {
	for _, text := range inputs(f) {
		f.Add(text)
	}
	f.Add("")
	f.Add(minimal)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			t.Skip("too long")
		}
		checkText(t, text)
	})
}

// Truncated tables are read as well, as an editor sees them while they are written.
func TestTruncated(t *testing.T) {
	step := longtest.Choose(61, 13)
	at := 0
	for _, text := range inputs(t) {
		if len(text) > 1<<12 {
			continue
		}
		for ; at < len(text); at += step {
			checkText(t, text[:at])
		}
		at -= len(text)
	}
}

// deadline fails a test that would otherwise hang. It does not measure speed.
const deadline = 2 * time.Minute

func finish(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(deadline):
		t.Fatalf("not finished after %v", deadline)
	}
}

// Texts that are designed to keep a parser busy are read in bounded time.
func TestHostileSize(t *testing.T) {
	const mega = 1 << 20
	for name, text := range map[string]string{
		"brackets":        strings.Repeat("[", 10_000),
		"closed brackets": strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
		"braces":          strings.Repeat("{", 10_000),
		"nested mappings": strings.Repeat("{a: ", 10_000),
		"a mega of [":     strings.Repeat("[", mega),
		"dashes":          strings.Repeat("- ", mega/2),
		"question marks":  strings.Repeat("? ", mega/2),
		"colons":          strings.Repeat(": ", mega/2),
		"double quotes":   strings.Repeat(`"`, mega),
		"odd quotes":      strings.Repeat(`"`, mega+1),
		"single quotes":   strings.Repeat("'", mega),
		"backslashes":     `"` + strings.Repeat(`\`, mega+1),
		"escapes":         "a: \"" + strings.Repeat(`\x00`, mega/4) + `"`,
		"anchors":         strings.Repeat("&a ", mega/3),
		"aliases":         "a: &a [x]\nb: [" + strings.Repeat("*a,", mega/30) + "]\n",
		"laughs":          "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\n",
		"tags":            strings.Repeat("!a ", mega/3),
		"a long key":      strings.Repeat("k", mega) + ": 1\n",
		"a long ? key":    "? " + strings.Repeat("k", mega) + "\n: 1\n",
		"a long word":     head + "codes: " + strings.Repeat("k", mega) + "\n",
		"many keys":       strings.Repeat("k: v\n", mega/50),
		"comments":        strings.Repeat("# a\n\n", mega/5),
		"line ends":       strings.Repeat("\n", mega),
		"spaces":          strings.Repeat(" ", mega),
		"documents":       strings.Repeat("---\n", mega/4),
		"commas":          "[" + strings.Repeat("a,", mega/20),
		"steps":           steps(2_000),
		"not text":        strings.Repeat("\x80\xff", mega/2),
		"empty codes":     head + "codes:\n" + strings.Repeat("- {}\n", 10_000),
		"equal codes":     head + "codes:\n" + strings.Repeat("- {code: a, title: b, description: c}\n", 5_000),
		"one line":        strings.ReplaceAll(`{"errspec": 1, "codes": [`+strings.Repeat(`{"code": "ü"},`, 5_000)+`]}`, "\n", ""),
		"open bracket":    head + "codes: [\n" + strings.Repeat("{code: a},\n", 10_000),
		"open quote":      head + strings.Repeat("x-a: \"b\"\nx-b: 'c'\n", 10_000) + "x-c: \"open\n",
	} {
		t.Run(name, func(t *testing.T) {
			finish(t, func() {
				_, findings := read(text)
				if !findings.HasErrors() {
					t.Errorf("accepted")
				}
				for _, format := range diag.Formats() {
					print(t, format, findings[:min(len(findings), 1000)])
				}
			})
		})
	}
}

// steps nests block mappings.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// Files of more than 64 MiB are not read.
func TestTooLarge(t *testing.T) {
	longtest.Only(t, "reads 64 MiB twice")
	const limit = 64 << 20
	fill := func(size int) string { return minimal + strings.Repeat("#", size-len(minimal)-1) + "\n" }
	finish(t, func() {
		if _, findings := read(fill(limit)); len(findings) > 0 {
			t.Errorf("at the limit: %v", findings)
		}
		_, findings := read(fill(limit + 1))
		if len(findings) != 1 || findings[0].String() != "table.yaml:1:1: error: file is 64 MiB; the limit is 64 MiB [too-large]" {
			t.Errorf("above the limit: %v", findings)
		}
	})
}

// Tables with thousands of codes are read, also if they are on one line.
func TestManyCodes(t *testing.T) {
	const n = 5_000
	var b strings.Builder
	b.WriteString(head + "codes:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - code: c%d\n    title: Wörter\n    description: D\n    aliases: [a%d]\n", i, i)
	}
	finish(t, func() {
		table, findings := read(b.String())
		if len(findings) > 0 || len(table.Codes) != n {
			t.Errorf("findings %v", findings)
			return
		}
		line := new(bytes.Buffer)
		if err := json.Compact(line, export.JSON(table, export.Options{})); err != nil {
			t.Error(err)
		}
		if again, findings := read(line.String()); len(findings) > 0 || export.Revision(again) != export.Revision(table) {
			t.Errorf("on one line: %v", findings)
		}
	})
}
