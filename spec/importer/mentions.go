package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A group is the headings of one level in a section, the items of a list, or the
// paragraphs of a section.
type group struct {
	section  *facts.Section // that contains them
	mentions []mention
	total    int  // with those that start with no code
	strong   int  // mentions
	known    int  // mentions of codes that the draft has
	errors   bool // in a section about errors
	named    bool // a mention is an identifier with a word for errors
	headings bool
}

// add counts a part, which is a mention if ok is true.
func (g *group) add(m mention, ok bool) {
	g.total++
	if !ok {
		return
	}
	g.mentions = append(g.mentions, m)
	if m.strong {
		g.strong++
	}
	g.named = g.named || namesErrors(m.codes[0])
}

// readMentions reads the groups of headings, and then those of lists and paragraphs
// outside sections about codes.
func (r *reader) readMentions() {
	r.sectionsByTitle()
	var groups []*group
	r.page.Root.Walk(func(s *facts.Section) bool {
		levels := make(map[int]*group)
		for _, c := range s.Children {
			g := levels[c.Level]
			if g == nil {
				g = &group{section: s, headings: true}
				levels[c.Level], groups = g, append(groups, g)
			}
			g.add(headingOf(c))
		}
		return true
	})
	r.readGroups(groups)
	groups = nil
	r.page.Root.Walk(func(s *facts.Section) bool {
		if !r.isAbout(s) {
			if g := r.paragraphs(s); len(g.mentions) > 1 {
				groups = append(groups, g)
			}
			groups = append(groups, r.lists(s, s.Blocks)...)
		}
		return true
	})
	r.readGroups(groups)
}

// lists returns the groups of the lists in blocks.
func (r *reader) lists(s *facts.Section, blocks []*facts.Block) []*group {
	var all []*group
	var open *group
	for _, b := range blocks {
		if b.Kind != facts.ItemFact {
			open = nil
			continue
		}
		if open == nil {
			open = &group{section: s}
			all = append(all, open)
		}
		m, ok := leadOf(b.Text)
		m.fact, m.blocks = &b.Fact, b.Blocks
		if open.add(m, ok); !ok {
			all = append(all, r.lists(s, b.Blocks)...)
		}
	}
	return all
}

// paragraphs returns the group of the paragraphs of a section. The blocks after each
// mention belong to it.
func (r *reader) paragraphs(s *facts.Section) *group {
	g := &group{section: s}
	for _, b := range s.Blocks {
		m, ok := leadOf(b.Text)
		m.fact = &b.Fact
		last := len(g.mentions) - 1
		switch {
		case ok && m.strong:
			g.add(m, true)
		case last >= 0 && isRange(b.Text.Line()):
			return g
		case last >= 0:
			g.mentions[last].blocks = append(g.mentions[last].blocks, b)
		}
	}
	return g
}

// readGroups reads the codes of groups. Unknown codes are accepted if they have the shape
// of the others and are evidently codes.
func (r *reader) readGroups(all []*group) {
	hasCodes, inErrors := len(r.codes) > 0, false
	count := make(map[bool]int) // strong mentions, by whether they are numbers
	for _, g := range all {
		g.errors = r.underErrors(g.section)
		for _, m := range g.mentions {
			if r.byWire[m.codes[0]] != nil {
				g.known++
			}
			if m.strong {
				count[shapeOf(m.codes[0]) == number]++
			}
		}
		inErrors = inErrors || g.errors && g.strong > 0
	}
	if !hasCodes {
		r.shape = symbol
		if count[true] >= count[false] && count[true] > 0 {
			r.shape = number
		}
	}
	for _, g := range all {
		for _, m := range g.mentions {
			if m.section != nil && (r.about[m.section] != nil || r.ledger[m.fact].Used) {
				continue
			}
			known := r.byWire[m.codes[0]] != nil
			why := r.refuse(m, g, hasCodes, inErrors)
			switch {
			case m.section != nil && (known || why == ""):
				r.sectionOf(m)
			case known:
				r.knownItem(m, g)
			case why == "":
				r.itemOf(m)
			default:
				lost := (isStrong(m.codes[0]) || status(m.title) != 0) && (g.strong > 1 || g.headings && g.errors) && r.options.Tables == nil
				r.ledger[m.fact] = Entry{Fact: m.fact, What: why, Lost: lost}
			}
		}
	}
}

// refuse returns the reason why an unknown code is not accepted, or "".
func (r *reader) refuse(m mention, g *group, hasCodes, inErrors bool) string {
	crowd := len(g.mentions)*4 >= g.total*3 && len(g.mentions) > 1
	form := shapeOf(m.codes[0])
	if form == noShape && m.strong && g.headings {
		form = symbol // a word set as code
	}
	switch {
	case r.options.Tables != nil:
		return "not selected by --tables"
	case form != r.shape:
		return "it has another form than the other codes"
	case hasCodes && (!isStrong(m.codes[0]) || g.known == 0 && !(g.headings && g.errors)):
		return "no table or heading lists it"
	case hasCodes:
	case inErrors && !g.errors:
		return "other parts of the page are about errors"
	case !m.strong && !(crowd && (g.errors || g.named || g.strong > 0)):
		return "it may be a word"
	case !crowd && !g.errors && !g.named, !g.headings && len(g.mentions)*2 < g.total:
		return "the parts next to it are not codes"
	}
	return ""
}

// sectionsByTitle finds the sections whose heading is the title of a code of a table.
func (r *reader) sectionsByTitle() {
	byTitle := make(map[string]*code)
	for _, c := range r.codes {
		t := draft.Key(c.Text(keyTitle))
		if _, ambiguous := byTitle[t]; ambiguous || t == "" {
			c = nil
		}
		byTitle[t] = c
	}
	r.page.Root.Walk(func(s *facts.Section) bool {
		if c := byTitle[draft.Key(s.Title.Plain())]; c != nil && c.section == nil && r.byWire[s.Title.Line()] == nil && !r.ledger[&s.Fact].Used {
			c.section, r.about[s] = s, []*code{c}
			r.ledger.use(&s.Fact, "code %s", c.Wire)
		}
		return true
	})
}

// sectionOf makes a section that of its codes. A second section about a code is not used.
func (r *reader) sectionOf(m mention) {
	for _, wire := range m.codes {
		if c := r.byWire[wire]; c != nil && c.section != nil && c.section != m.section {
			r.ledger.lose(m.fact, "code %s has a section on line %d already", wire, c.section.Line)
			return
		}
	}
	for _, wire := range m.codes {
		c := r.byWire[wire]
		if c == nil {
			c = r.addCode(wire, m.fact.Line)
		} else if c.section != nil {
			continue // twice in one heading
		}
		c.section, r.about[m.section] = m.section, append(r.about[m.section], c)
		c.entitle(strings.TrimSpace(m.rest.Plain()))
		if m.section.Title.IsStruck() {
			c.Sub(keyDeprecated)
		}
	}
	r.ledger.use(m.fact, "code %s", strings.Join(m.codes, ", "))
}

// itemOf reads the item or paragraph of a new code.
func (r *reader) itemOf(m mention) {
	c := r.addCode(m.codes[0], m.fact.Line)
	r.ledger.use(m.fact, "code %s", c.Wire)
	c.entitle(m.title)
	c.Describe(m.rest.Prose())
	b := &body{reader: r, code: c}
	b.blocks(m.blocks)
	b.finish()
}

// knownItem reads an item about a code of a table or heading: advice if it is in a list of
// codes to retry, or else a comment.
func (r *reader) knownItem(m mention, g *group) {
	c, text := r.byWire[m.codes[0]], draft.Line(strings.TrimSpace(m.title+" "+m.rest.Prose()))
	heading := draft.Words(g.section.Title.Plain())
	switch {
	case containsAny(heading, "retry", "retries", "retryable", "retriable", "fix") && c.fromList(heading, text):
		r.ledger.use(m.fact, "advice of %s", c.Wire)
	case text != "" && text != c.Text(keyDescription) && text != c.Text(keyTitle):
		c.Remark(fmt.Sprintf("line %d: %s", m.fact.Line, text))
		r.ledger.use(m.fact, "comment of %s", c.Wire)
	default:
		r.ledger.use(m.fact, "names %s", c.Wire)
	}
}

// fromList reads an item of a list of codes that may or may not be retried. It returns
// false if the code has other advice already.
func (c *code) fromList(heading []string, text string) bool {
	r := c.Retry
	ok := r.Set(keyAdvice, text) || r.Set(keyHint, text)
	switch {
	case r.Text(keyAction) != "":
	case containsAny(heading, "fix", "change", "correct", "modify"):
		r.Guess(keyAction, "fix", "guessed from the list that contains the code")
	case !containsAny(heading, "non", "not", "never", "don"):
		r.Guess(keyAction, "retry", "guessed from the list that contains the code; or is it wait? automatic?")
	}
	return ok
}

func containsAny(list []string, all ...string) bool {
	return slices.ContainsFunc(all, func(s string) bool { return slices.Contains(list, s) })
}
