// Package classify classifies codes, messages and responses in the same way as generated
// packages.
//
// A [Classifier] of a valid table returns the [Decision] for a code and a message. [Vectors]
// are cases with their decisions, by which classifiers in all languages are tested. Package
// match matches the phrases.
package classify

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/match"
)

// A Decision is the result of classifying an error.
type Decision struct {
	Code    *spec.Code    // nil for an unlisted code
	Subtype *spec.Subtype // nil if the message selects none
	StandIn *spec.Code    // code whose advice applies to an unlisted code of a response, or nil
	Charged spec.Charged  // of the code; never no if the outcome of the request is unknown
	Retry   spec.Retry    // of the subtype, of the code, or for unlisted codes
}

// A Classifier returns the same decisions as the package generated from its table. It is
// safe for concurrent use.
type Classifier struct {
	table    *spec.Table
	index    map[string]int // by wire value, alias and former name; for integers by name also
	prefixes []prefix       // longest first
	unlisted spec.Retry
	sets     []codeSet         // by code
	all      func() *match.Set // compiled on first use: most callers do not need it
	owners   []spec.Phrase     // of the entries of all
}

// A prefix is the start of wire values that are treated as a code of the table.
type prefix struct {
	text string
	code int
}

// A codeSet has the phrases of a code's subtypes.
type codeSet struct {
	set      *match.Set // nil if there are no phrases
	subtypes []int      // of the entries of set
	fallback int        // index of the fallback subtype, or -1
}

// New returns the classifier of a valid table. The error is that of the first invalid
// phrase.
func New(t *spec.Table) (*Classifier, error) {
	c := &Classifier{table: t, index: make(map[string]int, len(t.Codes)), sets: make([]codeSet, len(t.Codes))}
	for i := range t.Codes {
		code := &t.Codes[i]
		c.index[code.Wire] = i
		for _, wire := range code.OtherWires() {
			c.index[wire] = i
		}
		if t.Wire == spec.WireInteger {
			c.index[code.Stem()] = i
		}
		for _, text := range code.Prefixes {
			c.prefixes = append(c.prefixes, prefix{text, i})
		}
	}
	slices.SortStableFunc(c.prefixes, func(a, b prefix) int { return len(b.text) - len(a.text) })
	if unknown, ok := t.Code(t.Unlisted); ok && t.Unlisted != "" {
		c.unlisted = spec.Retry{Action: unknown.Retry.Action, Advice: unknown.Retry.Advice, Hint: unknown.Retry.Hint}
	}
	return c, c.compile()
}

func (c *Classifier) compile() error {
	var all []match.Entry
	byCode := make([][]match.Entry, len(c.table.Codes))
	for i := range c.sets {
		c.sets[i].fallback = -1
		for j, s := range c.table.Codes[i].Subtypes {
			if s.Fallback {
				c.sets[i].fallback = j
			}
		}
	}
	var failure error
	for p := range c.table.Phrases() {
		phrase, err := match.Parse(p.Source)
		if err != nil {
			if failure == nil {
				failure = err
			}
			continue
		}
		entry := match.Entry{Phrase: phrase, Fallback: p.Subtype >= 0 && p.Subtype == c.sets[p.Code].fallback}
		all = append(all, entry)
		c.owners = append(c.owners, p)
		if p.Subtype >= 0 {
			byCode[p.Code] = append(byCode[p.Code], entry)
			c.sets[p.Code].subtypes = append(c.sets[p.Code].subtypes, p.Subtype)
		}
	}
	if failure != nil {
		return failure
	}
	for i, entries := range byCode {
		if len(entries) > 0 {
			set, err := match.Compile(entries)
			if err != nil {
				return err
			}
			c.sets[i].set = set
		}
	}
	c.all = sync.OnceValue(func() *match.Set {
		set, _ := match.Compile(all) // parsed phrases always compile
		return set
	})
	return nil
}

// lookup returns the index of the code with a wire value. An integer may have any form that
// ParseCode of a generated package accepts; for integers, the name of the code is accepted
// instead.
func (c *Classifier) lookup(wire string) (int, bool) {
	i, ok := c.index[wire]
	if !ok && c.table.Wire == spec.WireInteger {
		if n, err := strconv.ParseInt(wire, 10, 64); err == nil {
			i, ok = c.index[strconv.FormatInt(n, 10)]
		}
	}
	for _, p := range c.prefixes {
		if !ok && strings.HasPrefix(wire, p.text) {
			return p.code, true
		}
	}
	return i, ok
}

// Classify returns the decision for a wire value and its message. The wire value determines
// the code; the message selects one of its subtypes. Classify reads only the first 64 KiB of
// the message; see [match.Head]. The decision is not automatic if the code has a stricter
// subtype that may be selected by the rest of a longer message or only by the response.
func (c *Classifier) Classify(wire, message string) Decision {
	d, _, _ := c.classify(wire, message)
	return d
}

// ClassifyValues is [Classifier.Classify], and also returns the values of named placeholders
// in the message, in the order of the phrase that selected the subtype. It searches the
// message once for both.
func (c *Classifier) ClassifyValues(wire, message string) (Decision, []Value) {
	d, set, entry := c.classify(wire, message)
	return d, valuesOf(set, entry, message)
}

// classify also returns the phrase that selected the subtype, as an entry of set. It returns
// a nil set if no phrase did.
func (c *Classifier) classify(wire, message string) (d Decision, set *match.Set, entry int) {
	i, ok := c.lookup(wire)
	if !ok {
		return Decision{Retry: c.unlisted}, nil, 0
	}
	code := &c.table.Codes[i]
	d = Decision{Code: code, Charged: code.Charged, Retry: code.Retry}
	sub, set, entry := c.subtype(i, message)
	if sub < 0 {
		set = nil
	} else {
		d.Subtype, d.Retry = &code.Subtypes[sub], code.Subtypes[sub].Retry
	}
	if d.Retry.Automatic && (c.table.HasHiddenSubtype(code) || len(message) > match.MaxMessage && code.HasStricterSubtype()) {
		d.Retry.Automatic = false
	}
	return d, set, entry
}

// Subtype returns the index of the subtype of a code that a message selects, or -1. code is
// an index in Codes of the table.
func (c *Classifier) Subtype(code int, message string) int {
	sub, _, _ := c.subtype(code, message)
	return sub
}

func (c *Classifier) subtype(code int, message string) (sub int, set *match.Set, entry int) {
	phrases := c.sets[code]
	if phrases.set != nil {
		if entry, ok := phrases.set.Find(message); ok {
			return phrases.subtypes[entry], phrases.set, entry
		}
	}
	if phrases.fallback < 0 || strings.TrimSpace(match.Head(message)) == "" {
		return -1, nil, 0
	}
	return phrases.fallback, nil, 0
}

// Match searches text that contains no code for a phrase of any code or subtype. It returns
// false if no phrase matches.
func (c *Classifier) Match(message string) (*spec.Code, *spec.Subtype, bool) {
	code, sub, _, ok := c.match(message)
	return code, sub, ok
}

// MatchValues is [Classifier.Match], and also returns the values of named placeholders in
// the message. It searches the message once for both.
func (c *Classifier) MatchValues(message string) (*spec.Code, *spec.Subtype, []Value, bool) {
	code, sub, entry, ok := c.match(message)
	if !ok {
		return nil, nil, nil, false
	}
	return code, sub, valuesOf(c.all(), entry, message), true
}

// match also returns the phrase that matched, as an entry of c.all.
func (c *Classifier) match(message string) (code *spec.Code, sub *spec.Subtype, entry int, ok bool) {
	entry, ok = c.all().Find(message)
	if !ok {
		return nil, nil, 0, false
	}
	owner := c.owners[entry]
	code = &c.table.Codes[owner.Code]
	if owner.Subtype >= 0 {
		sub = &code.Subtypes[owner.Subtype]
	}
	return code, sub, entry, true
}

// A Value is the text that a named placeholder matches.
type Value struct {
	Name, Text string
}

// valuesOf returns the values of the named placeholders of a phrase. It returns nil if set
// is nil.
func valuesOf(set *match.Set, entry int, message string) []Value {
	if set == nil {
		return nil
	}
	var values []Value
	for _, name := range set.Names(entry) {
		if text, ok := set.Value(entry, message, name); ok {
			values = append(values, Value{name, text})
		}
	}
	return values
}
