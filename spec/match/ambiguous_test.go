package match

import (
	"strings"
	"testing"
)

// TestManyWays has ways through a pattern meet again and again, at each of its places: of those
// that meet only one may go on, or there would be more than a list of them holds.
func TestManyWays(t *testing.T) {
	for n := 1; n <= 90; n++ {
		pad := strings.Repeat("q", n)
		p := MustParse(pad + "<num:n><num:m> <any:rest> end")
		set := mustCompile(t, []Entry{{Phrase: p}})
		message := strings.Repeat(pad+"123  ", 2*maxStates)
		if i, ok := set.Find(message); ok {
			t.Errorf("%q: Find finds %d without its end", p, i)
		}
		rest, ok := set.Value(0, message+"end", "rest")
		if want := strings.TrimPrefix(strings.TrimRight(message, " "), pad+"123  "); rest != want || !ok {
			t.Errorf("%q: the rest is %.100q, %v, want %.100q", p, rest, ok, want)
		}
		if got, ok := set.Value(0, message+"end", "n"); got != "12" || !ok {
			t.Errorf("%q: n is %q, %v", p, got, ok)
		}
	}
}

// TestWaysAside has two ways through a pattern side by side, at every place and distance: the
// preferred one, a number that takes all digits, ends before the pattern does.
func TestWaysAside(t *testing.T) {
	for n := 0; n <= 70; n++ {
		for k := 1; k <= 30; k++ {
			digits := strings.Repeat("5", k) + "." + strings.Repeat("5", k)
			pad := strings.Repeat("q", n)
			p := MustParse(pad + "<num:n>" + digits + "x")
			set := mustCompile(t, []Entry{{Phrase: p}})
			if got, ok := set.Value(0, pad+"7"+digits+"x", "n"); got != "7" || !ok {
				t.Fatalf("%q: n is %q, %v", p, got, ok)
			}
			if _, ok := set.Find(pad + digits + "x"); ok {
				t.Fatalf("%q: is found without a number", p)
			}
		}
	}
}
