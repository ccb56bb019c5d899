package importer

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A mention is a heading, list item or paragraph that starts with codes.
type mention struct {
	fact    *facts.Fact
	codes   []string
	title   string // next to the code, in bold
	rest    facts.Text
	strong  bool           // hardly anything other than a code
	section *facts.Section // of a heading, or nil
	blocks  []*facts.Block // after the text of an item or paragraph
}

// headingOf returns the codes of a heading, and whether it starts with one.
func headingOf(s *facts.Section) (mention, bool) {
	codes, rest := codesIn(s.Title)
	m := mention{fact: &s.Fact, codes: codes, rest: facts.Text{{Text: rest}}, section: s}
	if len(codes) == 0 || strings.ContainsAny(codes[0], " ()<>{}") {
		return m, false
	}
	set := len(s.Title.Codes()) > 0 && (rest == "" || !s.Title[0].IsPlain())
	m.strong = isStrong(codes[0]) || set && (shapeOf(codes[0]) != noShape || rest == "")
	return m, m.strong || shapeOf(codes[0]) != noShape && rest == "" || set
}

// inCodeSection reports whether a section, or one around it, has a strong code as its
// heading.
func inCodeSection(s *facts.Section) bool {
	return s.Within(func(s *facts.Section) bool {
		m, ok := headingOf(s)
		return ok && m.strong
	})
}

// leadOf returns the code at the start of a text: set as code, in bold, as a link, a
// strong code before punctuation, an identifier after an HTTP status, or one alone.
func leadOf(t facts.Text) (mention, bool) {
	if t = t.TrimLeft(" \t\n"); len(t) > 0 && t[0].IsPlain() && !t[0].Strong { // "Code: E1"
		t = append(facts.Text{{Text: errorWord.ReplaceAllString(t[0].Text, "")}}, t[1:]...).TrimLeft(" ")
	}
	if len(t) == 0 {
		return mention{}, false
	}
	wire, title, rest := "", "", t[1:]
	switch first := t[0]; {
	case first.IsCode || first.URL != "" && isStrong(wireText(first.Text)):
		wire = wireText(first.Text)
	case first.Strong:
		var bold facts.Text
		var codes []string
		bold, rest = t.Lead()
		if codes, title = codesIn(facts.Text{{Text: strings.TrimRight(bold.Line(), ":：")}}); len(codes) != 1 {
			return mention{}, false
		}
		wire = codes[0]
	case first.IsPlain():
		m := leadingCode.FindStringSubmatch(first.Text)
		if m == nil || codeRange.MatchString(first.Text) {
			return mention{}, false
		}
		wire = wireText(m[1])
		if next := leadingCode.FindStringSubmatch(m[2]); status(wire) != 0 && next != nil && isIdentifier(next[1]) { // "404 NotFound"
			title, wire, m = wire, next[1], next
		}
		if !isStrong(wire) && title == "" && !(m[2] == "" && len(rest) == 0 && shapeOf(wire) == symbol) {
			return mention{}, false
		}
		rest = append(facts.Text{{Text: m[2]}}, rest...)
	}
	rest = rest.TrimLeft(" \t\n:：-–—|=>,")
	isField := typeOf(strings.TrimLeft(rest.Line(), "( ")) != "any"
	return mention{codes: []string{wire}, title: title, rest: rest, strong: isStrong(wire) || status(title) != 0},
		wire != "" && !strings.ContainsAny(wire, " (){}<>=\"'/") && !isField
}

var leadingCode = lazyregexp.New(`(?s)^(\S+?)(?:\s*[:：=|]\s*|\s+[-–—]+\s*|\s*=>\s*|\s*$|\s+)(.*)$`)

// codeLine matches a line of a code block that defines or lists a code.
var codeLine = lazyregexp.New(`^[\s\["'{(*]*(?:(?:const|static|public|final|int|let|var|#define|export)\s+)*` +
	`(-?\d{3,6}|0x[0-9A-Fa-f]+|[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{1,10}-?\d{3,6})\b["']?\s*(?:[:=,|({]|[-–—]|\s\S|$)`)

// findCodeText marks code blocks and HTML that list three codes or more, paragraphs that
// look like rows of a table, and texts that start with a range: they look like codes, but
// cannot be read.
func (r *reader) findCodeText() {
	if r.options.Tables != nil {
		return
	}
	for _, f := range r.page.Facts {
		if f.Kind <= facts.ItemFact && isRange(f.Name) && !r.ledger[f].Used {
			r.ledger.lose(f, "it is a range of codes")
		}
	}
	r.page.Root.Walk(func(s *facts.Section) bool {
		r.findCodeLines(s.Blocks)
		return true
	})
}

func (r *reader) findCodeLines(blocks []*facts.Block) {
	for _, b := range blocks {
		r.findCodeLines(b.Blocks)
		if row := strings.TrimSpace(b.Text.Plain()); strings.HasPrefix(row, "|") && r.ledger[&b.Fact].What == "" {
			for cell := range strings.SplitSeq(row, "|") {
				if c := wireText(cell); isStrong(c) && r.byWire[c] == nil {
					r.ledger.lose(&b.Fact, "it looks like a row with the code %s, but is not part of a table", c)
				}
			}
		}
		unknown := make(map[string]bool)
		for row := range strings.Lines(b.Code) {
			if m := codeLine.FindStringSubmatch(row); m != nil && r.byWire[m[1]] == nil {
				unknown[m[1]] = true
			}
		}
		if len(unknown) >= 3 && r.ledger[&b.Fact].What == "" {
			r.ledger.lose(&b.Fact, "%d of its lines start with codes that no table, heading or list has", len(unknown))
		}
	}
}
