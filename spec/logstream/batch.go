package logstream

import (
	"iter"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/internal/jsonscan"
)

// A batch is a part of a stream that one worker reads, with its results.
type batch struct {
	file       string
	first      bool // of its stream
	line       int  // number of the line in which text starts
	text       string
	startState state // state at the start of text
	newLine    bool  // whether white space with a line end before text was removed
	endState   state // state at the end of text
	transcript bool  // text contains HTTP responses

	done  chan struct{} // closed when the fields below are set
	err   error         // the input cannot be read; then no other field is set
	out   []byte
	bad   []Bad
	tally tally
	stats Stats

	parts    []part // of joined errors
	entries  int    // number of log entries that start in it
	lastLine int    // number of the line in which text ends
}

func (b *batch) reject(line int, reason string) {
	b.stats.Bad++
	// The list is bounded, because a stream of invalid data would make it grow without
	// limit.
	if len(b.bad) < maxBad {
		b.bad = append(b.bad, Bad{b.file, line, reason})
	}
}

// maxBad is the maximum number of bad records that are listed per batch.
const maxBad = 100

// Reasons why a record cannot be read, in addition to those of package jsonscan.
const (
	reasonTooLong  = "record is too long"
	reasonOpen     = "unexpected end of the array"
	reasonNoComma  = "missing comma before this element"
	reasonComma    = "missing element before this comma"
	reasonBinary   = "not text: contains a NUL byte"
	reasonTrailing = "missing element after the comma before this bracket"
)

// A worker reads one batch.
type worker struct {
	*batch
	x         *extract.Extractor
	maxRecord int
	track     tracker
	at        int  // the index in text up to which lines are counted
	lines     int  // number of line ends before at
	inLine    bool // the record is a line of text
	take      func(line int, f extract.Match)
	doubt     func(at int, line string) // called for lines of text
	broken    func(text string)         // called for JSON that does not parse; may be nil
}

// work classifies the errors in a batch.
func (j *Job) work(b *batch, maxRecord int) {
	w := &worker{batch: b, x: j.Extractor, maxRecord: maxRecord, track: resume(b.startState, b.newLine, 0)}
	file := append(appendString([]byte(`{"file":`), b.file), `,"line":`...)
	w.take = func(line int, f extract.Match) {
		if f.Source == extract.PollStopped && w.inLine {
			b.parts = append(b.parts, part{line: line, entry: b.entries, stopped: true, start: len(b.out)})
		}
		if !f.Failure() {
			return
		}
		d := w.x.Decide(f)
		b.stats.Errors++
		if j.Out != nil {
			start := len(b.out)
			b.out = append(b.out, file...)
			b.out = strconv.AppendInt(b.out, int64(line), 10)
			var automatic int
			if b.out, automatic = appendDecision(b.out, d); w.inLine && d.Retry.Automatic {
				b.parts = append(b.parts, part{line: line, entry: b.entries, start: start, at: automatic})
			}
		}
		if j.Summary != nil {
			b.tally.count(b.file, line, d)
		}
	}
	w.doubt = func(at int, line string) {
		if extract.Interrupted(line) {
			b.parts = append(b.parts, part{line: w.lineAt(at), entry: b.entries, stopped: true, start: len(b.out)})
		}
	}
	b.stats.Bytes += int64(len(b.text))
	if b.transcript {
		w.readTranscript()
	} else {
		w.run()
	}
	b.lastLine = b.line + strings.Count(b.text, "\n")
	b.text = "" // freed early: a batch may wait for the previous ones
}

// run reads the records of the batch with the tracker.
func (w *worker) run() {
	for w.track.pos < len(w.text) {
		if w.track.state.inArray() {
			w.between()
			continue
		}
		enterRecord(&w.track, w.text, true)
		at := w.track.pos
		switch w.track.state {
		case inLine:
			w.readLine(at)
		case inBrackets:
			w.readObject(at - 1)
		}
	}
	if w.track.state.inArray() && !w.endState.inArray() {
		w.rejectAt(len(w.text), reasonOpen)
	}
}

// lineAt returns the number of the line that contains text[at]. The argument must not
// decrease from call to call.
func (w *worker) lineAt(at int) int {
	if at < w.at {
		return w.line + w.lines - strings.Count(w.text[at:w.at], "\n")
	}
	w.lines += strings.Count(w.text[w.at:at], "\n")
	w.at = at
	return w.line + w.lines
}

func (w *worker) rejectAt(at int, reason string) { w.reject(w.lineAt(at), reason) }

// lastSolidAt returns the index of the last byte of text[:end] that is not white space.
func lastSolidAt(text string, end int) int {
	for end--; end > 0 && isSpace(text[end]); {
		end--
	}
	return max(end, 0)
}

// readLine reads a line of text.
func (w *worker) readLine(at int) {
	line, _, ended := strings.Cut(w.text[at:], "\n")
	next := at + len(line)
	if ended {
		next++
	}
	w.track = resume(atTop, false, next)
	w.stats.Records++
	line = strings.TrimRight(line, " \t\r")
	if len(line) > w.maxRecord {
		w.rejectAt(at, reasonTooLong)
		return
	}
	if strings.IndexByte(line, 0) >= 0 {
		w.rejectAt(at, reasonBinary)
		return
	}
	if startsEntry(line) {
		w.entries++
	}
	w.doubt(at, line)
	w.inLine = true
	w.found(at, w.x.Line(line))
	w.inLine = false
}

// readObject reads an object. The tracker is after its opening bracket.
func (w *worker) readObject(at int) {
	f, size, err := w.x.Object(w.text[at:])
	if err != nil {
		w.leave(at, err)
		return
	}
	w.track = resume(w.track.base, false, at+size)
	w.stats.Records++
	w.entries++
	if size > w.maxRecord {
		w.rejectAt(at, reasonTooLong)
		return
	}
	if entries, ok := w.x.Entries(w.text[at : at+size]); ok {
		w.records(at, entries)
		return
	}
	w.found(at, f)
}

// records reports the errors of an HTTP archive, each entry of which is a record.
func (w *worker) records(at int, entries iter.Seq2[int, extract.Match]) {
	w.stats.Records--
	for offset, f := range entries {
		w.stats.Records++
		w.found(at+offset, f)
	}
}

// leave skips to the end of JSON that does not parse.
func (w *worker) leave(at int, err *jsonscan.SyntaxError) {
	endBrackets(&w.track, w.text)
	end := w.track.pos
	if w.track.state == inBrackets {
		w.track = resume(atTop, false, end)
		end = len(w.text)
	}
	w.stats.Records++
	last := lastSolidAt(w.text, end)
	if last-at >= w.maxRecord {
		w.rejectAt(at, reasonTooLong)
		return
	}
	index, reason := at+err.Offset, err.Reason
	if index >= end {
		// It stops at a definite line end; the text after it is not part of the record.
		index, reason = last, jsonscan.ReasonEnd
	}
	w.rejectAt(index, reason)
	if w.broken != nil {
		w.broken(w.text[at : last+1])
	}
}

// found reports the error in the record at text[at:].
func (w *worker) found(at int, f extract.Match) {
	if f.Source != extract.None || f.Reading != nil {
		w.take(w.lineAt(at), f)
	}
}

// between reads the text between the elements of an array, or an element.
func (w *worker) between() {
	was, at := w.track.state, w.track.pos
	b := w.text[at]
	between(&w.track, w.text)
	switch {
	case isSpace(b):
		return
	case w.track.pos == at: // a definite line end
		w.rejectAt(at, reasonOpen)
		return
	case b == ']':
		if was == atComma {
			w.rejectAt(at, reasonTrailing)
		}
		return
	case b == ',':
		if was != atNext {
			w.rejectAt(at, reasonComma)
		}
		return
	}
	if was == atNext {
		w.rejectAt(at, reasonNoComma)
	}
	if b == '{' {
		w.readObject(at)
		return
	}
	w.readElement(at)
}

// readElement reads an element that is not an object. It contains no error.
func (w *worker) readElement(at int) {
	size, err := jsonscan.Value(w.text[at:])
	switch {
	case err == nil:
		w.track = resume(atNext, false, at+size)
	case w.track.state == inBrackets:
		w.leave(at, err)
	default:
		w.rejectAt(at+min(err.Offset, len(w.text)-1-at), err.Reason)
		for w.track.pos < len(w.text) && strings.IndexByte(" \t\r\n,[]{\"", w.text[w.track.pos]) < 0 {
			w.track.last = w.text[w.track.pos]
			w.track.pos++
		}
	}
}
