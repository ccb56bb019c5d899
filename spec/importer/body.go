package importer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A body reads the body of a section about a code, block by block. Headings and labels
// such as "**Causes:**" set the topic of the blocks after them.
type body struct {
	*reader
	code  *code
	topic string // key, or "" for the code and under unknown labels
	name  string // label of the topic in the source
}

// longestLabel limits labels and titles, in bytes.
const longestLabel = 60

// isAbout reports whether a section is about a code, or in such a section.
func (r *reader) isAbout(s *facts.Section) bool {
	return s.Within(func(s *facts.Section) bool { return r.about[s] != nil })
}

// readSections reads the sections about codes.
func (r *reader) readSections() {
	r.page.Root.Walk(func(s *facts.Section) bool {
		for _, c := range r.about[s] {
			b := &body{reader: r, code: c}
			b.blocks(b.afterTitle(s.Blocks))
			b.children(s)
			b.finish()
		}
		return true
	})
}

// use marks a fact as a part of the topic.
func (b *body) use(f *facts.Fact) {
	b.ledger.use(f, "%s of %s", cmp.Or(b.topic, keyDetails), b.code.Wire)
}

// children reads the sections in a section, except for those about other codes.
func (b *body) children(s *facts.Section) {
	for _, child := range s.Children {
		if b.about[child] != nil || b.ledger[&child.Fact].Lost {
			continue
		}
		b.name = child.Title.Line()
		if b.topic = topicOf(b.name); b.topic == "" {
			b.code.AddDetails(b.name + ":")
		}
		b.use(&child.Fact)
		b.blocks(child.Blocks)
		b.children(child)
	}
}

// afterTitle reads the title of a code from the first paragraph if it is bold or a few
// capitalized words, and returns the other blocks.
func (b *body) afterTitle(blocks []*facts.Block) []*facts.Block {
	if len(blocks) == 0 || blocks[0].Kind != facts.ParagraphFact {
		return blocks
	}
	first := blocks[0].Text
	s := draft.Line(first.Prose())
	_, _, isLabel := label(first)
	short := len(s) <= longestLabel && !strings.ContainsAny(s, ".:!?`") && len(blocks) > 1 && blocks[1].Kind == facts.ParagraphFact
	if s == "" || isLabel || !first.IsStrong() && !(short && isHeadline(s)) || !b.code.Set(keyTitle, s) {
		return blocks
	}
	b.ledger.use(&blocks[0].Fact, "title of %s", b.code.Wire)
	return blocks[1:]
}

// isHeadline reports whether every word with more than three letters starts with a
// capital.
func isHeadline(s string) bool {
	return !slices.ContainsFunc(strings.Fields(s), func(word string) bool {
		r := []rune(word)
		return len(r) > 3 && unicode.IsLower(r[0])
	})
}

func (b *body) blocks(blocks []*facts.Block) {
	for _, x := range blocks {
		switch x.Kind {
		case facts.ItemFact:
			b.listItem(x)
		case facts.TableFact:
			b.table(x.Table)
		case facts.ParagraphFact:
			b.paragraph(&x.Fact, x.Text)
		case facts.CodeFact:
			b.codeBlock(x)
		default:
			b.ledger.skip(&x.Fact, "HTML other than tables is not read")
		}
	}
}

// listItem reads an item with its paragraphs. Other blocks in it follow. An item of the
// code itself may start with a label, which is the topic of the item.
func (b *body) listItem(item *facts.Block) {
	text := item.Text
	if name, rest, ok := label(text); ok && b.topic == "" && topicOf(name) != "" {
		outer := *b
		defer func() { b.topic, b.name = outer.topic, outer.name }()
		b.topic, b.name, text = topicOf(name), name, rest
	}
	b.use(&item.Fact)
	texts := []facts.Text{text}
	var others []*facts.Block
	for _, x := range item.Blocks {
		if x.Kind != facts.ParagraphFact {
			others = append(others, x)
			continue
		}
		b.use(&x.Fact)
		texts = append(texts, x.Text)
	}
	b.item(slices.DeleteFunc(texts, facts.Text.IsEmpty)...)
	b.blocks(others)
}

// label splits a label at the start of a paragraph from the rest: bold words, or words
// before a colon. Words without markup count if they are known or have nothing after
// them.
func label(t facts.Text) (name string, rest facts.Text, ok bool) {
	lead, after := t.Lead()
	if bold := lead.Line(); bold != "" && len(bold) <= longestLabel {
		following := strings.TrimSpace(after.Plain())
		trimmed := strings.TrimRight(bold, ":： ")
		isLabel := trimmed != bold || strings.HasPrefix(following, ":") || strings.HasPrefix(following, "：") || following == "" && topicOf(bold) != ""
		return trimmed, after.TrimLeft(":： \t\n"), isLabel
	}
	if len(t) == 0 || !t[0].IsPlain() {
		return "", t, false
	}
	m := labelPattern.FindStringSubmatch(t[0].Text)
	if m == nil {
		return "", t, false
	}
	rest = append(facts.Text{{Text: t[0].Text[len(m[0]):]}}, t[1:]...).TrimLeft(" ")
	return m[1], rest, topicOf(m[1]) != "" || rest.IsEmpty()
}

var labelPattern = lazyregexp.New(`^([^\n.:：]{1,60})[:：]\s*`)

// lasting are topics of more than one paragraph after their label.
var lasting = []string{keyCauses, keyAvoid, keyFixes, keyExamples, keySubtypes, keyReference}

// paragraph reads a paragraph. It may be a label of the next blocks, or start with one.
func (b *body) paragraph(f *facts.Fact, t facts.Text) {
	name, rest, ok := label(t)
	if ok {
		b.name, b.topic = name, topicOf(name)
	}
	b.use(f)
	switch {
	case !ok && b.topic == keyDescription:
		b.code.AddDetails(t.Prose())
	case !ok:
		b.item(t)
	case b.topic == "":
		b.code.AddDetails(strings.TrimSpace(name + ": " + rest.Prose()))
	case !rest.IsEmpty():
		if b.item(rest); !slices.Contains(lasting, b.topic) {
			b.topic = "" // the label is for one line
		}
	}
}

// instruction matches a sentence that instructs readers.
var instruction = lazyregexp.New(`^(?i:(?:if|when|in that case)\b[^.]*?,\s*)?(?i:(?:please|simply|just|then|and)\s+)*` +
	`(?i:retry|resubmit|submit|try|wait|contact|check|verify|ensure|make sure|use|reduce|increase|remove|update|change|adjust|send|request|review|correct|fix|add|set|provide|upgrade|split|resize)\b`)

// finish makes the last paragraph of the details a fix if it is an instruction and there
// are no other fixes. A body of one line is the description.
func (b *body) finish() {
	c := b.code
	details := c.Text(keyDetails)
	if c.Text(keyDescription) == "" && details != "" && !strings.Contains(details, "\n") && len(details) <= 200 {
		c.Set(keyDescription, details)
		c.Take(keyDetails)
		return
	}
	last := strings.LastIndex(details, "\n\n")
	if c.Get(keyFixes) != nil || c.Get(keyAvoid) != nil || last < 0 || !instruction.MatchString(details[last+2:]) {
		return
	}
	c.Add(keyFixes, details[last+2:])
	c.Doubt(keyFixes, "guessed from the last paragraph")
	c.PutText(keyDetails, details[:last])
}
