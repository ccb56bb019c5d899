package html

import (
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/plan"
	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/advice"
	"github.com/errspec/errspec/spec/names"
	"github.com/errspec/errspec/spec/prose"
)

// functions are the functions that the template calls.
var functions = template.FuncMap{
	"inline":             func(s string) prose.Paragraph { return prose.Inline(strings.TrimSpace(s)) },
	"paragraphs":         prose.Parse,
	"plain":              func(s string) string { return prose.Inline(strings.TrimSpace(s)).Plain() },
	"isCode":             func(s prose.Span) bool { return s.Kind == prose.Code },
	"isLink":             func(s prose.Span) bool { return s.Kind == prose.Link },
	"sentence":           prose.Sentence,
	"count":              count,
	"duration":           advice.Duration,
	"text":               text,
	"implied":            implied,
	"practiceRetryAfter": plan.PracticeRetryAfter,
	"practiceNever":      plan.PracticeNever,
	"practiceUnlisted":   plan.PracticeUnlisted,
	"join":               func(all []string) string { return strings.Join(all, ", ") },
	"fieldType":          plan.Field.JSONType,
	"facts":              facts,
	"mark":               mark,
	"marks":              func(c *plan.Code) string { return marks(c.Retry) },
	"attributes":         attributes,
	"subtypeMarks":       subtypeMarks,
	"subtypeAttributes":  subtypeAttributes,
	"about":              func(v *view, it any) about { return about{v, it} },
}

// about is an item together with the page, for templates that require both.
type about struct {
	Page *view
	It   any
}

// text returns a text as the content of an element. Unlike html/template, it does not
// escape quotes, which programs and responses contain many of.
func text(s string) template.HTML {
	return template.HTML(contentEscaper.Replace(s))
}

var contentEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\x00", "\ufffd")

// implied returns the HTTP statuses of public codes.
func implied(r *plan.Response) []plan.HTTPCode {
	return slices.DeleteFunc(slices.Clone(r.HTTP), func(h plan.HTTPCode) bool { return h.Code.Internal })
}

// A fact is a name with its values or prose.
type fact struct {
	Name   string
	Values []string
	Prose  string
}

// facts returns the remaining fields of a code.
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
	if c.Charged != spec.ChargedUnknown {
		add("Charged", c.Charged.String())
	}
	add("Implied by HTTP status", numbers(c.Statuses)...)
	add("gRPC status", c.GRPC)
	add("Message", c.Message)
	add("Aliases", c.Aliases...)
	add("Former names", formerNames(c)...)
	if c.Since != "" {
		all = append(all, fact{Name: "Since", Prose: c.Since})
	}
	return all
}

func numbers(all []int) []string {
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = strconv.Itoa(n)
	}
	return texts
}

func formerNames(c *plan.Code) []string { return names.FormerValues(c.Former) }

// mark returns the class of a verdict in the style sheet and the script.
func mark(verdict string) string {
	if verdict == plan.Verdicts()[0].Key {
		return "auto"
	}
	return verdict
}

// marks returns the classes of retry settings: "wait auto throttle".
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

// attributes returns the data about a code that the script requires in addition to
// classes.
func attributes(c *plan.Code) template.HTMLAttr {
	all := wait(c.Retry)
	if others := c.OtherWires(); len(others) > 0 {
		all += list("others", others)
	}
	if c.Name != "" {
		all += attribute("name", c.Name)
	}
	made := make(map[string]bool)
	for _, name := range append(c.OtherWires(), c.Wire, c.Name) {
		made["code"+letters(name)] = true
	}
	all += constants(append(names.FormerConsts(c.Former), c.Const), made)
	return template.HTMLAttr(all)
}

// letters returns the letters and digits of a name in lower case. The script finds
// most constants by them.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, name)
}

// constants returns the constants that the script cannot derive from names.
func constants(all []string, made map[string]bool) string {
	var others []string
	for _, c := range all {
		if !made[strings.ToLower(c)] {
			others = append(others, c)
		}
	}
	if len(others) == 0 {
		return ""
	}
	return list("go", others)
}

// subtypeMarks returns the classes of a subtype's retry settings, or "" if they are
// those of its code.
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

// subtypeAttributes returns the data about a subtype that the script requires in
// addition to classes.
func subtypeAttributes(s *plan.Subtype) template.HTMLAttr {
	all := ""
	if s.Retry != s.Code.Retry {
		all += wait(s.Retry)
	}
	made := make(map[string]bool)
	for _, name := range append(s.Code.OtherWires(), s.Code.Wire, s.Code.Name) {
		made["subtype"+letters(name+s.Name)] = true
	}
	all += constants(append(names.FormerConsts(s.Former), s.Const), made)
	return template.HTMLAttr(all)
}

// wait returns data-wait="MIN MAX", in nanoseconds.
func wait(r plan.Retry) string {
	if r.WaitMax == 0 {
		return ""
	}
	return attribute("wait", fmt.Sprintf("%d %d", r.WaitMin, r.WaitMax))
}

// list returns a data attribute that contains texts as JSON.
func list(name string, values []string) string {
	data, err := json.Marshal(values)
	if err != nil {
		panic("html: cannot encode texts as JSON: " + err.Error())
	}
	return attribute(name, string(data))
}

func attribute(name, value string) string {
	return " data-" + name + `="` + html.EscapeString(value) + `"`
}
