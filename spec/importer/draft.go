package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/canonical"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/importer/facts"
	"github.com/errspec/errspec/spec/names"
)

// A draft is a table as far as a source defines it.
type draft struct {
	*entry
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
	c.putText(keyDetails, s)
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
	d.put("errspec", scalar("!!int", "1"))
	if d.text(keyTitle) == "" {
		d.guess(keyTitle, headline(d.text(keyName)), "derived from the name")
	}
	tag := "!!int" // of codes
	if slices.ContainsFunc(d.codes, func(c *code) bool { return !isInteger(c.wire) }) {
		tag = "!!str"
	} else {
		d.set("wire", "integer")
	}
	claimed := namer{"unknown": 1}
	for _, c := range d.classes {
		c.putText(keyName, claimed.claim(className(c.text(keyTitle)), "class"))
		c.guessFault()
		d.addEntry("classes", c)
	}
	claimed = make(namer)
	slices.SortStableFunc(d.codes, func(a, b *code) int { return a.line - b.line })
	for _, c := range d.codes {
		c.put(keyCode, scalar(tag, c.wire))
		c.complete(claimed)
		d.addEntry("codes", c.entry)
	}
	d.completeReferences(tag)
}

// completeReferences removes aliases that are codes already, and replacements that are not
// other codes. The tag is that of codes.
func (d *draft) completeReferences(tag string) {
	taken := make(map[string]bool)
	for _, c := range d.codes {
		for _, v := range c.take(keyAliases) {
			if s := v.Value; taken[s] || d.byWire[s] != nil || tag == "!!int" && !isInteger(s) {
				c.remark("alias " + s + ": it is a code already, or cannot be one")
			} else {
				taken[s] = true
				c.addNode(keyAliases, scalar(tag, s))
			}
		}
		if c.get(keyDeprecated) == nil || c.sub(keyDeprecated).get(keyReplacedBy) == nil {
			continue
		}
		if by := c.sub(keyDeprecated).get(keyReplacedBy); d.byWire[by.Value] != nil && by.Value != c.wire {
			by.Tag = tag
		} else {
			c.sub(keyDeprecated).take(keyReplacedBy)
			c.remark("replaced by " + by.Value + ": it is not another code here")
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

// guessFault sets the fault of a class that its name suggests.
func (e *entry) guessFault() {
	in := words(e.text(keyName))
	switch {
	case containsAny(in, clientWords()...):
		e.guess("fault", "client", "guessed from the title")
	case containsAny(in, serverWords()...):
		e.guess("fault", "server", "guessed from the title")
	default:
		e.guess("fault", "unknown", "client or server")
	}
}

// complete adds the required keys of a code, its class and its subtypes. The code gets a
// name if no identifier can be derived from its wire value, or if another code has the
// same identifier.
func (c *code) complete(claimed namer) {
	if c.text(keyTitle) == "" {
		c.guess(keyTitle, headline(c.wire), "derived from the code")
	}
	if c.text(keyDescription) == "" {
		if first := firstSentence(c.text(keyDetails)); first != "" {
			c.guess(keyDescription, first, "first sentence of the details")
		} else {
			c.guess(keyDescription, c.text(keyTitle), "missing in the source")
		}
	}
	if c.retry.text(keyAction) == "" {
		c.retry.guess(keyAction, "unknown", "missing in the source")
	}
	if c.class != nil {
		c.set(keyClass, c.class.text(keyName))
	}
	if stem := firstOf(c.text(keyName), c.wire); identifier(stem) == "" || !claimed.add(stem) {
		c.guess(keyName, claimed.claim(firstOf(slug(stem), slug(c.text(keyTitle))), "code"), "the code has no unique Go name")
	}
	claimed = make(namer)
	for _, s := range c.subtypes {
		if s.text(keyTitle) == "" {
			s.guess(keyTitle, "Subtype", "missing in the source")
		}
		s.putText(keyName, claimed.claim(firstOf(s.text(keyName), slug(s.text(keyTitle))), "subtype"))
		c.addEntry(keySubtypes, s)
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

// A namer contains names by their Go identifiers. Its values are the last numbers at the
// end of names.
type namer map[string]int

func identifier(name string) string { return strings.ToLower(names.Title(name)) }

// add adds a name. It returns false if the identifier is taken.
func (n namer) add(name string) bool {
	id := identifier(name)
	if n[id] > 0 {
		return false
	}
	n[id] = 1
	return true
}

// claim returns a name, with a number if it is taken.
func (n namer) claim(name, fallback string) string {
	name = firstOf(name, fallback)
	for free := name; ; free = fmt.Sprintf("%s_%d", name, n[identifier(name)]) {
		if n.add(free) {
			return free
		}
		n[identifier(name)]++
	}
}

// dropExamples replaces the examples of subtypes that findings report by comments. It
// returns false if there are none.
func (d *draft) dropExamples(findings diag.List) bool {
	about := make(map[string]string) // messages by subject
	for _, f := range findings {
		switch {
		case f.Severity == diag.Error && f.Rule == "invalid-phrase":
			about[f.Subject] = "*"
		case f.Severity == diag.Error && f.Rule == "example-mismatch":
			about[f.Subject] += f.Message
		}
	}
	dropped := false
	for _, c := range d.codes {
		for _, s := range c.subtypes {
			found := about[c.wire+"/"+s.text(keyName)]
			for _, v := range s.take(keyExamples) {
				if found == "*" || strings.Contains(found, strconv.Quote(v.Value)) {
					s.remark("no unique phrase can be derived from this message: " + v.Value)
					dropped = true
				} else {
					s.add(keyExamples, v.Value)
				}
			}
		}
	}
	return dropped
}

// print returns the table with a comment at its start.
func (d *draft) print(file string) string {
	head := "# Created from " + line(baseName(file)) + " by errspec import."
	if isMarked((*yaml.Node)(d.entry)) {
		head += " TODO marks missing information and guesses."
	}
	if slices.ContainsFunc(d.codes, func(c *code) bool { return isMarked(c.retry.get(keyAction)) }) {
		head += "\n# Choose the action of each code: fix, retry, wait, resubmit, check, support or never. With retry and wait, add" +
			"\n# automatic: true only if clients may retry the same request automatically."
	}
	return string(canonical.Print(&yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{(*yaml.Node)(d.entry)}, HeadComment: head + "\n"}))
}
