package logstream

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/errspec/errspec/internal/longtest"
	"github.com/errspec/errspec/internal/unsuretext"
)

// No error is automatic if a text contains a code only in a message, or a report that
// polling stopped.
func TestTextIsNeverAutomatic(t *testing.T) {
	for seed := range uint64(longtest.Choose(400, 4000)) {
		checkUnsure(t, seed)
	}
}

func FuzzTextIsNeverAutomatic(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(checkUnsure)
}

func checkUnsure(t *testing.T, seed uint64) {
	source := unsuretext.Source{Rand: rand.New(rand.NewPCG(seed, 1)), Table: "shop", Code: "busy", Other: "bad_input"}
	text := source.Text()
	x := extractorOf(t)
	if o := run(Job{Extractor: x}, strings.NewReader(text)); strings.Contains(o.out, `"automatic":true`) {
		t.Errorf("%d: classify reads\n%s\nas %s", seed, text, o)
	}
	p := Paste(x, text)
	for _, f := range append(p.Others, p.Best) {
		if f.Failure() && x.Decide(f).Retry.Automatic {
			t.Errorf("%d: explain reads\n%s\nas %+v", seed, text, f)
		}
	}
}
