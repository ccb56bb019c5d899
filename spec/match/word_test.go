package match

import (
	"encoding/binary"
	"math/rand/v2"
	"regexp"
	"testing"
)

// TestWords compares operations of a filter on eight bytes with the same operations on single bytes.
// Errors would not change results, but would make filters slow.
func TestWords(t *testing.T) {
	slow := regexp.MustCompile("[\x00-\x1f]| [ !]")
	r := rand.New(rand.NewPCG(30, 31))
	for range 200000 {
		var b [wordSize + 2]byte
		for i := range b {
			switch r.IntN(4) {
			case 0:
				b[i] = ' '
			case 1:
				b[i] = byte(r.IntN(256))
			default:
				b[i] = byte('!' + r.IntN(94))
			}
		}
		s := string(b[:])
		word := load(s, 1)
		if want := binary.LittleEndian.Uint64(b[1:]); word != want {
			t.Fatalf("load(%q, 1) = %#x, want %#x", s, word, want)
		}
		if got, want := uneven(word), slow.MatchString(latin1(s[1:1+wordSize])); got != want {
			t.Fatalf("uneven(%q) = %v", s[1:1+wordSize], got)
		}
		if uneven(word) {
			continue
		}
		got, from := squeeze(s[:1+wordSize], 1, 5)
		if got != word || from != 6 {
			t.Fatalf("squeeze(%q, 1, 5) = %#x, %d, want %#x, 6", s, got, from, word)
		}
	}
}

// TestSqueeze checks that a run of white space is one character.
func TestSqueeze(t *testing.T) {
	for _, test := range []struct {
		message    string
		at, stride int
		want       string
		from       int
	}{
		{"ab \t\r\ncdefgh", 0, 3, "ab cdefg", 6},
		{"ab \t\r\ncdefgh", 0, 2, "ab cdefg", 2},
		{"x\n\nyz", 1, 1, " yz\x00\x00\x00\x00\x00", 3},
		{"x\n\nyz", 1, 7, " yz\x00\x00\x00\x00\x00", 5},
		{"x  ", 0, 2, "x \x00\x00\x00\x00\x00\x00", 3},
		{"abcdefgh", 0, 8, "abcdefgh", 8},
	} {
		word, from := squeeze(test.message, test.at, test.stride)
		if word != load(test.want, 0) || from != test.from {
			t.Errorf("squeeze(%q, %d, %d) = %#x, %d, want %#x, %d", test.message, test.at, test.stride, word, from, load(test.want, 0), test.from)
		}
	}
}

// TestFewStarts checks that few positions of ordinary text have the start hash of a phrase.
func TestFewStarts(t *testing.T) {
	l := listFor(t, evolinkEntries())
	const text = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, it was the epoch of belief"
	hits := 0
	for at := 0; at+4 <= len(text); at++ {
		if h := startHash(text[at : at+4]); l.starts[h/64]>>(h%64)&1 != 0 {
			hits++
		}
	}
	if hits > len(text)/10 {
		t.Errorf("%d positions of %d", hits, len(text))
	}
	for _, p := range l.phrases {
		for _, s := range []string{p.text[:4], upper(p.text[:4])} {
			if h := startHash(s); l.starts[h/64]>>(h%64)&1 == 0 {
				t.Errorf("%q is not a start", s)
			}
		}
	}
}
