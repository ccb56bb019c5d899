package logstream

import (
	"strings"

	"github.com/errspec/errspec/spec/extract"
)

// Best finds the errors in a pasted text. If the text contains whole HTTP responses, it
// reads these, and the other text only for what makes a decision stricter. A response that
// is not an error has source None and a reading.
func Best(x *extract.Extractor, text string) (best extract.Match, count int) {
	t, ok := x.Transcript(text)
	if !ok {
		return bestOfLines(x, text)
	}
	for i, r := range t.Responses {
		if r.Failure() {
			count++
		}
		if i == 0 || r.Source > best.Source {
			best = r.Match
		}
	}
	other, more := bestOfLines(x, t.Rest)
	switch {
	case other.Source == extract.PollStopped || best.Source == extract.None && other.Source > extract.None:
		return other, count + more
	case other.Source >= extract.ErrorText:
		best = x.With(best, other)
		count += more
	}
	if extract.Doubtful(t.Rest) {
		best = best.Unsure()
	}
	return best, count
}

// bestOfLines finds the errors in a text, which it splits into records like a stream.
// It returns the most reliable match, the first of several, and the number of errors.
// It accepts more than a [Job]. If JSON does not parse, for example because only a
// part was copied, it reads the lines. Objects of other languages may span lines. If no
// record contains an error, it reads the whole text as one line. If polling stopped
// anywhere in the text, the outcome is unknown, even if a line break divides that
// report.
func bestOfLines(x *extract.Extractor, text string) (best extract.Match, count int) {
	isText := func(f extract.Match) bool { return f.Source == extract.ErrorText || f.Source == extract.LogValue }
	take := func(_ int, f extract.Match) {
		if f.Failure() {
			count++
		}
		other := f
		if f.Source > best.Source || best.Source == extract.None && best.Reading == nil {
			best, other = f, best
		}
		if isText(best) && isText(other) { // may be parts of a joined error
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
