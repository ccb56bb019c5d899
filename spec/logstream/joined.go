package logstream

import (
	"slices"
	"strings"
)

// A program that prints a joined error writes a line for each of its parts, as
// [errors.Join] does:
//
//	evolink: service_error: overloaded (task t-1)
//	evolink: stopped polling task t-2: context deadline exceeded
//
// If polling stopped in one of them, the outcome is unknown, and the others are not
// automatic. They belong together as long as no line starts as entries of a log do.

// maxJoined is how many lines may be between two parts of a joined error.
const maxJoined = 16

// A part is a line of text that may be a part of a joined error.
type part struct {
	line    int
	entry   int  // of the log, counted from the last one of the batch before
	stopped bool // polling stopped; else it is automatic
	start   int  // where the decision begins in the output
	at      int  // where its "true" begins
}

const isTrue, isFalse = "true", "false"

// startsEntry reports whether a line of text starts as entries of a log do: with a
// number, a bracket, a level, or a pair key=value.
func startsEntry(line string) bool {
	if line == "" || isDigit(line[0]) || strings.IndexByte("[<{", line[0]) >= 0 {
		return true
	}
	end := strings.IndexFunc(line, func(r rune) bool {
		return r != '_' && r != '.' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
	if end < 0 {
		return false
	}
	switch line[:end] {
	case "TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL", "PANIC":
		return true
	}
	return line[end] == '='
}

// A joiner takes the output of batches in the order of the stream and keeps back
// what the lines that follow may change.
type joiner struct {
	held  []byte // output that is not passed on yet
	parts []part // of held, and those where polling stopped not long before
	entry int    // the last one
}

// add takes the output of a batch and returns what is not going to change.
func (j *joiner) add(b *batch) (out []byte) {
	if b.first {
		out, j.held = j.held, nil
		j.parts, j.entry = nil, 0
	}
	if len(j.held) == 0 && len(j.parts) == 0 && len(b.parts) == 0 {
		j.entry += b.entries
		return append(out, b.out...)
	}
	for _, p := range b.parts {
		p.entry += j.entry
		p.start += len(j.held)
		p.at += len(j.held)
		j.parts = append(j.parts, p)
	}
	j.entry += b.entries
	j.held = append(j.held, b.out...)
	j.settle()
	keep := len(j.held)
	open := j.parts[:0]
	for _, p := range j.parts {
		if p.entry != j.entry || b.lastLine-p.line > maxJoined {
			continue
		}
		if open = append(open, p); !p.stopped {
			keep = min(keep, p.start)
		}
	}
	out = append(out, j.held[:keep]...)
	j.held = slices.Clone(j.held[keep:])
	j.parts = open
	for i := range j.parts {
		j.parts[i].start -= keep
		j.parts[i].at -= keep
	}
	return out
}

// settle turns those automatic parts off beside which polling stopped.
func (j *joiner) settle() {
	var stops []part
	for _, p := range j.parts {
		if p.stopped {
			stops = append(stops, p)
		}
	}
	if len(stops) == 0 {
		return
	}
	var settled []byte
	from, grown := 0, 0
	parts := j.parts[:0]
	for _, p := range j.parts {
		p.start += grown
		p.at += grown
		// Both are in the order of their lines.
		for len(stops) > 1 && stops[0].line < p.line-maxJoined {
			stops = stops[1:]
		}
		off := !p.stopped && slices.ContainsFunc(stops[:min(len(stops), 2*maxJoined+1)], func(s part) bool {
			return s.entry == p.entry && max(s.line-p.line, p.line-s.line) <= maxJoined
		})
		if !off {
			parts = append(parts, p)
			continue
		}
		at := p.at - grown
		settled = append(append(settled, j.held[from:at]...), isFalse...)
		from = at + len(isTrue)
		grown += len(isFalse) - len(isTrue)
	}
	j.held = append(settled, j.held[from:]...)
	j.parts = parts
}

// rest returns what was kept back at the end.
func (j *joiner) rest() []byte { return j.held }
