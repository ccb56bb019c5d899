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
	"github.com/errspec/errspec/spec/extract"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/prose"
)

// A page is a text for a person, plain and wrapped. What comes from a table or
// from the input cannot drive a terminal.
type page struct {
	b     strings.Builder
	width int  // where lines are wrapped, in characters; a longer word stays whole
	bold  bool // whether headings are
}

// Lines are wrapped at this width where there is no terminal, and never later.
const pageWidth = 80

// newPage returns a page for a writer: as wide as its terminal, if it is one.
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

// labelled writes a paragraph behind a label, unless it is empty.
func (p *page) labelled(label, text string) {
	if strings.TrimSpace(text) != "" {
		p.wrapped(label+" ", "  ", text)
	}
}

// heading begins a section.
func (p *page) heading(text string) {
	if p.b.Len() > 0 {
		p.b.WriteString("\n")
	}
	if text != "" {
		p.title(text)
	}
}

// title writes a line that stands out.
func (p *page) title(text string) {
	if p.bold {
		p.b.WriteString("\x1b[1m")
		defer p.b.WriteString("\x1b[0m")
	}
	p.line(text)
}

// block writes text line by line, each behind an indent.
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

// items writes a list of texts as they stand.
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

// wrapped writes text behind first, its further lines behind rest.
func (p *page) wrapped(first, rest, text string) {
	column := 0
	put := func(s string) {
		p.b.WriteString(s)
		column += utf8.RuneCountInString(s)
	}
	put(first)
	begin := true
	for word := range strings.FieldsSeq(diag.Printable(text)) {
		switch {
		case begin:
		case column+1+utf8.RuneCountInString(word) > p.width:
			p.b.WriteString("\n")
			column = 0
			put(rest)
		default:
			put(" ")
		}
		put(word)
		begin = false
	}
	p.b.WriteString("\n")
}

// lost explains that a task was lost sight of.
func (p *page) lost(f extract.Match) {
	p.line("Polling stopped before the task ended. Its outcome is unknown.")
	p.labelled("Task:", f.Task)
	p.labelled("Text:", prose.Shorten(f.Message, maxShown))
	p.heading("")
	p.line("This is not an error of the task: polling it stopped before it ended. " + advice.PollAgain)
}

// maxShown is how many characters of a message are shown.
const maxShown = 600

// failure explains an error and what the table decides about it.
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
		p.labelled("Subtype:", advice.Subtype(s.Title, s.Description))
	}
	p.heading("")
	p.labelled("Task:", d.Task)
	p.labelled("Message:", prose.Shorten(d.Message, maxShown))
	for _, v := range d.Values {
		p.labelled(v.Name+":", v.Text)
	}
	p.decision(d)
	if d.Entry != nil {
		p.remedies(d.Entry)
		if address := docsAddress(table, d.Entry.Wire); address != "" {
			p.heading("")
			p.labelled("See", address)
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
	p.labelled("Advice:", retry.Advice)
	p.line(rule(retry))
	if e.Subtype == nil {
		p.subtypes(c)
	}
	p.remedies(c)
	p.items("Examples:", c.Examples)
	if e.URL != "" {
		p.heading("")
		p.labelled("See", e.URL)
	}
}

// facts writes what programs need to know of an entry.
func (p *page) facts(e names.Entry) {
	p.labelled("Go:", e.Const)
	c := e.Code
	if e.Subtype != nil {
		return
	}
	if class, ok := e.Table.Class(c.Class); ok {
		p.labelled("Class:", class.Title)
	}
	if c.HTTP != 0 {
		p.labelled("HTTP:", strconv.Itoa(c.HTTP))
	}
	p.labelled("HTTP responses without a code:", strings.Join(e.Statuses(), ", "))
	p.labelled("gRPC:", c.GRPC)
	p.labelled("Aliases:", strings.Join(c.Aliases, ", "))
	p.labelled("Former names:", strings.Join(c.RenamedFrom, ", "))
	p.labelled("Since:", c.Since)
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

// code writes what a code means.
func (p *page) code(c *spec.Code) {
	p.title(c.Wire + ": " + c.Title)
	p.line(prose.Inline(c.Description).Plain())
	for _, paragraph := range prose.Parse(c.Details) {
		p.line(paragraph.Plain())
	}
	if d := c.Deprecated; d != nil {
		p.labelled("Deprecated.", strings.TrimSpace(d.Reason+" "+replacement(d)))
	}
}

func replacement(d *spec.Deprecated) string {
	if d.ReplacedBy == "" {
		return ""
	}
	return "Replaced by " + d.ReplacedBy + "."
}

// decision writes the advice for people and what clients may do.
func (p *page) decision(d extract.Decision) {
	p.labelled("Advice:", d.Retry.Advice)
	p.line(rule(d.Retry))
	switch {
	case d.Source == extract.Phrase:
		p.line("The text contains no code. This match is based on a phrase in the text.")
	case d.Withheld:
		p.line("The code is automatic, but this text is not sufficient evidence for a retry.")
	}
}

// rule returns what clients may do.
func rule(r spec.Retry) string {
	return advice.Retry(r.Action.String(), r.Automatic, advice.Wait(r.Wait.Min, r.Wait.Max))
}

// remedies writes why a code comes up and what helps.
func (p *page) remedies(c *spec.Code) {
	var causes []string
	for _, cause := range c.Causes {
		causes = append(causes, strings.TrimPrefix(cause.Title+": "+cause.Text, ": "))
	}
	p.proseItems("Common causes:", causes)
	p.proseItems("How to avoid:", c.Avoid)
	p.proseItems("How to fix:", c.Fixes)
}
