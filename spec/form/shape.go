package form

import "gopkg.in/yaml.v3"

// A Shape is what a format says about how one of its values is written.
type Shape struct {
	Keys  []string // of an [Object], in their canonical order; not to be changed
	Text  bool     // decoded by [Text]: line ends at its end do not count
	Prose bool     // text for people, which may be wrapped
	Bare  bool     // quotes around it make no difference
}

// Shapes are the shapes of nodes. A node that no format describes, such as the
// value of an x- key, has none.
type Shapes map[*yaml.Node]Shape

// Record makes the decoder note the shape of every node that it decodes from now
// on. Formats are described by what decodes them, so that who prints a document
// knows its keys from the same place as who reads it.
func (d *Decoder) Record() Shapes {
	d.shapes = make(Shapes)
	return d.shapes
}

// NoteBare notes that quotes around a scalar make no difference.
func (d *Decoder) NoteBare(n *yaml.Node) { d.note(n, Shape{Bare: true}) }

// note adds to what is known of a node.
func (d *Decoder) note(n *yaml.Node, s Shape) {
	if d.shapes == nil {
		return
	}
	known := d.shapes[n]
	if s.Keys == nil {
		s.Keys = known.Keys
	}
	s.Text, s.Prose, s.Bare = s.Text || known.Text, s.Prose || known.Prose, s.Bare || known.Bare
	d.shapes[n] = s
}

// Prose describes text for people, as opposed to codes, messages and addresses.
func Prose(v Value[string]) Value[string] {
	return New(func(d *Decoder, n *yaml.Node) (string, bool) {
		if n.Kind == yaml.ScalarNode {
			d.note(n, Shape{Prose: true})
		}
		return v.decode(d, n)
	}, v.schema)
}
