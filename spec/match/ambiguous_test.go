package match

import (
	"strings"
	"testing"
)

// TestPathsMeet checks patterns in which paths meet repeatedly, at every position. Only one of them
// may continue, or the list of threads would overflow.
func TestPathsMeet(t *testing.T) {
	for n := 1; n <= 90; n++ {
		pad := strings.Repeat("q", n)
		p := MustParse(pad + "<num:n><num:m> <any:rest> end")
		set := mustCompile(t, []Entry{{Phrase: p}})
		message := strings.Repeat(pad+"123  ", 2*maxStates)
		if i, ok := set.Find(message); ok {
			t.Errorf("%q: Find returns %d for a message without the end of the phrase", p, i)
		}
		rest, ok := set.Value(0, message+"end", "rest")
		if want := strings.TrimPrefix(strings.TrimRight(message, " "), pad+"123  "); rest != want || !ok {
			t.Errorf("%q: rest is %.100q, %v, want %.100q", p, rest, ok, want)
		}
		if got, ok := set.Value(0, message+"end", "n"); got != "12" || !ok {
			t.Errorf("%q: n is %q, %v", p, got, ok)
		}
	}
}

// TestParallelPaths checks patterns with two parallel paths, at every position and distance. The
// preferred one, in which the number takes all digits, does not match.
func TestParallelPaths(t *testing.T) {
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
				t.Fatalf("%q: found without a number", p)
			}
		}
	}
}
