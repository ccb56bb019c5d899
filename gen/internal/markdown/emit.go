// Package markdown writes a table's reference for people, meant for GitHub and for
// anything else that reads CommonMark: one page, or one that lists the codes and a
// page for each of them; and parts of it for files that somebody else has written.
//
// The words of a page come from the [plan.Plan]. None of them can become
// markup, except what prose allows: code and links. Everything goes through
// escape.go, and the type md keeps text that has from text that has not.
package markdown

import (
	"fmt"
	"path"

	"github.com/errspec/errspec/gen/internal/plan"
)

// usualSection is about how many bytes a page has for each code of little text. A
// page that is given its room at once need not be moved while it grows.
const usualSection = 400

// Emit returns the files of a reference, the page that lists all codes first:
// response format, overview, a section for each code unless they have pages of
// their own, best practices, and lists of what may be retried. Codes that are
// internal are left out of all of them. Lines end with a line feed only.
func Emit(p *plan.Plan, o Options) ([]File, error) {
	index, err := emitIndex(p, o)
	if err != nil {
		return nil, err
	}
	all := []File{index}
	if o.Folder == "" {
		return all, nil
	}
	for i, c := range public(p.Codes) {
		f, err := emitCode(p, o, c, i+1)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

func emitIndex(p *plan.Plan, o Options) (File, error) {
	w := &page{plan: p, to: o.seenFrom("."), mark: o.mark(p.Source), mdx: o.isMDX()}
	w.to.index = ""
	front, err := frontMatter(o.FrontMatter, indexFacts(p, o))
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", o.File, err)
	}
	w.text.Grow(len(p.Codes) * usualSection)
	w.begins(front)
	w.heading(1, inline(p.Title, 0))
	w.blocks(paragraphs("", p.Description))
	w.sections(o.Folder == "")
	return File{o.File, w.bytes()}, nil
}

// emitCode returns the page of a code, the nth.
func emitCode(p *plan.Plan, o Options, c *plan.Code, n int) (File, error) {
	up := "."
	if o.Folder != "." {
		up = ".."
	}
	w := &page{plan: p, to: o.seenFrom(up), mark: o.mark(p.Source), mdx: o.isMDX()}
	w.to.page = func(other *plan.Code) string {
		if other == c {
			return "" // here
		}
		return address(other.Page + o.ending())
	}
	name := path.Join(o.Folder, c.Page+o.ending())
	front, err := frontMatter(o.FrontMatter, codeFacts(p, c, n))
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", name, err)
	}
	w.begins(front)
	w.codeHeading(1, c)
	w.block(w.path(c))
	w.about(c, false)
	return File{name, w.bytes()}, nil
}

// begins writes what stands before all else: front matter, which has to be first,
// and the mark.
func (w *page) begins(front string) {
	w.text.WriteString(front)
	w.block(w.mark)
}

// path writes where a code belongs: "[All codes](../errors.md) / [Class](…)".
func (w *page) path(c *plan.Code) md {
	way := link(inline(w.plan.Title, inLabel), w.to.index)
	if c.Class != nil {
		way += " / " + link(inline(c.Class.Title, inLabel), w.to.index+"#"+c.Class.Anchor)
	}
	return way
}

// sections writes all sections of a page, each under its heading. The details of
// codes may be elsewhere.
func (w *page) sections(withDetails bool) {
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
	if withDetails {
		section("Error code details", w.details)
	}
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
