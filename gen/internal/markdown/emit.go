// Package markdown writes a table's reference page for people: one Markdown
// file, meant for GitHub and for anything else that reads CommonMark.
//
// The words of the page come from the [plan.Plan]. None of them can become
// markup, except what prose allows: code and links. Everything goes through
// escape.go, and the type md keeps text that has from text that has not.
package markdown

import (
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/plan"
)

// usualSection is about how many bytes a page has for each code of little text. A
// page that is given its room at once need not be moved while it grows.
const usualSection = 400

// Emit returns the page: response format, overview, a section for each code,
// best practices, and lists of what may be retried. Codes that are internal are
// left out of all of them. Lines end with a line feed only.
func Emit(p *plan.Plan) []byte {
	w := &page{plan: p}
	w.text.Grow(len(p.Codes) * usualSection)
	w.block(md(output.Mark(output.Markdown, p.Source)))
	w.heading(1, inline(p.Title, 0))
	w.blocks(paragraphs("", p.Description))
	w.sections()
	return w.bytes()
}

// sections writes all sections of a page, each under its heading.
func (w *page) sections() {
	section := func(title md, write func()) {
		w.heading(2, title)
		write()
	}
	if w.plan.Response != nil {
		section("Error response format", w.response)
	}
	if len(public(w.plan.Codes)) == 0 {
		return
	}
	section("Error codes overview", w.overview)
	section("Error code details", w.details)
	section("Best practices", w.practices)
	section("Retryable vs. non-retryable", func() {
		w.diagram()
		w.retryLists()
	})
}

// public leaves out the codes that no page shows.
func public(codes []*plan.Code) []*plan.Code {
	var shown []*plan.Code
	for _, c := range codes {
		if !c.Internal {
			shown = append(shown, c)
		}
	}
	return shown
}

// codeWords returns each value as code.
func codeWords(values []string) []md {
	words := make([]md, len(values))
	for i, v := range values {
		words[i] = code(v, 0)
	}
	return words
}

// series joins words as a sentence does: "a, b and c".
func series(words []md, last md) md {
	if len(words) < 2 {
		return join(words, "")
	}
	end := len(words) - 1
	return join(words[:end], ", ") + " " + last + " " + words[end]
}
