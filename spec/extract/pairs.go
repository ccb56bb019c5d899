package extract

import (
	"strconv"
	"strings"
)

// A pair is key=value in a line, as written by slog's text handler and many others.
type pair struct {
	group string // the key up to and including its last dot: "err."
	kind  kind
	value string
	start int // index of its start in the line
	end   int
}

// maxPairs is the maximum number of identifying pairs of a line.
const maxPairs = 32

// logValue finds the output of LogValue in a line: a group of pairs that contains the
// name of the table and a code.
func (x *Extractor) logValue(line string) Match {
	if !strings.Contains(line, "table="+x.table.Name) {
		return Match{}
	}
	var buf [maxPairs]pair
	all := identifying(line, buf[:0])
	var first Match
	for _, p := range all {
		if p.kind != keyTable || p.value != x.table.Name {
			continue
		}
		f := x.logged(x.groupOf(all, p.group))
		switch {
		case f.Source != LogValue:
		case first.Source == None:
			first = f
			first.start = p.start
			first.unsure = f.unsure || isCited(line, p.start)
		default:
			first = x.With(first, f)
		}
	}
	return first
}

// pairs finds an error in the pairs of a line: in JSON as the value of one, or as a
// code after a key for codes.
func (x *Extractor) pairs(line string, nested int) Match {
	var buf [maxPairs]pair
	all := identifying(line, buf[:0])
	var best Match
	for _, p := range all {
		if p.mayHoldJSON() && nested < maxNested {
			if f, _ := x.embedded(p.value, -1, nested+1); f.Source > best.Source {
				best = f
			}
		}
		if p.kind != keyCode && (p.kind != keyError || !x.listed[p.value]) {
			continue
		}
		f := x.logged(x.groupOf(all, p.group))
		if f.Source != Mention || !x.listed[f.Code] && (otherCode(p.group) || otherCode(line[:p.start])) {
			continue
		}
		x.complete(&f, line, all, p)
		if best.Source == None || best.Source == Mention {
			best = x.prefer(best, f)
		}
	}
	return best
}

func (p pair) mayHoldJSON() bool {
	return (p.kind == keyMessage || p.kind == keyError || p.kind == keyBody) && strings.HasPrefix(p.value, `{"`)
}

// groupOf returns the members of a group. The last of duplicate keys applies, as in
// JSON.
func (x *Extractor) groupOf(all []pair, group string) members {
	var m members
	for _, p := range all {
		if p.group == group {
			x.note(&m, p.kind, p.value)
		}
	}
	return m
}

// complete adds the message and the task ID from the line outside the group. Without a
// message, it adds the rest of the line.
func (x *Extractor) complete(f *Match, line string, all []pair, code pair) {
	f.text = line
	for _, p := range all {
		if p.kind == keyTask && f.Task == "" {
			f.Task = p.value
		}
		if p.kind == keyMessage && f.Message == "" {
			f.Message = p.value
		}
	}
	if f.Message == "" {
		f.Message = around(line, code.end-len(code.value), code.end)
	}
}

// identifying appends the pairs of a line that can be part of an error.
func identifying(line string, all []pair) []pair {
	for at := 0; at < len(line) && len(all) < maxPairs; {
		eq := strings.IndexByte(line[at:], '=')
		if eq < 0 {
			break
		}
		eq += at
		start := eq
		for start > at && (isWord(line[start-1]) || line[start-1] == '.' || line[start-1] == '-') {
			start--
		}
		key := line[start:eq]
		kind := keyKind(key)
		value, end := pairValue(line, eq+1)
		if kind != keyOther && !inURL(line, start) {
			all = append(all, pair{key[:strings.LastIndexByte(key, '.')+1], kind, value, start, end})
		}
		at = end
	}
	return all
}

// pairValue returns the value of a pair and the index of its end. The value is quoted,
// or extends to the next white space.
func pairValue(line string, at int) (value string, end int) {
	if at < len(line) && line[at] == '"' {
		if end := quotedEnd(line, at); end >= 0 {
			if value, err := strconv.Unquote(line[at:end]); err == nil {
				return value, end
			}
			return line[at+1 : end-1], end
		}
	}
	end = at
	for end < len(line) && line[end] > ' ' {
		end++
	}
	return line[at:end], end
}
