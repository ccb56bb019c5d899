package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/importer/facts"
)

// A heading is a section whose title looks like a code.
type heading struct {
	section *facts.Section
	codes   []string
	rest    string
	strong  bool
	set     bool // the title is set as code
}

func headingOf(s *facts.Section) (heading, bool) {
	codes, rest := codesIn(s.Title)
	h := heading{section: s, codes: codes, rest: rest}
	h.set = len(s.Title.Codes()) > 0 && (rest == "" || s.Title[0].Kind != facts.Plain)
	if len(codes) == 0 || strings.ContainsAny(codes[0], " ()<>{}") {
		return h, false
	}
	h.strong = isStrong(codes[0]) || h.set && (shapeOf(codes[0]) != noShape || rest == "")
	return h, shapeOf(codes[0]) != noShape && (rest == "" || h.strong) || h.set
}

// A group is the headings that look like codes in one section, on one level.
type group struct {
	headings []heading
	siblings int // all headings there
	strong   int
	known    int // about codes of tables
	errors   bool
}

func (r *reader) groups() (order []heading, groups map[*facts.Section]map[int]*group) {
	groups = make(map[*facts.Section]map[int]*group)
	r.page.Root.Walk(func(s *facts.Section) bool {
		groups[s] = make(map[int]*group)
		for _, c := range s.Children {
			g := groups[s][c.Level]
			if g == nil {
				g = &group{errors: r.underErrors(s)}
				groups[s][c.Level] = g
			}
			g.siblings++
			h, ok := headingOf(c)
			if ok {
				g.headings = append(g.headings, h)
				if h.strong {
					g.strong++
				}
				if r.byWire[h.codes[0]] != nil {
					g.known++
				}
			}
		}
		if h, ok := headingOf(s); ok && s.Parent != nil {
			order = append(order, h)
		}
		return true
	})
	return order, groups
}

// findSections finds the sections about codes: of tables, and others that look like
// codes.
func (r *reader) findSections() {
	order, groups := r.groups()
	tables := len(r.codes) > 0
	inErrors := false // a group of strong headings is about errors
	for _, byLevel := range groups {
		for _, g := range byLevel {
			inErrors = inErrors || g.errors && g.strong > 0
		}
	}
	if !tables {
		r.shape = headingShape(order)
	}
	r.sectionsByTitle()
	for _, h := range order {
		s := h.section
		g := groups[s.Parent][s.Level]
		if r.about[s] != nil || r.ledger[&s.Fact].Used {
			continue
		}
		if first := r.byWire[h.codes[0]]; first != nil {
			r.sectionOf(h)
			continue
		}
		switch why := r.refuse(h, g, tables, inErrors); {
		case why == "":
			r.sectionOf(h)
		case isStrong(h.codes[0]) && (g.strong > 1 || g.errors) && r.options.Tables == nil:
			r.ledger.lose(&s.Fact, why)
		default:
			r.ledger.skip(&s.Fact, why)
		}
	}
}

// headingShape returns the shape of most strong headings.
func headingShape(all []heading) shape {
	count := make(map[shape]int)
	for _, h := range all {
		if h.strong {
			count[shapeOf(h.codes[0])]++
		}
	}
	if count[number] >= count[symbol] && count[number] > 0 {
		return number
	}
	return symbol
}

// refuse returns the reason why a heading that names no code of a table is not read as a
// code, or "".
func (r *reader) refuse(h heading, g *group, tables, inErrors bool) string {
	isShape := shapeOf(h.codes[0]) == r.shape || h.set && r.shape == symbol && shapeOf(h.codes[0]) == noShape
	crowd := len(g.headings)*4 >= g.siblings*3 && len(g.headings) > 1
	switch {
	case r.options.Tables != nil:
		return "not selected by --tables"
	case !isShape:
		return "it has another form than the other codes"
	case tables && (!isStrong(h.codes[0]) || g.known == 0 && !g.errors):
		return "no table lists it"
	case tables:
	case inErrors && !g.errors:
		return "other headings are about errors"
	case !h.strong && !(crowd && (g.errors || g.strong > 0)):
		return "its heading may be a word"
	case h.strong && !crowd && !g.errors && g.strong*2 < g.siblings && !isStrong(h.codes[0]):
		return "headings next to it are not codes"
	}
	return ""
}

// sectionsByTitle finds the sections whose heading is the title of a code of a table.
func (r *reader) sectionsByTitle() {
	byTitle := make(map[string]*code)
	for _, c := range r.codes {
		if t := key(c.text(keyTitle)); t != "" {
			if _, taken := byTitle[t]; taken {
				byTitle[t] = nil // ambiguous
				continue
			}
			byTitle[t] = c
		}
	}
	r.page.Root.Walk(func(s *facts.Section) bool {
		if c := byTitle[key(s.Title.Plain())]; c != nil && c.section == nil && r.byWire[s.Title.Line()] == nil && !r.ledger[&s.Fact].Used {
			c.section, r.about[s] = s, []*code{c}
			r.ledger.use(&s.Fact, "code "+c.wire)
		}
		return true
	})
}

// sectionOf makes a section that of its codes. A second section about a code is not used.
func (r *reader) sectionOf(h heading) {
	s := h.section
	for _, wire := range h.codes {
		c := r.byWire[wire]
		if c != nil && c.section != nil && c.section != s {
			r.ledger.lose(&s.Fact, fmt.Sprintf("code %s has a section on line %d already", wire, c.section.Line))
			return
		}
	}
	for _, wire := range h.codes {
		c := r.byWire[wire]
		if c == nil {
			c = r.addCode(wire, s.Line)
		} else if c.section == s {
			continue
		}
		c.section, r.about[s] = s, append(r.about[s], c)
		r.entitle(c, h.rest)
		if s.Title.IsStruck() {
			c.sub(keyDeprecated)
		}
	}
	r.ledger.use(&s.Fact, "code "+strings.Join(h.codes, ", "))
}

// entitle reads the text next to a code in a heading or a list: an HTTP status, a name
// of a number, or a title.
func (r *reader) entitle(c *code, rest string) {
	rest = strings.TrimSpace(rest)
	if rest == "" || strings.EqualFold(rest, "error") || rest == c.text(keyTitle) {
		return
	}
	if shapeOf(c.wire) == number && shapeOf(rest) == symbol && setName(r.draft, c, rest) || c.label(rest) {
		return
	}
	c.remark(rest)
}

// isAbout reports whether a section is about a code, or in such a section.
func (r *reader) isAbout(s *facts.Section) bool {
	for ; s != nil; s = s.Parent {
		if r.about[s] != nil {
			return true
		}
	}
	return false
}

// readSections reads the sections about codes.
func (r *reader) readSections() {
	r.page.Root.Walk(func(s *facts.Section) bool {
		for _, c := range r.about[s] {
			b := &bodyReader{reader: r, code: c}
			b.section(s)
		}
		return true
	})
}

// inCodeSection reports whether a section, or one around it, has a strong code as its
// heading.
func inCodeSection(s *facts.Section) bool {
	for ; s != nil && s.Parent != nil; s = s.Parent {
		if h, ok := headingOf(s); ok && h.strong {
			return true
		}
	}
	return false
}

// containsWord reports whether a text contains one of the words.
func containsWord(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(" "+s+" ", " "+w+" ") })
}
