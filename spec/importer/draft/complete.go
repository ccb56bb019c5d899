package draft

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/spec/form"
)

// Complete adds required keys and resolves conflicts. The codes are sorted by their lines.
func (t *Table) Complete() {
	t.Put("errspec", Scalar("!!int", "1"))
	if t.Text("title") == "" {
		t.Guess("title", Headline(t.Text("name")), "derived from the name")
	}
	t.tag = "!!str"
	if !t.IsText && !slices.ContainsFunc(t.Codes, func(c *Code) bool { return !isInteger(c.Wire) }) {
		t.tag = "!!int"
		t.Set("wire", "integer")
	}
	claimed := namer{"unknown": 1}
	for _, c := range t.classes {
		c.PutText("name", claimed.claim(className(c.Text("title")), "class"))
		c.guessFault()
		t.AddEntry("classes", c)
	}
	claimed = make(namer)
	slices.SortStableFunc(t.Codes, func(a, b *Code) int { return a.Line - b.Line })
	for _, c := range t.Codes {
		c.Put("code", t.Wire(c.Wire))
		c.complete(claimed)
		t.AddEntry("codes", c.Entry)
	}
	t.completeReferences()
}

// Wire returns a code as a value of the completed table.
func (t *Table) Wire(code string) *yaml.Node { return Scalar(t.tag, code) }

// isInteger reports whether a code is a number in the notation of tables.
func isInteger(s string) bool {
	_, err := strconv.ParseInt(s, 0, 64)
	return err == nil && (form.IsDecimal(s) || strings.HasPrefix(s, "0x") && !strings.Contains(s, "_"))
}

// completeReferences removes aliases that are codes already, and replacements that are not other
// codes.
func (t *Table) completeReferences() {
	isCode, taken := make(map[string]bool), make(map[string]bool)
	for _, c := range t.Codes {
		isCode[c.Wire] = true
	}
	for _, c := range t.Codes {
		for _, v := range c.Take("aliases") {
			if s := v.Value; taken[s] || isCode[s] || t.tag == "!!int" && !isInteger(s) {
				c.Remark("alias " + s + ": it is a code already, or cannot be one")
			} else {
				taken[s] = true
				c.addNode("aliases", t.Wire(s))
			}
		}
		if c.Get("deprecated") == nil || c.Sub("deprecated").Get("replaced_by") == nil {
			continue
		}
		if by := c.Sub("deprecated").Get("replaced_by"); isCode[by.Value] && by.Value != c.Wire {
			by.Tag = t.tag
		} else {
			c.Sub("deprecated").Take("replaced_by")
			c.Remark("replaced by " + by.Value + ": it is not another code here")
		}
	}
}

// className derives the name of a class from its title: "Client Errors (Fixable by User)" becomes
// client.
func className(title string) string {
	if before, _, found := strings.Cut(title, "("); found && strings.TrimSpace(before) != "" {
		title = before
	}
	parts := Words(title)
	for len(parts) > 1 && slices.Contains([]string{"error", "errors", "code", "codes", "side"}, parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	return Slug(strings.Join(parts, " "))
}

// Words in names of classes that suggest a fault.
var (
	clientWords = []string{"client", "user", "caller", "request", "validation", "input", "authentication", "authorization", "permission"}
	serverWords = []string{"server", "service", "internal", "system", "upstream", "backend", "infrastructure"}
)

// guessFault sets the fault of a class that its name suggests.
func (e *Entry) guessFault() {
	in := Words(e.Text("name"))
	suggests := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(in, w) })
	}
	switch {
	case suggests(clientWords):
		e.Guess("fault", "client", "guessed from the title")
	case suggests(serverWords):
		e.Guess("fault", "server", "guessed from the title")
	default:
		e.Guess("fault", "unknown", "client or server")
	}
}

// complete adds the required keys of a code, its class and its subtypes. The code gets a name if no
// identifier can be derived from its wire value, or if another code has the same identifier.
func (c *Code) complete(claimed namer) {
	if c.Text("title") == "" {
		c.Guess("title", Headline(c.Wire), "derived from the code")
	}
	if c.Text("description") == "" {
		if first := firstSentence(c.Text("details")); first != "" {
			c.Guess("description", first, "first sentence of the details")
		} else {
			c.Guess("description", c.Text("title"), "missing in the source")
		}
	}
	if c.Retry.Text("action") == "" {
		c.Retry.Guess("action", "unknown", "missing in the source")
	}
	if c.Class != nil {
		c.Set("class", c.Class.Text("name"))
	}
	if stem := cmp.Or(c.Text("name"), c.Wire); identifier(stem) == "" || !claimed.add(stem) {
		c.Guess("name", claimed.claim(cmp.Or(Slug(stem), Slug(c.Text("title"))), "code"), "the code has no unique Go name")
	}
	claimed = make(namer)
	for _, s := range c.Subtypes {
		if s.Text("title") == "" {
			s.Guess("title", "Subtype", "missing in the source")
		}
		s.PutText("name", claimed.claim(cmp.Or(s.Text("name"), Slug(s.Text("title"))), "subtype"))
		c.AddEntry("subtypes", s)
	}
}

// firstSentence returns the first sentence of a text. It returns "" if it has more than 200 bytes.
func firstSentence(s string) string {
	s, _, _ = strings.Cut(s, "\n\n")
	s = Line(s)
	if i := strings.Index(s, ". "); i >= 0 {
		s = s[:i+1]
	}
	if len(s) > 200 {
		return ""
	}
	return s
}
