package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec/diag"
)

// A Reference is where a reference is, seen from a file that parts of it go into.
type Reference struct {
	Options
	Base string // the path from the file's folder to that of the reference, with forward slashes
}

// A block is a part of a reference.
type block struct {
	name  string
	takes takes
	write func(*page, *plan.Code)
}

// blocks are the parts of a reference that can stand in other files.
var blocks = []block{
	{"overview", nothing, func(w *page, _ *plan.Code) { w.overview() }},
	{"retry", nothing, func(w *page, _ *plan.Code) { w.retryLists() }},
	{"diagram", nothing, func(w *page, _ *plan.Code) { w.diagram() }},
	{"response", nothing, func(w *page, _ *plan.Code) { w.response() }},
	{"code", oneCode, func(w *page, c *plan.Code) { w.about(c, false) }},
	{"subtypes", maybeCode, func(w *page, c *plan.Code) {
		if c != nil {
			w.subtypes(c)
		} else {
			w.allSubtypes()
		}
	}},
}

// takes says whether the name of a block is followed by a code.
type takes uint8

const (
	nothing takes = iota
	oneCode
	maybeCode
)

// Blocks returns how the blocks are asked for: "overview", "code CODE".
func Blocks() []string {
	var all []string
	for _, b := range blocks {
		all = append(all, b.name+[...]string{nothing: "", oneCode: " CODE", maybeCode: " [CODE]"}[b.takes])
	}
	return all
}

// IsBlock reports whether a name begins like that of a block.
func IsBlock(name string) bool {
	word, _, _ := strings.Cut(name, " ")
	return slices.ContainsFunc(blocks, func(b block) bool { return b.name == word })
}

// A Problem says why there is no such block, and what mends it.
type Problem struct{ Message, Help string }

// Block returns part of a reference: "overview", "code service_error". Its links lead
// to the reference, without one to the service's documentation. Lines end with a line
// feed. It is nil where there is a problem.
func Block(p *plan.Plan, name string, at *Reference) ([]byte, *Problem) {
	word, rest, _ := strings.Cut(name, " ")
	rest = strings.TrimSpace(rest)
	for _, b := range blocks {
		if b.name != word {
			continue
		}
		var c *plan.Code
		var problem *Problem
		switch {
		case b.takes == nothing && rest != "":
			problem = &Problem{fmt.Sprintf("%s takes no code", word), "leave out " + rest}
		case b.takes == oneCode && rest == "":
			problem = &Problem{"code does not say which", "write code and what the service sends"}
		case rest != "":
			c, problem = codeCalled(p, rest)
		}
		if problem != nil {
			return nil, problem
		}
		w := &page{plan: p, to: addresses{none: true}, inPlace: true}
		if at != nil {
			w.to = at.seenFrom(at.Base)
		}
		b.write(w, c)
		if w.text.Len() == 0 {
			return nil, &Problem{fmt.Sprintf("the table has nothing for %q", name), "remove the markers"}
		}
		return w.bytes(), nil
	}
	var names []string
	for _, b := range blocks {
		names = append(names, b.name)
	}
	help := "there are " + strings.Join(Blocks(), ", ")
	if meant := diag.Suggest(word, names); meant != "" {
		help = "did you mean " + meant + "?"
	}
	return nil, &Problem{fmt.Sprintf("no part of a reference is called %q", word), help}
}

// codeCalled returns the code that has a wire value or an anchor.
func codeCalled(p *plan.Plan, name string) (*plan.Code, *Problem) {
	codes := public(p.Codes)
	var wires []string
	for _, is := range []func(*plan.Code) bool{
		func(c *plan.Code) bool { return c.Wire == name },
		func(c *plan.Code) bool { return c.Anchor == name }, // for a code that no comment can hold
	} {
		if found := filter(codes, is); len(found) > 0 {
			return found[0], nil
		}
	}
	for _, c := range codes {
		wires = append(wires, c.Wire)
	}
	help := "write it as the service sends it"
	if meant := diag.Suggest(name, wires); meant != "" {
		help = "did you mean " + meant + "?"
	}
	return nil, &Problem{fmt.Sprintf("no code %q is on the pages of the table", name), help}
}

// allSubtypes writes the sub-types of every code that has any.
func (w *page) allSubtypes() {
	for _, c := range public(w.plan.Codes) {
		if len(c.Subtypes) > 0 {
			w.label("Sub-types of " + w.reference(c, 0) + ":")
			w.subtypes(c)
		}
	}
}
