package importer

import (
	"strings"

	"github.com/errspec/errspec/internal/lazyregexp"
)

// section reads what a page says about a code.
func (p *ownPage) section(c *code, body []block) {
	if len(body) > 0 && body[0].kind == paragraph {
		p.codeTitle(c, body[0].spans)
		body = body[1:]
	}
	label := ""
	var paragraphs []string
	for i, b := range body {
		lead, rest := b.spans.lead()
		switch word := lead.plain(); {
		case b.kind == tableBlock:
			p.subtypes(c, b)
		case b.kind == bulletList:
			c.addList(label, b.items)
		case b.kind != paragraph:
		case i == 0 && c.deprecated != nil && strings.HasPrefix(word, "Deprecated"):
			readDeprecation(c.deprecated, lead.prose(), rest)
		case word == "Retryable:":
			c.retry.readRule(rest.plain())
			label = word
		case len(lead) > 0 && len(rest) == 0:
			label = word
		case label == "":
			paragraphs = append(paragraphs, b.spans.prose())
		default:
			p.facts(c, b.spans)
		}
	}
	c.details = strings.Join(paragraphs, "\n\n")
}

// codeTitle reads "**Title** (`name`)".
func (p *ownPage) codeTitle(c *code, all spans) {
	lead, rest := all.lead()
	c.title = lead.prose()
	for _, name := range rest.codes() {
		if !isInteger(c.wire) || name != "minus_"+strings.TrimPrefix(c.wire, "-") {
			c.name = name
		}
	}
}

// readDeprecation reads "**Deprecated since 1.4** — use `code` instead. Reason".
func readDeprecation(d *deprecated, lead string, rest spans) {
	if since, ok := strings.CutPrefix(lead, "Deprecated since "); ok {
		d.since = since
	}
	if len(rest) == 0 {
		return
	}
	rest[0].text = strings.TrimPrefix(rest[0].text, " — ")
	if len(rest) > 2 && rest[0].text == "use " && rest[1].kind == linkSpan && strings.HasPrefix(rest[1].url, "#") {
		d.replacedBy = rest[1].text
		rest = rest[2:]
		rest[0].text = strings.TrimPrefix(rest[0].text, " instead.")
	}
	d.reason = rest.prose()
}

// addList takes a list by what stands above it.
func (c *code) addList(label string, items [][]block) {
	for _, item := range items {
		switch label {
		case "Common causes:":
			c.causes = append(c.causes, titledCause(item))
		case "How to avoid:":
			c.avoid = append(c.avoid, proseOf(item))
		case "How to fix:":
			c.fixes = append(c.fixes, proseOf(item))
		case "Examples:":
			if len(item) > 0 {
				c.examples = append(c.examples, item[0].spans.plain())
			}
		}
	}
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

// facts reads "HTTP status: 429 · gRPC status: `X` · Since: 1.2 · [Service
// documentation](…)".
func (p *ownPage) facts(c *code, all spans) {
	const separator = " · "
	if last := len(all) - 1; last >= 0 && all[last].kind == linkSpan && all[last].text == "Service documentation" {
		p.urls[c] = all[last].url
		all = all[:last]
		if last > 0 && all[last-1].kind == plain {
			all[last-1].text = strings.TrimSuffix(all[last-1].text, separator)
		}
	}
	label := ""
	for i, s := range all {
		if s.kind == codeSpan {
			switch label {
			case "gRPC status":
				c.grpc = s.text
			case "Also sent as":
				c.aliases = append(c.aliases, s.text)
			case "Formerly":
				c.renamed = append(c.renamed, s.text)
			}
			continue
		}
		facts, since := s.text, ""
		at := sinceFact.FindStringIndex(s.text)
		if at != nil {
			facts, since = s.text[:at[0]], s.text[at[1]:]
		}
		for part := range strings.SplitSeq(facts, separator) {
			if name, value, found := strings.Cut(part, ": "); found {
				label = name
				if label == "HTTP status" {
					c.http = status(value)
				}
			}
		}
		if at != nil { // the last fact: whatever it holds is its own
			c.since = append(spans{{text: since}}, all[i+1:]...).prose()
			return
		}
	}
}

var sinceFact = lazyregexp.New(`(?:^| · )Since: `)

// subtypes reads the table of sub-types.
func (p *ownPage) subtypes(c *code, table block) {
	for _, row := range table.rows {
		if len(row) < 3 || len(row[0]) == 0 {
			continue
		}
		s := &subtype{}
		if row[0][0].kind == anchor {
			s.name = strings.TrimPrefix(row[0][0].text, p.anchors[c]+"-")
			s.name, _, _ = strings.Cut(s.name, "-")
		}
		s.title = row[0].prose()
		s.readDescription(c, row[1])
		s.examples = row[2].codes()
		c.subtypes = append(c.subtypes, s)
	}
}

// readDescription reads "Description<br/>**Retryable:** Advice<br/>Rule". Advice
// is given where it is not that of the code.
func (s *subtype) readDescription(c *code, cell spans) {
	i := 0
	for i < len(cell) && !(cell[i].strong && cell[i].text == "Retryable:") {
		i++
	}
	s.description = cell[:i].prose()
	if i == len(cell) {
		return
	}
	own := cell[i+1:]
	rule := len(own) - 1
	var r retry
	if rule > 0 && own[rule-1].kind == lineBreak {
		r.advice = own[:rule-1].prose()
		own = own[rule:]
	}
	r.readRule(own.plain())
	if r.action != c.retry.action {
		s.retry.action = r.action
	}
	if no := false; c.retry.automatic != nil && r.automatic == nil && (r.action == "retry" || r.action == "wait") {
		s.retry.automatic = &no
	}
	if r.min != c.retry.min || r.max != c.retry.max {
		s.retry.min, s.retry.max = r.min, r.max
	}
	if r.advice != c.retry.advice {
		s.retry.advice = r.advice
	}
}
