package markdown

import "github.com/errspec/errspec/gen/internal/plan"

// A page is a file, or a part of one, under construction.
type page struct {
	writer
	plan *plan.Plan
	to   addresses
	mark md // of generated files
	mdx  bool
	// inPlace is set for a block that is injected into another file. It has no
	// headings, because their level depends on the file, and no anchors, because
	// the file may define them already.
	inPlace bool
	parts   *Parts // set if inPlace is
}

// heading writes a heading, or a label if the page is injected.
func (w *page) heading(level int, title md) {
	if w.inPlace {
		w.label(title + ":")
		return
	}
	w.writer.heading(level, title)
}

// anchor writes a link target in a separate block.
func (w *page) anchor(id string) { w.block(w.target(id)) }

// target returns a link target, or "" if the page is injected.
func (w *page) target(id string) md {
	if w.inPlace {
		return ""
	}
	return anchor(id)
}

// reference returns a code as a link to its documentation.
func (w *page) reference(c *plan.Code, at place) md {
	return leadingTo(w.to.code(c), code(c.Wire, at))
}

// subtypeReference returns a subtype as a link to its row.
func (w *page) subtypeReference(s *plan.Subtype) md {
	return leadingTo(w.to.subtype(s), code(s.Value, 0))
}

// leadingTo returns label as a link to address, or label alone if address is "".
func leadingTo(address string, label md) md {
	if address == "" {
		return label
	}
	return link(label, address)
}

// addresses returns the URLs of codes and subtypes, relative to one file.
type addresses struct {
	none  bool   // there is no reference; use the service's URLs
	index string // page that lists all codes; "" for the current file
	// page returns the page of a code. It is nil if the index documents all codes.
	page func(*plan.Code) string
}

func (a addresses) code(c *plan.Code) string {
	if a.page != nil && !a.none {
		if file := a.page(c); file != "" {
			return file // the page documents only this code
		}
	}
	return a.of(c, c.Anchor, c.URL)
}

func (a addresses) subtype(s *plan.Subtype) string { return a.of(s.Code, s.Anchor, s.URL) }

// of returns the URL of an anchor in the documentation of a code.
func (a addresses) of(c *plan.Code, anchor, url string) string {
	switch {
	case a.none:
		return url
	case a.page == nil:
		return a.index + "#" + anchor
	}
	return a.page(c) + "#" + anchor
}
