package match

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestEveryPosition puts phrases at every position of a message, in even and uneven text, in sets of
// one and of many phrases. The filter must check one window of the phrase at every position.
func TestEveryPosition(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	sources := append([]string{"x", "a b", "nsfw", "<num>%", "of <num> yen", "no <any> of it", "é", "5<num>5 in all"}, evolink...)
	shared := sharedPhrases(r, 1500, "no %s", "<num>% of %s", "of <num> %s", "the file %s <any>")
	for _, others := range [][]Entry{nil, benchPhrases(r, 50), benchPhrases(r, 1500), shared} {
		for _, source := range sources {
			p := MustParse(source)
			set := mustCompile(t, append([]Entry{{Phrase: p}}, others...))
			for _, text := range []string{p.Sample(), upper(p.Sample()), strings.ReplaceAll(p.Sample(), " ", "\n\t ")} {
				for _, filler := range []string{"-", "é.", " !", "  ", "\n", "- ", "-- \t"} {
					for n := range 24 {
						before := strings.Repeat(filler, n)
						for _, after := range []string{"", "-", " ", "\n- - - -"} {
							if got, ok := set.Find(before + text + after); !ok || got != 0 {
								t.Fatalf("%q is not found in %q with %d other phrases: %d, %v", p, before+text+after, len(others), got, ok)
							}
						}
					}
				}
			}
		}
	}
}

// upper returns s with ASCII letters in upper case.
func upper(s string) string {
	return strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}, s)
}

// TestManyPhrases compares sets of hundreds of phrases with the reference. They have more gapped
// phrases than fit in candidates.first.
func TestManyPhrases(t *testing.T) {
	for _, n := range []int{150, 600} {
		r := rand.New(rand.NewPCG(uint64(n), 7))
		entries := benchPhrases(r, n)
		set, ref := mustCompile(t, entries), newReference(entries)
		for range 30000 / n {
			message := benchMessage(r, entries) + " " + benchMessage(r, entries)
			got, ok := set.Find(message)
			if want, wantOK := ref.find(message); got != want || ok != wantOK {
				t.Fatalf("%d phrases: Find(%q) = %d, %v; want %d, %v", n, message, got, ok, want, wantOK)
			}
		}
	}
}

// sharedShapes are templates of similar phrases, which differ in a word: %s is one of thousands, %w one
// of a dozen.
var sharedShapes = []string{
	"the request to the provider was rejected because of %s", "%s was why the provider rejected the request",
	"the limit of the provider is <num:n> %s", "the limit of the provider is <num> of <num>%s.", "stop at <num>.",
	"<num> of <num:m> items were refused: %s", "<num> of the items%s were refused", "a <num> %s b", " a <num> %s",
	"the model <any:model> is not available %s", "%s of the model <any> is not available", "%s <any> %s",
	"of a limit of <num>.", "of a limit of <num>.%s", "%w <any> %w <any> %w", "5<num>5 in all of the %s", "a b %s c", "a b %s", "the request to the provider", "limit of the provider is 5 %s",
}

var sharedWords = regexp.MustCompile("%[sw]")

// sharedPhrases returns n phrases of the shapes.
func sharedPhrases(r *rand.Rand, n int, shapes ...string) []Entry {
	var entries []Entry
	for i := range n {
		source := shapes[r.IntN(len(shapes))]
		source = sharedWords.ReplaceAllStringFunc(source, func(s string) string {
			if s == "%w" {
				return "part" + strconv.Itoa(r.IntN(12)) + " of it"
			}
			return sharedWord(r)
		})
		entries = append(entries, Entry{Phrase: MustParse(source), Owner: i, Fallback: r.IntN(9) == 0})
	}
	return entries
}

// sharedWord returns a word. Some words are prefixes of others, or not words.
func sharedWord(r *rand.Rand) string {
	const letters = "abcdefghij"
	n := r.IntN(1000)
	return string([]byte{letters[n%10], letters[n/10%10], letters[n/100]})[:1+r.IntN(3)] + []string{"", " z", "é", "-"}[r.IntN(4)]
}

// TestSharedText compares sets of phrases that share most of their text with the reference.
func TestSharedText(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 11))
	sorted := 0
	for _, shapes := range append([][]string{sharedShapes, sharedShapes}, each(sharedShapes)...) {
		entries := sharedPhrases(r, 400, shapes...)
		set, ref := mustCompile(t, entries), newReference(entries)
		if slices.ContainsFunc(set.set.filters, func(f filter) bool { return f.sorted }) {
			sorted++
		}
		others := sharedPhrases(r, 60, shapes...)
		for _, e := range append(others, entries[:60]...) {
			message := e.Phrase.Sample()
			switch r.IntN(6) {
			case 0:
				message = upper(message)
			case 4:
				message = strings.ReplaceAll(message, "7.", "7.5")
			case 1:
				message = strings.ReplaceAll(message, " ", " \n")
			case 2:
				message = strings.ReplaceAll(message, "7", "10.25") + "."
			case 3:
				message = others[r.IntN(len(others))].Phrase.Sample() + " " + message + "x"
			}
			got, ok := set.Find(message)
			if want, wantOK := ref.find(message); got != want || ok != wantOK {
				t.Fatalf("%q: Find(%q) = %d, %v; want %d, %v", shapes, message, got, ok, want, wantOK)
			}
		}
	}
	if sorted < 12 {
		t.Errorf("only %d sets have a sorted filter", sorted)
	}
}

// each returns a list with one element for each text.
func each(texts []string) [][]string {
	var all [][]string
	for _, s := range texts {
		all = append(all, []string{s})
	}
	return all
}

// TestManyGaps uses more phrases that need a search than candidates has bits.
func TestManyGaps(t *testing.T) {
	var entries []Entry
	for i := range 3000 {
		entries = append(entries, Entry{Phrase: MustParse(fmt.Sprintf("shared <any> w%04d end", i))})
	}
	set := mustCompile(t, entries)
	for i := range entries {
		for _, message := range []string{
			fmt.Sprintf("shared text w%04d end", i),
			fmt.Sprintf("w%04d end shared x w%04d end", (i+candidateBits)%len(entries), i),
		} {
			if got, ok := set.Find(message); got != i || !ok {
				t.Fatalf("Find(%q) = %d, %v", message, got, ok)
			}
		}
		if got, ok := set.Find(fmt.Sprintf("w%04d end shared", i)); ok {
			t.Fatalf("Find returns %d for a message with the parts in the wrong order", got)
		}
	}
}

// TestTableDeterministic checks that the same entries result in the same table.
func TestTableDeterministic(t *testing.T) {
	entries := benchPhrases(rand.New(rand.NewPCG(8, 9)), 500)
	if !reflect.DeepEqual(mustCompile(t, entries).Table(), mustCompile(t, entries).Table()) {
		t.Error("two tables of the same entries differ")
	}
}

// TestFilters checks the number, the size and the speed of filters.
func TestFilters(t *testing.T) {
	for _, test := range []struct {
		name           string
		entries        []Entry
		filters, words int // maximum
		positions      float64
	}{
		{"EvoLink", evolinkEntries(), 1, 64, 1. / 7},
		{"EvoLink and a short one", append(evolinkEntries(), phrasesOf("nsfw")...), 2, 64, 1},
		{"one letter", phrasesOf("x"), 1, 1, 1},
		{"100", benchPhrases(rand.New(rand.NewPCG(100, 1)), 100), 1, 512, 1. / 6},
		{"1000", benchPhrases(rand.New(rand.NewPCG(1000, 1)), 1000), 1, 4096, 1. / 4},
		{"shared", sharedPhrases(rand.New(rand.NewPCG(1, 1)), 1000, sharedShapes[:4]...), 2, 1024, 2},
	} {
		positions, words := 0.0, 0
		filters := mustCompile(t, test.entries).Table().Filters
		for _, f := range filters {
			positions += 1 / float64(f.Stride)
			words += len(f.Bitmap)
		}
		if len(filters) > test.filters || words > test.words || positions > test.positions {
			t.Errorf("%s: %d filters of %d words check %.2f positions per byte", test.name, len(filters), words, positions)
		}
	}
}
