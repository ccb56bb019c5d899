package match

import (
	"math/rand/v2"
	"testing"
)

// A list returns the same results as a set of the same entries, also for a range of owners.
func TestListEqualsSet(t *testing.T) {
	r := generator{rand.New(rand.NewPCG(20, 21))}
	for range 300 {
		entries := append(evolinkEntries(), r.entries(1+r.IntN(40))...)
		for i := range entries {
			entries[i].Owner = r.IntN(7) - 2
		}
		low := r.IntN(7) - 2
		high := low + r.IntN(3)
		var some []Entry
		for _, e := range entries {
			if low <= e.Owner && e.Owner <= high {
				some = append(some, e)
			}
		}
		list, all, part := listFor(t, entries), mustCompile(t, entries), mustCompile(t, some)
		for range 60 {
			message := r.message(entries)
			if got, want := list.find(message, -10, 10), all.set.find(message); got != want {
				t.Fatalf("%q: list returns %d, set %d", message, got, want)
			}
			got, want := list.find(message, low, high), part.set.find(message)
			if (got < 0) != (want < 0) || got >= 0 && list.phrases[got].text != part.set.phrases[want].text {
				t.Fatalf("%q, owners %d to %d: list returns %d, set %d", message, low, high, got, want)
			}
		}
	}
}

// listFor returns the list that generated code contains.
func listFor(t testing.TB, entries []Entry) *phraseList {
	t.Helper()
	table, err := ListOf(entries)
	if err != nil {
		t.Fatal(err)
	}
	l := &phraseList{starts: table.Starts}
	for _, row := range table.Phrases {
		p := phrase{text: row.Text, names: row.Names, owner: row.Owner}
		for _, k := range kinds {
			if k.name == row.Search {
				p.search = k.search
			}
		}
		l.phrases = append(l.phrases, p)
	}
	return l
}
