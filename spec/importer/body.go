package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A bodyReader reads the body of a section about a code, block by block.
type bodyReader struct {
	*reader
	code  *code
	topic string // key, "" for the code, or topicOther
	name  string // label of the topic in the source
}

// topicOther is the topic under an unknown label.
const topicOther = "other"

// longestLabel limits labels and titles, in bytes.
const longestLabel = 60

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

// section reads a section and the sections in it, except for those about other codes.
func (b *bodyReader) section(s *facts.Section) {
	b.blocks(b.afterTitle(s.Blocks))
	b.children(s)
	b.finish()
}

func (b *bodyReader) children(s *facts.Section) {
	for _, child := range s.Children {
		if b.about[child] != nil || b.ledger[&child.Fact].Lost {
			continue
		}
		b.name = child.Title.Line()
		if b.topic = topicOf(b.name); b.topic == "" {
			b.topic = topicOther
			b.code.addDetails(b.name + ":")
		}
		b.ledger.use(&child.Fact, fmt.Sprintf("%s of %s", topicName(b.topic), b.code.wire))
		b.blocks(child.Blocks)
		b.children(child)
	}
}

func topicName(topic string) string {
	if topic == "" || topic == topicOther {
		return keyDetails
	}
	return topic
}

// afterTitle reads the title of a code from the first paragraph if it is bold or a few
// capitalized words, and returns the other blocks.
func (b *bodyReader) afterTitle(blocks []*facts.Block) []*facts.Block {
	if len(blocks) == 0 || blocks[0].Kind != facts.ParagraphFact {
		return blocks
	}
	first := blocks[0].Text
	s := facts.Line(first.Prose())
	_, _, isLabel := label(first)
	short := len(s) <= longestLabel && !strings.ContainsAny(s, ".:!?`") && len(blocks) > 1 && blocks[1].Kind == facts.ParagraphFact
	if s == "" || isLabel || !first.IsStrong() && !(short && isHeadline(s)) || !b.code.set(keyTitle, s) {
		return blocks
	}
	b.ledger.use(&blocks[0].Fact, "title of "+b.code.wire)
	return blocks[1:]
}

// isHeadline reports whether every word with more than three letters starts with a
// capital.
func isHeadline(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if r := []rune(word); len(r) > 3 && unicode.IsLower(r[0]) {
			return false
		}
	}
	return true
}

func (b *bodyReader) blocks(blocks []*facts.Block) {
	for _, x := range blocks {
		use := func(f *facts.Fact) { b.ledger.use(f, fmt.Sprintf("%s of %s", topicName(b.topic), b.code.wire)) }
		switch {
		case x.IsList():
			for _, item := range x.Items {
				b.listItem(item, use)
			}
		case x.Table != nil:
			b.table(x.Table)
		case x.Kind == facts.ParagraphFact:
			b.topic = b.paragraph(x.Text, func() { use(&x.Fact) })
		case x.Kind == facts.CodeFact:
			b.codeBlock(x)
		default:
			b.ledger.skip(&x.Fact, "HTML other than tables is not read")
		}
	}
}

// listItem reads an item with its paragraphs. Other blocks in it follow. An item of the
// code itself may start with a label, which is the topic of the item.
func (b *bodyReader) listItem(item *facts.Item, use func(*facts.Fact)) {
	name, rest, ok := label(item.Text())
	if ok = ok && topicOf(name) != "" && (b.topic == "" || b.topic == topicOther); ok {
		outer := *b
		defer func() { b.topic, b.name = outer.topic, outer.name }()
		b.topic, b.name = topicOf(name), name
	}
	use(&item.Fact)
	var texts []facts.Text
	var others []*facts.Block
	for i, x := range item.Blocks {
		if x.Kind != facts.ParagraphFact {
			others = append(others, x)
			continue
		}
		if i == 0 && ok {
			x = &facts.Block{Fact: x.Fact, Text: rest}
		}
		if !x.Text.IsEmpty() {
			texts = append(texts, x.Text)
		}
		if i > 0 {
			use(&x.Fact)
		}
	}
	if len(texts) > 0 {
		b.item(texts)
	}
	b.blocks(others)
}

// label splits a label at the start of a paragraph from the rest: bold words, or words
// before a colon. Words without markup count if they are known or have nothing after
// them.
func label(t facts.Text) (name string, rest facts.Text, ok bool) {
	lead, after := t.Lead()
	if bold := lead.Line(); bold != "" && len(bold) <= longestLabel {
		following := strings.TrimSpace(after.Plain())
		if strings.HasSuffix(bold, ":") || strings.HasPrefix(following, ":") || strings.HasSuffix(bold, "：") || strings.HasPrefix(following, "：") ||
			following == "" && topicOf(bold) != "" {
			return strings.TrimRight(bold, ":： "), after.TrimLeft(":： \t\n"), true
		}
		return "", t, false
	}
	if len(t) == 0 || t[0].Kind != facts.Plain {
		return "", t, false
	}
	m := labelPattern.FindStringSubmatch(t[0].Text)
	if m == nil {
		return "", t, false
	}
	rest = append(facts.Text{{Text: t[0].Text[len(m[0]):]}}, t[1:]...).TrimLeft(" ")
	if topicOf(m[1]) != "" || rest.IsEmpty() {
		return m[1], rest, true
	}
	return "", t, false
}

var labelPattern = lazyregexp.New(`^([^\n.:：]{1,60})[:：]\s*`)

// paragraph reads a paragraph. It may be a label of the next block, or start with one. It
// calls use with the topic of the paragraph set, and returns the topic of the next block.
func (b *bodyReader) paragraph(t facts.Text, use func()) string {
	name, rest, ok := label(t)
	if !ok {
		use()
		if b.topic == keyDescription {
			b.code.addDetails(t.Prose())
		} else {
			b.item([]facts.Text{t})
		}
		return b.topic
	}
	b.name = name
	if b.topic = topicOf(name); b.topic == "" {
		b.topic = topicOther
	}
	use()
	if rest.IsEmpty() {
		if b.topic == topicOther {
			b.code.addDetails(name + ":")
		}
		return b.topic
	}
	if b.topic == topicOther {
		b.code.addDetails(name + ": " + rest.Prose())
		return ""
	}
	b.item([]facts.Text{rest})
	if slices.Contains([]string{keyCauses, keyAvoid, keyFixes, keyExamples, keySubtypes, keyReference}, b.topic) {
		return b.topic
	}
	return "" // the label is for one line
}

// instruction matches a sentence that instructs readers.
var instruction = lazyregexp.New(`^(?i:(?:if|when|in that case)\b[^.]*?,\s*)?(?i:(?:please|simply|just|then|and)\s+)*` +
	`(?i:retry|resubmit|submit|try|wait|contact|check|verify|ensure|make sure|use|reduce|increase|remove|update|change|adjust|send|request|review|correct|fix|add|set|provide|upgrade|split|resize)\b`)

// finish makes the last paragraph of the details a fix if it is an instruction and there
// are no other fixes. A body of one line is the description.
func (b *bodyReader) finish() {
	c := b.code
	details := c.text(keyDetails)
	if c.text(keyDescription) == "" && details != "" && !strings.Contains(details, "\n") && len(details) <= 200 {
		c.set(keyDescription, details)
		c.drop(keyDetails)
		return
	}
	paragraphs := strings.Split(details, "\n\n")
	last := len(paragraphs) - 1
	if c.list(keyFixes) != nil || c.list(keyAvoid) != nil || last < 1 || !instruction.MatchString(paragraphs[last]) {
		return
	}
	c.add(keyFixes, paragraphs[last])
	c.put(keyDetails, strings.Join(paragraphs[:last], "\n\n"))
	c.todo[keyFixes] = "guessed from the last paragraph"
}
