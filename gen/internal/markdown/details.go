package markdown

import (
	"strconv"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/names"
)

// details writes a section for each code.
func (w *page) details() {
	for _, c := range public(w.plan.Codes) {
		w.codeHeading(3, c)
		w.about(c, true)
	}
}

// codeHeading writes a heading and its link target. The heading contains only the
// code, because GitHub derives the anchor from the text.
func (w *page) codeHeading(level int, c *plan.Code) {
	title := text(c.Wire, 0)
	if level == 1 { // linters ask that a page begins with its heading
		w.heading(level, title)
		w.anchor(c.Anchor)
		return
	}
	w.anchor(c.Anchor)
	w.heading(level, title)
}

// about writes the entry of a code. It omits the description if an overview on the
// page contains it.
func (w *page) about(c *plan.Code, overviewed bool) {
	w.block(title(c))
	if !overviewed {
		w.block(inline(c.Description, lineStart))
	}
	w.block(w.deprecation(c.Deprecated))
	w.blocks(paragraphs("", c.Details))
	w.block(decision(c.Retry))

	if len(c.Subtypes) > 0 {
		w.label("Subtypes:")
		w.subtypes(c)
	}
	w.labelled("Common causes:", causes(c.Causes))
	w.labelled("How to avoid:", proseItems(c.Avoid))
	w.labelled("How to fix:", proseItems(c.Fixes))
	w.labelled("Examples:", examples(c.Examples))
	w.block(join(facts(c), " · "))
}

// title writes "**Title:** Title of the code", struck through if the code is deprecated.
// For a numeric code, the name follows.
func title(c *plan.Code) md {
	t := inline(c.Title, 0)
	if c.Deprecated != nil {
		t = struck(t)
	}
	t = "**Title:** " + t
	if c.Name != "" && c.Name != c.Wire {
		t += " (" + code(c.Name, 0) + ")"
	}
	return t
}

// deprecation writes "**Deprecated since 1.4** — use `code` instead. Reason". The
// reason is written unchanged, so that import can find its end.
func (w *page) deprecation(d *plan.Deprecated) md {
	if d == nil {
		return ""
	}
	lead := md("Deprecated")
	if d.Since != "" {
		lead += " since " + inline(d.Since, inStrong)
	}
	var use md
	if d.ReplacedBy != nil && !d.ReplacedBy.Internal {
		use = "use " + w.reference(d.ReplacedBy, 0) + " instead."
	}
	more := join(nonEmpty(use, inline(d.Reason, 0)), " ")
	if more == "" {
		lead += "."
	}
	return join(nonEmpty(strong(lead), more), " — ")
}

const retryable md = "**Retryable:**"

// decision writes "**Retryable:** Advice. Retry sentence."
func decision(r plan.Retry) md {
	return join(nonEmpty(retryable, sentence(r.Advice, 0), text(r.Sentence, 0)), " ")
}

// cellDecision writes the same for a cell. The advice is written unchanged on a
// separate line, because no other place on the page contains it.
func cellDecision(r plan.Retry) md {
	return retryable + " " + join(nonEmpty(inline(r.Advice, inCell), text(r.Sentence, inCell)), lineBreak)
}

// labelled writes a list with a label.
func (w *page) labelled(name md, items [][]md) {
	if len(items) == 0 {
		return
	}
	w.label(name)
	w.list(items)
}

// causes writes "**Title:** text".
func causes(all []plan.Cause) [][]md {
	var items [][]md
	for _, c := range all {
		var lead md
		if c.Title != "" {
			lead = strong(inline(c.Title, inStrong)+":") + " "
		}
		items = append(items, paragraphs(lead, c.Text))
	}
	return items
}

func proseItems(texts []string) [][]md {
	items := make([][]md, len(texts))
	for i, t := range texts {
		items[i] = paragraphs("", t)
	}
	return items
}

func examples(all []string) [][]md {
	items := make([][]md, len(all))
	for i, e := range all {
		items[i] = []md{verbatim(e)}
	}
	return items
}

// subtypes writes a row for each subtype. A row contains the retry settings only if
// they differ from those of the code.
func (w *page) subtypes(c *plan.Code) {
	var rows [][]md
	for _, s := range c.Subtypes {
		description := inline(s.Description, inCell)
		if s.Retry.Sentence != c.Retry.Sentence || s.Retry.Advice != c.Retry.Advice {
			description = join(nonEmpty(description, cellDecision(s.Retry)), lineBreak)
		}
		rows = append(rows, []md{w.target(s.Anchor) + inline(s.Title, inCell), description, messages(s.Messages())})
	}
	w.table([]md{"Subtype", "Description", "Example message"}, rows)
}

// facts writes the remaining fields of a code.
func facts(c *plan.Code) []md {
	var items []md
	fact := func(name, value md) {
		if value != "" {
			items = append(items, name+value)
		}
	}
	if c.HTTP != 0 {
		items = append(items, "HTTP status: "+md(strconv.Itoa(c.HTTP)))
	}
	if c.Charged != spec.ChargedUnknown {
		items = append(items, "Charged: "+md(c.Charged.String()))
	}
	fact("gRPC status: ", code(c.GRPC, 0))
	fact("Message: ", code(c.Message, 0))
	fact("Aliases: ", series(codeWords(c.Aliases), "and"))
	fact("Former names: ", series(codeWords(names.FormerValues(c.Former)), "and"))
	fact("Since: ", inline(c.Since, 0))
	if c.URL != "" {
		items = append(items, link("Service documentation", c.URL))
	}
	return items
}

func nonEmpty(parts ...md) []md {
	var kept []md
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}
