package output

import (
	"strings"
	"testing"
)

// Names must be quoted like in git, so that git apply and patch can read them.
func TestQuoteName(t *testing.T) {
	for name, want := range map[string]string{
		"a/docs/e.md":  "a/docs/e.md",
		"a/é 日.md":     "a/é 日.md",
		`a/"b\c`:       `"a/\"b\\c"`,
		"a/x\n\x1b[1m": `"a/x\012\033[1m"`,
		"a/\u202ey":    `"a/\342\200\256y"`,
		"a/\xff":       `"a/\377"`,
	} {
		if got := quoteName(name); got != want {
			t.Errorf("quoteName(%q) = %s, want %s", name, got, want)
		}
	}
	got := string(Diff("x\ny.md", []byte("a\n"), []byte("b\n")))
	if !strings.Contains(got, "\n--- \"a/x\\012y.md\"\n+++ \"b/x\\012y.md\"\n") {
		t.Error(got)
	}
}
