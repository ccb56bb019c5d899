package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/diag"
)

// complete adds required keys and resolves conflicts.
func (d *draft) complete() {
	if d.title = line(d.title); d.title == "" {
		d.title = headline(d.name)
		d.todo.note("title", "derived from the name")
	}
	d.description = text(d.description)
	for _, c := range d.codes {
		d.integer = d.integer && isInteger(c.wire)
	}
	d.completeClasses()
	names := newNamer()
	for _, c := range d.codes {
		d.completeCode(c)
		c.claimName(names)
	}
	d.completeReferences()
}

// completeReferences removes aliases that are codes already, and replacements that are not
// codes.
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
			c.remark(what + " " + wire + ": it is a code already, or cannot be one")
			return true
		})
	}
	for _, c := range d.codes {
		c.aliases = own(c, "alias", c.aliases)
		if p := c.deprecated; p != nil && p.replacedBy != "" && d.byWire[p.replacedBy] == nil {
			c.remark("replaced by " + p.replacedBy + ": it is not a code here")
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

// className derives the name of a class from its title: "Client Errors (Fixable by User)"
// becomes client.
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

// faults lists words in the names of classes that suggest a fault.
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
		c.todo.note("title", "derived from the code")
	}
	c.details = text(c.details)
	if c.description = line(c.description); c.description == "" {
		c.description = c.title
		if sentence := firstSentence(c.details); sentence != "" {
			c.description = sentence
			c.todo.note("description", "first sentence of the details")
		} else {
			c.todo.note("description", "missing in the source")
		}
	}
	if c.retry.action == "" {
		c.retry.action = "unknown"
		c.retry.todo.note("action", "missing in the source")
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
			s.title = "Subtype"
			s.todo.note("title", "missing in the source")
		}
		if s.name == "" {
			s.name = slug(s.title)
		}
		s.name = names.claim(s.name, "subtype")
	}
}

// firstSentence returns the first sentence of a text. It returns "" if it has more than
// 200 bytes.
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

// claimName gives a code a name if no identifier can be derived from its wire value, or
// if another code has the same identifier.
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
	c.todo.note("name", "the code has no unique Go name")
}

// fold returns the part of s that distinguishes identifiers: ASCII letters in lower case
// and digits. A minus before a number becomes a word.
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

// A namer creates names that are distinct when folded.
type namer struct {
	taken map[string]bool
	next  map[string]int // number for the next use of a name
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

// dropExamples removes the examples of subtypes that findings report. It returns false if
// there are none.
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
