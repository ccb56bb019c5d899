package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/classify"
	"github.com/errspec/errspec/spec/response"
)

// Kind contains the examples of responses that end a request alike.
type Kind struct {
	title    string // "failed task"
	Examples []Example
}

// Example is a documented response.
type Example struct {
	Lead string // "Example of a failed task:"
	Body string
}

// kinds groups the examples of the table by the outcome that they are read with: first
// failed tasks, then refused requests. An example of an internal code is left out, and so
// is one without a body.
func (b *builder) kinds(p *Plan) {
	kinds := make(map[response.Outcome]*Kind)
	for _, k := range outcomes(p.HasTask()) {
		kinds[k.outcome] = &Kind{title: k.title}
	}
	several := make(map[*Kind]int)
	examples := b.table.Response.Examples
	each := func(f func(*Kind, *spec.Example)) {
		for i := range examples {
			e := &examples[i]
			got := classify.ReadExample(p.Response.Reader, e)
			if k := kinds[got.Outcome]; k != nil && e.Body != "" && (got.Index < 0 || !p.Codes[got.Index].Internal) {
				f(k, e)
			}
		}
	}
	each(func(k *Kind, _ *spec.Example) { several[k]++ })
	each(func(k *Kind, e *spec.Example) {
		lead := "Example of " + k.title
		if several[k] > 1 && !strings.HasSuffix(lead, e.Name) {
			lead += ", " + strconv.Quote(e.Name)
		}
		if status := e.Status(); status != 200 {
			lead += fmt.Sprintf(", with HTTP status %d", status)
		}
		k.Examples = append(k.Examples, Example{lead + ":", e.Body})
	})
	for _, k := range outcomes(p.HasTask()) {
		if kind := kinds[k.outcome]; len(kind.Examples) > 0 {
			p.Response.Kinds = append(p.Response.Kinds, *kind)
		}
	}
}

// An outcomeTitle is an outcome in the order of pages, and its noun.
type outcomeTitle struct {
	outcome response.Outcome
	title   string
}

func outcomes(tasks bool) []outcomeTitle {
	refused := "an error response"
	if tasks {
		refused = "a refused request"
	}
	return []outcomeTitle{
		{response.Failed, "a failed task"}, {response.Error, refused}, {response.Running, "a running task"}, {response.OK, "a response without an error"},
	}
}

// levels distinguishes the classes of refused requests from those of failed tasks. A class is about
// tasks if an example of a failed task has one of its codes, and otherwise about requests if
// one of its codes has an HTTP status from 400. A class with neither is like the one before.
func (b *builder) levels(p *Plan) {
	if !p.HasTask() {
		return
	}
	failed := make(map[*Class]bool)
	for i := range b.table.Response.Examples {
		got := classify.ReadExample(p.Response.Reader, &b.table.Response.Examples[i])
		if got.Outcome == response.Failed && got.Index >= 0 {
			failed[p.Codes[got.Index].Class] = true
		}
	}
	levels, refused := make(map[bool]bool), false
	for _, c := range p.Classes {
		switch {
		case failed[c]:
			refused = false
		case slices.ContainsFunc(c.Codes, func(c *Code) bool { return c.HTTP >= 400 }):
			refused = true
		}
		c.Refused = refused
		levels[refused] = levels[refused] || len(c.Codes) > 0
	}
	p.Levels = levels[true] && levels[false]
}

// Level returns the title of the level of a class, "" if the table does not have both.
func (p *Plan) Level(c *Class) string {
	switch {
	case !p.Levels:
		return ""
	case c.Refused:
		return "Codes of refused requests, whose responses are not about a task"
	}
	return "Codes of failed tasks"
}
