package importer

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// item reads a statement on the topic.
func (b *body) item(paragraphs ...facts.Text) {
	c, s := b.code, proseOf(paragraphs)
	if strings.TrimSpace(s) == "" {
		return
	}
	switch b.topic {
	case "":
		c.AddDetails(s)
	case keyCauses:
		if title, text := titled(paragraphs); title != "" {
			x := draft.NewEntry()
			x.Set(keyTitle, title)
			x.PutText("text", text)
			c.AddEntry(keyCauses, x)
			return
		}
		c.Add(keyCauses, s)
	case keyAvoid, keyFixes:
		c.Add(b.topic, s)
	case keyExamples:
		c.Add(keyExamples, messagesOf(paragraphs[0])...)
		c.AddDetails(proseOf(paragraphs[1:]))
	case keySubtypes:
		c.addSubtype(paragraphs)
	case keyReference:
		c.Remark(b.name + ": " + s)
	case keyDescription:
		if strings.Contains(s, "\n") || !c.Set(keyDescription, s) {
			c.AddDetails(s)
		}
	default:
		if !b.give(c, b.topic, s) {
			c.AddDetails(b.name + ": " + s)
		}
	}
}

// messagesOf returns the messages in a text: its code if there is nothing else, or the
// whole text.
func messagesOf(t facts.Text) []string {
	if t.OnlyCodes() {
		return t.Codes()
	}
	return []string{strings.Trim(strings.TrimSpace(t.Plain()), `"“”`)}
}

// addSubtype reads "**Title**: description" or "`message`: description".
func (c *code) addSubtype(paragraphs []facts.Text) {
	all, s := paragraphs[0], draft.NewEntry()
	title, text := titled(paragraphs)
	if title == "" && all[0].IsCode {
		title, text = all[0].Text, strings.TrimLeft(all[1:].Prose(), " :-–—")
		s.Add(keyExamples, title)
	} else if title == "" {
		title, text = text, ""
	}
	s.Set(keyTitle, title)
	s.Set(keyDescription, text)
	c.Subtypes = append(c.Subtypes, s)
}

// codeBlock reads the message of an example response, or an example.
func (b *body) codeBlock(x *facts.Block) {
	var response any
	message := draft.Text(x.Code)
	if json.Unmarshal([]byte(x.Code), &response) == nil {
		message = findMessage(response, 0)
	} else if b.topic != keyExamples || len(message) > 500 {
		message = ""
	}
	if message == "" {
		b.ledger.skip(&x.Fact, "it contains no message")
		return
	}
	b.code.Add(keyExamples, message)
	b.ledger.use(&x.Fact, "example of %s", b.code.Wire)
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

// proseOf joins paragraphs.
func proseOf(paragraphs []facts.Text) string {
	var parts []string
	for _, t := range paragraphs {
		if s := t.Prose(); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}

// titled reads "**Title:** text". The title is "" if there is none.
func titled(paragraphs []facts.Text) (title, text string) {
	lead, rest := paragraphs[0].Lead()
	text = proseOf(append([]facts.Text{rest.TrimLeft(": ")}, paragraphs[1:]...))
	if title = strings.TrimSuffix(lead.Prose(), ":"); title == "" || text == "" {
		return "", proseOf(paragraphs)
	}
	return title, text
}

// table reads a table in a section about a code: subtypes, causes with fixes, or else
// details.
func (b *body) table(t *facts.Table) {
	headers := t.Headers()
	if b.ledger[&t.Fact].Used { // a table of codes
		return
	}
	if isFieldTable(headers) {
		b.ledger.table(t, Entry{What: "describes fields"})
		return
	}
	find := func(names []string, taken int) int {
		columns := slices.DeleteFunc(byRank(headers, names), func(i int) bool { return i == taken })
		return append(columns, -1)[0]
	}
	name, causes, fixes := find(slices.Concat(listed("subtype"), listed("code")), -1), find(namesOf(keyCauses, vocabulary()), -1), find(namesOf(keyFixes, vocabulary()), -1)
	what := "details"
	switch {
	case name != 0 && (causes == 0 || fixes >= 0), causes == 0 && fixes > 0:
		what = "causes and fixes"
	case name >= 0 && (b.topic == keySubtypes || b.topic == keyCauses || find(namesOf(keyExamples, vocabulary()), -1) >= 0 || len(headers) != 2):
		what = "subtypes"
		b.subtypes(t, name, find(namesOf(keyDescription, vocabulary()), name), find(slices.Concat(namesOf(keyExamples, vocabulary()), namesOf(keyMessage, vocabulary())), name))
	default:
		causes, fixes = -1, -1
	}
	if b.ledger.table(t, Entry{Used: true, What: what + " of " + b.code.Wire}); what == "subtypes" {
		return
	}
	for _, row := range t.Rows {
		b.code.Add(keyCauses, several(row.Cell(causes).Prose())...)
		b.code.Add(keyFixes, several(row.Cell(fixes).Prose())...)
		b.code.AddDetails(rowText(headers, row, causes, fixes))
	}
}

// rowText returns a row as text, without some columns. Two cells are a term and its
// meaning.
func rowText(headers []string, row *facts.Row, without ...int) string {
	if len(headers) == 2 && len(row.Cells) == 2 && !slices.ContainsFunc(without, func(i int) bool { return i >= 0 }) {
		return row.Cells[0].Prose() + ": " + row.Cells[1].Prose()
	}
	var parts []string
	for i, cell := range row.Cells {
		s := draft.Line(cell.Prose())
		if slices.Contains(without, i) || s == "" {
			continue
		}
		if i < len(headers) && headers[i] != "" {
			s = headers[i] + ": " + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// subtypes reads a table of subtypes. A message is the code in the column of examples.
// Other cells become part of the description.
func (b *body) subtypes(t *facts.Table, name, description, examples int) {
	if description == examples {
		description = -1
	}
	for _, row := range t.Rows {
		s := draft.NewEntry()
		cell := row.Cell(name)
		title := cell.Prose()
		if len(cell) == 1 && cell[0].IsCode {
			title = draft.Headline(cell[0].Text)
			s.Set(keyName, draft.Slug(cell[0].Text))
		}
		s.Set(keyTitle, title)
		if cell := row.Cell(examples); !isNothing(cell.Plain()) {
			s.Add(keyExamples, messagesOf(cell)...)
		}
		s.Set(keyDescription, row.Cell(description).Prose()+" "+rowText(t.Headers(), row, name, description, examples))
		b.code.Subtypes = append(b.code.Subtypes, s)
	}
}
