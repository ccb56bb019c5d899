package extract

import (
	"strconv"
	"strings"
)

// A pair is key=value in a line, as slog's text handler and many others write.
type pair struct {
	group string // the key up to its last dot, that included: "err."
	kind  kind
	value string
	start int // where it begins in the line
	end   int
}

// maxPairs bounds how many telling pairs of a line count.
const maxPairs = 32

// logValue finds what LogValue wrote into a line: a group of pairs that has the
// table's name and a code.
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

// pairs finds an error in the pairs of a line: in JSON that is the value of one,
// or a code after a key for one.
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

// groupOf returns what stands in a group. Of keys that occur twice the last one
// counts, as in JSON.
func (x *Extractor) groupOf(all []pair, group string) members {
	var m members
	for _, p := range all {
		if p.group == group {
			x.note(&m, p.kind, p.value)
		}
	}
	return m
}

// complete adds to a code what the line says outside of its group: a message, or
// else the rest of the line, and the task.
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
		if kind != keyOther && !inAddress(line, start) {
			all = append(all, pair{key[:strings.LastIndexByte(key, '.')+1], kind, value, start, end})
		}
		at = end
	}
	return all
}

// pairValue returns the value of a pair and where it ends: quoted, or up to the
// next white space.
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
