package form

import "gopkg.in/yaml.v3"

// A Shape describes how a value may be formatted.
type Shape struct {
	Keys  []string // of an [Object], in canonical order; must not be modified
	Text  bool     // decoded by [Text], so line ends at the end have no meaning
	Prose bool     // text for people, which may be wrapped
	Bare  bool     // quotes have no meaning
	Plain bool     // a word that is always written without quotes
}

// Shapes maps nodes to their shapes. Nodes that are not part of a format, such as the value of an
// x- key, have none.
type Shapes map[*yaml.Node]Shape

// Record makes the decoder record the shape of every node that it decodes afterwards. A formatter
// thus uses the same description of the format as the decoder.
func (d *Decoder) Record() Shapes {
	d.shapes = make(Shapes)
	return d.shapes
}

// NoteBare records that quotes around a scalar have no meaning.
func (d *Decoder) NoteBare(n *yaml.Node) { d.note(n, Shape{Bare: true}) }

// NotePlain records that a word is written without quotes, although YAML 1.1 has another meaning
// for it.
func (d *Decoder) NotePlain(n *yaml.Node) { d.note(n, Shape{Plain: true}) }

// note merges s into the recorded shape of a node.
func (d *Decoder) note(n *yaml.Node, s Shape) {
	if d.shapes == nil {
		return
	}
	known := d.shapes[n]
	if s.Keys == nil {
		s.Keys = known.Keys
	}
	s.Text, s.Prose, s.Bare, s.Plain = s.Text || known.Text, s.Prose || known.Prose, s.Bare || known.Bare, s.Plain || known.Plain
	d.shapes[n] = s
}

// Prose returns v for text for people, which may be wrapped.
func Prose(v Value[string]) Value[string] {
	return WithSchema(func(d *Decoder, n *yaml.Node) (string, bool) {
		if n.Kind == yaml.ScalarNode {
			d.note(n, Shape{Prose: true})
		}
		return v.decode(d, n)
	}, v.schema)
}
