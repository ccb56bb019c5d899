package importer

import (
	"strconv"
	"time"

	"github.com/errspec/errspec/spec/advice"
	"gopkg.in/yaml.v3"
)

// A mapping builds one mapping of the table, without empty values.
type mapping struct {
	*yaml.Node
	todo todo
}

func newMapping(t todo) mapping { return mapping{&yaml.Node{Kind: yaml.MappingNode}, t} }

// add adds a key, with its TODO comment.
func (m mapping) add(key string, val *yaml.Node) {
	if why := m.todo[key]; why != "" {
		val.LineComment = "# TODO: " + line(why)
	}
	m.Content = append(m.Content, scalar("!!str", key), val)
}

func (m mapping) text(key, value string) {
	if value != "" {
		m.add(key, scalar("!!str", value))
	}
}

func (m mapping) number(key string, value int) {
	if value != 0 {
		m.add(key, scalar("!!int", strconv.Itoa(value)))
	}
}

func (m mapping) boolean(key string, value bool) {
	m.add(key, scalar("!!bool", strconv.FormatBool(value)))
}

func (m mapping) duration(key string, d time.Duration) { m.text(key, advice.Duration(d)) }

func (m mapping) texts(key string, values []string) {
	list(m, key, values, func(s string) *yaml.Node { return scalar("!!str", s) })
}

// nested adds a mapping unless it is empty.
func (m mapping) nested(key string, inner mapping) {
	if len(inner.Content) > 0 {
		m.add(key, inner.Node)
	}
}

// list adds a list of the nodes that f returns for items, unless there are none.
func list[T any](m mapping, key string, items []T, f func(T) *yaml.Node) {
	if len(items) == 0 {
		return
	}
	seq := &yaml.Node{Kind: yaml.SequenceNode}
	for _, item := range items {
		seq.Content = append(seq.Content, f(item))
	}
	m.add(key, seq)
}

func scalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

// wire returns a code as a node.
func (d *draft) wire(s string) *yaml.Node {
	if d.integer {
		return scalar("!!int", s)
	}
	return scalar("!!str", s)
}

// tree returns the table. The order of keys is that of the printer.
func (d *draft) tree() *yaml.Node {
	m := newMapping(d.todo)
	m.number("errspec", 1)
	m.text("name", d.name)
	m.text("title", d.title)
	m.text("description", d.description)
	if d.integer {
		m.text("wire", "integer")
	}
	if d.response != nil {
		m.nested("response", d.responseTree())
	}
	list(m, "classes", d.classes, (*class).tree)
	list(m, "codes", d.codes, d.codeTree)
	return m.Node
}

func (c *class) tree() *yaml.Node {
	m := newMapping(c.todo)
	m.text("name", c.name)
	m.text("title", c.title)
	m.text("description", c.description)
	m.text("fault", c.fault)
	return m.Node
}

func (d *draft) codeTree(c *code) *yaml.Node {
	m := newMapping(c.todo)
	m.add("code", d.wire(c.wire))
	m.text("name", c.name)
	m.text("title", c.title)
	if c.class != nil {
		m.text("class", c.class.name)
	}
	m.text("description", c.description)
	m.text("details", c.details)
	m.nested("retry", c.retry.tree())
	m.number("http", c.http)
	m.text("grpc", c.grpc)
	list(m, "subtypes", c.subtypes, (*subtype).tree)
	list(m, "causes", c.causes, cause.tree)
	m.texts("avoid", c.avoid)
	m.texts("fixes", c.fixes)
	m.texts("examples", c.examples)
	m.text("since", c.since)
	if p := c.deprecated; p != nil {
		deprecated := newMapping(nil)
		deprecated.text("since", p.since)
		deprecated.text("reason", p.reason)
		if p.replacedBy != "" {
			deprecated.add("replaced_by", d.wire(p.replacedBy))
		}
		m.add("deprecated", deprecated.Node)
	}
	list(m, "aliases", c.aliases, d.wire)
	if c.internal {
		m.boolean("internal", true)
	}
	for _, what := range c.remarks {
		m.HeadComment = comment(m.HeadComment, "TODO: "+line(what))
	}
	return m.Node
}

func (r retry) tree() mapping {
	m := newMapping(r.todo)
	m.text("action", r.action)
	if r.max > 0 {
		wait := newMapping(nil)
		wait.duration("min", r.min)
		wait.duration("max", r.max)
		m.nested("wait", wait)
	}
	m.text("advice", r.advice)
	m.text("hint", r.hint)
	return m
}

func (s *subtype) tree() *yaml.Node {
	m := newMapping(s.todo)
	m.text("name", s.name)
	m.text("title", s.title)
	m.text("description", s.description)
	m.texts("examples", s.examples)
	for _, example := range s.ambiguous {
		m.HeadComment = comment(m.HeadComment, "TODO: no unique phrase can be derived from this message: "+line(example))
	}
	return m.Node
}

// comment adds a line to a comment.
func comment(above, line string) string {
	if above != "" {
		above += "\n"
	}
	return above + "# " + line
}

func (c cause) tree() *yaml.Node {
	if c.title == "" {
		return scalar("!!str", c.text)
	}
	m := newMapping(nil)
	m.text("title", c.title)
	m.text("text", c.text)
	return m.Node
}

func (d *draft) responseTree() mapping {
	m := newMapping(nil)
	fields := newMapping(nil)
	for _, f := range d.response.fields {
		inner := newMapping(f.todo)
		inner.text("role", f.role)
		inner.text("type", f.kind)
		inner.text("description", f.description)
		fields.add(f.path, inner.Node)
	}
	m.nested("fields", fields)
	if d.response.example != "" {
		example := newMapping(nil)
		example.text("name", "failed task")
		example.text("body", d.response.example)
		m.add("examples", &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{example.Node}})
	}
	return m
}
