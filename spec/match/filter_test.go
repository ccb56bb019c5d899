package match

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// TestEverywhere puts phrases at every place of a message, in even and uneven text, alone and
// among many: wherever a phrase stands, one of its windows has to be looked at.
func TestEverywhere(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	sources := append([]string{"x", "a b", "nsfw", "<num>%", "of <num> yen", "no <any> of it", "é", "5<num>5 in all"}, evolink...)
	for _, others := range [][]Entry{nil, benchPhrases(r, 50), benchPhrases(r, 1500)} {
		for _, source := range sources {
			p := MustParse(source)
			set := mustCompile(t, append([]Entry{{Phrase: p}}, others...))
			for _, text := range []string{p.Sample(), upper(p.Sample()), strings.ReplaceAll(p.Sample(), " ", "\n\t ")} {
				for _, filler := range []string{"-", "é.", " !", "  ", "\n", "- ", "-- \t"} {
					for n := range 24 {
						before := strings.Repeat(filler, n)
						for _, after := range []string{"", "-", " ", "\n- - - -"} {
							if got, ok := set.Find(before + text + after); !ok || got != 0 {
								t.Fatalf("%q is not found in %q among %d others: %d, %v", p, before+text+after, len(others), got, ok)
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

// TestManyPhrases compares sets of hundreds of phrases, with gaps beyond what phraseBits tells
// apart, with the reference.
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

// TestManyGaps has more phrases that take a search than phraseBits has bits.
func TestManyGaps(t *testing.T) {
	var entries []Entry
	for i := range 3000 {
		entries = append(entries, Entry{Phrase: MustParse(fmt.Sprintf("shared <any> w%04d end", i))})
	}
	set := mustCompile(t, entries)
	for i := range entries {
		for _, message := range []string{
			fmt.Sprintf("shared text w%04d end", i),
			fmt.Sprintf("w%04d end shared x w%04d end", (i+phraseBitsLen)%len(entries), i),
		} {
			if got, ok := set.Find(message); got != i || !ok {
				t.Fatalf("Find(%q) = %d, %v", message, got, ok)
			}
		}
		if got, ok := set.Find(fmt.Sprintf("w%04d end shared", i)); ok {
			t.Fatalf("Find finds %d without what goes before", got)
		}
	}
}

// TestTableIsStable compiles the same entries twice.
func TestTableIsStable(t *testing.T) {
	entries := benchPhrases(rand.New(rand.NewPCG(8, 9)), 500)
	if !reflect.DeepEqual(mustCompile(t, entries).Table(), mustCompile(t, entries).Table()) {
		t.Error("two tables of the same entries differ")
	}
}

// TestFilters holds the filters of sets to the size and speed that they are for.
func TestFilters(t *testing.T) {
	for _, test := range []struct {
		name           string
		entries        []Entry
		filters, words int // at most
		places         float64
	}{
		{"EvoLink", evolinkEntries(), 1, 64, 1. / 7},
		{"EvoLink and a short one", append(evolinkEntries(), phrasesOf("nsfw")...), 2, 64, 1},
		{"one letter", phrasesOf("x"), 1, 1, 1},
		{"100", benchPhrases(rand.New(rand.NewPCG(100, 1)), 100), 1, 512, 1. / 6},
		{"1000", benchPhrases(rand.New(rand.NewPCG(1000, 1)), 1000), 1, 4096, 1. / 4},
	} {
		places, words := 0.0, 0
		filters := mustCompile(t, test.entries).Table().Filters
		for _, f := range filters {
			places += 1 / float64(f.Stride)
			words += len(f.Bitmap)
		}
		if len(filters) > test.filters || words > test.words || places > test.places {
			t.Errorf("%s: %d filters of %d words look at %.2f places a byte", test.name, len(filters), words, places)
		}
	}
}
