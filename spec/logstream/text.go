package logstream

import (
	"strings"

	"github.com/errspec/errspec/spec/extract"
)

// Best finds the errors in a text that somebody has pasted, cut to records like a
// stream, and returns the most certain finding, the first of several, and how
// many errors there are. It is more forgiving than a [Job]: of JSON that does not
// parse, as what was copied in part, it takes the lines; objects of other languages
// may take several lines; and if no record tells anything, all of the text is
// taken as one line. If polling stopped anywhere in the text, the outcome is
// unknown, also where the line was broken there.
func Best(x *extract.Extractor, text string) (best extract.Finding, count int) {
	take := func(_ int, f extract.Finding) {
		if f.Failure() {
			count++
		}
		if f.Source > best.Source {
			best = f
		}
	}
	w := &worker{batch: &batch{text: text}, x: x, maxRecord: len(text), track: resume(atTop, false, 0), take: take}
	w.broken = func(text string) {
		if f := x.Line(text); f.Source != extract.None {
			take(0, f)
		}
	}
	w.run()
	if best.Source == extract.Lost {
		return best, count
	}
	if f := x.Embedded(text); best.Source < extract.ErrorText && f.Source > best.Source {
		best, count = f, 1
	}
	folded := strings.Join(strings.Fields(text), " ")
	if best.Source == extract.None || best.Source != extract.Response && x.Line(folded).Source == extract.Lost {
		take(0, x.Line(folded))
	}
	return best, count
}
