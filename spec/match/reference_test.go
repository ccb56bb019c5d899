package match

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
)

// A reference implements sets of phrases with package regexp. It converts bytes to the characters
// U+0000 to U+00FF, because package regexp cannot match arbitrary bytes.
type reference struct {
	entries []Entry
	exprs   []*regexp.Regexp
}

func latin1(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

// bytesOf is the inverse of latin1.
func bytesOf(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

func newReference(entries []Entry) *reference {
	r := &reference{entries: entries}
	for _, e := range entries {
		r.exprs = append(r.exprs, regexp.MustCompile(latin1(e.Phrase.Regexp())))
	}
	return r
}

func (r *reference) occurs(entry int, message string) bool {
	return r.exprs[entry].MatchString(latin1(message))
}

// find returns the best of all phrases that occur.
func (r *reference) find(message string) (int, bool) {
	var found []int
	for i := range r.entries {
		if r.occurs(i, message) {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return slices.MinFunc(found, func(i, j int) int {
		a, b := r.entries[i], r.entries[j]
		switch {
		case a.Fallback != b.Fallback && b.Fallback:
			return -1
		case a.Fallback != b.Fallback:
			return 1
		}
		if d := b.Phrase.Literals() - a.Phrase.Literals(); d != 0 {
			return d
		}
		return i - j
	}), true
}

func (r *reference) value(entry int, message, name string) (string, bool) {
	groups := r.exprs[entry].FindStringSubmatch(latin1(message))
	k := r.exprs[entry].SubexpIndex(name)
	if groups == nil || k < 0 {
		return "", false
	}
	return bytesOf(groups[k]), true
}

// compare fails the test if set and reference have different results for message.
func (r *reference) compare(t testing.TB, set *Set, message string) {
	t.Helper()
	got, ok := set.Find(message)
	if want, wantOK := r.find(message); got != want || ok != wantOK {
		t.Fatalf("Find(%q) = %d, %v; want %d, %v\nphrases: %q", message, got, ok, want, wantOK, sourcesOf(r.entries))
	}
	for i, e := range r.entries {
		want := r.occurs(i, message)
		if got := e.Phrase.Occurs(message); got != want {
			t.Fatalf("%q.Occurs(%q) = %v", e.Phrase, message, got)
		}
		for _, name := range append(e.Phrase.Names(), "absent", "_", "") {
			want, wantOK := r.value(i, message, name)
			if got, ok := set.Value(i, message, name); got != want || ok != wantOK {
				t.Fatalf("%q: Value(%q, %s) = %q, %v; want %q, %v", e.Phrase, message, name, got, ok, want, wantOK)
			}
		}
	}
}

func sourcesOf(entries []Entry) []string {
	var s []string
	for _, e := range entries {
		s = append(s, e.Phrase.String())
	}
	return s
}

// A generator generates phrases from a small vocabulary, so that they overlap and contain each
// other, and messages that contain them or nearly do.
type generator struct{ *rand.Rand }

func (g generator) pick(from ...string) string { return from[g.IntN(len(from))] }

var vocabulary = strings.Fields(`a b ab is no limit exceeded content detected violation unsupported
	file size MB x_1 mp4 third-party 10 5 1.5 v2. . .. - : ( é ü 日本 % $ "not" <`)

func (g generator) phrase() Phrase {
	for {
		var b strings.Builder
		for n := 1 + g.IntN(7); n > 0; n-- {
			switch g.IntN(8) {
			case 0, 1:
				b.WriteString(g.pick("<num>", "<num>", "<num:n>", "<num:m>"))
			case 2:
				b.WriteString(g.pick("<any>", "<any:a>", "<any:b>"))
			default:
				b.WriteString(g.pick(vocabulary...))
			}
			b.WriteString(g.pick("", " ", " ", "", "\t ", "."))
		}
		if p, err := Parse(b.String()); err == nil {
			return p
		}
	}
}

func (g generator) entries(n int) []Entry {
	entries := make([]Entry, n)
	for i := range entries {
		entries[i] = Entry{Phrase: g.phrase(), Owner: i, Fallback: g.IntN(5) == 0}
	}
	return entries
}

// message returns noise that contains texts of some entries, some of them damaged.
func (g generator) message(entries []Entry) string {
	var b strings.Builder
	for n := g.IntN(5); n > 0; n-- {
		if g.IntN(3) == 0 {
			b.WriteString(g.noise())
		}
		b.WriteString(g.text(entries[g.IntN(len(entries))].Phrase))
		b.WriteString(g.pick("", "", " ", "s", ".", "é", "1", "_", "-"))
	}
	if g.IntN(3) == 0 {
		b.WriteString(g.noise())
	}
	return g.damage(b.String())
}

func (g generator) noise() string {
	var b strings.Builder
	for n := g.IntN(5); n > 0; n-- {
		b.WriteString(g.pick(vocabulary...))
		b.WriteString(g.space())
	}
	return b.String()
}

func (g generator) space() string {
	return g.pick(" ", " ", " ", "  ", "\n", " \t\r\n", "", "\v", "\f ")
}

// text returns a text that the phrase matches in suitable surroundings.
func (g generator) text(p Phrase) string {
	var b strings.Builder
	for i := range len(p.Pattern()) {
		switch c := p.Pattern()[i]; c {
		case ' ':
			b.WriteString(g.space())
		case numByte:
			b.WriteString(g.pick("7", "10", "0.5", "12.25", "1.", "55", "5", "1.5.5", "10.10.5"))
		case gapByte:
			b.WriteString(g.pick("", " ", "x", g.noise(), "1.5"))
		default:
			b.WriteString(g.pick(string([]byte{c}), strings.ToUpper(string([]byte{c}))))
		}
	}
	return b.String()
}

func (g generator) damage(s string) string {
	for g.IntN(3) == 0 && s != "" {
		i := g.IntN(len(s))
		switch g.IntN(4) {
		case 0:
			s = s[:i] + s[i+1:]
		case 1:
			s = s[:i] + g.pick("\xff", "\x00", "\u212a", "\u017f", " ", "5", ".", "\x01", "\x02", "\xc3") + s[i:]
		case 2:
			s = s[:i] + s[i:] + s[i:]
		case 3:
			s = s[i:]
		}
	}
	return s
}

func TestAgainstRegexp(t *testing.T) {
	for seed := range uint64(longtest.Choose(120, 1500)) {
		g := generator{rand.New(rand.NewPCG(seed, 1))}
		entries := g.entries(1 + g.IntN(12))
		set, err := Compile(entries)
		if err != nil {
			t.Fatal(err)
		}
		ref := newReference(entries)
		for range 60 {
			ref.compare(t, set, g.message(entries))
		}
	}
}
