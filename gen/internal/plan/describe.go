package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/prose"
)

func newRetry(r spec.Retry) Retry {
	retry := Retry{
		Action:    r.Action,
		Automatic: r.Automatic,
		Throttle:  r.Throttle,
		WaitMin:   r.Wait.Min,
		WaitMax:   r.Wait.Max,
		Advice:    r.Advice,
		Hint:      r.Hint,
	}
	retry.Sentence = advice.Retry(r.Action.String(), r.Automatic, retry.Wait())
	return retry
}

// Wait returns the wait as text, such as "30s to 1m", or "" if there is no wait.
func (r Retry) Wait() string { return advice.Wait(r.WaitMin, r.WaitMax) }

// docs sets the doc comments of the package, its constants and its fields.
func docs(p *Plan) {
	doc := newComment(0).
		paragraph(fmt.Sprintf("Package %s defines the error codes of the table “%s”.", p.Package, p.Title)).
		prose(p.Description)
	if p.DocsURL != "" && !strings.Contains(p.DocsURL, "{code}") {
		doc.paragraph("The codes are documented at " + p.DocsURL + ".")
	}
	for _, text := range usage(p) {
		doc.paragraph(text)
	}
	p.Doc = doc.lines
	for _, c := range p.Classes {
		text := fmt.Sprintf("%s: %s", c.Const, prose.Sentence(c.Title))
		if c.Description != "" {
			text += " " + prose.Sentence(plain(c.Description))
		}
		c.Doc = newComment(1).paragraph(text).lines
	}
	for _, c := range p.Codes {
		c.Doc = codeDoc(c)
		for _, s := range c.Subtypes {
			s.Doc = subtypeDoc(s)
		}
	}
	if p.Response != nil {
		for _, f := range slices.Concat(p.Response.TaskFields(), p.Response.ErrorFields()) {
			f.Doc = fieldDoc(f)
		}
	}
}

// fieldDoc returns the description of a field or, if it has none, its place in the response.
func fieldDoc(f *Field) []string {
	switch {
	case f.Description != "":
		return newComment(1).prose(f.Description).lines
	case f.Header:
		return newComment(1).paragraph("Header " + f.Path + " of the response.").lines
	}
	return newComment(1).paragraph("Field " + f.Path + " of the response.").lines
}

// usage returns the paragraphs about the use of the package.
func usage(p *Plan) []string {
	all := []string{
		"The set of codes is open. A code that the table does not list keeps its value, [Code.Known] reports false for it, and its decision is never automatic: whether the request may be retried is unknown.",
		"[Classify] returns the decision for a code and its message. An [Error] contains both and matches its code and subtype with errors.Is; [Error.Decision] returns its decision. [Explain] returns a description of an error for people, with advice and fixes.",
	}
	switch {
	case p.HasTask():
		all = append(all, "[DecodeTask] decodes responses about tasks, and [DecodeError] the errors of other responses. A failed task is final: polling it again does not change it.")
	case p.HasResponse():
		all = append(all, "[DecodeError] decodes the error of a response. It returns nil if the response reports no error.")
	}
	if p.HasWaiter() {
		all = append(all, "[Waiter] polls a task until it ends. A [PollError] means that polling stopped first and the outcome is unknown: the task may still be running, may have finished, and may have been charged. Poll it again; do not submit it again.")
	}
	return append(all, "A retry is a new submission and, for paid work, charged again. The package never submits requests. [Policy.Next] reports whether the caller may retry automatically, and how long to wait.")
}

func codeDoc(c *Code) []string {
	doc := newComment(1).
		paragraph(fmt.Sprintf("%s (%s): %s", c.Const, c.Title, prose.Sentence(plain(c.Description)))).
		prose(c.Details)
	retry := c.Retry.Sentence
	if c.Retry.Advice != "" {
		retry = "Advice: " + prose.Sentence(plain(c.Retry.Advice)) + " " + retry
	}
	doc.paragraph(retry)
	if c.Deprecated != nil {
		doc.paragraph(deprecation(c.Deprecated))
	}
	return doc.lines
}

func deprecation(d *Deprecated) string {
	text := "Deprecated:"
	if d.Reason != "" {
		text += " " + prose.Sentence(plain(d.Reason))
	}
	if d.ReplacedBy != nil {
		text += " Use " + d.ReplacedBy.Const + " instead."
	}
	if d.Since != "" {
		text += " Since " + prose.Sentence(d.Since)
	}
	if text == "Deprecated:" {
		text += " Do not use."
	}
	return text
}

func subtypeDoc(s *Subtype) []string {
	text := fmt.Sprintf("%s: %s", s.Const, prose.Sentence(s.Title))
	if s.Description != "" {
		text += " " + prose.Sentence(plain(s.Description))
	}
	return newComment(1).paragraph(text).lines
}

// plain returns prose of one line without its markup.
func plain(text string) string { return prose.Inline(text).Plain() }
