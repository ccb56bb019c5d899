package markdown

import "github.com/errspec/errspec/gen/internal/plan"

// A page is a file, or part of one, that is being written about a plan.
type page struct {
	writer
	plan *plan.Plan
	to   addresses
	mark md // of generated files
	mdx  bool
	// inPlace is set for what goes into a file that somebody else has written. It
	// has no headings, whose level would be theirs to say, and no anchors, which
	// might be there already.
	inPlace bool
	parts   *Parts // that it is one of, in place
}

// heading writes a heading, in place a label.
func (w *page) heading(level int, title md) {
	if w.inPlace {
		w.label(title + labelEnd(title))
		return
	}
	w.writer.heading(level, title)
}

// anchor writes a target for links, in a block of its own.
func (w *page) anchor(id string) { w.block(w.target(id)) }

// target returns a target for links.
func (w *page) target(id string) md {
	if w.inPlace {
		return ""
	}
	return anchor(id)
}

// reference returns a code that leads to where it is documented.
func (w *page) reference(c *plan.Code, at place) md {
	return leadingTo(w.to.code(c), code(c.Wire, at))
}

// subtypeReference returns a subtype that leads to its row.
func (w *page) subtypeReference(s *plan.Subtype) md {
	return leadingTo(w.to.subtype(s), code(s.Value, 0))
}

// leadingTo makes a link of a label if there is an address.
func leadingTo(address string, label md) md {
	if address == "" {
		return label
	}
	return link(label, address)
}

// addresses says where things are documented, seen from one file.
type addresses struct {
	none  bool   // nowhere but at the service
	index string // the page that lists all codes; "" is the file itself
	// page returns the page of a code; nil if the index documents all of them.
	page func(*plan.Code) string
}

func (a addresses) code(c *plan.Code) string {
	if a.page != nil && !a.none {
		if file := a.page(c); file != "" {
			return file // its page is about nothing else
		}
	}
	return a.of(c, c.Anchor, c.URL)
}

func (a addresses) subtype(s *plan.Subtype) string { return a.of(s.Code, s.Anchor, s.URL) }

// of returns the address of a place in what is documented about a code.
func (a addresses) of(c *plan.Code, anchor, url string) string {
	switch {
	case a.none:
		return url
	case a.page == nil:
		return a.index + "#" + anchor
	}
	return a.page(c) + "#" + anchor
}
