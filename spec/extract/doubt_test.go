package extract

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// interruptedSlowly searches for each interruption separately.
func interruptedSlowly(text string) bool {
	return slices.ContainsFunc(interruptions[:], func(each string) bool {
		for at := 0; ; at++ {
			i := strings.Index(text[at:], each)
			if i < 0 {
				return false
			}
			at += i
			before, after := text[:at], text[at+len(each):]
			if (before == "" || !isWord(before[at-1]) || endsInEscape(before)) && (after == "" || !isWord(after[0])) {
				return true
			}
		}
	})
}

// Interrupted and the filter of the regular expressions find what slow searches find.
func TestDoubtIsFound(t *testing.T) {
	parts := []string{
		" ", "\t", "<", "=", ":", ">", "\"", "'", "\\n", "\\", "_", "é", "x", "408", "503", "5034", "1503", "429", "299", "429 Ok", "HTTP", "http/1.1", "http ", "status", "Status Code", "code", "Service", "OK",
	}
	r := rand.New(rand.NewPCG(1, 1))
	found := make(map[string]int)
	statuses := map[string]string{"299": "odd", "408": "slow", "429": "busy", "503": "down"}
	for range 30_000 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			if r.IntN(4) == 0 {
				b.WriteString(interruptions[r.IntN(len(interruptions))])
				continue
			}
			b.WriteString(parts[r.IntN(len(parts))])
		}
		text := b.String()
		compare := func(name string, got, want bool) {
			if got != want {
				t.Errorf("%s in %q: %v, want %v", name, text, got, want)
			}
			if want {
				found[name]++
			}
		}
		compare("interruption", Interrupted(text), interruptedSlowly(text))
		compare("refusal", refuses(text), refusals.MatchString(text))
		key, value, _ := strings.Cut(text, "=")
		want := interruptedSlowly(value) || refusals.MatchString(key+"="+value)
		if !strings.ContainsAny(value, "\\\"\t") {
			compare("pair", doubtful(key, `"`+value+`"`, 0), want)
		}
		wantStatus := false
		for _, m := range statusIn.FindAllStringSubmatch(text, -1) {
			wantStatus = wantStatus || statuses[m[1]+m[2]] != ""
		}
		x := Extractor{statuses: statuses}
		compare("status", x.status(text).Source == Phrase, wantStatus)
	}
	for _, name := range []string{"interruption", "refusal", "pair", "status"} {
		if found[name] < 20 {
			t.Errorf("%s: only in %d texts", name, found[name])
		}
	}
}
