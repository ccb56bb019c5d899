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
	w := new(writer)
	w.page.Grow(len(p.Codes) * usualSection)
	w.block(md(output.Mark(output.Markdown, p.Source)))
	w.heading(1, inline(p.Title, 0))
	w.blocks(paragraphs("", p.Description))

	response(w, p)
	overview(w, p)
	details(w, p)
	practices(w, p)
	retryLists(w, p)
	return w.bytes()
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

// reference returns a code that leads to its section.
func reference(c *plan.Code, at place) md {
	return link(code(c.Wire, at), "#"+c.Anchor)
}

// subtypeReference returns a sub-type that leads to its row.
func subtypeReference(s *plan.Subtype) md {
	return link(code(s.Value, 0), "#"+s.Anchor)
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
