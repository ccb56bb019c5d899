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
func Best(x *extract.Extractor, text string) (best extract.Match, count int) {
	isText := func(f extract.Match) bool { return f.Source == extract.ErrorText || f.Source == extract.LogValue }
	take := func(_ int, f extract.Match) {
		if f.Failure() {
			count++
		}
		other := f
		if f.Source > best.Source {
			best, other = f, best
		}
		if isText(best) && isText(other) { // parts of a joined error, for all that the text tells
			best = x.With(best, other)
		}
	}
	w := &worker{batch: &batch{text: text}, x: x, maxRecord: len(text), track: resume(atTop, false, 0), take: take}
	doubtful := false
	w.doubt = func(_ int, line string) { doubtful = doubtful || extract.Doubtful(line) }
	w.broken = func(text string) {
		doubtful = doubtful || extract.Doubtful(text)
		if f := x.Line(text); f.Source != extract.None {
			take(0, f)
		}
	}
	w.run()
	if best.Source == extract.PollStopped {
		return best, count
	}
	if doubtful {
		best = best.Unsure()
	}
	if f := x.Embedded(text); best.Source < extract.ErrorText && f.Source > best.Source {
		if best, count = f, 1; doubtful {
			best = best.Unsure()
		}
	}
	folded := strings.Join(strings.Fields(text), " ")
	if best.Source == extract.None || best.Source != extract.Response && x.Line(folded).Source == extract.PollStopped {
		take(0, x.Line(folded))
	}
	return best, count
}
