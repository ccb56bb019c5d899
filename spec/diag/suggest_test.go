package diag

import (
	"math/rand/v2"
	"testing"
)

func TestSuggest(t *testing.T) {
	keys := []string{"errspec", "name", "title", "description", "retry", "classes", "codes", "x", "id"}
	for word, want := range map[string]string{
		"tittle":                   "title",
		"Title":                    "title",
		"TITLE":                    "title",
		"retyr":                    "retry", // swapped
		"rety":                     "retry",
		"descripton":               "description",
		"desription_":              "description",
		"class":                    "",
		"classs":                   "classes",
		"code":                     "codes",
		"descriptionxxx":           "description",
		"descriptionxxxx":          "",
		"nmae":                     "name",
		"nam":                      "name",
		"di":                       "id",
		"ad":                       "id",
		"X":                        "x",
		"y":                        "",
		"":                         "",
		"zz":                       "",
		"shipping":                 "",
		"descrption of everything": "",
	} {
		if got := Suggest(word, keys); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if got := Suggest("codw", []string{"coda", "code"}); got != "coda" {
		t.Errorf("of equally close candidates, got %q instead of the first", got)
	}
	if got := Suggest("codez", []string{"", "codas", "coder"}); got != "coder" {
		t.Errorf("got %q instead of the closest candidate", got)
	}
	if got := Suggest("größe", []string{"grösse", "größer"}); got != "größer" {
		t.Errorf("got %q; distances must count letters, not bytes", got)
	}
	if got := Suggest("überfüllt", nil); got != "" {
		t.Errorf("without candidates, got %q", got)
	}
}

// naive returns the optimal string alignment distance by its definition.
func naive(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	}
	cost := 1
	if a[0] == b[0] {
		cost = 0
	}
	d := min(naive(a[1:], b)+1, naive(a, b[1:])+1, naive(a[1:], b[1:])+cost)
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		d = min(d, naive(a[2:], b[2:])+1)
	}
	return d
}

func TestDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func() []rune {
		w := make([]rune, r.IntN(6))
		for i := range w {
			w[i] = []rune("abcé")[r.IntN(4)]
		}
		return w
	}
	for range 5000 {
		a, b, limit := word(), word(), r.IntN(8)
		want := min(naive(a, b), limit)
		if got := distance(a, b, limit); got != want {
			t.Fatalf("%q and %q: distance %d, want %d (limit %d)", string(a), string(b), got, want, limit)
		}
		if got := distance(b, a, limit); got != want {
			t.Fatalf("%q and %q: distance %d, but %d the other way", string(a), string(b), want, got)
		}
		if meant := Suggest(string(a), []string{string(b)}); meant != "" && naive(a, b) > documented(len(a)) {
			t.Fatalf("%q is suggested for %q", meant, string(a))
		} else if meant == "" && len(b) > 0 && naive(a, b) <= documented(len(a)) {
			t.Fatalf("%q is not suggested for %q", string(b), string(a))
		}
	}
}

// documented returns the limit that the documentation of Suggest states.
func documented(letters int) int {
	switch {
	case letters == 2:
		return 1
	case letters/3 > 3:
		return 3
	}
	return letters / 3
}
