package form

import (
	"math/rand/v2"
	"testing"
)

func TestTidy(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "a": "a", " a ": "a", "a  b": "a b", "a\tb": "a b", "a \t b": "a b", "\n\na\n\n": "a", "a \n b": "a\n b",
		"a\n\nb": "a\n\nb", "a\n   - b  c": "a\n   - b c", "\u00a0a\u00a0": "\u00a0a\u00a0", "  ": "",
	} {
		if got := Tidy(s); got != want {
			t.Errorf("Tidy(%q) = %q, want %q", s, got, want)
		}
	}
	// Tidy is idempotent, and text for which isTidy returns true is unchanged.
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		b := make([]byte, r.IntN(7))
		for i := range b {
			b[i] = " \t\nab"[r.IntN(5)]
		}
		s := string(b)
		if once := Tidy(s); Tidy(once) != once || isTidy(s) && once != s {
			t.Fatalf("Tidy(%q) = %q, and again %q", s, once, Tidy(once))
		}
	}
}
