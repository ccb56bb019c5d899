package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A draft is a table as far as a source defines it.
type draft struct {
	*entry
	integer bool // codes are numbers
	classes []*entry
	codes   []*code
	byWire  map[string]*code
	byTitle map[string]*entry // classes, by key of the title
}

// A code is an entry for a code.
type code struct {
	*entry
	retry    *entry
	wire     string
	class    *entry
	line     int            // of the source
	row      string         // of a table, as text
	section  *facts.Section // about the code, or nil
	subtypes []*entry
}

func newDraft() *draft {
	return &draft{entry: newEntry(), byWire: make(map[string]*code), byTitle: make(map[string]*entry)}
}

// addCode adds a code with a new wire value and returns it.
func (d *draft) addCode(wire string, line int) *code {
	c := &code{entry: newEntry(), wire: wire, line: line}
	c.put(keyCode, wire) // replaced by the number if all codes are numbers
	c.retry = c.sub("retry")
	d.codes = append(d.codes, c)
	d.byWire[wire] = c
	return c
}

// classNamed returns the class with the title. It adds the class if it is missing.
func (d *draft) classNamed(title string) *entry {
	c := d.byTitle[key(title)]
	if c == nil {
		c = newEntry()
		c.set(keyTitle, title)
		d.classes = append(d.classes, c)
		d.byTitle[key(title)] = c
	}
	return c
}

// addDetails adds a paragraph to the details.
func (c *code) addDetails(s string) {
	if s = text(s); s == "" {
		return
	}
	if old := c.text(keyDetails); old != "" {
		s = old + "\n\n" + s
	}
	c.put(keyDetails, s)
}

// describe sets the description, or adds details if the code has another one.
func (c *code) describe(s string) {
	first, rest, _ := strings.Cut(text(s), "\n\n")
	if c.set(keyDescription, first) {
		first = ""
	}
	c.addDetails(first)
	c.addDetails(rest)
}

// complete adds required keys and resolves conflicts.
func (d *draft) complete() {
	d.put("errspec", literal("1"))
	if d.text(keyTitle) == "" {
		d.set(keyTitle, headline(d.text(keyName)))
		d.todo[keyTitle] = "derived from the name"
	}
	d.integer = !slices.ContainsFunc(d.codes, func(c *code) bool { return !isInteger(c.wire) })
	if d.integer {
		d.set("wire", "integer")
	}
	names := newNamer("unknown")
	for _, c := range d.classes {
		c.put(keyName, names.claim(className(c.text(keyTitle)), "class"))
		c.guessFault()
		d.put("classes", append(d.list("classes"), c))
	}
	names = newNamer()
	slices.SortStableFunc(d.codes, func(a, b *code) int { return a.line - b.line })
	for _, c := range d.codes {
		c.complete()
		c.claimName(names)
		c.put(keyCode, d.wire(c.wire))
		d.put("codes", append(d.list("codes"), c.entry))
	}
	d.completeReferences()
}

// wire returns a code as a value.
func (d *draft) wire(s string) any {
	if d.integer {
		return literal(s)
	}
	return s
}

// completeReferences removes aliases that are codes already, and replacements that are not
// codes.
func (d *draft) completeReferences() {
	taken := make(map[string]bool, len(d.codes))
	for _, c := range d.codes {
		taken[c.wire] = true
	}
	for _, c := range d.codes {
		aliases := c.list(keyAliases)
		c.drop(keyAliases)
		for _, v := range aliases {
			if s := v.(string); taken[s] || d.integer && !isInteger(s) {
				c.remark("alias " + s + ": it is a code already, or cannot be one")
			} else {
				taken[s] = true
				c.put(keyAliases, append(c.list(keyAliases), d.wire(s)))
			}
		}
		if p, ok := c.values[keyDeprecated].(*entry); ok && p.text(keyReplacedBy) != "" {
			if s := p.text(keyReplacedBy); d.byWire[s] != nil {
				p.put(keyReplacedBy, d.wire(s))
			} else {
				p.drop(keyReplacedBy)
				c.remark("replaced by " + s + ": it is not a code here")
			}
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

// guessFault sets the fault of a class.
func (e *entry) guessFault() {
	in := words(e.text(keyName))
	for _, f := range faults {
		if slices.ContainsFunc(f.words, func(w string) bool { return slices.Contains(in, w) }) {
			e.set("fault", f.fault)
			e.todo["fault"] = "guessed from the title"
			return
		}
	}
	e.set("fault", "unknown")
	e.todo["fault"] = "client or server"
}

// complete adds the required keys of a code, and its class and subtypes.
func (c *code) complete() {
	if c.text(keyTitle) == "" {
		c.set(keyTitle, headline(c.wire))
		c.todo[keyTitle] = "derived from the code"
	}
	if c.text(keyDescription) == "" {
		c.todo[keyDescription] = "first sentence of the details"
		if !c.set(keyDescription, firstSentence(c.text(keyDetails))) || c.text(keyDescription) == "" {
			c.set(keyDescription, c.text(keyTitle))
			c.todo[keyDescription] = "missing in the source"
		}
	}
	if c.retry.text(keyAction) == "" {
		c.retry.set(keyAction, "unknown")
		c.retry.todo[keyAction] = "missing in the source"
	}
	if c.class != nil {
		c.set(keyClass, c.class.text(keyName))
	}
	names := newNamer()
	for _, s := range c.subtypes {
		if s.text(keyTitle) == "" {
			s.set(keyTitle, "Subtype")
			s.todo[keyTitle] = "missing in the source"
		}
		s.put(keyName, names.claim(firstOf(s.text(keyName), slug(s.text(keyTitle))), "subtype"))
		c.put(keySubtypes, append(c.list(keySubtypes), s))
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
	stem := firstOf(c.text(keyName), c.wire)
	if folded := fold(stem); folded != "" && !names.taken[folded] {
		names.taken[folded] = true
		return
	}
	c.put(keyName, names.claim(firstOf(slug(stem), slug(c.text(keyTitle))), "code"))
	c.todo[keyName] = "the code has no unique Go name"
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

func newNamer(taken ...string) *namer {
	n := &namer{make(map[string]bool), make(map[string]int)}
	for _, s := range taken {
		n.taken[s] = true
	}
	return n
}

// claim returns a name, with a number if it is taken.
func (n *namer) claim(name, fallback string) string {
	name = firstOf(name, fallback)
	free := name
	for n.taken[fold(free)] {
		n.next[name]++
		free = fmt.Sprintf("%s_%d", name, n.next[name]+1)
	}
	n.taken[fold(free)] = true
	return free
}

// dropExamples replaces the examples of subtypes that findings report by comments. It
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
			found, examples := about[c.wire+"/"+s.text(keyName)], s.list(keyExamples)
			s.drop(keyExamples)
			for _, v := range examples {
				example := v.(string)
				if slices.ContainsFunc(found, func(f diag.Diagnostic) bool {
					return f.Rule == "invalid-phrase" || strings.Contains(f.Message, strconv.Quote(example))
				}) {
					s.remark("no unique phrase can be derived from this message: " + example)
					dropped = true
				} else {
					s.add(keyExamples, example)
				}
			}
		}
	}
	return dropped
}
