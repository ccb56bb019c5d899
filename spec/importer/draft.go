package importer

import (
	"slices"
	"time"

	"github.com/errspec/errspec/spec/importer/facts"
)

// A draft is a table as far as a source defines it.
type draft struct {
	todo        todo
	name        string
	title       string
	description string
	integer     bool // codes are numbers
	response    *response
	classes     []*class
	codes       []*code
	byWire      map[string]*code
	byTitle     map[string]*class // by key of the title, see classNamed
}

// A todo lists what the author has to check, by key of the table.
type todo map[string]string

// note adds to a todo, which may be nil.
func (t *todo) note(key, why string) {
	if *t == nil {
		*t = make(todo)
	}
	(*t)[key] = why
}

func (t todo) without(key string) todo {
	delete(t, key)
	return t
}

type class struct {
	todo        todo
	name        string
	title       string
	description string
	fault       string
}

type code struct {
	todo        todo
	line        int // of the source
	wire        string
	name        string
	title       string
	class       *class
	description string
	details     string
	retry       retry
	http        int
	grpc        string
	subtypes    []*subtype
	causes      []cause
	avoid       []string
	fixes       []string
	examples    []string
	since       string
	deprecated  *deprecated
	aliases     []string
	internal    bool
	remarks     []string       // for comments: content of the source that has no key
	row         string         // of a table, as text
	section     *facts.Section // about the code, or nil
}

type retry struct {
	todo     todo
	action   string // "" if nothing is known
	min, max time.Duration
	advice   string
	hint     string
}

type subtype struct {
	todo        todo
	name        string
	title       string
	description string
	examples    []string
	ambiguous   []string // examples that the phrase of another subtype matches
}

type cause struct {
	title, text string
}

type deprecated struct {
	since, reason, replacedBy string
}

type response struct {
	example string
	fields  []*field
}

type field struct {
	todo        todo
	row         *facts.Row
	path        string
	role        string
	kind        string
	description string
}

// remark adds a comment for the author.
func (c *code) remark(what string) { c.remarks = append(c.remarks, what) }

// add adds a code with a new wire value and returns it.
func (d *draft) add(c *code) *code {
	if d.byWire == nil {
		d.byWire = make(map[string]*code)
	}
	d.codes = append(d.codes, c)
	d.byWire[c.wire] = c
	return c
}

// classNamed returns the class with the title. It adds the class if it is missing.
func (d *draft) classNamed(title string) *class {
	if d.byTitle == nil {
		d.byTitle = make(map[string]*class)
		for _, c := range slices.Backward(d.classes) {
			d.byTitle[key(c.title)] = c
		}
	}
	c := d.byTitle[key(title)]
	if c == nil {
		c = &class{title: title}
		d.classes = append(d.classes, c)
		d.byTitle[key(title)] = c
	}
	return c
}

// everyTodo calls f with every todo of the draft until f returns true, or a comment exists.
func (d *draft) everyTodo(f func(todo) bool) bool {
	if f(d.todo) {
		return true
	}
	for _, c := range d.classes {
		if f(c.todo) {
			return true
		}
	}
	for _, c := range d.codes {
		if f(c.todo) || f(c.retry.todo) || len(c.remarks) > 0 {
			return true
		}
		for _, s := range c.subtypes {
			if f(s.todo) || len(s.ambiguous) > 0 {
				return true
			}
		}
	}
	return d.response != nil && slices.ContainsFunc(d.response.fields, func(x *field) bool { return f(x.todo) })
}

func (d *draft) todos() bool { return d.everyTodo(func(t todo) bool { return len(t) > 0 }) }

func (d *draft) hasUnknownAction() bool {
	return slices.ContainsFunc(d.codes, func(c *code) bool { return c.retry.todo["action"] != "" })
}
