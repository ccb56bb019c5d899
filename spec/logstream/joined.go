package logstream

import (
	"slices"
	"strings"
)

// A program that prints a joined error writes one line for each of its parts, like
// [errors.Join]:
//
//	evolink: service_error: overloaded (task t-1)
//	evolink: stopped polling task t-2: context deadline exceeded
//
// If polling stopped in one of them, the outcome is unknown, and the others are not
// automatic. Lines are part of the same error until a line starts like an entry of a
// log.

// maxJoined is the maximum number of lines between two parts of a joined error.
const maxJoined = 16

// A part is a line of text that may be a part of a joined error.
type part struct {
	line    int
	entry   int  // number of the log entry, counted from the last entry of the previous batch
	stopped bool // polling stopped; otherwise the part is automatic
	start   int  // index of the decision in the output
	at      int  // index of its "true" in the output
}

const isTrue, isFalse = "true", "false"

// startsEntry reports whether a line of text starts like an entry of a log: with a
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

// A joiner receives the output of batches in the order of the stream, and retains the
// part that later lines may change.
type joiner struct {
	held  []byte // output that is not returned yet
	parts []part // parts of held, and earlier parts in which polling stopped
	entry int    // number of the last entry
}

// add receives the output of a batch and returns the output that later lines cannot
// change.
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

// settle sets automatic to false for parts of an error in which polling stopped.
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
		// Both are in the order of lines.
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

// rest returns the retained output at the end of the stream.
func (j *joiner) rest() []byte { return j.held }
