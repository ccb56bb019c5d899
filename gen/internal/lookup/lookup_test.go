package lookup

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// textKeys returns n unique keys that resemble codes: of all lengths, from few
// words, with equal starts and ends.
func textKeys(r *rand.Rand, n int) []string {
	words := strings.Fields("account address batch limit rate exceeded invalid missing not_found a b ab 1 22 x_y timeout")
	seen := make(map[string]bool)
	var keys []string
	for len(keys) < n {
		var parts []string
		for range 1 + r.IntN(6) {
			parts = append(parts, words[r.IntN(len(words))])
		}
		key := strings.Join(parts, "_")
		if r.IntN(4) == 0 {
			key = fmt.Sprintf("E%d", r.IntN(10*n))
		}
		if !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	return keys
}

func lookupOf(t Table) *lookup {
	return &lookup{seed: t.Seed, bucketShift: t.BucketShift, slotShift: t.SlotShift, keyBits: t.KeyBits, pilots: t.Pilots, slots: t.Slots}
}

// findText searches a key as generated packages do.
func findText(l *lookup, keys []string, s string) int {
	i := l.candidate(hashText(s, l.seed))
	if i < 0 || i >= len(keys) || !sameText(keys[i], s) {
		return -1
	}
	return i
}

func TestTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 3, 16, 17, 260, 511, 512, 1985, 20000} {
		keys := textKeys(r, n)
		table, err := Texts(keys)
		if err != nil {
			t.Fatal(n, err)
		}
		again, _ := Texts(keys)
		if !reflect.DeepEqual(table, again) {
			t.Errorf("%d keys: the second table differs", n)
		}
		l := lookupOf(table)
		for i, key := range keys {
			if got := findText(l, keys, strings.Clone(key)); got != i {
				t.Fatalf("%d keys: %q has index %d, want %d", n, key, got, i)
			}
		}
		for _, key := range keys {
			for _, other := range []string{key + "_", "_" + key, key[:len(key)-1], strings.ToUpper(key[:1]) + key[1:] + "\x00", ""} {
				if got := findText(l, keys, other); got >= 0 && keys[got] != other {
					t.Fatalf("%d keys: %q is found at the index of %q", n, other, keys[got])
				}
			}
		}
		checkSize(t, n, table)
	}
}

// checkSize checks that a table requires only a few bytes for each key.
func checkSize(t *testing.T, n int, table Table) {
	t.Helper()
	if size := 4*len(table.Slots) + 2*len(table.Pilots); size > 11*max(n, 2) {
		t.Errorf("%d keys take %d bytes", n, size)
	}
}

func TestNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	sets := [][]int64{
		{}, {0}, {-1, 0, 1}, {math.MinInt64, math.MaxInt64, 0, -1},
	}
	var dense, sparse, high []int64
	for i := range int64(5000) {
		dense = append(dense, i-2500)
		sparse = append(sparse, i*1_000_003)
		high = append(high, i<<48) // like status words that contain a severity
	}
	random := make(map[int64]bool)
	for len(random) < 5000 {
		random[int64(r.Uint64())] = true
	}
	var some []int64
	for n := range random {
		some = append(some, n)
	}
	for _, keys := range append(sets, dense, sparse, high, some) {
		table, err := Numbers(keys)
		if err != nil {
			t.Fatal(len(keys), err)
		}
		l := lookupOf(table)
		for i, n := range keys {
			if got := l.candidate(hashNumber(n, l.seed)); got != i {
				t.Fatalf("%d of %d numbers has index %d, want %d", n, len(keys), got, i)
			}
		}
	}
}

// Duplicate keys must be an error, not an endless search.
func TestDuplicateKeys(t *testing.T) {
	if _, err := Texts([]string{"a", "b", "a"}); err == nil {
		t.Error("the same text twice: no error")
	}
	if _, err := Numbers([]int64{1, 2, 3, 2}); err == nil {
		t.Error("the same number twice: no error")
	}
}

// If two keys have equal hashes, another seed must be used.
func TestSecondSeed(t *testing.T) {
	keys := []string{"a", "b", "c"}
	tried := make(map[uint64]bool)
	table, err := build(len(keys), func(i int, seed uint64) uint64 {
		if tried[seed] = true; len(tried) < 3 {
			return 7
		}
		return hashText(keys[i], seed)
	})
	if err != nil || len(tried) != 3 || lookupOf(table).candidate(hashText("b", table.Seed)) != 1 {
		t.Errorf("%d seeds, %v", len(tried), err)
	}
}

// Changing a single byte must change the hash, at every length and position.
func TestHashDependsOnEveryByte(t *testing.T) {
	for n := range 80 {
		s := strings.Repeat("abcdefg", 12)[:n]
		seen := map[uint64]string{hashText(s, 0): s}
		for at := range n {
			for _, c := range []byte{0, 'A', 0xff} {
				other := s[:at] + string([]byte{c}) + s[at+1:]
				h := hashText(other, 0)
				if before, ok := seen[h]; ok {
					t.Fatalf("%q and %q have the same hash", before, other)
				}
				seen[h] = other
				if sameText(s, other) || !sameText(other, strings.Clone(other)) {
					t.Fatalf("sameText of %q and %q", s, other)
				}
			}
		}
		for _, other := range []string{s + "\x00", s + "a"} {
			if hashText(other, 0) == hashText(s, 0) || sameText(s, other) {
				t.Errorf("sameText(%q, %q) = true", other, s)
			}
		}
	}
}

// Keys with equal hashes for one seed must have different hashes for another.
func TestSeedsChangeHashes(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := 1; n < 60; n++ {
		s := strings.Repeat("q", n)
		hashes := make(map[uint64]bool)
		for range 50 {
			hashes[hashText(s, r.Uint64())] = true
		}
		if len(hashes) != 50 {
			t.Errorf("%d bytes: %d hashes for 50 seeds", n, len(hashes))
		}
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("a,b,c", "d")
	f.Add("rate_limited,rate_limit,quota", "rate_limiteD")
	f.Add(",\x00,\x00\x00,aaaaaaaa,aaaaaaaaa", "")
	f.Fuzz(func(t *testing.T, list, other string) {
		keys := strings.Split(list, ",")
		slices.Sort(keys)
		keys = slices.Compact(keys)
		table, err := Texts(keys)
		if err != nil {
			t.Fatalf("%q: %v", keys, err)
		}
		l := lookupOf(table)
		for i, key := range keys {
			if got := findText(l, keys, key); got != i {
				t.Errorf("%q has index %d, want %d", key, got, i)
			}
		}
		if got := findText(l, keys, other); got != slices.Index(keys, other) {
			t.Errorf("%q has index %d in %q", other, got, keys)
		}
	})
}
