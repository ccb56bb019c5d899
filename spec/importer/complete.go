package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/diag"
)

// complete fills in what a table needs and settles what must not meet.
func (d *draft) complete() {
	if d.title = line(d.title); d.title == "" {
		d.title = headline(d.name)
		d.todo.note("title", "made from the name")
	}
	d.description = text(d.description)
	for _, c := range d.codes {
		d.integer = d.integer && isInteger(c.wire)
	}
	if d.response != nil {
		d.response.complete()
	}
	d.completeClasses()
	names := newNamer()
	for _, c := range d.codes {
		d.completeCode(c)
		c.claimName(names)
	}
	d.completeReferences()
}

// completeReferences drops what names a code that is not there, or that is there
// already.
func (d *draft) completeReferences() {
	taken := make(map[string]bool, len(d.codes))
	for _, c := range d.codes {
		taken[c.wire] = true
	}
	own := func(c *code, what string, all []string) []string {
		return slices.DeleteFunc(all, func(wire string) bool {
			if !taken[wire] && d.isWire(wire) {
				taken[wire] = true
				return false
			}
			c.remark(what + " " + wire + ", which is a code already, or cannot be one")
			return true
		})
	}
	for _, c := range d.codes {
		c.aliases = own(c, "alias", c.aliases)
		if p := c.deprecated; p != nil && p.replacedBy != "" && d.byWire[p.replacedBy] == nil {
			c.remark("replaced by " + p.replacedBy + ", which is no code here")
			p.replacedBy = ""
		}
	}
}

// isWire reports whether a text can be a code of the table.
func (d *draft) isWire(s string) bool { return s != "" && (!d.integer || isInteger(s)) }

func (d *draft) completeClasses() {
	names := newNamer()
	names.taken["unknown"] = true
	for _, c := range d.classes {
		c.title, c.description = line(c.title), line(c.description)
		if c.name == "" {
			c.name = className(c.title)
		}
		c.name = names.claim(c.name, "class")
		if c.fault == "" {
			c.guessFault()
		}
	}
}

// className makes the name of a class of its title: "Client Errors (Fixable by
// User)" is client.
func className(title string) string {
	if before, _, found := strings.Cut(title, "("); found && strings.TrimSpace(before) != "" {
		title = before
	}
	parts := words(title)
	for len(parts) > 1 && slices.Contains([]string{"error", "errors", "code", "codes", "side"}, parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return slug(strings.Join(parts, " "))
}

// faults are the words by which a class says whose mistake its errors are.
var faults = []struct {
	fault string
	words []string
}{
	{"client", []string{"client", "user", "caller", "request", "validation", "input", "authentication", "authorization", "permission"}},
	{"server", []string{"server", "service", "internal", "system", "upstream", "backend", "infrastructure"}},
}

func (c *class) guessFault() {
	in := words(c.name)
	for _, f := range faults {
		if slices.ContainsFunc(f.words, func(w string) bool { return slices.Contains(in, w) }) {
			c.fault = f.fault
			c.todo.note("fault", "guessed from the title")
			return
		}
	}
	c.fault = "unknown"
	c.todo.note("fault", "client or server")
}

func (d *draft) completeCode(c *code) {
	if c.title = line(c.title); c.title == "" {
		c.title = headline(c.wire)
		c.todo.note("title", "made from the code")
	}
	c.details = text(c.details)
	if c.description = line(c.description); c.description == "" {
		c.description = c.title
		if sentence := firstSentence(c.details); sentence != "" {
			c.description = sentence
			c.todo.note("description", "the first sentence of the details")
		} else {
			c.todo.note("description", "the source has none")
		}
	}
	if c.retry.action == "" {
		c.retry.action = "unknown"
		c.retry.todo.note("action", "it does not say")
	}
	names := newNamer()
	c.causes = slices.DeleteFunc(c.causes, func(x cause) bool { return text(x.text) == "" })
	for i := range c.causes {
		c.causes[i] = cause{line(c.causes[i].title), text(c.causes[i].text)}
	}
	c.avoid, c.fixes, c.examples = texts(c.avoid), texts(c.fixes), texts(c.examples)
	c.since, c.retry.advice, c.retry.hint = line(c.since), line(c.retry.advice), line(c.retry.hint)
	if p := c.deprecated; p != nil {
		p.since, p.reason = line(p.since), line(p.reason)
	}
	for _, s := range c.subtypes {
		s.description, s.examples = line(s.description), texts(s.examples)
		if s.title = line(s.title); s.title == "" {
			s.title = "Sub-type"
			s.todo.note("title", "the source has none")
		}
		if s.name == "" {
			s.name = slug(s.title)
		}
		s.name = names.claim(s.name, "subtype")
	}
}

// firstSentence returns the first sentence of a text, or "" if it is no short
// one.
func firstSentence(s string) string {
	s, _, _ = strings.Cut(s, "\n\n")
	s = line(s)
	if i := strings.Index(s, ". "); i >= 0 {
		s = s[:i+1]
	}
	if len(s) > 200 {
		return ""
	}
	return s
}

// claimName gives a code a name when no identifier can be made from its wire
// value, or when another code has the same one.
func (c *code) claimName(names *namer) {
	stem := c.wire
	if c.name != "" {
		stem = c.name
	}
	if folded := fold(stem); folded != "" && !names.taken[folded] {
		names.taken[folded] = true
		return
	}
	base := slug(stem)
	if base == "" {
		base = slug(c.title)
	}
	c.name = names.claim(base, "code")
	c.todo.note("name", "the code alone makes no name of its own")
}

// fold returns what an identifier made of s keeps: letters and digits of ASCII,
// whatever their case. A minus before a number is spelt out.
func fold(s string) string {
	if isInteger(s) && s[0] == '-' {
		s = "minus" + s[1:]
	}
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, s)
}

// A namer keeps names apart that are the same when folded.
type namer struct {
	taken map[string]bool
	next  map[string]int // the number that a name gets when it is taken again
}

func newNamer() *namer { return &namer{make(map[string]bool), make(map[string]int)} }

// claim returns a name, with a number if it is taken.
func (n *namer) claim(name, fallback string) string {
	if name == "" {
		name = fallback
	}
	free := name
	for n.taken[fold(free)] {
		n.next[name]++
		free = fmt.Sprintf("%s_%d", name, n.next[name]+1)
	}
	n.taken[fold(free)] = true
	return free
}

// dropExamples takes away the examples of sub-types that findings are about. It
// returns false if there are none.
func (d *draft) dropExamples(findings diag.List) bool {
	about := make(map[string]diag.List)
	for _, f := range findings {
		if f.Severity == diag.Error && (f.Rule == "example-mismatch" || f.Rule == "invalid-phrase") {
			about[f.Subject] = append(about[f.Subject], f)
		}
	}
	dropped := false
	for _, c := range d.codes {
		for _, s := range c.subtypes {
			found := about[c.wire+"/"+s.name]
			s.examples = slices.DeleteFunc(s.examples, func(example string) bool {
				if !slices.ContainsFunc(found, func(f diag.Diagnostic) bool {
					return f.Rule == "invalid-phrase" || strings.Contains(f.Message, strconv.Quote(example))
				}) {
					return false
				}
				s.ambiguous, dropped = append(s.ambiguous, example), true
				return true
			})
		}
	}
	return dropped
}
