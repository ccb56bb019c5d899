// Package validate checks the rules that need a whole table: references, duplicates,
// retry settings, phrases and examples.
//
// [Run] accepts any table that [spec.Load] returned, also one with errors, and returns
// findings. It does not report a value that could not be read: [spec.Load] has reported it.
// A table without findings of severity [diag.Error] is valid. Packages that generate,
// export or compare tables require a valid one. [Rules] returns the rules of reading and
// of validation.
package validate

import (
	"fmt"

	"github.com/errspec/errspec/spec"
	"github.com/errspec/errspec/spec/diag"
)

// A reporter records one violation of a rule.
type reporter func(v violation)

// A violation is the problem of an entry, which about names.
type violation struct {
	at      diag.Location
	about   string
	message string
	help    string
	fix     *diag.Fix
	related []diag.Related
}

// Run returns the findings about a table as a whole.
func Run(t *spec.Table) diag.List {
	var findings diag.List
	for _, rule := range validations() {
		rule.check(t, func(v violation) {
			findings = append(findings, diag.Diagnostic{
				Rule:     rule.ID,
				Message:  v.message,
				Location: v.at,
				Related:  v.related,
				Help:     v.help,
				Fix:      v.fix,
				Subject:  v.about,
			})
		})
	}
	return findings
}

func checkCodes(t *spec.Table, report reporter) {
	unread := t.Partial || t.Codes == nil && t.At().File != nil // reading has reported that
	if len(t.Codes) == 0 && !unread {
		report(violation{at: t.ValueAt("codes"), about: "codes", message: "table has no codes", help: "add a code under codes: or in an included file"})
	}
}

// A site is one use of a wire value. Its location is computed only when it is needed: most
// tables have thousands of sites and no finding.
type site struct {
	at   func() diag.Location
	kind string
	code string
}

func checkDuplicateCodes(t *spec.Table, report reporter) {
	first := make(map[string]site, len(t.Codes))
	use := func(wire string, s site) {
		if wire == "" {
			return
		}
		before, taken := first[wire]
		if !taken {
			first[wire] = s
			return
		}
		help := "a wire value must identify one code; remove or rename one of them"
		if t.Adds(s.at()) && !t.Adds(before.at()) {
			help = fmt.Sprintf("%s defines this code; put additions to it under additions:", t.Extends)
		}
		report(violation{
			at:      s.at(),
			about:   wire,
			message: fmt.Sprintf("%s %q is already used as %s", s.kind, wire, before.describe()),
			help:    help,
			related: []diag.Related{{Location: before.at(), Message: "first used here"}},
		})
	}
	// The base table comes first: a finding is about the table that extends it.
	for _, part := range [][]spec.Code{t.Codes[:t.BaseCodes], t.Codes[t.BaseCodes:]} {
		for i := range part {
			c := &part[i]
			use(c.Wire, site{func() diag.Location { return c.ValueAt("code") }, "code", c.Wire})
		}
		for i := range part {
			c := &part[i]
			for j, alias := range c.Aliases {
				use(alias, site{func() diag.Location { return c.ItemAt("aliases", j) }, "alias", c.Wire})
			}
			for j, old := range c.RenamedFrom {
				use(old, site{func() diag.Location { return c.ItemAt("renamed_from", j) }, "former name", c.Wire})
			}
		}
	}
}

func (s site) describe() string {
	if s.kind == "code" {
		return "a code"
	}
	return fmt.Sprintf("the %s of %q", s.kind, s.code)
}

func checkClasses(t *spec.Table, report reporter) {
	first := make(map[string]*spec.Class, len(t.Classes))
	for i := range t.Classes {
		c := &t.Classes[i]
		if c.Name == "unknown" {
			report(violation{at: c.ValueAt("name"), about: c.Name,
				message: "class name unknown is reserved", help: "choose another name; unknown is the class of codes without a class"})
		}
		if before, taken := first[c.Name]; taken && c.Name != "" {
			report(violation{at: c.ValueAt("name"), about: c.Name,
				message: fmt.Sprintf("duplicate class %q", c.Name),
				help:    "rename or remove one of them",
				related: []diag.Related{{Location: before.ValueAt("name"), Message: "first defined here"}}})
			continue
		}
		first[c.Name] = c
	}
}

func checkSubtypes(t *spec.Table, report reporter) {
	eachCode(t, func(c *spec.Code) {
		first := make(map[string]*spec.Subtype, len(c.Subtypes))
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			if before, taken := first[s.Name]; taken && s.Name != "" {
				report(violation{at: s.ValueAt("name"), about: c.Wire + "/" + s.Name,
					message: fmt.Sprintf("duplicate subtype %q in code %q", s.Name, c.Wire),
					help:    "rename or remove one of them",
					related: []diag.Related{{Location: before.ValueAt("name"), Message: "first defined here"}}})
				continue
			}
			first[s.Name] = s
		}
	})
}

func checkFallbacks(t *spec.Table, report reporter) {
	eachCode(t, func(c *spec.Code) {
		var first *spec.Subtype
		for i := range c.Subtypes {
			s := &c.Subtypes[i]
			switch {
			case !s.Fallback:
			case first == nil:
				first = s
			default:
				report(violation{at: s.ValueAt("fallback"), about: c.Wire + "/" + s.Name,
					message: fmt.Sprintf("code %q has two fallback subtypes, %s and %s", c.Wire, first.Name, s.Name),
					help:    "keep fallback: true only on the subtype for all other messages",
					related: []diag.Related{{Location: first.ValueAt("fallback"), Message: "first fallback"}}})
			}
		}
	})
}

func eachCode(t *spec.Table, f func(*spec.Code)) {
	for i := range t.Codes {
		f(&t.Codes[i])
	}
}
