package response

import (
	"cmp"
	"errors"
	"fmt"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/spec/match"
)

// A Reader reads the responses of a table. It may be used by several goroutines at once.
type Reader struct {
	format  format
	table   table
	matches []string // by field: its phrase for a delay
	places  []Place  // by field
}

// Compile returns the reader of a table. The error joins all that is wrong with the description.
func Compile(d Description) (*Reader, error) {
	c := compiler{d: d, r: &Reader{}}
	c.table()
	c.r.format.integers = d.Integer
	c.field(Field{Path: "Retry-After", Role: RoleRetryAfter}, true)
	for _, f := range d.Fields {
		c.field(f, false)
	}
	for _, f := range d.Headers {
		c.field(f, true)
	}
	for i, f := range slices.Concat([]Field{{}}, d.Fields, d.Headers) {
		c.r.format.fields[i].when = c.conditions("field "+f.Path, f.When)
	}
	for _, h := range d.HTTP {
		i, ok := c.r.table.index[h.Code]
		if !ok {
			c.fail("http %d: unknown code %q", h.Status, h.Code)
		}
		if h.Status < 300 || h.Status > 599 {
			c.fail("http %d: expected an HTTP status from 300 to 599", h.Status)
		}
		c.r.format.http = append(c.r.format.http, statusCode{h.Status, i})
	}
	c.selectors()
	c.order(c.r.format.body)
	return c.r, errors.Join(c.errs...)
}

type compiler struct {
	d      Description
	r      *Reader
	errs   []error
	arrays map[string]uint8 // by path
}

func (c *compiler) fail(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(format, args...))
}

var roles = map[Role]role{
	RoleNone: roleNone, RoleCode: roleCode, RoleMessage: roleMessage, RoleID: roleID, RoleStatus: roleStatus, RoleModel: roleModel,
	RoleParam: roleParam, RoleRequestID: roleRequestID, RoleRetryAfter: roleRetryAfter, RoleSubtype: roleSubtype,
	RoleSuccess: roleSuccess, RoleFailure: roleFailure, RoleRetryable: roleRetryable,
}

// field adds a field of the body or of a header.
func (c *compiler) field(f Field, header bool) {
	r, ok := roles[f.Role]
	if !ok {
		c.fail("field %s: unknown role %q", f.Path, f.Role)
	}
	out := field{role: r, completed: f.Completed, failed: f.Failed, running: f.Running, before: f.CutBefore, after: f.CutAfter, unit: f.Unit, ok: f.OK}
	switch r {
	case roleSuccess:
		out.ok = f.OK
		if len(f.OK) == 0 {
			out.ok = []string{"true"}
		}
	case roleStatus:
		c.r.format.tasks = true
	}
	c.check(f, header)
	if f.Match != "" {
		out.number = c.number(f)
	}
	index := len(c.r.format.fields)
	if header {
		if f.Path == "" || strings.ContainsAny(f.Path, ": \t") {
			c.fail("header %q: expected the name of a header", f.Path)
		}
		if slices.ContainsFunc(c.r.format.fields[min(index, 1):], func(g field) bool { return strings.EqualFold(g.header, f.Path) }) {
			c.fail("header %s is declared twice", f.Path)
		}
		out.header = textproto.CanonicalMIMEHeaderKey(f.Path)
	} else {
		out.arrays = c.place(f.Path, index)
	}
	c.r.format.fields = append(c.r.format.fields, out)
	c.r.matches = append(c.r.matches, f.Match)
	c.r.places = append(c.r.places, Place{f.Path, header})
}

// check reports keys that the role of a field does not have.
func (c *compiler) check(f Field, header bool) {
	only := func(key string, has bool, roles ...Role) {
		if has && !slices.Contains(roles, f.Role) {
			c.fail("field %s: %s is for the role %s", f.Path, key, roles[0])
		}
	}
	only("ok", len(f.OK) > 0, RoleCode, RoleSuccess)
	only("cut", f.CutAfter+f.CutBefore != "", RoleCode)
	only("unit", f.Unit != "", RoleRetryAfter)
	only("match", f.Match != "", RoleRetryAfter)
	only("completed", len(f.Completed) > 0, RoleStatus)
	only("failed", len(f.Failed) > 0, RoleStatus)
	only("running", len(f.Running) > 0, RoleStatus)
	if f.Unit != "" && f.Unit != "ms" && f.Unit != "epoch" {
		c.fail("field %s: unknown unit %q", f.Path, f.Unit)
	}
	if header && (f.Role == RoleID || f.Role == RoleStatus || f.Role == RoleModel) {
		c.fail("header %s: the role %s is for fields of the body", f.Path, f.Role)
	}
	if f.Role == RoleStatus {
		seen := map[string]bool{}
		for _, v := range slices.Concat(f.Completed, f.Failed, f.Running) {
			if seen[v] {
				c.fail("field %s: status %q is listed twice", f.Path, v)
			}
			seen[v] = true
		}
	}
	if slices.Contains(f.OK, "") {
		c.fail("field %s: ok has an empty value", f.Path)
	}
}

// number returns the function that finds the number of a delay in a text.
func (c *compiler) number(f Field) func(string) (string, bool) {
	phrase, err := match.Parse(strings.Replace(f.Match, "<num>", "<num:n>", 1))
	if err == nil && (strings.Count(phrase.Pattern(), match.Num) != 1 || strings.Contains(phrase.Pattern(), match.Any)) {
		err = errors.New("expected a phrase with one <num>")
	}
	if err == nil {
		var set *match.Set
		if set, err = match.Compile([]match.Entry{{Phrase: phrase}}); err == nil {
			return func(text string) (string, bool) { return set.Value(0, text, "n") }
		}
	}
	c.fail("field %s: match: %w", f.Path, err)
	return nil
}

// place adds the node of a path of the body and returns the arrays on it.
func (c *compiler) place(path string, index int) (arrays [2]uint8) {
	body := node{below: c.r.format.body}
	n, level, prefix := &body, 0, ""
	for i, key := range strings.Split(path, ".") {
		name := strings.TrimRight(key, "[]")
		steps := key[len(name):]
		if name == "" || steps != strings.Repeat("[]", len(steps)/2) || strings.Contains(name, "\ufffd") {
			c.fail("field %s: key %d is empty or invalid", path, i+1)
			return arrays
		}
		n = n.child(name)
		for prefix += "." + name; steps != ""; steps = steps[2:] {
			if level == len(arrays) {
				c.fail("field %s: expected at most %d arrays in each other", path, len(arrays))
				return arrays
			}
			if n.each == nil {
				n.each = &node{}
			}
			n = n.each
			prefix += "[]"
			arrays[level] = c.array(prefix)
			level++
		}
	}
	if n.field != 0 {
		c.fail("field %s is declared twice", path)
	}
	n.field = index
	c.r.format.body = body.below
	return arrays
}

// order moves codes that may mean that there is no error before the messages next to them, which
// are not read then.
func (c *compiler) order(nodes []node) {
	slices.SortStableFunc(nodes, func(a, b node) int {
		x, y := &c.r.format.fields[a.field], &c.r.format.fields[b.field]
		return cmp.Compare(len(y.ok), len(x.ok))
	})
	for i := range nodes {
		c.order(nodes[i].below)
		for n := nodes[i].each; n != nil; n = n.each {
			c.order(n.below)
		}
	}
}

// array returns the number of the array at a path.
func (c *compiler) array(path string) uint8 {
	if c.arrays == nil {
		c.arrays = make(map[string]uint8)
	}
	if c.arrays[path] == 0 {
		if len(c.arrays) == 255 {
			c.fail("expected at most 255 arrays")
			return 0
		}
		c.arrays[path] = uint8(len(c.arrays) + 1)
	}
	return c.arrays[path]
}

func (n *node) child(key string) *node {
	for i := range n.below {
		if n.below[i].key == key {
			return &n.below[i]
		}
	}
	n.below = append(n.below, node{key: key})
	return &n.below[len(n.below)-1]
}

// conditions returns conditions with the fields that they name.
func (c *compiler) conditions(of string, when []Condition) []condition {
	var out []condition
	for _, w := range when {
		if len(w.Values) == 0 {
			c.fail("%s: when %s has no values", of, w.Name)
		}
		if w.Name == "http" {
			for _, v := range w.Values {
				if n, err := strconv.Atoi(v); err != nil || n < 100 || n > 599 {
					c.fail("%s: when http: %q is not an HTTP status", of, v)
				}
			}
			out = append(out, condition{values: w.Values})
			continue
		}
		i := slices.IndexFunc(c.d.Fields, func(f Field) bool { return f.Path == w.Name }) + 1
		if i == 0 {
			if i = slices.IndexFunc(c.d.Headers, func(f Field) bool { return strings.EqualFold(f.Path, w.Name) }) + 1; i > 0 {
				i += len(c.d.Fields)
			}
		}
		switch {
		case i == 0:
			c.fail("%s: when: unknown field %q", of, w.Name)
		case c.r.format.fields[i].arrays != [2]uint8{}:
			c.fail("%s: when: field %s is in an array", of, w.Name)
		case strings.HasPrefix(of, "field ") && len(slices.Concat([]Field{{}}, c.d.Fields, c.d.Headers)[i].When) > 0:
			c.fail("%s: when: field %s has conditions itself", of, w.Name)
		}
		out = append(out, condition{field: i, values: w.Values})
	}
	return out
}

// selectors adds the conditions of codes and subtypes.
func (c *compiler) selectors() {
	n := 0
	for i, code := range c.d.Codes {
		if when := c.conditions("code "+code.Wire, code.When); when != nil {
			c.r.format.codes = append(c.r.format.codes, selector{code: i, subtype: -1, when: when})
		}
		for _, s := range code.Subtypes {
			if when := c.conditions("subtype "+code.Wire+"/"+s.Name, s.When); when != nil {
				c.r.format.subtypes = append(c.r.format.subtypes, selector{code: i, subtype: n, when: when})
			}
			n++
		}
	}
}
