package importer

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// A sectionReader reads what a page says about a code, block by block.
type sectionReader struct {
	page  *docsPage
	code  *code
	topic topic
	name  string // of the topic, as the page has it
}

// codeSection reads a section about a code.
func (p *docsPage) codeSection(c *code, s *section) {
	r := &sectionReader{page: p, code: c}
	r.blocks(titleAside(c, s.blocks))
	for _, child := range s.children {
		r.child(child)
	}
	if len(c.fixes) == 0 && len(c.avoid) == 0 {
		c.lastIsFix()
	}
}

// titleAside takes the title of a code from the first paragraph below its
// heading, if that is in bold or a few words without an end, and returns the
// rest.
func titleAside(c *code, blocks []block) []block {
	if len(blocks) == 0 || blocks[0].kind != paragraph {
		return blocks
	}
	first := blocks[0].spans
	s := line(first.prose())
	_, _, isLabel := first.label()
	short := len(s) <= longestLabel && !strings.ContainsAny(s, ".:!?`") && len(blocks) > 1 && blocks[1].kind == paragraph
	if s == "" || isLabel || !first.isStrong() && !(short && isHeadline(s)) {
		return blocks
	}
	c.title = s
	return blocks[1:]
}

// isHeadline reports whether every longer word begins with a capital.
func isHeadline(s string) bool {
	for word := range strings.FieldsSeq(s) {
		if r := []rune(word); len(r) > 3 && unicode.IsLower(r[0]) {
			return false
		}
	}
	return true
}

// child reads a section below that of the code: its title says what it is about.
func (r *sectionReader) child(s *section) {
	r.name = line(s.title.plain())
	r.topic, _ = topicOf(r.name)
	r.blocks(s.blocks)
	for _, c := range s.children {
		r.child(c)
	}
}

func (r *sectionReader) blocks(blocks []block) {
	for _, b := range blocks {
		switch b.kind {
		case paragraph:
			r.paragraph(b.spans)
		case bulletList:
			for _, item := range b.items {
				r.item(item)
			}
		case tableBlock:
			r.table(b)
		case codeBlock:
			r.codeBlock(b.text)
		}
	}
}

// paragraph takes a paragraph, which may be what announces the next block, or
// announce the rest of itself.
func (r *sectionReader) paragraph(all spans) {
	name, rest, ok := all.label()
	if !ok {
		if r.topic == onCode || r.topic == onMeaning || r.topic == onAnything {
			r.code.addDetails(all.prose())
		} else {
			r.item([]block{{kind: paragraph, spans: all}})
		}
		return
	}
	r.name = name
	r.topic, _ = topicOf(name)
	if len(rest) > 0 {
		r.item([]block{{kind: paragraph, spans: rest}})
	} else if r.topic == onAnything {
		r.code.addDetails(name + ":")
	}
	if len(rest) > 0 && (r.topic == onRetry || r.topic == onHTTP || r.topic == onMeaning || r.topic == onAnything) {
		r.topic = onCode // said in one line
	}
}

// item takes one statement on the topic.
func (r *sectionReader) item(item []block) {
	c, s := r.code, proseOf(item)
	if strings.TrimSpace(s) == "" {
		return
	}
	switch r.topic {
	case onCauses:
		c.causes = append(c.causes, titledCause(item))
	case onAvoid:
		c.avoid = append(c.avoid, s)
	case onFixes:
		c.fixes = append(c.fixes, s)
	case onExamples:
		c.examples = append(c.examples, messagesOf(firstSpans(item))...)
	case onSubtypes:
		c.addSubtype(item)
	case onRetry:
		c.retry.setRetryable(s)
	case onHTTP:
		setHTTP(r.page.draft, c, s)
	case onReference:
	case onMeaning:
		if c.description == "" && len(item) == 1 && !strings.Contains(s, "\n") {
			c.description = s
			return
		}
		c.addDetails(s)
	case onAnything:
		c.addDetails(r.name + ": " + s)
	default:
		c.addDetails(s)
	}
}

// messagesOf returns the messages that a line shows: what is set as code if there
// is nothing else, or the line.
func messagesOf(all spans) []string {
	others := ""
	for _, s := range all {
		if s.kind == plain {
			others += s.text
		}
	}
	if codes := all.codes(); len(codes) > 0 && strings.Trim(others, " ,;/|\n") == "" {
		return codes
	}
	return []string{strings.Trim(strings.TrimSpace(all.plain()), `"“”`)}
}

// addSubtype reads "**Title**: description" or "`message`: description".
func (c *code) addSubtype(item []block) {
	all := firstSpans(item)
	s := new(subtype)
	found := titledCause(item)
	switch codes := all.codes(); {
	case found.title != "":
		s.title, s.description = found.title, found.text
	case len(codes) > 0 && all[0].kind == codeSpan:
		s.title, s.examples = codes[0], codes[:1]
		s.description = strings.TrimLeft(all[1:].prose(), " :-–—")
	default:
		s.title = found.text
	}
	c.subtypes = append(c.subtypes, s)
}

// table takes a table of sub-types, of causes and fixes, or of anything that a
// column of an overview could hold.
func (r *sectionReader) table(b block) {
	if isFieldTable(b) {
		return
	}
	g := gridOf(b)
	columns := g.columns(map[string]int{})
	name := g.find(subtypeHeaders, nil)
	if i, ok := columns[colCode]; ok && name < 0 {
		name = i
	}
	_, hasCauses := columns[colCauses]
	_, hasFixes := columns[colFixes]
	_, hasExamples := columns[colExamples]
	switch {
	case hasCauses && columns[colCauses] == 0 || hasFixes && name != 0:
		for row := range g.rows {
			for _, column := range []string{colCauses, colFixes, colAvoid} {
				if i, ok := columns[column]; ok && g.cell(row, i) != "" {
					setters[column](r.page.draft, r.code, g.cell(row, i))
				}
			}
		}
	case name >= 0 && (r.topic == onSubtypes || hasExamples || r.topic == onCauses):
		r.subtypes(b, g, name)
	case len(b.head) == 2 && key(g.headers[0]) != "":
		for row := range g.rows {
			r.code.addDetails(g.cell(row, 0) + ": " + g.cell(row, 1))
		}
	case name >= 0:
		r.subtypes(b, g, name)
	}
}

// subtypes reads a table of sub-types. A message is what is set as code in the
// column of examples.
func (r *sectionReader) subtypes(b block, g *grid, name int) {
	taken := map[int]string{name: colSubtype}
	description := g.find(fields("description, meaning, what it means, explanation, details, cause, when, reason"), taken)
	taken[description] = colDescription
	examples := g.find(fields("example message, example messages, example, examples, message, messages, error message, sample message, sample"), taken)
	for i, row := range b.rows {
		s := &subtype{title: line(g.cell(i, name)), description: line(g.cell(i, description))}
		if codes := spansAt(row, name).codes(); len(codes) == 1 && len(spansAt(row, name).merged()) == 1 {
			s.title = headline(codes[0])
			s.name = slug(codes[0])
		}
		if examples >= 0 && !isNothing(g.cell(i, examples)) {
			s.examples = messagesOf(spansAt(row, examples))
		}
		r.code.subtypes = append(r.code.subtypes, s)
	}
}

func spansAt(row []spans, column int) spans {
	if column >= len(row) {
		return nil
	}
	return row[column]
}

// codeBlock takes the message out of an example of the response.
func (r *sectionReader) codeBlock(s string) {
	var answer any
	if json.Unmarshal([]byte(s), &answer) == nil {
		if message := findMessage(answer, 0); message != "" {
			r.code.examples = append(r.code.examples, message)
		}
		return
	}
	if r.topic == onExamples {
		if s = text(s); len(s) <= 500 {
			r.code.examples = append(r.code.examples, s)
		}
	}
}

// findMessage returns the text of the outermost key "message".
func findMessage(v any, depth int) string {
	object, ok := v.(map[string]any)
	if !ok || depth > 5 {
		return ""
	}
	if s, ok := object["message"].(string); ok {
		return s
	}
	for _, key := range []string{"error", "errors", "data", "detail"} {
		if s := findMessage(object[key], depth+1); s != "" {
			return s
		}
	}
	return ""
}

// instruction is a sentence that tells its reader to do something.
var instruction = lazyregexp.New(`^(?i:(?:if|when|in that case)\b[^.]*?,\s*)?(?i:(?:please|simply|just|then|and)\s+)*` +
	`(?i:retry|resubmit|submit|try|wait|contact|check|verify|ensure|make sure|use|reduce|increase|remove|update|change|adjust|send|request|review|correct|fix|add|set|provide|upgrade|split|resize)\b`)

// lastIsFix makes a fix of the last paragraph of the details if that tells what
// to do and the page does so nowhere else.
func (c *code) lastIsFix() {
	paragraphs := strings.Split(c.details, "\n\n")
	last := len(paragraphs) - 1
	if last < 1 || !instruction.MatchString(paragraphs[last]) {
		return
	}
	c.fixes = append(c.fixes, paragraphs[last])
	c.details = strings.Join(slices.Clone(paragraphs[:last]), "\n\n")
	c.todo.note("fixes", "the last paragraph; the page has it without a heading")
}

// proseOf joins the paragraphs of an item.
func proseOf(item []block) string {
	var paragraphs []string
	for _, b := range item {
		if s := b.spans.prose(); s != "" {
			paragraphs = append(paragraphs, s)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// titledCause reads "**Title:** text", or only text.
func titledCause(item []block) cause {
	if len(item) == 0 {
		return cause{}
	}
	lead, rest := item[0].spans.lead()
	title, text := lead.prose(), proseOf(append([]block{{spans: rest}}, item[1:]...))
	if before, ok := strings.CutSuffix(title, ":"); ok {
		title = before
	} else if after, ok := strings.CutPrefix(text, ":"); ok && title != "" {
		text = trim(after)
	}
	switch {
	case title == "" || text == "":
		return cause{text: proseOf(item)}
	}
	return cause{title: title, text: text}
}

func firstSpans(item []block) spans {
	if len(item) == 0 {
		return nil
	}
	return item[0].spans
}
