package html

import (
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/prose"
)

// functions are what the template calls.
var functions = template.FuncMap{
	"inline":            func(s string) prose.Paragraph { return prose.Inline(strings.TrimSpace(s)) },
	"paragraphs":        prose.Parse,
	"plain":             func(s string) string { return prose.Inline(strings.TrimSpace(s)).Plain() },
	"isCode":            func(s prose.Span) bool { return s.Kind == prose.Code },
	"isLink":            func(s prose.Span) bool { return s.Kind == prose.Link },
	"sentence":          prose.Sentence,
	"count":             count,
	"duration":          spec.ShortDuration,
	"code":              code,
	"ruleRepetition":    plan.RuleRepetition,
	"ruleOutcome":       plan.RuleOutcome,
	"ruleRetryAfter":    plan.RuleRetryAfter,
	"ruleNever":         plan.RuleNever,
	"ruleUnlisted":      plan.RuleUnlisted,
	"join":              func(all []string) string { return strings.Join(all, ", ") },
	"fieldType":         plan.Field.JSONType,
	"facts":             facts,
	"mark":              mark,
	"marks":             func(c *plan.Code) string { return marks(c.Retry) },
	"attributes":        attributes,
	"subtypeMarks":      subtypeMarks,
	"subtypeAttributes": subtypeAttributes,
	"about":             func(v *view, it any) about { return about{v, it} },
}

// about is something on the page, for templates that need the page too.
type about struct {
	Page *view
	It   any
}

// code returns a program as the content of an element. Quotes need no escaping
// there, and programs are full of them.
func code(program string) template.HTML {
	return template.HTML(strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(program))
}

// A fact is a name and what stands behind it: values, or prose.
type fact struct {
	Name   string
	Values []string
	Prose  string
}

// facts returns what remains to be said of a code.
func facts(c *plan.Code) []fact {
	var all []fact
	add := func(name string, values ...string) {
		if len(values) > 0 && values[0] != "" {
			all = append(all, fact{Name: name, Values: values})
		}
	}
	if c.Name != c.Wire {
		add("Name", c.Name)
	}
	if c.HTTP != 0 {
		add("HTTP status", strconv.Itoa(c.HTTP))
	}
	add("gRPC status", c.GRPC)
	add("Also sent as", c.Aliases...)
	add("Formerly", oldNames(c)...)
	if c.Since != "" {
		all = append(all, fact{Name: "Since", Prose: c.Since})
	}
	return all
}

func oldNames(c *plan.Code) []string {
	var names []string
	for _, old := range c.OldNames {
		names = append(names, old.Wire)
	}
	return names
}

// mark returns the class by which style sheet and script know a verdict.
func mark(verdict string) string {
	if verdict == plan.Verdicts()[0].Key {
		return "auto"
	}
	return verdict
}

// marks returns the classes of what has the advice: "wait auto throttle".
func marks(r plan.Retry) string {
	all := r.Action.String()
	if r.Automatic {
		all += " auto"
	}
	if r.Throttle {
		all += " throttle"
	}
	return all
}

// attributes returns what the script has to know of a code beyond its classes.
func attributes(c *plan.Code) template.HTMLAttr {
	all := wait(c.Retry)
	if others := c.OtherWires(); len(others) > 0 {
		all += list("others", others)
	}
	if c.Name != "" {
		all += attribute("name", c.Name)
	}
	return template.HTMLAttr(all)
}

// subtypeMarks returns the classes of a sub-type: those of its advice, unless it
// is that of its code.
func subtypeMarks(s *plan.Subtype) string {
	var all []string
	if s.Fallback {
		all = append(all, "fallback")
	}
	if s.Retry != s.Code.Retry {
		all = append(all, "own", marks(s.Retry))
	}
	return strings.Join(all, " ")
}

// subtypeAttributes returns what the script has to know of a sub-type. Its name is
// there only where its id does not tell.
func subtypeAttributes(s *plan.Subtype) template.HTMLAttr {
	all := ""
	if s.Anchor != s.Code.Anchor+"-"+s.Name {
		all = attribute("name", s.Name)
	}
	if s.Retry != s.Code.Retry {
		all += wait(s.Retry)
	}
	return template.HTMLAttr(all)
}

// wait returns data-wait="MIN MAX", in nanoseconds.
func wait(r plan.Retry) string {
	if r.WaitMax == 0 {
		return ""
	}
	return attribute("wait", fmt.Sprintf("%d %d", r.WaitMin, r.WaitMax))
}

// list returns a data attribute that holds texts as JSON.
func list(name string, values []string) string {
	data, err := json.Marshal(values)
	if err != nil {
		panic("html: texts are not to be written as JSON: " + err.Error())
	}
	return attribute(name, string(data))
}

func attribute(name, value string) string {
	return " data-" + name + `="` + html.EscapeString(value) + `"`
}
