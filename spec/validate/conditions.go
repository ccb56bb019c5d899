package validate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// checkConditions checks the fields and headers that conditions name.
func checkConditions(t *spec.Table, report reporter) {
	c := conditions{report: report, fields: make(map[string]*spec.Field), headers: make(map[string]*spec.Field)}
	if r := t.Response; r != nil {
		c.partial = r.Unread("fields") || r.Unread("headers")
		for i := range r.Headers {
			f := &r.Headers[i]
			c.headers[strings.ToLower(f.Path)] = f
			c.names = append(c.names, f.Path)
		}
		for i := range r.Fields {
			f := &r.Fields[i]
			c.fields[f.Path] = f
			c.names = append(c.names, f.Path)
		}
		for _, all := range [][]spec.Field{r.Fields, r.Headers} {
			for i := range all {
				c.check(all[i].Entry, all[i].Path, all[i].When, true)
			}
		}
	} else {
		c.partial = t.Unread("response")
	}
	eachCode(t, func(code *spec.Code) {
		c.check(code.Entry, code.Wire, code.When, false)
		for i := range code.Subtypes {
			s := &code.Subtypes[i]
			c.check(s.Entry, code.Wire+"/"+s.Name, s.When, false)
		}
	})
}

// conditions are what conditions may name.
type conditions struct {
	report          reporter
	fields, headers map[string]*spec.Field // headers by name in lower case
	names           []string
	partial         bool // whether some fields could not be read
	asked           int  // how often for an unknown one
}

// check checks the conditions of an entry. ofField reports whether it is a field.
func (c *conditions) check(e spec.Entry, about string, when []spec.Condition, ofField bool) {
	if e.Has("when") && !e.Unread("when") && len(when) == 0 {
		c.report(violation{at: e.ValueAt("when"), about: about, message: "when: is empty", help: "add a condition, or remove when"})
	}
	for _, w := range when {
		c.values(e, about, w)
		if w.Name == spec.HTTPStatus {
			continue
		}
		f := c.fields[w.Name]
		if f == nil {
			f = c.headers[strings.ToLower(w.Name)]
		}
		bad := func(help, format string, args ...any) {
			c.report(violation{at: e.PairKeyAt("when", w.Name), about: about, message: fmt.Sprintf(format, args...), help: help})
		}
		switch {
		case f == nil:
			c.unknown(e, about, w.Name)
		case strings.Contains(f.Path, "[]"):
			bad("name a field outside of arrays", "a condition cannot name field %q, which is in an array", f.Path)
		case ofField && len(f.When) > 0:
			bad("name a field without conditions", "a condition of a field cannot name field %q, which has conditions", f.Path)
		}
	}
}

// values checks the values of a condition.
func (c *conditions) values(e spec.Entry, about string, w spec.Condition) {
	if len(w.Values) == 0 {
		c.report(violation{at: e.PairAt("when", w.Name), about: about, message: fmt.Sprintf("condition %q has no values", w.Name), help: "write the values that fulfill the condition"})
	}
	for i, value := range w.Values {
		at := e.PairItemAt("when", w.Name, i)
		if status, err := strconv.Atoi(value); w.Name == spec.HTTPStatus && value != "" && (err != nil || len(value) != 3 || status < 100 || status > 599) {
			c.report(violation{at: at, about: about, message: fmt.Sprintf("invalid HTTP status %q", value), help: "write a number from 100 to 599"})
		} else if value != "" && slices.Index(w.Values, value) < i {
			c.report(violation{at: at, about: about, message: fmt.Sprintf("value %q is listed twice", value), help: "remove one of them"})
		}
	}
}

// unknown reports a condition about something that is not declared.
func (c *conditions) unknown(e spec.Entry, about, name string) {
	if c.partial {
		return
	}
	v := violation{at: e.PairKeyAt("when", name), about: about, message: fmt.Sprintf("unknown field or header %q", name),
		help: "declare it in response: under fields: or headers:, without a role if it has none"}
	if c.asked++; c.asked <= diag.MaxSuggestions {
		meant, only := diag.Nearest(name, append([]string{spec.HTTPStatus}, c.names...))
		if meant != "" {
			v.help = "did you mean " + meant + "?"
		}
		if only {
			v.fix = e.FixPairKey("when", name, meant)
		}
	}
	c.report(v)
}
