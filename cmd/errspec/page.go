package main

import (
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/diag"
	"github.com/errspec/errspec/spec/explain"
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/prose"
)

// A page is a wrapped plain text for people. Texts from a table or from the input cannot
// contain escape sequences.
type page struct {
	b     strings.Builder
	width int  // of lines, in characters; longer words are not split
	bold  bool // whether titles are bold
}

// pageWidth is the width of a page without a terminal, and the maximum width.
const pageWidth = 80

// newPage returns a page for a writer. If the writer is a terminal, the page has its
// width, up to pageWidth.
func newPage(w io.Writer) *page {
	t := terminalOf(w, os.Getenv)
	p := &page{width: pageWidth, bold: t.color}
	if t.width > 0 {
		p.width = min(p.width, t.width)
	}
	return p
}

func (p *page) text() string { return p.b.String() }

// line writes a paragraph.
func (p *page) line(text string) { p.wrapped("", "", text) }

// labeled writes a paragraph with a label, unless the text is empty.
func (p *page) labeled(label, text string) {
	if strings.TrimSpace(text) != "" {
		p.wrapped(label+" ", "  ", text)
	}
}

// heading starts a section.
func (p *page) heading(text string) {
	if p.b.Len() > 0 {
		p.b.WriteString("\n")
	}
	if text != "" {
		p.title(text)
	}
}

// title writes a line in bold, if the terminal supports it.
func (p *page) title(text string) {
	if p.bold {
		p.b.WriteString("\x1b[1m")
		defer p.b.WriteString("\x1b[0m")
	}
	p.line(text)
}

// block writes the lines of a text, indented.
func (p *page) block(text string) {
	for line := range strings.Lines(text) {
		p.b.WriteString("    " + diag.Printable(strings.TrimSuffix(line, "\n")) + "\n")
	}
}

// rule writes the page of a rule.
func (p *page) rule(r diag.Rule) {
	p.title(r.ID + ": " + r.Severity.String())
	p.line(r.Purpose)
	for _, sample := range r.Samples() {
		p.heading(sample.Label)
		p.block(sample.Text)
	}
}

// items writes a list of texts verbatim.
func (p *page) items(heading string, texts []string) {
	if len(texts) == 0 {
		return
	}
	p.heading(heading)
	for _, text := range texts {
		p.wrapped("  - ", "    ", text)
	}
}

// proseItems writes a list of prose.
func (p *page) proseItems(heading string, texts []string) {
	plain := make([]string, len(texts))
	for i, text := range texts {
		plain[i] = prose.Inline(text).Plain()
	}
	p.items(heading, plain)
}

// wrapped writes a text with the prefix first, and its further lines with the prefix
// rest.
func (p *page) wrapped(first, rest, text string) {
	column := 0
	put := func(s string) {
		p.b.WriteString(s)
		column += utf8.RuneCountInString(s)
	}
	put(first)
	start := true
	for word := range strings.FieldsSeq(diag.Printable(text)) {
		switch {
		case start:
		case column+1+utf8.RuneCountInString(word) > p.width:
			p.b.WriteString("\n")
			column = 0
			put(rest)
		default:
			put(" ")
		}
		put(word)
		start = false
	}
	p.b.WriteString("\n")
}

// pollStopped explains that the outcome of a task is unknown.
func (p *page) pollStopped(f extract.Match) {
	p.line("Polling stopped before the task ended. Its outcome is unknown.")
	p.labeled("Task:", f.Task)
	p.labeled("Text:", prose.Shorten(f.Message, maxShown))
	p.heading("")
	p.line("This is not an error of the task. " + advice.PollAgain)
}

// maxShown is the maximum length of a message on a page, in characters.
const maxShown = 600

// failure explains an error and its decision.
func (p *page) failure(table *spec.Table, d extract.Decision) {
	switch {
	case d.Entry != nil:
		p.code(d.Entry)
	case d.Code != "":
		p.line(prose.Shorten(d.Code, maxShown) + ": not listed in the table " + table.Name)
	default:
		p.line(table.Name + ": error without a code")
	}
	if s := d.Subtype; s != nil {
		p.labeled("Subtype:", advice.Subtype(s.Title, s.Description))
	}
	p.heading("")
	if d.Reading != nil {
		p.reading(d)
		p.heading("")
	} else {
		p.labeled("Task:", d.Task)
		p.labeled("Message:", prose.Shorten(d.Message, maxShown))
	}
	for _, v := range d.Values {
		p.labeled(v.Name+":", v.Text)
	}
	p.decision(d)
	if d.Entry != nil {
		p.causesAndFixes(d.Entry)
		if url := docsURL(table, d.Entry.Wire); url != "" {
			p.heading("")
			p.labeled("See", url)
		}
	}
}

// entry writes the page of a code, or of a subtype and its code.
func (p *page) entry(e names.Entry) {
	c, retry := e.Code, e.Code.Retry
	if s := e.Subtype; s != nil {
		retry = s.Retry
		p.title(e.Value() + ": " + s.Title)
		p.line(prose.Inline(s.Description).Plain())
		p.facts(e)
		p.items("Messages:", s.Examples)
		p.heading("")
	}
	p.code(c)
	if e.Subtype == nil {
		p.facts(e)
	}
	p.heading("")
	p.labeled("Advice:", retry.Advice)
	p.line(explain.NextStep(retry))
	if e.Subtype == nil {
		p.subtypes(c)
	}
	p.causesAndFixes(c)
	p.items("Examples:", c.Examples)
	if e.URL != "" {
		p.heading("")
		p.labeled("See", e.URL)
	}
}

// facts writes the Go constant of an entry, and the class, statuses and names of a code.
func (p *page) facts(e names.Entry) {
	p.labeled("Go:", e.Const)
	c := e.Code
	if e.Subtype != nil {
		p.labeled("Message:", e.Subtype.Message)
		return
	}
	if class, ok := e.Table.Class(c.Class); ok {
		p.labeled("Class:", class.Title)
	}
	if c.HTTP != 0 {
		p.labeled("HTTP:", strconv.Itoa(c.HTTP))
	}
	p.labeled("HTTP responses without a code:", strings.Join(e.Statuses(), ", "))
	p.labeled("gRPC:", c.GRPC)
	p.labeled("Message:", c.Message)
	p.charged(c.Charged)
	p.labeled("Aliases:", strings.Join(c.Aliases, ", "))
	p.labeled("Former names:", strings.Join(c.RenamedFrom, ", "))
	p.labeled("Since:", c.Since)
}

// subtypes lists the subtypes of a code.
func (p *page) subtypes(c *spec.Code) {
	var texts []string
	for _, s := range c.Subtypes {
		text := s.Name + ": " + s.Title
		if s.Description != "" {
			text += ". " + s.Description
		}
		texts = append(texts, text)
	}
	p.proseItems("Subtypes:", texts)
}

// code writes the meaning of a code.
func (p *page) code(c *spec.Code) {
	p.title(c.Wire + ": " + c.Title)
	p.line(prose.Inline(c.Description).Plain())
	for _, paragraph := range prose.Parse(c.Details) {
		p.line(paragraph.Plain())
	}
	if d := c.Deprecated; d != nil {
		p.labeled("Deprecated.", strings.TrimSpace(d.Reason+" "+replacement(d)))
	}
}

func replacement(d *spec.Deprecated) string {
	if d.ReplacedBy == "" {
		return ""
	}
	return "Replaced by " + d.ReplacedBy + "."
}

// decision writes the advice and the sentence about retries.
func (p *page) decision(d extract.Decision) {
	p.labeled("Advice:", d.Retry.Advice)
	p.line(explain.NextStep(d.Retry))
	p.charged(d.Charged)
	if note := explain.Note(d); note != "" {
		p.line(note)
	}
}

// charged writes whether the service charges for a request, if it is known.
func (p *page) charged(c spec.Charged) {
	if c != spec.ChargedUnknown {
		p.labeled("Charged:", c.String())
	}
}

// causesAndFixes writes the causes of a code, and how to avoid and fix it.
func (p *page) causesAndFixes(c *spec.Code) {
	var causes []string
	for _, cause := range c.Causes {
		causes = append(causes, strings.TrimPrefix(cause.Title+": "+cause.Text, ": "))
	}
	p.proseItems("Common causes:", causes)
	p.proseItems("How to avoid:", c.Avoid)
	p.proseItems("How to fix:", c.Fixes)
}
