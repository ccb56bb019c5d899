package match

import (
	"strings"
	"testing"
)

// TestNoAllocations checks that Find and Value allocate no memory, for every kind of search.
func TestNoAllocations(t *testing.T) {
	set := mustCompile(t, append(evolinkEntries(), phrasesOf(
		"model <any:model> is not available", "dial <num:a>.<num:b> failed", "<num:x> of <num:y> credits")...))
	for _, message := range []string{
		"", "short", strings.Repeat("nothing of it, at some length. ", 100),
		"file  size\nexceeds 10.5MB", "model  x y is  not\navailable", "dial 127.0.0.1 failed", "7 of 8 credits",
		strings.Repeat("model dial 1.1.1.1 file size exceeds ", 100),
	} {
		n := testing.AllocsPerRun(100, func() {
			if i, ok := set.Find(message); ok {
				for _, name := range [...]string{"limit_mb", "model", "a", "b", "x", "y", "other"} {
					set.Value(i, message, name)
				}
			}
		})
		if n != 0 {
			t.Errorf("%.30q: %v allocations", message, n)
		}
	}
}
