package openapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/internal/lazyregexp"
	"github.com/errspec/errspec/spec/importer/draft"
	"github.com/errspec/errspec/spec/importer/facts"
)

// A code is an error code with what the file says about it.
type code struct {
	wire      string
	integer   bool
	title     string
	about     string
	statuses  []int // of responses that have it
	responses []*usage
	shared    bool // an enumeration lists it together with others
	messages  []string
	retry     *yaml.Node // x-errspec settings, or nil
}

// add returns the code with a wire value. It adds the code if it is missing.
func (r *reader) add(wire string, integer bool) *code {
	wire = draft.Line(wire)
	c := r.byWire[wire]
	if c == nil {
		c = &code{wire: wire, integer: integer}
		r.byWire[wire] = c
		r.codes = append(r.codes, c)
	}
	c.integer = c.integer && integer
	return c
}

// describe sets the title and the description of a code unless it has them.
func (c *code) describe(title, about string) {
	if c.title == "" {
		c.title = draft.Line(title)
	}
	if c.about == "" {
		c.about = strings.TrimSpace(about)
	}
}

func (c *code) sent(status int, u *usage) {
	if status > 0 && status < 600 && !slices.Contains(c.statuses, status) {
		c.statuses = append(c.statuses, status)
	}
	if u != nil && !slices.Contains(c.responses, u) {
		c.responses = append(c.responses, u)
	}
}

// isStatus reports whether a value is an HTTP status of errors and thus hardly a code.
func (v *value) isStatus() bool {
	n, err := strconv.Atoi(v.text)
	return err == nil && 400 <= n && n <= 599
}

// readCodes adds the values of the fields as codes. Values that repeat HTTP statuses are codes
// only if there are no others.
func (r *reader) readCodes(fields []*field) {
	r.codeFields = fields
	counts := make(map[*yaml.Node]int)
	for _, statuses := range []bool{false, true} {
		if statuses && len(r.codes) > 0 {
			break
		}
		for _, f := range fields {
			f.findCut()
			sure := slices.Contains(roles[0].names, f.name)
			for _, v := range f.values {
				if v.isStatus() != statuses || !isCode(v, sure) && f.cut == "" || f.cut != "" && !strings.HasPrefix(v.text, f.cut) {
					continue
				}
				c := r.add(strings.TrimPrefix(v.text, f.cut), v.integer)
				c.describe(v.title, v.about)
				if e := v.example; e != nil && (e.first == nil || e.first == f) {
					e.first = f
					c.describe("", e.summary)
				}
				if v.alone {
					c.sent(v.status, v.response)
				} else {
					c.shared = true
				}
				if v.enum != nil {
					counts[v.enum]++
				}
			}
		}
	}
	r.accountEnums(counts)
}

// findCut finds the common start of the types of problems.
func (f *field) findCut() {
	if f.name != "type" || f.cut != "" {
		return
	}
	for _, v := range f.values {
		m := problemType.FindStringSubmatch(v.text)
		switch {
		case v.text == "about:blank":
		case m == nil, f.cut != "" && f.cut != m[1]:
			f.cut = ""
			return
		default:
			f.cut = m[1]
		}
	}
}

// accountEnums adds the enumerations of the fields to the report. counts are the numbers of
// codes of enumerations.
func (r *reader) accountEnums(counts map[*yaml.Node]int) {
	for _, f := range r.fields {
		for _, v := range f.values {
			if v.enum == nil || r.byNode[v.enum] != nil {
				continue
			}
			e := r.part(facts.EnumFact, v.enum, f.path)
			switch n := counts[v.enum]; {
			case n > 0:
				used(e, fmt.Sprintf("codes of %s", f.path))
			case v.exported:
				used(e, "codes that errspec exported")
			case f.role == "code" && v.isStatus():
				skip(e, "it repeats the HTTP status")
			case f.role == "" && codeName.MatchString(f.name) && f.listsCodes() && !f.isConstant():
				lose(e, "the field is not known as one of errors")
			default:
				skip(e, "its field is not one of codes")
			}
		}
	}
}

// codeName matches the words of names of fields of codes.
var codeName = lazyregexp.New(`\b(?:code|reason|error)\b`)

// listsCodes reports whether an enumeration of a field has several values with the form of
// codes.
func (f *field) listsCodes() bool {
	n := 0
	for _, v := range f.values {
		if v.enum != nil && isCode(v, false) {
			n++
		}
	}
	return n > 1
}

// describeByResponse gives codes the descriptions of their responses, unless a response has
// several codes.
func (r *reader) describeByResponse() {
	of := make(map[*usage]int)
	for _, c := range r.codes {
		for _, u := range c.responses {
			of[u]++
		}
	}
	for _, c := range r.codes {
		if len(c.responses) > 0 && of[c.responses[0]] == 1 && !c.shared {
			c.describe("", r.text(c.responses[0].node, "description"))
		}
	}
}

// readStatuses makes the HTTP statuses codes, in a file without any.
func (r *reader) readStatuses() {
	for _, u := range r.uses {
		for _, s := range u.statuses {
			if 400 <= s && s <= 599 {
				c := r.add(strconv.Itoa(s), true)
				c.sent(s, u)
				c.describe("", r.text(u.node, "description"))
				r.byStatus = true
			}
		}
	}
	slices.SortStableFunc(r.codes, func(a, b *code) int { return strings.Compare(a.wire, b.wire) })
}

// enumSchema matches names of schemas that list codes.
var enumSchema = lazyregexp.New(`(?i)error_?-?(?:codes?|types?|names?|reasons?)$|^err_?codes?$`)

// readNamedEnums reads enumerations that schemas with the names of codes have, and that no
// response refers to. Other enumerations of properties with such names are only reported.
func (r *reader) readNamedEnums() {
	for _, p := range r.pairs(r.get(r.root, "components", "schemas")) {
		n := r.get(p.value)
		if enumSchema.MatchString(p.name()) {
			r.readNamedEnum(n, p.name())
		}
		for _, prop := range r.pairs(r.key(n, "properties")) {
			if strings.Contains(draft.Key(prop.name()), "error") {
				r.loseEnum(r.get(prop.value), p.name()+"."+prop.name(), "no body of an error response has the field")
			}
		}
	}
}

func (r *reader) readNamedEnum(n *yaml.Node, name string) {
	f, at := r.enumField(n)
	if f == nil {
		return
	}
	e := r.part(facts.EnumFact, at, name)
	skip(e, "its values are not codes")
	for _, v := range f.values {
		if isCode(v, true) && !v.isStatus() {
			r.add(v.text, v.integer).describe(v.title, v.about)
			used(e, "codes of the schema "+name)
		}
	}
}
