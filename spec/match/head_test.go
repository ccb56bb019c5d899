package match

import (
	"strings"
	"testing"
)

// Head cuts messages at the limit, without splitting characters.
func TestHead(t *testing.T) {
	x := strings.Repeat("x", 64<<10)
	for _, c := range []struct {
		name, message string
		want          int
	}{
		{"empty", "", 0},
		{"short", "short", 5},
		{"the limit", x, MaxMessage},
		{"one more", x + "x", MaxMessage},
		{"four times the limit", strings.Repeat(x, 4), MaxMessage},
		{"a character at the end", x[2:] + "é", MaxMessage},
		{"a character that ends after it", x[1:] + "é", MaxMessage - 1},
		{"one of three bytes, two of them after it", x[1:] + "€", MaxMessage - 1},
		{"one of three bytes, one after it", x[2:] + "€", MaxMessage - 2},
		{"one of four bytes, one after it", x[3:] + "😀", MaxMessage - 3},
		{"one of four bytes that fits", x[4:] + "😀y", MaxMessage},
		{"no UTF-8", strings.Repeat("\xff", MaxMessage+1), MaxMessage},
	} {
		if got := Head(c.message); got != c.message[:c.want] {
			t.Errorf("%s: %d bytes, want %d", c.name, len(got), c.want)
		}
	}
	if n := len(Head(strings.Repeat("\x80", 2*MaxMessage))); n > MaxMessage || n < MaxMessage-4 {
		t.Errorf("bytes that do not start a character: %d", n)
	}
}

// Sets, lists and values find a phrase only if it ends in the head of a message. The end of the head
// is the end of a word.
func TestOnlyHeadMatched(t *testing.T) {
	entries := phrasesOf("dial <num:a>.<num:b>", "<num:x> of <num:y> credits", "model <any:model> is gone", "file exceeds <num:limit>MB", "prompt")
	set, list := mustCompile(t, entries), listFor(t, entries)
	for i, text := range []string{"dial 10.20", "7 of 8 credits", "model a b is gone", "file exceeds 10MB", "prompt"} {
		for _, c := range []struct {
			name, message string
			found         bool
		}{
			{"at the end", strings.Repeat(" ", MaxMessage-len(text)) + text, true},
			{"at the end of the head", strings.Repeat(" ", MaxMessage-len(text)) + text + " and more", true},
			{"at the end of the head, within a word", strings.Repeat(" ", MaxMessage-len(text)) + text + "s", true},
			{"a byte after it", strings.Repeat(" ", MaxMessage-len(text)+1) + text, text == "dial 10.20"}, // of which 10.2 is left,
			{"far after it", strings.Repeat(" ", 4*MaxMessage) + text, false},
		} {
			got, ok := set.Find(c.message)
			if ok != c.found || ok && got != i {
				t.Errorf("%q %s: %d, %v", text, c.name, got, ok)
			}
			if n := list.find(c.message, 0, len(entries)); (n >= 0) != c.found || n >= 0 && list.phrases[n].owner != i {
				t.Errorf("%q %s: the list returns %d", text, c.name, n)
			}
			for _, name := range entries[i].Phrase.Names() {
				if value, ok := set.Value(i, c.message, name); ok != c.found {
					t.Errorf("%q %s: %s is %q, %v", text, c.name, name, value, ok)
				}
			}
		}
	}
}
