// Package markdown writes the Markdown reference of a table, for GitHub and other
// readers of CommonMark. A reference is one page, or an index and a page for each
// code. [Parts] writes parts of it into files that are maintained by hand.
//
// The texts of a page come from the [plan.Plan]. They cannot become markup, except
// for the code spans and links of prose. All of them pass through escape.go, and
// the type md distinguishes escaped text from other strings.
package markdown

import (
	"fmt"
	"path"

	"github.com/errspec/errspec/gen/internal/plan"
)

// Emit returns the files of a reference, starting with the page that lists all
// codes. That page contains the response format, the overview, a section for each
// code unless codes have their own pages, best practices, and lists of codes by
// retry settings. Internal codes are omitted. Lines end with a line feed.
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
	w.preamble(front)
	w.heading(1, inline(p.Title, 0))
	w.blocks(paragraphs("", p.Description))
	w.sections(o.Folder == "")
	return File{o.File, w.bytes()}, nil
}

// emitCode returns the page of the nth code.
func emitCode(p *plan.Plan, o Options, c *plan.Code, n int) (File, error) {
	up := "."
	if o.Folder != "." {
		up = ".."
	}
	w := &page{plan: p, to: o.seenFrom(up), mark: o.mark(p.Source), mdx: o.isMDX()}
	w.to.page = func(other *plan.Code) string {
		if other == c {
			return "" // current page
		}
		return address(other.Page + o.ending())
	}
	name := path.Join(o.Folder, c.Page+o.ending())
	front, err := frontMatter(o.FrontMatter, codeFacts(p, c, n))
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", name, err)
	}
	w.preamble(front)
	w.codeHeading(1, c)
	w.block(w.path(c))
	w.about(c, false)
	return File{name, w.bytes()}, nil
}

// preamble writes front matter, which must be first, and the mark.
func (w *page) preamble(front string) {
	w.text.WriteString(front)
	w.block(w.mark)
}

// path writes the path of a code: "[All codes](../errors.md) / [Class](…)".
func (w *page) path(c *plan.Code) md {
	way := link(inline(w.plan.Title, inLabel), w.to.index)
	if c.Class != nil {
		way += " / " + link(inline(c.Class.Title, inLabel), w.to.index+"#"+c.Class.Anchor)
	}
	return way
}

// sections writes all sections of a page with their headings. withDetails is false
// if codes have their own pages.
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

// public returns the codes that are not internal.
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

// series joins words for a sentence: "a, b and c".
func series(words []md, last md) md {
	if len(words) < 2 {
		return join(words, "")
	}
	end := len(words) - 1
	return join(words[:end], ", ") + " " + last + " " + words[end]
}
