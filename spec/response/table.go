package response

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/match"
)

// A table looks up codes for the reader, as a generated package does in static data.
type table struct {
	codes    []Code
	integer  bool
	index    map[string]int
	prefixes []prefix // the longest first
	first    []int    // by code: the index of its first subtype
	subtypes []Subtype
	all      *match.Set
	owners   []int // codes of the entries of all
	sets     []phrases
}

type prefix struct {
	text string
	code int
}

// phrases are those of the subtypes of one code.
type phrases struct {
	set      *match.Set // nil if there are none
	subtypes []int
}

// table fills the table of the reader.
func (c *compiler) table() {
	t := &c.r.table
	*t = table{codes: c.d.Codes, integer: c.d.Integer, index: make(map[string]int), sets: make([]phrases, len(c.d.Codes))}
	var all []match.Entry
	for i, code := range c.d.Codes {
		for _, wire := range append([]string{code.Wire}, code.Aliases...) {
			if _, ok := t.index[wire]; ok || wire == "" {
				c.fail("code %q is empty or listed twice", wire)
			}
			t.index[wire] = i
		}
		for _, p := range code.Prefixes {
			if p == "" || c.d.Integer || slices.ContainsFunc(t.prefixes, func(q prefix) bool { return q.text == p }) {
				c.fail("code %s: prefix %q is empty, listed twice, or one of integers", code.Wire, p)
			}
			t.prefixes = append(t.prefixes, prefix{p, i})
		}
		all = append(all, c.entries(code.Match, i, false)...)
		t.first = append(t.first, len(t.subtypes))
		var own []match.Entry
		for j, s := range code.Subtypes {
			if s.Automatic && !code.Automatic {
				c.fail("subtype %s/%s is automatic, its code is not", code.Wire, s.Name)
			}
			entries := c.entries(s.Match, i, s.Fallback)
			all = append(all, entries...)
			for range entries {
				t.sets[i].subtypes = append(t.sets[i].subtypes, len(t.subtypes)+j)
			}
			own = append(own, entries...)
		}
		t.subtypes = append(t.subtypes, code.Subtypes...)
		if len(own) > 0 {
			t.sets[i].set, _ = match.Compile(own)
		}
	}
	slices.SortStableFunc(t.prefixes, func(a, b prefix) int { return len(b.text) - len(a.text) })
	for _, e := range all {
		t.owners = append(t.owners, e.Owner)
	}
	t.all, _ = match.Compile(all)
}

// entries parses phrases.
func (c *compiler) entries(sources []string, code int, fallback bool) []match.Entry {
	var entries []match.Entry
	for _, source := range sources {
		p, err := match.Parse(source)
		if err != nil {
			c.fail("code %s: match: %w", c.d.Codes[code].Wire, err)
			continue
		}
		entries = append(entries, match.Entry{Phrase: p, Owner: code, Fallback: fallback})
	}
	return entries
}

func (t *table) listed(value string) (code int, prefix bool) {
	if i, ok := t.index[value]; ok {
		return i, false
	}
	if t.integer {
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			if i, ok := t.index[strconv.FormatInt(n, 10)]; ok {
				return i, false
			}
		}
	}
	for _, p := range t.prefixes {
		if strings.HasPrefix(value, p.text) {
			return p.code, true
		}
	}
	return -1, false
}

func (t *table) codeIn(message string) int {
	if entry, ok := t.all.Find(message); ok {
		return t.owners[entry]
	}
	return -1
}

func (t *table) subtypeIn(code int, message string) int {
	if set := t.sets[code].set; set != nil {
		if entry, ok := set.Find(message); ok {
			return t.sets[code].subtypes[entry]
		}
	}
	return -1
}

// head returns the part of a message that is matched.
func head(message string) string { return match.Head(message) }

func (t *table) fallback(code int) int {
	return t.find(code, func(s *Subtype) bool { return s.Fallback })
}

func (t *table) subtypeOf(code int, value string) int {
	return t.find(code, func(s *Subtype) bool {
		if len(s.Values) > 0 {
			return slices.Contains(s.Values, value)
		}
		return strings.ToLower(value) == s.Name
	})
}

func (t *table) find(code int, f func(*Subtype) bool) int {
	for i := range t.codes[code].Subtypes {
		if f(&t.codes[code].Subtypes[i]) {
			return t.first[code] + i
		}
	}
	return -1
}

func (t *table) stricter(a, b int) int {
	x, y := &t.subtypes[a], &t.subtypes[b]
	if x.Automatic && !y.Automatic || x.Automatic == y.Automatic && y.Wait > x.Wait {
		return b
	}
	return a
}

func (t *table) uniform(code int) bool {
	c := &t.codes[code]
	return t.find(code, func(s *Subtype) bool {
		return c.Automatic && !s.Automatic || s.Wait > c.Wait || s.LongestWait > c.LongestWait
	}) < 0
}

func (t *table) repeatable(code int) bool {
	return t.codes[code].Automatic && t.find(code, func(s *Subtype) bool { return !s.Automatic }) < 0
}

func (t *table) automatic(code, subtype int) bool {
	if subtype >= 0 {
		return t.subtypes[subtype].Automatic
	}
	return t.codes[code].Automatic
}
