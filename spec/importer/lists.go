package importer

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A lead is a code at the start of an item or paragraph, and the text after it.
type lead struct {
	wire   string
	rest   facts.Text
	strong bool
}

// leadOf returns the code at the start of a text: set as code, in bold, or a strong code
// before punctuation.
func leadOf(t facts.Text) (lead, bool) {
	t = t.TrimLeft(" \t\n")
	if len(t) > 0 && t[0].Kind == facts.Plain && !t[0].Strong { // "Code: E1"
		t = append(facts.Text{{Text: errorWord.ReplaceAllString(t[0].Text, "")}}, t[1:]...).TrimLeft(" ")
	}
	if len(t) == 0 {
		return lead{}, false
	}
	l := lead{rest: t[1:]}
	switch first := t[0]; {
	case first.Kind == facts.CodeSpan || first.Kind == facts.LinkSpan && first.IsCode:
		l.wire = wireText(first.Text)
	case first.Kind == facts.LinkSpan && isStrong(wireText(first.Text)):
		l.wire = wireText(first.Text)
	case first.Strong:
		var bold facts.Text
		bold, l.rest = t.Lead()
		codes, rest := codesIn(facts.Text{{Text: strings.TrimRight(bold.Line(), ":：")}})
		if len(codes) != 1 {
			return lead{}, false
		}
		l.wire = codes[0]
		if rest != "" {
			l.rest = append(facts.Text{{Text: rest + ". "}}, l.rest...)
		}
	case first.Kind == facts.Plain:
		m := leadingCode.FindStringSubmatch(first.Text)
		if m == nil || !isStrong(wireText(m[1])) {
			return lead{}, false
		}
		l.wire = wireText(m[1])
		l.rest = append(facts.Text{{Text: m[2]}}, t[1:]...)
	}
	l.rest = l.rest.TrimLeft(" \t\n:：-–—|=>,")
	l.strong = isStrong(l.wire)
	isField := typeOf(strings.TrimLeft(l.rest.Line(), "( ")) != "any"
	return l, l.wire != "" && !strings.ContainsAny(l.wire, " (){}<>=\"'/") && !isField
}

var leadingCode = lazyregexp.New(`(?s)^(\S+?)(?:\s*[:：=|]\s*|\s+[-–—]+\s*|\s*=>\s*|\s*$|\s+)(.*)$`)

// A listing is items or paragraphs in one place, some of which start with codes.
type listing struct {
	section *facts.Section
	leads   []lead
	items   []*facts.Item // the items, or the paragraphs with the blocks after them
	total   int
}

// readLists reads lists and paragraphs that start with codes, outside sections about
// codes.
func (r *reader) readLists() {
	var all []*listing
	r.page.Root.Walk(func(s *facts.Section) bool {
		if r.isAbout(s) {
			return true // it may contain other sections
		}
		for _, b := range s.Blocks {
			all = append(all, listingsOf(s, b)...)
		}
		if l := paragraphs(s); len(l.leads) > 1 {
			all = append(all, l)
		}
		return true
	})
	hasCodes := len(r.codes) > 0
	if !hasCodes {
		r.shape = leadShape(all)
	}
	for _, l := range all {
		r.readListing(l, hasCodes)
	}
}

// listingsOf returns a list and the lists in it.
func listingsOf(s *facts.Section, b *facts.Block) []*listing {
	if !b.IsList() {
		return nil
	}
	l := &listing{section: s, total: len(b.Items)}
	var inner []*listing
	for _, item := range b.Items {
		if x, ok := leadOf(item.Text()); ok {
			l.leads, l.items = append(l.leads, x), append(l.items, item)
			continue
		}
		for _, nested := range item.Blocks {
			inner = append(inner, listingsOf(s, nested)...)
		}
	}
	return append([]*listing{l}, inner...)
}

// paragraphs returns the paragraphs of a section that start with codes. The blocks after
// each belong to it.
func paragraphs(s *facts.Section) *listing {
	l := &listing{section: s}
	for _, b := range s.Blocks {
		if b.Kind == facts.ParagraphFact {
			l.total++
			if x, ok := leadOf(b.Text); ok && x.strong {
				l.leads = append(l.leads, x)
				l.items = append(l.items, &facts.Item{Fact: b.Fact, Blocks: []*facts.Block{b}})
				continue
			}
		}
		if last := len(l.items) - 1; last >= 0 {
			l.items[last].Blocks = append(l.items[last].Blocks, b)
		}
	}
	return l
}

func leadShape(all []*listing) shape {
	numbers, symbols := 0, 0
	for _, l := range all {
		for _, x := range l.leads {
			if shapeOf(x.wire) == number && x.strong {
				numbers++
			} else if x.strong {
				symbols++
			}
		}
	}
	if numbers >= symbols && numbers > 0 {
		return number
	}
	return symbol
}

// readListing reads the items of a list that start with codes.
func (r *reader) readListing(l *listing, hasCodes bool) {
	strong, known := 0, 0
	for _, x := range l.leads {
		if r.byWire[x.wire] != nil {
			known++
		}
		if x.strong {
			strong++
		}
	}
	errors := r.underErrors(l.section)
	heading := key(l.section.Title.Plain())
	for i, x := range l.leads {
		item := l.items[i]
		fact := &item.Fact
		if item.Kind == facts.ParagraphFact {
			fact = &item.Blocks[0].Fact
		}
		if c := r.byWire[x.wire]; c != nil {
			r.knownItem(c, x, fact, heading)
			continue
		}
		why := ""
		switch {
		case r.options.Tables != nil:
			why = "not selected by --tables"
		case shapeOf(x.wire) == noShape:
			why = "it names no known code"
		case shapeOf(x.wire) != r.shape:
			why = "it has another form than the other codes"
		case hasCodes && (!errors || !x.strong || known == 0 && strong < 2):
			why = "no table or heading lists the code"
		case !hasCodes && (strong < 2 && !errors || len(l.leads)*2 < l.total):
			why = "the list may be about something else"
		}
		switch {
		case why != "" && x.strong && strong > 1 && r.options.Tables == nil:
			r.ledger.lose(fact, why)
		case why != "":
			r.ledger.skip(fact, why)
		default:
			c := r.addCode(x.wire, fact.Line)
			r.ledger.use(fact, "code "+x.wire)
			b := &bodyReader{reader: r, code: c}
			if rest := x.rest.Prose(); rest != "" {
				c.describe(rest)
			}
			b.blocks(item.Blocks[1:])
			b.finish()
		}
	}
}

// knownItem reads an item about a code of a table or heading: advice in a list of codes
// to retry, or else a comment.
func (r *reader) knownItem(c *code, x lead, fact *facts.Fact, heading string) {
	text := facts.Line(x.rest.Prose())
	switch {
	case containsWord(heading, "retry", "retries", "retryable", "retriable", "fix"):
		if c.fromList(heading, text) {
			r.ledger.use(fact, "advice of "+c.wire)
			return
		}
		fallthrough
	case text != "" && text != c.text(keyDescription) && text != c.text(keyTitle):
		c.remark(fmt.Sprintf("line %d: %s", fact.Line, text))
		r.ledger.use(fact, "comment of "+c.wire)
	default:
		r.ledger.use(fact, "names "+c.wire)
	}
}

// fromList reads an item of a list of codes that may or may not be retried. It returns
// false if the code has other advice already.
func (c *code) fromList(heading, hint string) bool {
	r := c.retry
	ok := r.set(keyAdvice, hint) || r.set(keyHint, hint)
	if r.text(keyAction) != "" {
		return ok
	}
	switch {
	case containsWord(heading, "fix", "change", "correct", "modify"):
		r.set(keyAction, "fix")
		r.todo[keyAction] = "guessed from the list that contains the code"
	case containsWord(heading, "non", "not", "never", "don t", "do not"):
	default:
		r.set(keyAction, "retry")
		r.todo[keyAction] = "guessed from the list that contains the code; or is it wait? automatic?"
	}
	return ok
}

// codeLine matches a line of a code block that defines or lists a code.
var codeLine = lazyregexp.New(`^\s*(?:(?:const|static|public|final|int|let|var|#define|export)\s+)*(-?\d{3,}|[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{1,10}-?\d{3,})\b\s*(?:[:=,|({]|[-–—]|\s\S)`)

// findCodeText marks code blocks and HTML that list three codes or more: they look like
// codes, but have no columns.
func (r *reader) findCodeText() {
	r.page.Root.Walk(func(s *facts.Section) bool {
		for _, b := range s.Blocks {
			r.findCodeLines(b)
		}
		return true
	})
}

func (r *reader) findCodeLines(b *facts.Block) {
	for _, item := range b.Items {
		for _, inner := range item.Blocks {
			r.findCodeLines(inner)
		}
	}
	if b.Code == "" || r.ledger.has(&b.Fact) {
		return
	}
	unknown := make(map[string]bool)
	for row := range strings.Lines(b.Code) {
		if m := codeLine.FindStringSubmatch(row); m != nil && r.byWire[m[1]] == nil {
			unknown[m[1]] = true
		}
	}
	if len(unknown) >= 3 && r.options.Tables == nil {
		r.ledger.lose(&b.Fact, fmt.Sprintf("%d of its lines start with codes that no table, heading or list has", len(unknown)))
	}
}
