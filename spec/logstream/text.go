package logstream

import (
	"strings"

	"github.com/errspec/errspec/spec/extract"
)

// MaxOthers is the maximum number of other errors of a [Pasted] text.
const MaxOthers = 99

// Pasted are the errors in a pasted text.
type Pasted struct {
	// Best is the most reliable match, the first of several. A response that is not an
	// error has source None and a reading.
	Best   extract.Match
	Count  int             // of errors
	Others []extract.Match // the errors except Best, up to MaxOthers
}

// Best returns the most reliable match of [Paste], and the number of errors.
func Best(x *extract.Extractor, text string) (best extract.Match, count int) {
	p := Paste(x, text)
	return p.Best, p.Count
}

// Paste finds the errors in a pasted text. If the text contains whole HTTP responses, it
// reads these, and the other text only for what makes a decision stricter.
func Paste(x *extract.Extractor, text string) Pasted {
	t, ok := x.Transcript(text)
	if !ok {
		return pasteLines(x, text)
	}
	var p Pasted
	for i, r := range t.Responses {
		other := r.Match
		if r.Failure() {
			p.Count++
		}
		if i == 0 || r.Source > p.Best.Source {
			p.Best, other = other, p.Best
		}
		p.keep(other)
	}
	rest := pasteLines(x, t.Rest)
	switch {
	case rest.Best.Source == extract.PollStopped || p.Best.Source == extract.None && rest.Best.Source > extract.None:
		rest.Count += p.Count
		rest.keep(p.Best)
		rest.keep(p.Others...)
		rest.eachOther(extract.Match.Unsure) // the text is about more than each of the errors
		return rest
	case rest.Best.Source >= extract.ErrorText:
		p.Best = x.With(p.Best, rest.Best)
		p.Count += rest.Count
		p.keep(rest.Best)
		p.keep(rest.Others...)
		p.eachOther(extract.Match.Unsure)
	}
	if extract.Doubtful(t.Rest) {
		p.Best = p.Best.Unsure()
		p.eachOther(extract.Match.Unsure)
	}
	return p
}

// keep adds errors to the others. It ignores matches that are not errors.
func (p *Pasted) keep(others ...extract.Match) {
	for _, f := range others {
		if f.Failure() && len(p.Others) < MaxOthers {
			p.Others = append(p.Others, f)
		}
	}
}

// eachOther replaces each of the others with the result of f.
func (p *Pasted) eachOther(f func(extract.Match) extract.Match) {
	for i := range p.Others {
		p.Others[i] = f(p.Others[i])
	}
}

// pasteLines finds the errors in a text, which it splits into records like a stream.
// It accepts more than a [Job]. If JSON does not parse, for example because only a
// part was copied, it reads the lines. Objects of other languages may span lines. If no
// record contains an error, it reads the whole text as one line. If polling stopped
// anywhere in the text, the outcome is unknown, even if a line break divides that
// report.
func pasteLines(x *extract.Extractor, text string) Pasted {
	var p Pasted
	joined := false
	take := func(_ int, f extract.Match) {
		if f.Failure() {
			p.Count++
		}
		other := f
		if f.Source > p.Best.Source || p.Best.Source == extract.None && p.Best.Reading == nil {
			p.Best, other = f, p.Best
		}
		if isErrorText(p.Best) && isErrorText(other) { // may be parts of a joined error
			p.Best, joined = x.With(p.Best, other), true
		}
		p.keep(other)
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
	if f := x.Embedded(text); p.Best.Source < extract.ErrorText && f.Source > p.Best.Source {
		p = Pasted{Best: f, Count: 1}
	}
	if p.Best.Source != extract.PollStopped && doubtful {
		p.Best = p.Best.Unsure()
	}
	folded := strings.Join(strings.Fields(text), " ")
	if p.Best.Source == extract.None || p.Best.Source < extract.Response && x.Line(folded).Source == extract.PollStopped {
		take(0, x.Line(folded))
	}
	if doubtful || joined || p.Best.Source == extract.PollStopped {
		p.eachOther(extract.Match.Unsure)
	}
	return p
}

// isErrorText reports whether a match is the text of an error of a generated package.
func isErrorText(f extract.Match) bool {
	return f.Source == extract.ErrorText || f.Source == extract.LogValue
}
