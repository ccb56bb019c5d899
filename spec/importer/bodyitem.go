package importer

import (
	"encoding/json"
	"strings"

	"github.com/errspec/errspec/spec/importer/facts"
)

// item reads a statement on the topic.
func (b *bodyReader) item(paragraphs []facts.Text) {
	c, s := b.code, proseOf(paragraphs)
	if strings.TrimSpace(s) == "" {
		return
	}
	switch b.topic {
	case "", topicOther:
		c.addDetails(s)
	case keyCauses:
		if title, text := titled(paragraphs); title != "" {
			x := newEntry()
			x.set(keyTitle, title)
			x.put("text", text)
			c.put(keyCauses, append(c.list(keyCauses), x))
			return
		}
		c.add(keyCauses, s)
	case keyAvoid, keyFixes:
		c.add(b.topic, s)
	case keyExamples:
		c.add(keyExamples, messagesOf(paragraphs[0])...)
		if rest := proseOf(paragraphs[1:]); rest != "" {
			c.addDetails(rest)
		}
	case keySubtypes:
		c.addSubtype(paragraphs)
	case keyReference:
		c.remark(b.name + ": " + s)
	case keyDescription:
		if c.text(keyDescription) == "" && !strings.Contains(s, "\n") {
			c.set(keyDescription, s)
			return
		}
		c.addDetails(s)
	default:
		if !b.read(c, b.topic, s) {
			c.addDetails(b.name + ": " + s)
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
	all := paragraphs[0]
	s := newEntry()
	title, text := titled(paragraphs)
	if codes := all.Codes(); title == "" && len(codes) > 0 && all[0].Kind == facts.CodeSpan {
		title, text = codes[0], strings.TrimLeft(all[1:].Prose(), " :-–—")
		s.add(keyExamples, title)
	} else if title == "" {
		title, text = text, ""
	}
	s.set(keyTitle, title)
	s.set(keyDescription, text)
	c.subtypes = append(c.subtypes, s)
}

// codeBlock reads the message of an example response, or an example.
func (b *bodyReader) codeBlock(x *facts.Block) {
	var response any
	if json.Unmarshal([]byte(x.Code), &response) == nil {
		if message := findMessage(response, 0); message != "" {
			b.code.add(keyExamples, message)
			b.ledger.use(&x.Fact, "example of "+b.code.wire+": its message")
			return
		}
	} else if s := text(x.Code); b.topic == keyExamples && len(s) <= 500 {
		b.code.add(keyExamples, s)
		b.ledger.use(&x.Fact, "example of "+b.code.wire)
		return
	}
	b.ledger.skip(&x.Fact, "it contains no message")
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
	var all []string
	for _, t := range paragraphs {
		if s := t.Prose(); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, "\n\n")
}

// titled reads "**Title:** text". The title is "" if there is none.
func titled(paragraphs []facts.Text) (title, text string) {
	lead, rest := paragraphs[0].Lead()
	title, text = lead.Prose(), proseOf(append([]facts.Text{rest}, paragraphs[1:]...))
	if before, ok := strings.CutSuffix(title, ":"); ok {
		title = before
	} else if after, ok := strings.CutPrefix(text, ":"); ok && title != "" {
		text = strings.TrimSpace(after)
	}
	if title == "" || text == "" {
		return "", proseOf(paragraphs)
	}
	return title, text
}
