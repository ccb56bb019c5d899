package plan

import (
	"fmt"
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
	retry.Rule = advice.Retry(r.Action.String(), r.Automatic, retry.Wait())
	return retry
}

// Wait returns the wait as people write it, "30s to 1m", or "" if there is none.
func (r Retry) Wait() string { return advice.Wait(r.WaitMin, r.WaitMax) }

// docs writes the comments of the package and of its constants.
func docs(p *Plan) {
	doc := newComment(0).
		paragraph(fmt.Sprintf("Package %s knows the error codes of the table “%s”.", p.Package, p.Title)).
		prose(p.Description)
	if p.DocsURL != "" && !strings.Contains(p.DocsURL, "{code}") {
		doc.paragraph("The codes are documented at " + p.DocsURL + ".")
	}
	for _, text := range callerMustKnow(p) {
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
		for _, f := range p.Response.TaskFields() {
			f.Doc = newComment(1).prose(f.Description).lines
		}
	}
}

// callerMustKnow returns what every user of the package should read, for what the
// package has.
func callerMustKnow(p *Plan) []string {
	all := []string{
		"The set of codes is open. A code that the table does not list is kept as it came, is not [Code.Known], and is never to be repeated by a program: unknown is not no, and not yes either.",
		"[Classify] decides about a code and its message; an [Error] carries both, matches its code and sub-type by errors.Is, and answers [Error.Decision]. [Explain] says to a person what happened and how to mend it.",
	}
	if p.HasTask() {
		all = append(all, "[DecodeTask] reads the service's answers. A task that has failed is final: asking for it again changes nothing.")
	}
	if p.HasWaiter() {
		all = append(all, "[Waiter] watches a task. When it ends with a [PollError], the task was only lost sight of: it may be running, be finished, be charged. Watch it again; do not submit it again.")
	}
	return append(all, "Sending a request again is a new submission, charged like the first where the work is paid for. The package never does it. [Policy.Next] says whether a program may, and when; the caller submits.")
}

func codeDoc(c *Code) []string {
	doc := newComment(1).
		paragraph(fmt.Sprintf("%s (%s): %s", c.Const, c.Title, prose.Sentence(plain(c.Description)))).
		prose(c.Details)
	retry := c.Retry.Rule
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
		text += " It should no longer be used."
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

// plain returns prose of one line without its marks.
func plain(text string) string { return prose.Inline(text).Plain() }
