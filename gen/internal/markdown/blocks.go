package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/spec/diag"
)

// A Reference is the location of a reference, relative to a file that contains
// parts of it.
type Reference struct {
	Options
	Base string // path from the directory of that file to the directory of the reference, with forward slashes
}

// A block is a part of a reference that other files can contain.
type block struct {
	name  string
	takes string // argument after the name: "", "CODE" or "LANGUAGE"; in brackets if it is optional
	write func(w *page, argument string) *Problem
}

var blocks = []block{
	{"overview", "", plainly((*page).overview)},
	{"compact", "", plainly((*page).compact)},
	{"retry", "", plainly((*page).retryLists)},
	{"diagram", "", plainly((*page).diagram)},
	{"response", "", plainly((*page).response)},
	{"code", "CODE", func(w *page, wire string) *Problem {
		return w.aboutCode(wire, func(c *plan.Code) { w.about(c, false) })
	}},
	{"subtypes", "[CODE]", func(w *page, wire string) *Problem {
		if wire == "" {
			w.allSubtypes()
			return nil
		}
		return w.aboutCode(wire, w.subtypes)
	}},
	{"program", "LANGUAGE", (*page).program},
}

func plainly(write func(*page)) func(*page, string) *Problem {
	return func(w *page, _ string) *Problem { write(w); return nil }
}

// Blocks returns the names of the blocks with their arguments: "overview", "code
// CODE".
func Blocks() []string {
	var all []string
	for _, b := range blocks {
		all = append(all, strings.TrimSpace(b.name+" "+b.takes))
	}
	return all
}

// IsBlock reports whether the first word of name is the name of a block.
func IsBlock(name string) bool {
	word, _, _ := strings.Cut(name, " ")
	return slices.ContainsFunc(blocks, func(b block) bool { return b.name == word })
}

// A Problem describes a block that does not exist. Help is the fix.
type Problem struct{ Message, Help string }

// Parts writes parts of a reference into a file.
type Parts struct {
	plan  *plan.Plan
	to    addresses
	mdx   bool
	named map[string]*plan.Code // public codes by wire value, and by anchor where no wire value is equal
	asked int                   // requests for codes that do not exist
}

// maxSuggestions limits how often all codes are compared with a misspelled one.
// Without a limit, a file with many errors would take too long.
const maxSuggestions = 200

// NewParts returns the parts of a table's reference, for a file in Markdown or MDX. Links
// lead to the reference, or to the service's documentation if at is nil.
func NewParts(p *plan.Plan, at *Reference, mdx bool) *Parts {
	b := &Parts{plan: p, to: addresses{none: true}, mdx: mdx, named: make(map[string]*plan.Code)}
	if at != nil {
		b.to = at.seenFrom(at.Base)
	}
	for _, name := range []func(*plan.Code) string{
		func(c *plan.Code) string { return c.Wire },
		func(c *plan.Code) string { return c.Anchor },
	} {
		for _, c := range public(p.Codes) {
			if b.named[name(c)] == nil {
				b.named[name(c)] = c
			}
		}
	}
	return b
}

// Block returns a part of a reference: "overview", "code service_error". Lines end
// with a line feed. It returns nil and a problem if it cannot write the block.
func (b *Parts) Block(name string) ([]byte, *Problem) {
	word, argument, _ := strings.Cut(name, " ")
	argument = strings.TrimSpace(argument)
	i := slices.IndexFunc(blocks, func(b block) bool { return b.name == word })
	switch {
	case i < 0:
		return nil, noBlock(word)
	case blocks[i].takes == "" && argument != "":
		return nil, &Problem{word + " takes no argument", "remove " + argument}
	case blocks[i].takes != "" && blocks[i].takes[0] != '[' && argument == "":
		return nil, &Problem{word + " requires an argument", "write " + word + " " + blocks[i].takes}
	}
	w := &page{plan: b.plan, to: b.to, mdx: b.mdx, inPlace: true, parts: b}
	if problem := blocks[i].write(w, argument); problem != nil {
		return nil, problem
	}
	if w.text.Len() == 0 {
		return nil, &Problem{fmt.Sprintf("the table has no content for %q", name), "remove the markers"}
	}
	return w.bytes(), nil
}

func noBlock(word string) *Problem {
	var names []string
	for _, b := range blocks {
		names = append(names, b.name)
	}
	help := didYouMean(word, names, "blocks: "+strings.Join(Blocks(), ", "))
	return &Problem{fmt.Sprintf("unknown block %q", word), help}
}

func didYouMean(word string, known []string, otherwise string) string {
	if meant := diag.Suggest(word, known); meant != "" {
		return "did you mean " + meant + "?"
	}
	return otherwise
}

// aboutCode calls write with the code that has the given wire value or anchor.
// Anchors are accepted because a comment cannot contain every wire value.
func (w *page) aboutCode(name string, write func(*plan.Code)) *Problem {
	code := w.parts.named[name]
	if code == nil {
		var wires []string
		if w.parts.asked++; w.parts.asked <= maxSuggestions {
			for _, c := range public(w.plan.Codes) {
				wires = append(wires, c.Wire)
			}
		}
		help := didYouMean(name, wires, "write the code as the service sends it")
		return &Problem{fmt.Sprintf("no public code %q in the table", name), help}
	}
	write(code)
	return nil
}

// program writes the sample program in a language.
func (w *page) program(language string) *Problem {
	all := sample.All(w.plan)
	var languages []string
	for _, s := range all {
		if s.Key == language {
			w.codeBlock(md(s.Key), s.Code)
			return nil
		}
		languages = append(languages, s.Key)
	}
	if len(all) == 0 {
		return nil // Block reports that there is no content
	}
	help := didYouMean(language, languages, "languages: "+strings.Join(languages, ", "))
	return &Problem{fmt.Sprintf("no program for language %q", language), help}
}

// allSubtypes writes the subtypes of all codes.
func (w *page) allSubtypes() {
	for _, c := range public(w.plan.Codes) {
		if len(c.Subtypes) > 0 {
			w.label("Subtypes of " + w.reference(c, inStrong) + ":")
			w.subtypes(c)
		}
	}
}
